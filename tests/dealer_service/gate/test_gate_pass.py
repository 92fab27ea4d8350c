"""Gate passes: issued with the key or for a road test, and good for one way out."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, users

from odoo.addons.dealer_service.models.gate.dealer_gate_pass import PassRefused
from odoo.addons.dealer_service.models.gate.dealer_reception_release import KeyHeld

from .test_release import ReleaseCase


class GateCase(ReleaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_pay_first = False
        cls.company.dealer_gate_pass = True
        cls.device = cls.env["dealer.gate.device"].create({"name": "北门"})
        cls.device.with_user(cls.manager).action_renew_link()

    def passes(self, visit=None):
        return (visit or self.reception).sudo().gate_pass_ids


class TestGatePass(GateCase):
    @users("advisor")
    def test_pass_comes_with_the_key(self):
        self.deliver()
        [gate_pass] = self.passes()
        self.assertEqual(
            (gate_pass.reason, gate_pass.state, gate_pass.user_id),
            ("delivered", "open", self.advisor),
        )
        self.assertTrue(gate_pass.name.startswith("CM"))
        self.assertEqual(gate_pass.license_plate, "皖B·A1234")
        # the button shows the same one again
        action = self.reception.with_env(self.env).action_ask_gate_pass()
        self.assertEqual(action["res_id"], gate_pass.id)

    @users("advisor")
    def test_shop_that_asks_for_none_gets_none(self):
        self.company.dealer_gate_pass = False
        self.deliver()
        self.assertFalse(self.passes())
        # whoever asks for one gets it
        gate_pass = self.reception.with_env(self.env).action_issue_leaving_pass()
        self.assertEqual(gate_pass.reason, "delivered")

    @users("advisor")
    def test_car_that_is_not_handed_over_has_no_pass_to_leave(self):
        with self.assertRaisesRegex(UserError, "not handed over yet"):
            self.reception.with_env(self.env).action_issue_leaving_pass()
        for reason in ("delivered", "away", "holiday", None):
            with self.subTest(reason), self.assertRaisesRegex(UserError, "Choose why"):
                self.reception.with_env(self.env).action_send_out(reason)

    @users("advisor")
    def test_key_that_is_held_makes_no_pass(self):
        self.company.dealer_pay_first = True
        with self.assertRaises(UserError), self.cr.savepoint():
            self.deliver()
        self.assertFalse(self.passes())

    @users("advisor")
    def test_a_visit_of_before_lets_no_car_out(self):
        self.company.dealer_gate_pass = False
        self.deliver()
        before = self.reception.with_env(self.env)
        now = self.make_reception(state="arrived")
        with self.assertRaisesRegex(UserError, f"is here for {now.name}"):
            before.action_ask_gate_pass()
        now.sudo()._write_by_method(
            {"state": "left", "date_left": fields.Datetime.now()}
        )
        before.sudo()._write_by_method({"past_number": "OLD-1"})
        with self.assertRaisesRegex(UserError, "long ago"):
            before.action_issue_leaving_pass()
        before.sudo()._write_by_method({"past_number": False})
        with (
            freeze_time(fields.Datetime.now() + timedelta(days=4)),
            self.assertRaisesRegex(UserError, "long ago"),
        ):
            before.action_issue_leaving_pass()
        self.assertFalse(self.passes())

    @users("advisor")
    def test_pass_is_good_once(self):
        self.deliver()
        gate_pass = self.passes()
        gate_pass._let_out(self.device)
        self.assertEqual(gate_pass.state, "out")
        self.assertEqual(gate_pass.device_out_id, self.device)
        self.assertTrue(self.device.date_seen)
        with self.assertRaisesRegex(PassRefused, "was used at"):
            gate_pass._let_out(self.device)
        # whoever bought the car back does not return with it
        with self.assertRaises(PassRefused):
            gate_pass._let_in(self.device)

    @users("advisor")
    def test_pass_ends(self):
        self.deliver()
        gate_pass = self.passes()
        with freeze_time(gate_pass.date_until + timedelta(minutes=1)):
            gate_pass.invalidate_recordset()
            with self.assertRaisesRegex(PassRefused, "valid until.*service desk"):
                gate_pass._let_out(self.device)
            anew = self.reception.with_env(self.env).action_issue_leaving_pass()
            self.assertNotEqual(anew, gate_pass)
            anew.sudo()._let_out(self.device)
        self.assertEqual(gate_pass.state, "revoked")

    @users("advisor")
    def test_a_car_that_went_out_was_handed_over(self):
        self.deliver()
        gate_pass = self.passes()
        gate_pass._let_out(self.device)
        visit = self.reception.with_env(self.env)
        with self.assertRaisesRegex(UserError, "went through the gate"):
            visit.action_undo_delivery()
        # and has no second pass
        self.assertEqual(visit.action_issue_leaving_pass(), gate_pass)

    @users("advisor")
    def test_delivery_that_is_taken_back_takes_the_pass_along(self):
        self.deliver()
        self.reception.with_env(self.env).action_undo_delivery()
        with self.assertRaisesRegex(PassRefused, "withdrawn"):
            self.passes()._let_out(self.device)

    @users("advisor")
    def test_whoever_leaves_early_leaves_with_a_pass(self):
        visit = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·K5555").id, state="arrived"
        )
        visit.with_env(self.env).action_leave("wait")
        self.assertEqual(self.passes(visit).reason, "away")

    @users("technician")
    def test_road_test_comes_back(self):
        visit = self.make_work()
        gate_pass = visit.with_env(self.env).action_send_out("road_test", 30)
        self.assertEqual(gate_pass.user_id, self.technician)
        self.assertLessEqual(
            gate_pass.date_until - fields.Datetime.now(), timedelta(minutes=30)
        )
        known = gate_pass.sudo()
        with self.assertRaises(PassRefused):
            known._let_in(self.device)
        known._let_out(self.device)
        known._let_in(self.device)
        self.assertEqual(known.state, "back")
        self.assertEqual(known.device_back_id, self.device)
        for move in (known._let_in, known._let_out):
            with self.assertRaisesRegex(PassRefused, "came back at"):
                move(self.device)

    @users("technician")
    def test_technician_sends_a_car_out_for_a_road_test_alone(self):
        visit = self.make_work().with_env(self.env)
        for reason in ("sublet", "towed"):
            with self.subTest(reason), self.assertRaises(AccessError):
                visit.action_send_out(reason)
        with self.assertRaises(AccessError):
            visit.action_issue_leaving_pass()

    def make_work(self):
        visit = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·K5556").id, state="arrived"
        )
        self.bring_to(visit, "working")
        visit.job_ids.technician_id = self.env["resource.resource"].search(
            [("user_id", "=", self.technician.id)]
        )
        return visit

    @users("technician")
    def test_technician_sees_own_passes(self):
        visit = self.make_work()
        mine = visit.with_env(self.env).action_send_out("road_test")
        other = visit.with_user(self.manager).action_send_out("towed")
        found = self.env["dealer.gate.pass"].search([("reception_id", "=", visit.id)])
        self.assertEqual(found, mine)
        self.assertEqual(mine.state, "revoked")
        with self.assertRaises(AccessError):
            other.with_env(self.env).read(["state"])

    @users("manager")
    def test_nobody_writes_a_pass(self):
        self.deliver()
        gate_pass = self.passes().with_env(self.env)
        with self.assertRaises(UserError):
            gate_pass.write({"date_until": "2099-01-01 00:00:00"})
        with self.assertRaises(AccessError):
            gate_pass.copy()
        with self.assertRaises(AccessError):
            gate_pass.unlink()
        with self.assertRaises(AccessError):
            gate_pass.read(["access_token"])

    @users("advisor")
    def test_pass_is_withdrawn_while_it_is_valid(self):
        self.deliver()
        gate_pass = self.passes().with_env(self.env)
        gate_pass.action_revoke()
        with self.assertRaises(UserError):
            gate_pass.action_revoke()
        with self.assertRaisesRegex(PassRefused, "withdrawn"):
            gate_pass.sudo()._let_out(self.device)

    @users("advisor")
    def test_dialog_issues_and_prints(self):
        visit = self.reception.with_env(self.env)
        action = visit.action_ask_gate_pass()
        dialog = Form(self.env[action["res_model"]].with_context(**action["context"]))
        self.assertEqual(dialog.minutes, 120)
        dialog.reason = "sublet"
        dialog.minutes = 45
        printed = dialog.save().action_issue()
        self.assertEqual(printed["report_name"], "dealer_service.paper_gate_pass")
        self.assertEqual(self.passes().reason, "sublet")

    @users("advisor")
    def test_another_shop_sees_no_pass_and_no_gate(self):
        self.deliver()
        shop = self.env["res.company"].sudo().create({"name": "另一家店"})
        self.advisor.sudo().write(
            {"company_ids": [(4, shop.id)], "company_id": shop.id}
        )
        there = self.env["dealer.gate.pass"].with_context(allowed_company_ids=shop.ids)
        self.assertFalse(there.search([]))
        gates = self.env["dealer.gate.device"].with_context(
            allowed_company_ids=shop.ids
        )
        self.assertFalse(gates.search([]))

    @users("advisor")
    def test_link_of_the_gate_is_the_managers(self):
        device = self.device.with_env(self.env)
        with self.assertRaises(AccessError):
            device.read(["url"])
        for method in ("action_renew_link", "action_revoke_link"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(device, method)()
        with self.assertRaises(UserError):
            self.device.with_user(self.manager).access_token = "chosen-by-somebody-01"

    def test_paper_says_what_the_guard_needs(self):
        self.deliver()
        html = (
            self.env["ir.actions.report"]
            .with_context(lang="en_US")
            ._render_qweb_html("dealer_service.paper_gate_pass", self.passes().ids)[0]
            .decode()
        )
        for words in ("皖B·A1234", "Delivered", self.passes().name, 'class="qr"'):
            self.assertIn(words, html)
        self.assertNotIn(self.customer.name, html)


class TestUnpaidCar(ReleaseCase):
    """A pass of another name is no way around the cashier."""

    @users("advisor")
    def test_settled_and_unpaid_car_leaves_for_nothing(self):
        visit = self.reception.with_env(self.env)
        for reason in ("towed", "sublet", "road_test"):
            with self.subTest(reason), self.assertRaises(KeyHeld):
                visit.action_send_out(reason)
        self.pay()
        self.assertEqual(visit.action_send_out("towed").reason, "towed")

    @users("advisor")
    def test_ready_car_is_settled_before_it_leaves(self):
        visit = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·K5556").id, state="arrived"
        )
        self.make_order(visit, self.make_product(price=300.0))
        self.bring_to(visit, "working")
        early = visit.with_env(self.env).action_send_out("towed")
        self.assertTrue(early.sudo()._gate_row()["may_leave"])
        self.bring_to(visit, "ready")
        self.assertFalse(early.sudo()._gate_row()["may_leave"], "made before it was so")
        for reason in ("towed", "sublet"):
            with self.subTest(reason), self.assertRaisesRegex(KeyHeld, "settle"):
                visit.with_env(self.env).action_send_out(reason)
        road = visit.with_env(self.env).action_send_out("road_test")
        self.assertTrue(road.sudo()._gate_row()["may_leave"])
        late = visit.with_user(self.manager).action_send_out("towed")
        self.assertTrue(late.sudo()._gate_row()["may_leave"])
        visit.company_id.sudo().dealer_pay_first = False
        self.assertTrue(visit.with_env(self.env).action_send_out("sublet"))

    @users("advisor")
    def test_towed_car_is_gone_until_the_guard_lets_it_in(self):
        self.pay()
        device = self.env["dealer.gate.device"].sudo().create({"name": "北门"})
        visit = self.reception.with_env(self.env)
        gate_pass = visit.action_send_out("towed")
        gate_pass.sudo()._let_out(device)
        with self.assertRaisesRegex(UserError, "is not back"):
            visit.action_send_out("road_test")
        [row] = device._gate_rows()["outside"]
        self.assertEqual(row["plate"], "皖B·A1234")
        gate_pass.sudo()._let_in(device)
        self.assertTrue(visit.action_send_out("road_test"))

    @users("advisor")
    def test_road_test_ends_the_same_day(self):
        self.pay()
        gate_pass = self.reception.with_env(self.env).action_send_out(
            "road_test", 99_999
        )
        hours = (gate_pass.date_until - gate_pass.create_date).total_seconds() / 3600
        self.assertLessEqual(hours, 9)

    @users("advisor")
    def test_pass_does_not_outlive_its_reason(self):
        visit = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·K5555").id, state="arrived"
        )
        self.make_order(visit, self.make_product(price=300.0))
        self.bring_to(visit, "working")
        gate_pass = visit.with_env(self.env).action_send_out("road_test")
        device = self.env["dealer.gate.device"].sudo().create({"name": "北门"})
        self.assertTrue(gate_pass.sudo()._gate_row()["may_leave"])
        self.bring_to(visit, "settled")
        self.assertFalse(gate_pass.sudo()._gate_row()["may_leave"])
        with self.assertRaisesRegex(PassRefused, "no longer holds"):
            gate_pass.sudo()._let_out(device)
        self.pay(visit)
        gate_pass.sudo()._let_out(device)

    @users("advisor")
    def test_car_outside_gets_no_further_pass(self):
        self.pay()
        device = self.env["dealer.gate.device"].sudo().create({"name": "北门"})
        visit = self.reception.with_env(self.env)
        gate_pass = visit.action_send_out("road_test")
        gate_pass.sudo()._let_out(device)
        with self.assertRaisesRegex(UserError, "is not back"):
            visit.action_send_out("road_test")
        # the guard has forgotten to scan it
        gate_pass.action_note_back()
        self.assertEqual(gate_pass.state, "back")
        self.assertTrue(visit.action_send_out("road_test"))
        with self.assertRaisesRegex(UserError, "is not outside"):
            gate_pass.action_note_back()

    def test_nobody_becomes_guard_of_another_shop(self):
        shop = self.env["res.company"].create({"name": "二店"})
        other = self.make_user("boss2", "manager")
        other.write({"company_ids": shop.ids, "company_id": shop.id})
        device = self.env["dealer.gate.device"].with_user(other).with_company(shop)
        device = device.create({"name": "二店门"})
        with self.assertRaises(AccessError):
            device.company_id = self.company.id

    def test_a_gate_has_a_name_that_can_be_read(self):
        devices = self.env["dealer.gate.device"]
        for name in ("  ", "", "门" * 501):
            with self.subTest(name[:3]), self.assertRaises(ValidationError):
                devices.create({"name": name})
