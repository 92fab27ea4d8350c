"""What was handed out is kept: reprints are copies, corrections new versions."""

import hashlib
import io
import subprocess
from base64 import b64decode
from datetime import timedelta

from freezegun import freeze_time
from PIL import Image

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, users

from odoo.addons.dealer_service.models.common.signature import SignatureRefused

from ...papers import PaperCase
from ...signature import SIGNATURE
from ..orders.test_settlement import SettlementCase

ORDER = "dealer_service.action_paper_order"
SETTLEMENT = "dealer_service.action_paper_settlement"
SUPPLEMENT = "dealer_service.action_paper_supplement"
COPY = "dealer_service.action_paper_kept"


class KeptCase(PaperCase, SettlementCase):
    def kept(self, kind="settlement"):
        return self.env["dealer.kept.paper"].search(
            [("reception_id", "=", self.reception.id), ("kind", "=", kind)],
            order="version",
        )

    def picture(self, pdf):
        """The first page as dots, without its upper margin."""
        image = Image.open(
            io.BytesIO(
                subprocess.run(
                    ["pdftoppm", "-r", "40", "-png", "-f", "1", "-l", "1", "-"],
                    input=pdf,
                    capture_output=True,
                    check=True,
                ).stdout
            )
        ).convert("L")
        width, height = image.size
        page = image.crop((0, round(height * 0.035), width, height))
        self.assertLess(page.getextrema()[0], 100, "there is something to read")
        return page.tobytes()

    def correct(self):
        """A service manager takes the settlement back, and it is invoiced again."""
        visit = self.reception.with_user(self.manager)
        visit.action_correct_settlement("工时多算")
        visit.action_invoice_again()


class TestKeptPapers(KeptCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bring_to(cls.reception, "settled")

    def test_second_print_is_the_first_one_marked_as_a_copy(self):
        first = self.print_paper(SETTLEMENT, self.reception)
        self.assertNotIn("Copy", self.read_text(first))
        self.customer.name = "王建军"
        again = self.print_paper(SETTLEMENT, self.reception, self.manager)
        self.assertOnPaper(again, "Copy, printed on", "version 1", "王建国")
        self.assertNotIn("王建军", self.read_text(again))
        self.assertEqual(self.count_pages(again), self.count_pages(first))
        # the mark hides nothing: below the upper margin both look the same
        self.assertEqual(self.picture(again), self.picture(first))
        [kept] = self.kept()
        self.assertEqual(kept.user_id, self.advisor)
        # the oracle: the checksum of what came out of the printer
        self.assertEqual(kept.sha256, hashlib.sha256(first).hexdigest())
        self.assertEqual(b64decode(kept.pdf), first)
        self.assertEqual(kept.integrity, "intact")

    def test_corrected_settlement_is_a_new_version_and_the_old_one_stays(self):
        first = self.print_paper(SETTLEMENT, self.reception)
        self.reception.with_user(self.manager).action_correct_settlement("工时多算")
        # nobody hands out what is being corrected as if it were final
        self.print_paper(SETTLEMENT, self.reception)
        self.assertEqual(len(self.kept()), 1)
        invoice = self.reception.with_user(self.manager)
        invoice.action_invoice_again()
        [line, *_rest] = self.reception.invoice_ids.filtered(
            lambda move: move.state == "draft"
        ).invoice_line_ids.filtered("price_unit")
        line.with_user(self.accountant).price_unit -= 1.0
        self.assertOnPaper(self.print_paper(SETTLEMENT, self.reception), "779.00")
        old, new = self.kept()
        self.assertEqual((old.version, new.version), (1, 2))
        self.assertEqual(b64decode(old.pdf), first)
        copy = self.print_paper(COPY, old)
        self.assertOnPaper(copy, "Copy", "version 1", "780.00")

    def test_work_order_is_kept_once_it_is_agreed_to(self):
        visit = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·K5555").id, state="arrived"
        )
        order = self.make_order(visit, self.labour)
        papers = self.env["dealer.kept.paper"]
        self.print_paper(ORDER, visit)
        self.assertFalse(papers.search([("reception_id", "=", visit.id)]))
        order.action_record_consent("phone", "李娟")
        self.print_paper(ORDER, visit)
        kept = papers.search([("reception_id", "=", visit.id)])
        self.assertEqual((kept.kind, kept.version), ("order", 1))
        self.assertOnPaper(self.print_paper(ORDER, visit), "Copy", "李娟")
        self.assertEqual(papers.search([("reception_id", "=", visit.id)]), kept)

    def test_each_supplement_is_kept_once_it_is_agreed_to(self):
        visit = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·K6666").id, state="arrived"
        )
        self.make_order(visit, self.labour)
        self.bring_to(visit, "authorized")
        orders = [
            self.make_order(visit, self.labour, dealer_reason=reason)
            for reason in ("制动液含水", "雨刮片老化")
        ]
        papers = self.env["dealer.kept.paper"].with_user(self.manager)
        self.print_paper(SUPPLEMENT, orders[0])
        self.assertFalse(papers.search([("order_id", "in", [o.id for o in orders])]))
        for order in orders:
            order.action_record_consent("phone", "李娟")
            first = self.print_paper(SUPPLEMENT, order)
            self.assertNotIn("Copy", self.read_text(first))
            [kept] = papers.search([("order_id", "=", order.id)])
            self.assertEqual((kept.kind, kept.version), ("supplement", 1))
            self.assertEqual(b64decode(kept.pdf), first)
            self.assertIn(order.name, kept.pdf_name)
            again = self.print_paper(SUPPLEMENT, order, self.manager)
            self.assertOnPaper(again, "Copy, printed on", order.dealer_reason)
        self.assertEqual(visit.kept_paper_ids.order_id.ids, [o.id for o in orders])

    def test_copy_of_a_copy_is_of_what_was_kept(self):
        self.print_paper(SETTLEMENT, self.reception)
        for _print in range(2):
            text = self.read_text(self.print_paper(SETTLEMENT, self.reception))
            self.assertEqual(text.count("Copy, printed on"), text.count("\f"))
        self.assertEqual(len(self.kept()), 1)

    def test_preview_is_not_kept(self):
        visit = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·K5555").id, state="arrived"
        )
        self.make_order(visit, self.labour)
        self.print_paper(SETTLEMENT, visit)
        self.assertFalse(
            self.env["dealer.kept.paper"].search([("reception_id", "=", visit.id)])
        )

    def test_nobody_rewrites_or_deletes_it(self):
        self.print_paper(SETTLEMENT, self.reception)
        kept = self.kept()
        for user in (
            self.advisor,
            self.manager,
            self.accountant,
            self.env.ref("base.user_admin"),
        ):
            mine = kept.with_user(user)
            with self.subTest(user.login):
                with self.assertRaises(UserError):
                    mine.write({"sha256": "0" * 64})
                with self.assertRaises(UserError):
                    mine.unlink()
                with self.assertRaises(UserError):
                    mine.create({"reception_id": self.reception.id, "kind": "order"})
        with self.assertRaises(UserError):
            kept.sudo().write({"pdf": False})
        with self.assertRaises(UserError):
            kept.sudo().unlink()
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", kept._name),
                ("res_id", "=", kept.id),
                ("res_field", "=", "pdf"),
            ]
        )
        self.assertEqual(len(file), 1)
        for user in (self.manager, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                file.with_user(user).write({"raw": b"%PDF-1.4 another"})
            with self.assertRaises(AccessError):
                file.with_user(user).unlink()

    def test_file_that_was_changed_outside_shows(self):
        self.print_paper(SETTLEMENT, self.reception)
        kept = self.kept()
        self.env["ir.attachment"].sudo().search(
            [
                ("res_model", "=", kept._name),
                ("res_id", "=", kept.id),
                ("res_field", "=", "pdf"),
            ]
        ).raw = b"%PDF-1.4 another"
        self.env.invalidate_all()
        self.assertEqual(kept.integrity, "changed")

    def test_only_a_manager_takes_the_file_and_no_other_shop_anything(self):
        self.print_paper(SETTLEMENT, self.reception)
        kept = self.kept()
        with self.assertRaises(AccessError):
            kept.with_user(self.advisor).read(["pdf"])
        self.assertTrue(kept.with_user(self.manager).read(["pdf"])[0]["pdf"])
        shop = self.env["res.company"].create({"name": "另一家店"})
        stranger = new_test_user(
            self.env,
            "other_manager",
            "dealer_service.group_dealer_service_manager",
            company_id=shop.id,
            company_ids=[(6, 0, shop.ids)],
        )
        self.assertFalse(self.env["dealer.kept.paper"].with_user(stranger).search([]))
        for user in (stranger, self.technician, self.cashier):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.print_paper(COPY, kept, user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.print_paper(SETTLEMENT, self.reception, user)

    def test_cashier_hands_out_the_same_paper(self):
        bill = self.reception.invoice_ids.with_user(self.cashier)
        mine = bill.with_context(force_report_rendering=True)
        first = b64decode(mine.get_settlement_sheet()["pdf"])
        again = b64decode(mine.get_settlement_sheet()["pdf"])
        self.assertNotIn("Copy", self.read_text(first))
        self.assertOnPaper(again, "Copy", "version 1")
        self.assertEqual(self.kept().user_id, self.cashier)

    def test_once_its_time_is_over_it_goes_and_says_so(self):
        self.print_paper(SETTLEMENT, self.reception)
        kept = self.kept()
        self.env["dealer.personal.data"]._forget(self.customer)
        self.assertEqual(kept.integrity, "intact", "the law makes the shop keep it")
        self.env["dealer.retention"].search([]).years = 0
        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            self.env["dealer.personal.data"]._forget(self.customer)
        self.assertEqual(kept.integrity, "erased")
        with self.assertRaisesRegex(UserError, "erased"):
            self.print_paper(COPY, kept)


class TestThreeSignatures(KeptCase):
    def settle_by_dialog(self, **values):
        self.ready()
        self.tick(self.reception)
        action = self.reception.with_env(self.env).action_open_settlement()
        dialog = Form(
            self.env[action["res_model"]].with_context(
                **action["context"], force_report_rendering=True
            )
        )
        for name, value in values.items():
            dialog[name] = value
        dialog.save().action_settle()

    @users("advisor")
    def test_customer_clerk_and_inspector_stand_on_what_is_kept(self):
        self.settle_by_dialog(signed_by="王建国", signature=SIGNATURE)
        visit = self.reception.sudo()
        self.assertEqual(visit.settled_user_id, self.env.user)
        self.assertTrue(visit._is_settlement_signed())
        # the signed work order is kept with it
        self.assertEqual(self.kept("order").version, 1)
        [paper] = self.kept().sudo()
        self.assertTrue(paper.is_signed)
        pdf = b64decode(paper.pdf)
        check = visit._paper_final_check()
        self.assertTrue(check.user_id)
        self.assertOnPaper(
            pdf,
            "王建国",
            self.env.user.name,
            check.user_id.name,
            visit._paper_time(visit.date_settled),
            visit._paper_time(visit.date_settlement_signed),
            f"{visit.name}-HG",
        )
        images = self.run_poppler("pdfimages", pdf, "-list", "-")
        self.assertGreater(len(images.splitlines()), 2, "the signature is a picture")

    @users("advisor")
    def test_who_signs_by_pen_settles_without_the_pad(self):
        self.settle_by_dialog()
        visit = self.reception.with_env(self.env)
        self.assertEqual(visit.state, "settled")
        self.assertTrue(visit.may_sign_settlement)
        action = visit.action_sign_settlement()
        dialog = self.env[action["res_model"]].with_context(**action["context"])
        dialog = dialog.create({"signature": SIGNATURE})
        self.assertIn("780.00", dialog.content_html)
        dialog.action_sign()
        self.assertFalse(visit.may_sign_settlement)
        with self.assertRaisesRegex(UserError, "signed this settlement already"):
            visit._sign_settlement(SIGNATURE, "王建国")

    @users("advisor")
    def test_nobody_of_the_shop_signs_for_the_customer(self):
        self.settle_by_dialog()
        with self.assertRaises(SignatureRefused):
            self.reception.with_env(self.env)._sign_settlement(
                SIGNATURE, self.env.user.name
            )

    def test_signature_is_for_its_amounts_and_no_others(self):
        self.bring_to(self.reception, "settled")
        visit = self.reception.with_context(force_report_rendering=True)
        visit.with_user(self.advisor)._sign_settlement(SIGNATURE, "王建国")
        self.correct()
        self.assertTrue(visit.may_sign_settlement is False, "the amounts are the same")
        [line, *_rest] = self.reception.invoice_ids.filtered(
            lambda move: move.state == "draft"
        ).invoice_line_ids.filtered("price_unit")
        line.with_user(self.accountant).price_unit -= 1.0
        visit.invalidate_recordset()
        self.assertTrue(visit.may_sign_settlement)
        self.print_paper(SETTLEMENT, self.reception)
        self.assertEqual(self.kept().mapped("is_signed"), [True, False])
        with self.assertRaisesRegex(UserError, "recorded by"):
            visit.with_user(self.manager).write({"settlement_signed_by": "李娟"})
