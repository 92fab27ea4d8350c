"""Who was not satisfied and never complained is a list, and is called first."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from ...common import what_opens
from ...life_cycle_common import LifeCycleCase, cn

TODAY = date(2026, 3, 10)


class TestSilentCustomers(LifeCycleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vehicle.owner_id = cls.customer
        cls.visit = cls.past_visit(date(2026, 3, 2), paid=False)

    def rate(self, stars):
        """The customer rates the visit on his own page, and writes nothing."""
        self.company.dealer_complaint_on_low_rating = "none"
        visit = self.visit.sudo()
        visit.rating_apply(stars, token=visit._rating_get_access_token())

    def row(self, user=None):
        """The row of the car, as on 10 March."""
        self.look(TODAY)
        self.env.flush_all()
        self.env.invalidate_all()
        report = self.env["dealer.customer.report"].with_user(user or self.care_manager)
        return report.search([("vehicle_id", "=", self.vehicle.id)])

    @freeze_time(cn(TODAY, 10))
    def test_two_stars_and_not_a_word_make_a_silent_customer(self):
        before = self.row().value_at_risk
        self.assertFalse(self.row().is_silent)
        self.rate(2)
        row = self.row()
        self.assertTrue(row.is_silent)
        self.assertEqual(row.silent_date, date(2026, 3, 2))
        # of those who are silent 9 % come back
        worth = self.company._dealer_customer_value()
        self.assertAlmostEqual(row.value_at_risk, 0.91 * worth, delta=0.01)
        self.assertGreater(row.value_at_risk, before)

    @freeze_time(cn(TODAY, 10))
    def test_who_is_content_or_has_complained_is_not_silent(self):
        self.rate(3)
        self.assertFalse(self.row().is_silent)
        self.rate(1)
        self.assertTrue(self.row().is_silent)
        complaint = self.make_complaint(vehicle_id=self.vehicle.id)
        self.assertFalse(self.row().is_silent)
        complaint.with_user(self.officer).action_cancel("Of another customer")
        self.assertTrue(self.row().is_silent)

    @freeze_time(cn(TODAY, 10))
    def test_an_unhappy_answer_counts_as_well(self):
        task = self.make_task(visit_id=self.visit.id)
        task._write_by_method(
            {"is_unhappy": True, "state": "done", "date_closed": cn(3, 10)}
        )
        self.assertTrue(self.row().is_silent)

    @freeze_time(cn(TODAY, 10))
    def test_manager_has_the_silent_called_first_and_once(self):
        self.rate(2)
        row = self.row()
        action = what_opens(row.action_call_silent())
        task = self.env["dealer.followup"].search(action["domain"])
        self.assertEqual(task.vehicle_id, self.vehicle)
        self.assertEqual(
            task.rule_id, self.env.ref("dealer_followup.care_rule_unhappy")
        )
        other = self.make_task(self.make_rule("manual", sequence=20))
        self.assertLess(task.priority, other.priority)
        again = what_opens(row.action_call_silent())
        self.assertEqual(again["domain"], action["domain"])
        self.rate(5)
        with self.assertRaises(UserError):
            self.row().action_call_silent()

    @freeze_time(cn(TODAY, 10))
    def test_a_silent_customer_is_won_back(self):
        self.rate(2)
        self.row().action_call_silent()
        task = self.env["dealer.followup"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        task._record(
            self.env.ref("dealer_followup.result_reached"),
            note="The noise is back; he comes on Friday",
        )
        self.assertFalse(self.row().is_silent)
        self.past_visit(date(2026, 3, 6), paid=False)
        row = self.row()
        self.assertFalse(row.is_silent)
        worth = self.company._dealer_customer_value()
        self.assertLess(row.value_at_risk, 0.91 * worth)

    @freeze_time(cn(TODAY, 10))
    def test_who_came_again_is_not_silent(self):
        self.rate(2)
        self.past_visit(date(2026, 3, 6), paid=False)
        self.assertFalse(self.row().is_silent)

    @freeze_time(cn(TODAY, 10))
    def test_a_caller_reads_no_list(self):
        self.rate(2)
        row = self.row()
        with self.assertRaises(AccessError):
            row.with_user(self.caller).action_call_silent()
