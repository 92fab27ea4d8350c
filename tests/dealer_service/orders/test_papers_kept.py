"""What was signed is printed again as it was; what was declined is not ordered."""

import json
from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command

from ...papers import PaperCase
from ...signature import SIGNATURE
from ..walkaround.test_papers_inspection import SHEET
from .test_papers_money import ORDER, SUPPLEMENT


class KeptPaperCase(PaperCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reception = cls.make_reception(
            state="arrived",
            odometer=41234,
            concern_ids=[Command.create({"name": "刹车时方向盘抖动"})],
        )
        cls.labour = cls.make_product("更换前制动盘 工时", "labour", 300.0)
        cls.part = cls.make_product("前制动盘", "part", 480.0)
        cls.wiper = cls.make_product("雨刮片", "part", 120.0)
        cls.order = cls.make_order(cls.reception, cls.labour, cls.part, cls.wiper)

    def decline(self, order, product, reason="下次再换"):
        line = order.order_line.filtered(lambda line: line.product_id == product)
        order.with_user(self.advisor).action_record_consent(
            "signature", "王建国", declined={line.id: reason}, signature=SIGNATURE
        )

    def change_everything(self):
        """All that the paper names is something else from now on."""
        self.reception.date_promised = self.reception.date_promised + timedelta(days=1)
        self.reception.concern_ids.write({"name": "别的问题", "cause": "别的原因"})
        self.reception.concern_ids = [Command.create({"name": "后来添的诉求"})]
        if not self.reception.inspection_id.signature:
            self.reception.write({"keep_old_parts": True, "odometer": 41999})
        self.vehicle.license_plate = "皖B·Z9999"
        self.customer.write({"name": "王健国", "phone": "139 0553 9999"})
        self.labour.repair_warranty_id = self.env["dealer.repair.warranty"].create(
            {"name": "后来的质保", "km": 9, "days": 9}
        )
        self.part.dealer_part_origin = "refurbished"

    def assertPrintedAsBefore(self, report, records, before):  # noqa: N802
        """Word for word; what was kept when it was handed out says so above."""
        self.env.flush_all()
        self.env.invalidate_all()
        words = self.read_text(self.print_paper(report, records)).split()
        former = before.split()
        mark = words[: len(words) - len(former)]
        self.assertEqual(words[len(mark) :], former)
        if mark:
            self.assertEqual(mark[:3], ["Copy,", "printed", "on"])
            self.assertLess(len(mark), 16)


class TestKeptPapers(KeptPaperCase):
    def test_work_order_lists_declined_work_apart_and_not_as_ordered(self):
        self.decline(self.order, self.wiper)
        text = self.read_text(self.print_paper(ORDER, self.reception))
        ordered, declined = text.split("Declined by the customer, not ordered")
        self.assertNotIn("雨刮片", ordered)
        self.assertRegex(ordered, r"Subtotal\s+¥?\s*480\.00")
        self.assertIn("雨刮片", declined)
        self.assertIn("120.00", declined)
        self.assertIn("下次再换", declined)
        self.assertRegex(declined, r"Estimated Total\s+¥?\s*780\.00")

    def test_undecided_work_order_lists_all_that_is_offered(self):
        text = self.read_text(self.print_paper(ORDER, self.reception))
        self.assertNotIn("Declined by the customer", text)
        self.assertIn("雨刮片", text)
        self.assertRegex(text, r"Subtotal\s+¥?\s*600\.00")

    def test_line_nobody_took_of_an_optional_section_is_not_ordered(self):
        self.order.order_line[2].product_uom_qty = 0.0
        text = self.read_text(self.print_paper(ORDER, self.reception))
        self.assertNotIn("雨刮片", text)

    def test_note_of_the_advisor_is_printed_and_kept(self):
        self.order.order_line = [
            Command.create({"display_type": "line_note", "name": "客户自带机滤"})
        ]
        self.decline(self.order, self.wiper)
        text = self.read_text(self.print_paper(ORDER, self.reception))
        self.assertRegex(text, r"Notes\s+客户自带机滤")

    def test_paper_kept_before_there_were_notes_is_printed(self):
        self.decline(self.order, self.wiper)
        paper = dict(self.order.consent_paper)
        del paper["notes"]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET consent_paper = %s WHERE id = %s",
            (json.dumps(paper), self.order.id),
        )
        self.env.invalidate_all()
        text = self.read_text(self.print_paper(ORDER, self.reception))
        self.assertIn("前制动盘", text)

    def test_agreed_work_order_is_printed_as_it_was(self):
        self.reception.date_promised = "2026-03-02 08:00:00"
        self.decline(self.order, self.wiper)
        before = self.read_text(self.print_paper(ORDER, self.reception))
        self.change_everything()
        self.assertPrintedAsBefore(ORDER, self.reception, before)

    def test_promise_given_after_the_consent_is_the_first_one(self):
        self.decline(self.order, self.wiper)
        self.reception.date_promised = "2026-03-02 08:00:00"
        self.reception.date_promised = "2026-03-03 09:00:00"
        pdf = self.print_paper(ORDER, self.reception)
        self.assertOnPaper(pdf, "2026-03-02 16:00")
        self.assertNotIn("2026-03-03", self.read_text(pdf))

    def test_declined_work_keeps_the_price_it_was_first_refused_for(self):
        self.decline(self.order, self.wiper)
        before = self.read_text(self.print_paper(ORDER, self.reception))
        work = self.env["dealer.declined.work"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        work.write({"amount": 999.0, "quantity": 3.0})
        self.assertPrintedAsBefore(ORDER, self.reception, before)

    def test_agreed_supplement_is_printed_as_it_was(self):
        self.bring_to(self.reception, "authorized")
        supplement = self.make_order(
            self.reception, self.labour, self.wiper, dealer_reason="雨刮片老化"
        )
        self.decline(supplement, self.wiper)
        before = self.read_text(self.print_paper(SUPPLEMENT, supplement))
        self.change_everything()
        self.assertPrintedAsBefore(SUPPLEMENT, supplement, before)

    def test_signed_inspection_sheet_is_printed_as_it_was(self):
        self.reception.date_promised = "2026-03-02 08:00:00"
        self.reception.inspection_id.action_sign(SIGNATURE, "王建国")
        before = self.read_text(self.print_paper(SHEET, self.reception))
        self.change_everything()
        self.assertPrintedAsBefore(SHEET, self.reception, before)

    def test_technician_does_not_read_the_people_out_of_what_is_kept(self):
        self.reception.inspection_id.action_sign(SIGNATURE, "王建国")
        mechanic = self.make_technician(self.technician)
        self.make_job(self.reception, technician_id=mechanic.id)
        sheet = self.reception.inspection_id.with_user(self.technician)
        self.assertTrue(sheet.read(["odometer"]))
        with self.assertRaises(AccessError):
            sheet.read(["paper_facts"])

    def test_consent_taken_back_prints_the_order_as_it_is(self):
        self.reception.date_promised = "2026-03-02 08:00:00"
        self.decline(self.order, self.wiper)
        self.order.with_user(self.advisor).action_void_consent()
        self.change_everything()
        self.assertOnPaper(
            self.print_paper(ORDER, self.reception), "皖B·Z9999", "后来添的诉求"
        )

    def test_signature_stands_only_under_what_was_signed(self):
        """An order of another payer, not decided yet, is on the same paper."""
        self.decline(self.order, self.wiper)
        self.make_order(self.reception, self.labour, dealer_payer="goodwill")
        html = self.env["ir.actions.report"]._render_qweb_html(
            ORDER, self.reception.ids
        )
        self.assertNotIn('alt="Signature"', html[0].decode())
