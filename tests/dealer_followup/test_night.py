"""The cron of the night, and callbacks that automation asks for."""

from datetime import timedelta

from odoo import fields
from odoo.tools import mute_logger

from ..followup_common import DealerFollowupCase


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

    @mute_logger("odoo.addons.dealer_followup.models.dealer_care_rule_run")
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
