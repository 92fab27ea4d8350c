"""The customer drives away: what was done is billed, nothing is cancelled silently."""

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, users

from ...signature import SIGNATURE
from ..workshop.workshop_case import NINE, WorkshopCase


class TestLeavingMoney(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_visit("authorized")
        cls.visit._write_by_method({"date_authorized": NINE})
        cls.oil = cls.make_product("更换机油", price=90.0)
        cls.tyres = cls.make_product("更换轮胎", price=200.0)
        cls.filter = cls.make_product("机油滤清器", "part", price=60.0)
        cls.tyre = cls.make_product("轮胎", "part", price=800.0)
        cls.order = cls.make_order(
            cls.visit, cls.oil, cls.filter, cls.tyres, cls.tyre, dealer_reason="磨损"
        )
        cls.order.action_record_consent("signature", "王建国", signature=SIGNATURE)
        cls.work = cls.visit.job_ids.filtered(lambda job: job.name == "更换机油")
        cls.work.technician_id = cls.mechanic
        with freeze_time(NINE):
            cls.work.with_user(cls.technician).action_start()

    def lines(self, *products):
        return self.order.order_line.filtered(
            lambda line: line.product_id.name in [product.name for product in products]
        )

    def open_dialog(self, visit=None):
        action = (visit or self.visit).with_user(self.manager).action_ask_leaving()
        dialogs = self.env[action["res_model"]].with_user(self.manager)
        dialog = Form(dialogs.with_context(action["context"]))
        dialog.reason = "wait"
        return dialog

    def test_the_parts_of_done_work_are_billed_and_the_rest_is_cancelled(self):
        dialog = self.open_dialog()
        self.assertEqual(
            (dialog.amount_agreed, dialog.amount_billed, dialog.amount_cancelled),
            (1150.0, 150.0, 1000.0),
        )
        dialog.save().action_leave()
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self.visit.invoice_ids.amount_total, 150.0)
        self.assertEqual(self.visit.settled_total, 150.0)
        undone = self.lines(self.tyres, self.tyre)
        self.assertEqual(
            set(undone.mapped("dealer_not_supplied")),
            {"the customer left: Waited Too Long"},
        )
        self.assertIn(
            "更换轮胎 was not supplied", str(self.order.message_ids.mapped("body"))
        )

    def test_whoever_lets_it_go_decides_line_by_line(self):
        dialog = self.open_dialog()
        with dialog.line_ids.edit(1) as row:
            self.assertEqual(row.name, "机油滤清器")
            row.is_billed = False
        self.assertEqual(dialog.amount_billed, 90.0)
        dialog.save().action_leave()
        self.assertEqual(self.visit.invoice_ids.amount_total, 90.0)
        self.assertTrue(self.lines(self.filter).dealer_not_supplied)

    def test_parts_without_labour_are_billed_once_the_car_was_worked_on(self):
        fluid = self.make_product("制动液", "part", price=45.0)
        order = self.make_order(self.visit, fluid)
        order.action_record_consent("in_person", "王建国")
        self.visit.with_user(self.manager).action_leave("wait")
        self.assertEqual(order.state, "sale")
        self.assertEqual(sum(self.visit.invoice_ids.mapped("amount_total")), 195.0)

    def test_labour_that_nobody_has_begun_is_billed_by_a_manager_only(self):
        car = self.make_vehicle(license_plate="皖B·T2020")
        visit = self.make_visit("authorized", vehicle_id=car.id)
        visit._write_by_method({"date_authorized": NINE})
        order = self.make_order(visit, self.tyres, dealer_reason="磨损")
        order.action_record_consent("phone", "王建国")
        billed = order.order_line.ids
        refused = self.assertRaisesRegex(UserError, "nobody has begun “更换轮胎”")
        with refused, self.env.cr.savepoint():
            visit.with_user(self.advisor).action_leave("wait", "", billed)
        self.assertEqual(visit.state, "authorized")
        visit.with_user(self.manager).action_leave("wait", "", billed)
        self.assertEqual(visit.invoice_ids.amount_total, 200.0)

    def test_nothing_is_billed_that_nobody_agreed_to(self):
        offer = self.make_order(self.visit, self.tyre)
        with self.refused(UserError, "only what the customer has agreed to"):
            self.visit.with_user(self.manager).action_leave(
                "wait", billed=offer.order_line.ids
            )
        self.assertIn(offer.name, self.open_dialog().undecided)

    def test_what_was_agreed_while_the_dialog_was_open_is_not_cancelled(self):
        dialog = self.open_dialog()
        supplement = self.make_order(self.visit, self.tyre)
        supplement.action_record_consent("phone", "王建国")
        with self.refused(UserError, "agreed to something else"):
            dialog.save().action_leave()

    def test_counter_and_lists_show_the_car_until_it_is_paid(self):
        self.visit.with_user(self.manager).action_leave("wait")
        invoice = self.visit.invoice_ids
        unsettled = self.env["dealer.reception"].search(
            [("state", "=", "left"), ("settlement_state", "in", ("draft", "posted"))]
        )
        self.assertIn(self.visit, unsettled)
        [card] = [
            car
            for car in self.env["account.move"].get_cashier_board()["cars"]
            if car["id"] == self.visit.id
        ]
        self.assertTrue(card["has_left"])
        self.assertTrue(card["settled"])
        self.assertIn(
            invoice, self.env["account.move"].search([("dealer_has_left", "=", True)])
        )
        cash = self.env["account.payment.method.line"].search(
            [("journal_id.type", "=", "cash"), ("payment_type", "=", "inbound")],
            limit=1,
        )
        invoice.action_take_payment(cash.id)
        self.assertEqual(self.visit.settlement_state, "paid")

    def test_who_owes_nothing_is_on_no_list(self):
        visit = self.make_visit("inspected")
        self.make_order(visit)
        visit.action_leave("price")
        self.assertFalse(visit.settlement_state)
        self.assertFalse(visit.invoice_ids)

    def test_what_was_billed_in_error_is_taken_back_and_billed_again(self):
        self.visit.with_user(self.manager).action_leave("wait")
        self.visit.with_user(self.manager).action_correct_settlement("billed too much")
        self.assertEqual(self.visit.settlement_state, "open")
        self.visit.with_user(self.manager).action_invoice_again()
        self.assertEqual(self.visit.settlement_state, "draft")

    def test_found_safety_work_is_declined_work_and_not_forgotten(self):
        [finding, priced] = [
            self.work.with_user(self.technician)._report_finding(words, "safety")
            for words in ("左前转向拉杆球头松旷", "前制动片剩余 2 毫米")
        ]
        self.env["sale.order.line"].create(
            {"order_id": priced.id, "product_id": self.tyre.id}
        )
        self.visit.with_user(self.manager).action_leave("wait")
        self.assertEqual(set((finding | priced).mapped("state")), {"cancel"})
        works = self.env["dealer.declined.work"].search(
            [("reception_id", "=", self.visit.id), ("is_safety", "=", True)]
        )
        self.assertEqual(set(works.mapped("name")), {"左前转向拉杆球头松旷", "轮胎"})
        self.assertEqual(
            set(works.mapped("reason")), {"the customer left: Waited Too Long"}
        )

    def test_what_had_no_price_is_offered_as_a_note_and_done_with_the_order(self):
        self.work.with_user(self.technician)._report_finding("球头松旷", "safety")
        self.visit.with_user(self.manager).action_leave("wait")
        work = self.env["dealer.declined.work"].search([("name", "=", "球头松旷")])
        visit = self.make_visit("inspected")
        work.with_context(reception_id=visit.id).action_offer()
        note = visit.order_ids.order_line
        self.assertEqual((note.name, note.display_type), ("球头松旷", "line_note"))
        self.env["sale.order.line"].create(
            {"order_id": visit.order_ids.id, "product_id": self.oil.id}
        )
        visit.order_ids.action_record_consent("in_person", "王建国")
        visit.order_ids.action_confirm()
        self.assertEqual(work.state, "done")

    def test_a_declined_safety_finding_is_safety_whatever_its_product(self):
        order = self.work._report_finding("前制动片剩余 2 毫米", "safety").sudo(False)
        self.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": self.tyre.id}
        )
        line = order.order_line
        order.action_record_consent("phone", "王建国", declined={line.id: "太贵"})
        work = self.env["dealer.declined.work"].search([("name", "=", "轮胎")])
        self.assertTrue(work.is_safety)

    def test_open_tasks_are_closed_with_a_word(self):
        self.visit.activity_schedule(
            "mail.mail_activity_data_todo", summary="报价", user_id=self.advisor.id
        )
        self.visit.with_user(self.manager).action_leave("wait")
        self.assertFalse(self.visit.activity_ids)
        self.assertIn(
            "the customer left: Waited Too Long",
            str(self.visit.message_ids.mapped("body")),
        )

    @users("advisor")
    def test_printed_work_order_shows_what_was_signed(self):
        visit = self.make_visit("authorized").with_env(self.env)
        visit._write_by_method({"date_authorized": NINE})
        order = self.make_order(visit, self.oil, dealer_kind="estimate")
        order.action_record_consent("signature", "王建国", signature=SIGNATURE)
        visit.action_leave("wait")
        self.assertEqual(order.state, "cancel")
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("dealer_service.action_paper_order", visit.ids)[0]
            .decode()
        )
        self.assertIn("90.00", html)
        self.assertIn("Left early on", html)
        self.assertIn('alt="Signature"', html)
