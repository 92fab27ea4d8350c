"""The cron of the night, and callbacks that automation asks for."""

from datetime import timedelta

from odoo import fields
from odoo.tools import mute_logger

from ...followup_common import DealerFollowupCase


class TestNight(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("dealer_followup.ir_cron_dealer_followup_generate")
        cls.vehicle.sale_date = fields.Date.today() - timedelta(days=5)

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_the_night_makes_what_is_due_and_ends_what_is_over(self):
        rule = self.make_rule("sale")
        over = self.make_task(expire_date=fields.Date.today() - timedelta(days=2))
        self.run_cron()
        self.assertEqual(self.tasks(rule).state, "todo")
        self.assertEqual(over.state, "expired")
        self.run_cron()
        self.assertEqual(len(self.tasks(rule)), 1)

    @mute_logger("odoo.addons.dealer_followup.models.rule.dealer_care_rule_run")
    def test_a_broken_rule_does_not_fail_the_night(self):
        broken = self.make_rule("sale", sequence=1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dealer_care_rule SET vehicle_domain = '[(' WHERE id = %s",
            (broken.id,),
        )
        rule = self.make_rule("sale", sequence=2)
        self.env.invalidate_all()
        self.run_cron()
        self.assertTrue(broken.last_error)
        self.assertTrue(self.tasks(rule))

    def test_any_record_with_a_customer_can_ask_for_a_callback(self):
        visit = self.make_reception()
        complaint = self.make_complaint(vehicle_id=self.vehicle.id)
        for record, action in (
            (visit, "visit"),
            (complaint, "complaint"),
            (self.customer, "partner"),
        ):
            before = self.Followup.search([])
            self.env.ref(
                f"dealer_followup.ir_actions_server_callback_{action}"
            ).with_context(active_model=record._name, active_ids=record.ids).run()
            task = self.Followup.search([]) - before
            with self.subTest(record=record._name):
                self.assertRecordValues(
                    task,
                    [
                        {
                            "rule_id": self.env.ref(
                                "dealer_followup.care_rule_hand"
                            ).id,
                            "partner_id": self.customer.id,
                            "state": "todo",
                        }
                    ],
                )

    def callback_action(self, model, **values):
        return self.env["ir.actions.server"].create(
            {
                "name": "Call",
                "model_id": self.env["ir.model"]._get(model).id,
                "state": "dealer_callback",
                **values,
            }
        )

    def run_action(self, action, records):
        """The follow-ups that the action makes."""
        before = self.Followup.search([])
        action.with_context(active_model=records._name, active_ids=records.ids).run()
        return self.Followup.search([]) - before

    def test_a_rule_of_any_model_can_create_a_callback(self):
        invoice = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.customer.id}
        )
        user = self.env["res.users"].browse(self.caller.id)
        for record, partner, vehicle in (
            (self.make_reception(), self.customer, self.vehicle),
            (self.vehicle, self.customer, self.vehicle),
            (self.customer, self.customer, self.env["fleet.vehicle"]),
            (invoice, self.customer, self.env["fleet.vehicle"]),
            (user, user.partner_id, self.env["fleet.vehicle"]),
        ):
            with self.subTest(record=record._name):
                task = self.run_action(self.callback_action(record._name), record)
                self.assertEqual(task.partner_id, partner)
                self.assertEqual(task.vehicle_id, vehicle)
                self.assertEqual(task.state, "todo")

    def test_a_record_that_names_nobody_has_no_callback(self):
        for record in (self.model, self.env["res.country"].search([], limit=1)):
            action = self.callback_action(record._name)
            self.assertFalse(self.run_action(action, record))

    def test_a_callback_has_the_words_and_the_day_of_the_action(self):
        recall = self.env.ref("dealer_followup.care_rule_recall")
        recall.avoid_closed_days = False
        action = self.callback_action(
            "fleet.vehicle", dealer_care_rule_id=recall.id, dealer_callback_days=3
        )
        task = self.run_action(action, self.vehicle)
        self.assertEqual(task.rule_id, recall)
        self.assertEqual(
            task.due_date, self.company._dealer_today() + timedelta(days=3)
        )

    def test_each_of_several_records_has_its_callback(self):
        other = self.make_vehicle(license_plate="皖B·A2001")
        cars = self.vehicle + other
        tasks = self.run_action(self.callback_action("fleet.vehicle"), cars)
        self.assertEqual(tasks.vehicle_id, cars)
