"""The customer decides on his link: once, about what he saw, and nobody else."""

import base64
import re
from datetime import timedelta
from unittest.mock import patch

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_actions_report import IrActionsReport

from ...signature import drawn
from ..orders.test_consent import PIXEL
from .portal_case import PortalDecisionCase


@tagged("standard", "post_install", "-at_install")
class TestPortalDecision(PortalDecisionCase):
    # ------------------------------------------------------------------
    # SEEING
    # ------------------------------------------------------------------

    def test_page_shows_what_is_offered_and_why(self):
        text = self.page().text
        for expected in ("雨刮片", "更换制动液", "制动液含水量", "皖B·A1234", "300"):
            self.assertIn(expected, text)

    def test_page_tells_who_pays_if_not_the_customer(self):
        self.assertNotIn("o_dealer_payer", self.page().text)
        self.order.dealer_payer = "goodwill"
        text = self.page().text
        self.assertIn("Goodwill", text[text.index("o_dealer_payer") :])

    def test_deposit_is_not_shown_as_declined(self):
        self.accept(self.confirm_page())
        self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=self.order.ids
        ).create(
            {"advance_payment_method": "fixed", "fixed_amount": 50.0}
        ).create_invoices()
        text = self.page().text
        self.assertIn("雨刮片", text)
        self.assertNotIn('title="Declined"', text)

    def test_nobody_keeps_the_page_or_tells_its_address(self):
        headers = self.page().headers
        self.assertEqual(headers["Cache-Control"], "private, no-store")
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertIn("noindex", headers["X-Robots-Tag"])

    def test_looking_at_it_changes_nothing(self):
        stored = [name for name, field in self.order._fields.items() if field.store]
        before = self.order.read(stored)[0]
        messages = len(self.order.message_ids)
        self.page()
        self.page(step="confirm")
        self.confirm_page(**self.declined(self.wiper_line))
        self.url_open(f"{self.url}/decline?access_token={self.token}")
        self.url_open(f"{self.url}/accept?access_token={self.token}")
        self.order.invalidate_recordset()
        after = self.order.read(stored)[0]
        changed = {key for key in before if before[key] != after[key]}
        self.assertFalse(changed)
        self.assertEqual(len(self.order.message_ids), messages)

    def test_wrong_token_number_or_person_is_not_found(self):
        other = self.make_order(self.reception, self.fluid)
        other.action_share_link()
        self.assertEqual(self.page(token="0" * 36).status_code, 404)
        self.assertEqual(self.page(token="").status_code, 404)
        self.assertEqual(self.page(token="令牌").status_code, 404)
        # a good token of another order
        self.assertEqual(self.page(token=other.access_token).status_code, 404)
        for number in (999999, 10**20):
            url = f"/my/service/orders/{number}?access_token={self.token}"
            self.assertEqual(self.url_open(url).status_code, 404)

    def test_other_customer_with_an_account_does_not_see_it(self):
        new_test_user(self.env, "stranger", "base.group_portal", password="stranger1")
        self.authenticate("stranger", "stranger1")
        self.assertEqual(self.page(token="").status_code, 404)
        # nor can he decide
        version = self.order._offer_digest(self.order.order_line.ids)
        page = self.page()
        token = re.search(r'csrf_token: "([^"]+)"', page.text)[1]
        response = self.url_open(
            f"{self.url}/decline",
            data={"csrf_token": token, "version": version, "name": "x"},
        )
        self.assertEqual(response.status_code, 404)
        self.assertEqual(self.order.state, "sent")

    def test_customer_with_an_account_needs_no_token(self):
        user = new_test_user(
            self.env, "owner", "base.group_portal", password="owner123"
        )
        user.partner_id.parent_id = False
        self.order.partner_id = user.partner_id
        self.authenticate("owner", "owner123")
        self.assertEqual(self.page(token="").status_code, 200)

    def test_ordinary_sale_has_no_such_page(self):
        sale = self.env["sale.order"].create({"partner_id": self.customer.id})
        token = sale._portal_ensure_token()
        url = f"/my/service/orders/{sale.id}?access_token={token}"
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_page_of_sale_leads_here(self):
        response = self.url_open(
            f"/my/orders/{self.order.id}?access_token={self.token}",
            allow_redirects=False,
        )
        self.assertEqual(response.status_code, 303)
        self.assertIn(self.url, response.headers["Location"])

    def test_new_link_kills_the_old_one(self):
        self.order.action_share_link()
        self.assertNotEqual(self.order.access_token, self.token)
        self.assertEqual(self.page().status_code, 404)

    def test_photo_is_shown_with_the_order_and_not_without(self):
        photo, paper = self.env["ir.attachment"].create(
            [
                {"name": "leak.png", "raw": base64.b64decode(PIXEL)},
                {
                    "name": "x.html",
                    "raw": b"<script>1</script>",
                    "mimetype": "text/html",
                },
            ]
        )
        self.order.dealer_photo_ids = photo + paper
        base = f"{self.url}/photo"
        good = self.url_open(f"{base}/{photo.id}?access_token={self.token}")
        self.assertEqual(good.status_code, 200)
        self.assertEqual(good.headers["Content-Type"], "image/png")
        foreign = self.env["ir.attachment"].create({"name": "s", "raw": b"secret"})
        for number, token in (
            (photo.id, "wrong"),
            (foreign.id, self.token),
            (paper.id, self.token),
        ):
            response = self.url_open(f"{base}/{number}?access_token={token}")
            self.assertEqual(response.status_code, 404)

    # ------------------------------------------------------------------
    # DECIDING
    # ------------------------------------------------------------------

    def test_customer_approves_one_line_and_declines_the_other(self):
        page = self.confirm_page(**self.declined(self.wiper_line))
        self.assertIn("180", page.text)
        result = self.accept(page)
        self.assertTrue(result.get("force_refresh"), result)
        self.assertEqual(self.order.state, "sale")
        self.assertTrue(self.order.locked)
        self.assertEqual(self.order.consent_amount, 180.0)
        self.assertEqual(self.order.consent_method, "signature")
        self.assertEqual(self.order.consent_by, "王建国")
        self.assertFalse(self.order.consent_user_id)
        self.assertTrue(self.order.signature)
        self.assertEqual(self.wiper_line.dealer_decision, "declined")
        work = self.env["dealer.declined.work"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        self.assertEqual(work.product_id, self.wiper)
        self.assertIn("180", self.page().text)

    def test_customer_declines_everything(self):
        page = self.confirm_page(**self.declined(*self.order.order_line))
        self.assertEqual(self.decline(page, reason="太贵").status_code, 303)
        self.assertEqual(self.order.state, "cancel")
        works = self.env["dealer.declined.work"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        self.assertEqual(works.mapped("reason"), ["太贵", "太贵"])
        self.assertIn("declined", self.page().text)

    def test_decline_needs_the_token_of_the_form(self):
        version = self.order._offer_digest(self.order.order_line.ids)
        with mute_logger("odoo.http"):
            response = self.url_open(
                f"{self.url}/decline",
                data={
                    "access_token": self.token,
                    "version": version,
                    "name": "x",
                    "csrf_token": "forged",
                },
            )
        self.assertEqual(response.status_code, 400)
        self.assertEqual(self.order.state, "sent")

    def test_second_tap_and_second_device_change_nothing(self):
        page = self.confirm_page(**self.declined(self.wiper_line))
        other_device = self.confirm_page(**self.declined(*self.order.order_line))
        self.accept(page)
        consent = self.order.consent_date, self.order.consent_amount
        self.assertTrue(self.accept(page).get("force_refresh"))
        self.decline(other_device)
        self.assertEqual(self.order.state, "sale")
        self.assertEqual((self.order.consent_date, self.order.consent_amount), consent)
        works = self.env["dealer.declined.work"].search_count(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        self.assertEqual(works, 1)

    def test_discount_on_the_whole_is_not_had_for_a_part(self):
        self.env["sale.order.discount"].create(
            {
                "sale_order_id": self.order.id,
                "discount_type": "amount",
                "discount_amount": 100.0,
            }
        ).action_apply_discount()
        discount = self.order.order_line[-1]
        self.assertNotIn(f"line_{discount.id}", self.page().text, "nothing to choose")
        page = self.confirm_page(**self.declined(self.wiper_line))
        self.assertIn("has a discount on the total", page.text)
        self.assertNotIn("o_dealer_amount", page.text)
        self.decline(
            self.confirm_page(**self.declined(self.wiper_line, self.fluid_line))
        )
        self.assertEqual(self.order.state, "cancel")

    def test_amount_shown_is_the_amount_agreed_to_to_the_cent(self):
        self.company.tax_calculation_rounding_method = "round_globally"
        tax = self.env["account.tax"].create({"name": "13 %", "amount": 13.0})
        clips = self.make_product("卡扣", "part", 10.03, taxes_id=[(6, 0, tax.ids)])
        self.order.order_line.unlink()
        self.order.order_line = [(0, 0, {"product_id": clips.id})] * 7
        lines = self.order.order_line
        for declined, amount in ((lines[:0], "79.34"), (lines[:3], "45.34")):
            page = self.confirm_page(**self.declined(*declined))
            shown = re.search(r'o_dealer_amount">([^<]*)<', page.text)[1]
            self.assertIn(amount, shown)
        self.accept(page)
        self.assertEqual(self.order.consent_amount, 45.34)

    def test_page_seen_before_a_change_decides_nothing(self):
        page = self.confirm_page()
        empty = self.confirm_page(**self.declined(*self.order.order_line))
        self.wiper_line.price_unit = 100.0
        result = self.accept(page)
        self.assertIn("has changed", result["error"])
        response = self.decline(empty)
        self.assertIn("changed", self.url_open(response.headers["Location"]).text)
        self.assertEqual(self.order.state, "sent")
        self.assertFalse(self.order.consent_date)
        # looked at again, it can be decided
        self.assertTrue(self.accept(self.confirm_page()).get("force_refresh"))
        self.assertEqual(self.order.consent_amount, 280.0)

    def test_promise_moved_behind_the_page_is_looked_at_again(self):
        promised = self.reception.date_promised
        for vals in (
            {"dealer_date_promised": promised + timedelta(days=3)},
            {"dealer_extra_minutes": 600},
            {"dealer_reason": "something else"},
        ):
            page = self.confirm_page()
            self.order.write(vals)
            with self.subTest(vals):
                self.assertIn("has changed", self.accept(page)["error"])
        self.assertFalse(self.order.consent_date)
        self.assertEqual(self.reception.date_promised, promised)

    def test_choice_cannot_be_altered_behind_the_amount_shown(self):
        version = self.order._offer_digest([self.wiper_line.id])
        result = self.sign(
            f"{self.url}/accept?access_token={self.token}&version={version}&declined="
        )
        self.assertIn("has changed", result["error"])
        self.assertFalse(self.order.consent_date)

    def test_nonsense_in_the_address_decides_nothing(self):
        for declined in ("", "x,٣", "9" * 5000):
            result = self.sign(
                f"{self.url}/accept?access_token={self.token}"
                f"&version=版本&declined={declined}"
            )
            self.assertIn("has changed", result["error"])
        none_wanted = self.confirm_page(**self.declined(*self.order.order_line))
        response = self.decline(none_wanted, version="版本")
        self.assertIn("changed", self.url_open(response.headers["Location"]).text)
        self.assertEqual(self.order.state, "sent")

    def test_decision_needs_signature_name_and_token(self):
        page = self.confirm_page()
        self.assertIn("error", self.accept(page, signature=""))
        self.assertIn("error", self.accept(page, name=" "))
        version = self.order._offer_digest()
        result = self.sign(f"{self.url}/accept?access_token=bad&version={version}")
        self.assertIn("no longer valid", result["error"])
        self.assertFalse(self.order.consent_date)

    def test_expired_offer_is_not_decided(self):
        page = self.confirm_page()
        self.order.validity_date = "2026-01-01"
        self.assertIn("error", self.accept(page))
        self.assertFalse(self.order.consent_date)
        self.assertNotIn("btn-check", self.page().text)

    def test_half_written_order_is_not_decided(self):
        draft = self.make_order(self.reception, self.fluid)
        token = draft._portal_ensure_token()
        url = f"/my/service/orders/{draft.id}"
        text = self.url_open(f"{url}?access_token={token}").text
        self.assertNotIn("btn-check", text)
        version = draft._offer_digest()
        result = self.sign(f"{url}/accept?access_token={token}&version={version}")
        self.assertIn("error", result)
        self.assertEqual(draft.state, "draft")

    def test_decision_after_the_work_is_over_is_refused(self):
        page = self.confirm_page()
        self.bring_to(self.reception, "ready")
        result = self.accept(page)
        self.assertIn("error", result)
        self.assertFalse(self.order.consent_date)

    def test_missing_pdf_engine_does_not_lose_a_decision(self):
        def broken(*args, **kwargs):
            raise AssertionError("a decision renders no PDF")

        with patch.object(IrActionsReport, "_render_qweb_pdf", broken):
            result = self.accept(self.confirm_page())
        self.assertTrue(result.get("force_refresh"))
        self.assertEqual(self.order.state, "sale")

    def test_routes_of_sale_decide_nothing(self):
        self.order.require_signature = True
        result = self.sign(
            f"/my/orders/{self.order.id}/accept?access_token={self.token}"
        )
        self.assertIn("error", result)
        page = self.page()
        token = re.search(r'csrf_token: "([^"]+)"', page.text)[1]
        self.url_open(
            f"/my/orders/{self.order.id}/decline?access_token={self.token}",
            data={"csrf_token": token, "decline_message": "no"},
            allow_redirects=False,
        )
        self.assertEqual(self.order.state, "sent")
        self.assertFalse(self.order.signature)

    def test_staff_on_the_link_do_not_become_the_customer(self):
        self.env["res.users"].browse(self.advisor.id).password = "advisor12"
        self.authenticate("advisor", "advisor12")
        self.accept(self.confirm_page())
        self.assertEqual(self.order.consent_user_id, self.advisor)

    def test_staff_without_orders_sees_no_page_with_prices(self):
        for login, group in (
            ("caller", "dealer_followup.group_dealer_followup_user"),
            ("handler", "dealer_complaint.group_dealer_complaint_user"),
        ):
            user = new_test_user(self.env, login, group, password=login * 2)
            self.assertTrue(self.reception.with_user(user).has_access("read"))
            self.authenticate(login, login * 2)
            for token in ("", self.token):
                with self.subTest(login, token=bool(token)):
                    self.assertEqual(self.page(token=token).status_code, 404)
            visit = f"/my/visits/{self.reception.id}"
            self.assertEqual(self.url_open(visit).status_code, 404)
            self.assertEqual(self.url_open(f"{visit}/live").status_code, 404)

    def test_staff_sees_the_page_of_the_visit_without_the_links_of_the_customer(self):
        self.advisor.password = "advisor12"
        self.authenticate("advisor", "advisor12")
        page = self.url_open(f"/my/visits/{self.reception.id}")
        self.assertIn(self.url, page.text)
        self.assertNotIn(self.token, page.text)

    def test_who_may_not_speak_for_the_customer_decides_nothing_on_the_page(self):
        new_test_user(
            self.env, "cashier", "account.group_account_invoice", password="cashier12"
        )
        page = self.confirm_page()
        self.authenticate("cashier", "cashier12")
        self.assertIn("advisors", self.accept(page)["error"])
        self.assertFalse(self.order.consent_date)
        self.assertEqual(self.order.state, "sent")

    def test_only_a_drawn_signature_is_taken(self):
        page = self.confirm_page()
        html = base64.b64encode(b"<html><script>1</script></html>").decode()
        for signature in (html, PIXEL, drawn(strokes=False)):
            self.assertIn("strokes", self.accept(page, signature=signature)["error"])
        self.assertFalse(self.order.consent_date)
