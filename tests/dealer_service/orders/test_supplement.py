"""Extra work: its own order, its own consent, its own promise."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import Form, users

from odoo.addons.dealer_service.models.orders.sale_order_consent import ConsentRefused

from .test_consent import ConsentCase


class TestSupplement(ConsentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bring_to(cls.reception, "authorized")
        cls.promise = cls.reception.date_promised
        cls.wiper = cls.make_product("雨刮片", "part", 120.0)
        cls.fluid = cls.make_product("更换制动液", "labour", 180.0)
        cls.supplement = cls.make_order(
            cls.reception,
            cls.wiper,
            cls.fluid,
            dealer_reason="制动液含水量 4 %",
            dealer_extra_minutes=40,
            dealer_date_promised=cls.promise + timedelta(minutes=40),
        )
        cls.wiper_line, cls.fluid_line = cls.supplement.order_line

    @users("advisor")
    def test_button_makes_a_new_draft_order_each_time(self):
        reception = self.reception.with_env(self.env)
        first = reception.action_add_supplement()["res_id"]
        second = reception.action_add_supplement()["res_id"]
        self.assertNotEqual(first, second)
        order = self.env["sale.order"].browse(first)
        self.assertEqual(order.dealer_kind, "supplement")
        self.assertEqual(order.state, "draft")

    @users("advisor")
    def test_offer_left_open_when_the_work_is_over_can_only_be_declined(self):
        """It keeps the visit from being settled: the way out is on the screen."""
        self.bring_to(self.reception, "ready")
        dialog = Form(
            self.env["dealer.consent.wizard"].with_context(
                default_reception_id=self.reception.id
            )
        ).save()
        self.assertEqual(dialog.line_ids.mapped("is_approved"), [False, False])
        dialog.method = "phone"
        dialog.action_confirm()
        self.assertEqual(
            set(self.supplement.order_line.mapped("dealer_decision")), {"declined"}
        )
        self.assertFalse(self.reception.order_pending_count)

    @users("advisor")
    def test_link_is_not_given_out_before_the_reason(self):
        order = self.supplement.with_env(self.env)
        for nothing in (False, " \n"):
            order.dealer_reason = nothing
            action = order.action_share_link()
            self.assertEqual(action["res_model"], "dealer.reason.wizard")
            self.assertEqual(order.state, "draft")
        dialog = self.env["dealer.reason.wizard"].with_context(action["context"])
        dialog.create({"reason": "制动液含水量 4 %"}).action_apply()
        self.assertEqual(order.dealer_reason, "制动液含水量 4 %")
        self.assertEqual(order.state, "sent")
        self.assertTrue(order.sudo().access_token)

    @users("advisor")
    def test_decision_by_phone_is_not_recorded_before_the_reason(self):
        order = self.supplement.with_env(self.env)
        order.dealer_reason = False
        action = order.action_ask_consent()
        model = self.env[action["res_model"]].with_context(action["context"])
        dialog = Form(model)
        dialog.method = "phone"
        with self.assertRaisesRegex(AssertionError, "supplement_reason"):
            dialog.save()
        dialog.supplement_reason = "制动液含水量 4 %"
        dialog.save().action_confirm()
        self.assertEqual(order.dealer_reason, "制动液含水量 4 %")
        self.assertEqual(order.consent_method, "phone")

    @users("advisor")
    def test_reason_that_is_known_is_not_asked_for_again(self):
        order = self.supplement.with_env(self.env)
        action = order.action_ask_consent()
        dialog = Form(self.env[action["res_model"]].with_context(action["context"]))
        dialog.method = "phone"
        dialog.save().action_confirm()
        self.assertEqual(order.dealer_reason, "制动液含水量 4 %")
        self.assertTrue(order.consent_date)

    @users("advisor")
    def test_customer_at_the_desk_reads_the_link_from_the_screen(self):
        order = self.supplement.with_env(self.env)
        order.dealer_reason = "制动液含水量 4 %"
        order.action_share_link()
        code = self.env["ir.actions.report"]._paper_qr(order.dealer_link)
        self.assertEqual(order.dealer_link_qr, code)
        self.agree(order)
        order.invalidate_recordset()
        self.assertFalse(order.dealer_link_qr)

    @users("advisor")
    def test_approved_supplement_is_confirmed_and_locked_at_once(self):
        self.agree(self.supplement)
        self.assertEqual(self.supplement.state, "sale")
        self.assertTrue(self.supplement.locked)
        self.assertEqual(self.reception.estimate_total, 780.0 + 300.0)

    @users("advisor")
    def test_declined_line_is_kept_and_the_rest_is_agreed_to(self):
        self.agree(self.supplement, declined={self.wiper_line.id: "太贵"})
        self.assertEqual(self.supplement.state, "sale")
        self.assertEqual(self.supplement.amount_total, 180.0)
        self.assertEqual(self.supplement.consent_amount, 180.0)
        self.assertEqual(self.wiper_line.dealer_decision, "declined")
        self.assertEqual(self.fluid_line.dealer_decision, "approved")
        work = self.env["dealer.declined.work"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        self.assertEqual(work.product_id, self.wiper)
        self.assertEqual(work.amount, 120.0)
        self.assertEqual(work.reason, "太贵")

    def test_visit_tells_what_became_of_its_supplements(self):
        visit = self.reception
        self.assertEqual(visit.supplement_state, "pending")
        self.agree(self.supplement, declined={self.wiper_line.id: "太贵"})
        self.assertEqual(visit.supplement_state, "partial")
        for declined, expected in ((False, "approved"), (True, "declined")):
            with self.subTest(expected):
                other = self.make_reception(vehicle_id=self.make_other_car().id)
                self.bring_to(other, "authorized")
                self.assertFalse(other.supplement_state)
                offer = self.make_order(other, self.wiper)
                self.assertEqual(other.supplement_state, "pending")
                self.agree(
                    offer, declined={offer.order_line.id: "x"} if declined else {}
                )
                self.assertEqual(other.supplement_state, expected)

    def make_other_car(self):
        self.number = getattr(self, "number", 0) + 1
        return self.make_vehicle(license_plate=f"皖B·Z000{self.number}")

    @users("advisor")
    def test_declined_line_cannot_come_back(self):
        self.agree(self.supplement, declined={self.wiper_line.id: "太贵"})
        line = self.wiper_line.with_env(self.env)
        for path in (
            lambda: line.write({"product_uom_qty": 1.0}),
            lambda: line.write({"dealer_decision": "approved"}),
            line.unlink,
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                path()

    @users("advisor")
    def test_everything_declined_cancels_the_order(self):
        declined = dict.fromkeys(self.supplement.order_line.ids, "不需要")
        self.agree(self.supplement, declined=declined)
        self.assertEqual(self.supplement.state, "cancel")
        self.assertFalse(self.supplement.consent_date)
        self.assertEqual(self.reception.estimate_total, 780.0)
        self.assertEqual(self.reception.date_promised, self.promise)
        self.assertTrue(
            any("王建国" in (m.body or "") for m in self.supplement.message_ids)
        )

    @users("advisor")
    def test_approval_moves_the_promise_and_keeps_the_first(self):
        self.agree(self.supplement)
        self.assertEqual(
            self.reception.date_promised, self.promise + timedelta(minutes=40)
        )
        self.assertEqual(self.reception.date_promised_first, self.promise)

    @users("advisor")
    def test_second_supplement_is_decided_beside_an_open_one(self):
        other = self.make_order(self.reception, self.labour)
        self.agree(other)
        self.assertEqual(other.state, "sale")
        self.assertEqual(self.supplement.state, "draft")

    @users("advisor")
    def test_supplement_after_the_work_is_over_can_only_be_declined(self):
        self.bring_to(self.reception, "ready")
        with self.assertRaisesRegex(ConsentRefused, "is over"):
            self.agree(self.supplement)
        declined = dict.fromkeys(self.supplement.order_line.ids, "")
        self.agree(self.supplement, declined=declined)
        self.assertEqual(self.supplement.state, "cancel")
        with self.assertRaises(UserError):
            self.reception.with_env(self.env).action_add_supplement()

    def test_supplement_asks_for_its_standards(self):
        reception = self.make_reception(state="arrived")
        self.bring_to(reception, "authorized")
        standard = self.env["dealer.service.standard"].create(
            {
                "name": "Explain the supplement",
                "applies_to": "supplement",
                "step_id": self.env["dealer.service.step"]
                .create({"name": "S", "code": "s", "state": "authorized"})
                .id,
            }
        )
        self.assertNotIn(standard, reception.check_ids.standard_id)
        self.make_order(reception)
        self.assertIn(standard, reception.check_ids.standard_id)

    @users("advisor")
    def test_line_of_another_order_is_not_declined_by_mistake(self):
        other = self.make_order(self.reception, self.labour)
        with self.assertRaisesRegex(ConsentRefused, "not on this order"):
            self.agree(self.supplement, declined={other.order_line.id: "x"})
        self.assertEqual(other.order_line.dealer_decision, "pending")
        self.assertFalse(self.supplement.consent_date)

    @users("advisor")
    def test_agreement_is_cancelled_with_a_reason_as_long_as_nothing_is_done(self):
        self.agree(self.supplement)
        order = self.supplement.with_env(self.env)
        order.action_cancel_agreement("配件停产")
        self.assertEqual(order.state, "cancel")
        self.assertEqual(self.reception.estimate_total, 780.0)
        self.assertTrue(any("配件停产" in (m.body or "") for m in order.message_ids))

    @users("advisor")
    def test_past_consent_by_phone_keeps_its_time(self):
        moment = fields.Datetime.now() - timedelta(minutes=20)
        self.agree(self.supplement, consent_date=moment)
        self.assertEqual(self.supplement.consent_date, moment)

    @users("advisor")
    def test_two_who_decide_at_the_same_moment_do_not_both_decide(self):
        def locked(records, **kwargs):
            raise LockError("locked by another transaction")

        with (
            patch.object(type(self.supplement), "lock_for_update", locked),
            self.assertRaisesRegex(ConsentRefused, "right now"),
        ):
            self.agree(self.supplement)

    @users("advisor")
    def test_photos_belong_to_the_supplement(self):
        photo = self.env["ir.attachment"].create({"name": "leak.jpg", "raw": b"x"})
        self.supplement.with_env(self.env).dealer_photo_ids = photo
        self.assertEqual(photo.res_model, "sale.order")
        self.assertEqual(photo.res_id, self.supplement.id)

    @users("advisor")
    def test_nobody_shows_a_customer_what_he_may_not_see_himself(self):
        papers = self.env["ir.attachment"].with_user(self.manager)
        secret = papers.create({"name": "salary", "raw": b"x"})
        with self.assertRaises(AccessError):
            self.supplement.with_env(self.env).dealer_photo_ids = secret
