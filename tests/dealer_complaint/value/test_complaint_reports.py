"""What the figures say, and what automation rules may do."""

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import users

from ...complaint_common import WORDS, DealerComplaintCase, cn


class TestComplaintReports(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(cn(2, 9)):
            cls.complaint = cls.make_complaint(
                vehicle_id=cls.vehicle.id, cause="dealer_service"
            )

    def sla_rows(self, complaint):
        self.env.flush_all()
        report = self.env["dealer.sla.report"]
        report.invalidate_model()
        rows = report.search([("complaint_id", "=", complaint.id)])
        return {row.metric: row for row in rows}

    def row(self, complaint):
        self.env.flush_all()
        report = self.env["dealer.complaint.report"]
        report.invalidate_model()
        return report.search([("complaint_id", "=", complaint.id)])

    # ------------------------------------------------------------------
    # TIME LIMITS
    # ------------------------------------------------------------------

    @users("officer")
    def test_running_clock_is_missed_one_second_after_its_deadline(self):
        with freeze_time(cn(2, 11)):
            self.assertEqual(
                self.sla_rows(self.complaint)["contact"].outcome, "running"
            )
        with freeze_time(cn(2, 11, 30)):
            row = self.sla_rows(self.complaint)["contact"]
            self.assertEqual((row.outcome, row.missed, row.met), ("missed", 1, 0))
            self.assertEqual(row.overrun_hours, 0.5)
            self.assertEqual(row.met_rate, 0)

    @users("officer")
    def test_met_clock_keeps_who_was_responsible_and_what_was_used(self):
        with freeze_time(cn(2, 10)):
            self.make_contact(self.complaint)
        row = self.sla_rows(self.complaint)["contact"]
        self.assertEqual((row.outcome, row.met_rate), ("met", 100))
        self.assertEqual(row.user_id, self.handler)
        self.assertEqual(row.used_hours, 1)
        self.assertEqual(row.cause, "dealer_service")
        self.assertEqual(row.model_id, self.model)

    @users("officer")
    def test_waiting_is_told_by_its_reason(self):
        with freeze_time(cn(2, 9)):
            self.complaint.action_pause("parts", "Order 17")
        with freeze_time(cn(2, 12)):
            self.complaint.action_resume()
        row = self.sla_rows(self.complaint)["feedback"]
        self.assertEqual(row.paused_parts, 3)
        self.assertEqual(row.paused_hours, 3)
        self.assertFalse(row.paused_customer)

    @users("officer")
    def test_mistakes_are_out_of_every_figure(self):
        with freeze_time(cn(2, 10)):
            self.complaint.action_cancel()
        self.assertFalse(self.sla_rows(self.complaint))
        self.assertFalse(self.row(self.complaint))

    # ------------------------------------------------------------------
    # CAUSES, REPEATS, COST
    # ------------------------------------------------------------------

    @users("officer")
    def test_repeat_counts_car_or_customer_within_the_days(self):
        other = self.make_partner(name="Li")
        car = self.make_vehicle(license_plate="皖B·A9999", owner_id=other.id)
        with freeze_time(cn(20, 9)):
            repeated = self.make_complaint(
                partner_id=other.id, vehicle_id=self.vehicle.id
            )
            first = self.make_complaint(
                partner_id=self.make_partner().id, vehicle_id=car.id
            )
        self.assertEqual(self.row(self.complaint).repeats, 0)
        self.assertEqual(self.row(repeated).repeats, 1)
        self.assertEqual(self.row(first).repeats, 0)
        self.company.dealer_complaint_repeat_days = 5
        self.assertEqual(self.row(repeated).repeats, 0)

    @users("officer")
    def test_what_customers_expect_is_counted_with_what_it_cost_them(self):
        for cost in (100, 50):
            self.make_complaint(
                expectation="refund", customer_cost=cost, customer_hours=2
            )
        figures = self.env["dealer.complaint.report"]._read_group(
            [("expectation", "=", "refund")],
            ["expectation"],
            ["count:sum", "customer_cost:sum", "customer_hours:sum"],
        )
        self.assertEqual(figures, [("refund", 2, 150, 4)])

    def test_cost_and_days_until_solved(self):
        remedy = self.env["dealer.complaint.action"].create(
            {"complaint_id": self.complaint.id, "cost": 90}
        )
        remedy.action_request()
        with freeze_time(cn(4, 9)):
            self.complaint.write(WORDS)
            for step in ("investigate", "propose", "resolve"):
                getattr(self.complaint, f"action_{step}")()
        row = self.row(self.complaint)
        self.assertEqual((row.cost, row.solved_days), (90, 2))
        self.assertEqual(row.reopened_rate, 0)

    # ------------------------------------------------------------------
    # RIGHTS
    # ------------------------------------------------------------------

    def test_figures_are_for_officers_of_the_company(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        foreign = self.make_complaint(company_id=other.id, user_id=False)
        for model in ("dealer.sla.report", "dealer.complaint.report"):
            with self.subTest(model):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(self.handler).search([])
                seen = self.env[model].with_user(self.officer).search([])
                self.assertIn(self.complaint, seen.complaint_id)
                self.assertNotIn(foreign.id, seen.sudo().complaint_id.ids)

    # ------------------------------------------------------------------
    # SERVER ACTIONS
    # ------------------------------------------------------------------

    def run_action(self, name, user=None):
        action = self.env.ref(f"dealer_complaint.complaint_server_action_{name}")
        return (
            action.with_user(user or self.handler)
            .with_context(
                active_model="dealer.complaint",
                active_ids=self.complaint.ids,
                active_id=self.complaint.id,
            )
            .run()
        )

    def test_escalate_raises_step_by_step_and_tells_the_managers(self):
        for grade in ("escalated", "major", "major"):
            self.run_action("escalate")
            self.assertEqual(self.complaint.grade, grade)
        told = self.complaint.activity_ids.filtered(
            lambda a: a.user_id == self.complaint_manager
        )
        self.assertEqual(len(told), 2)

    def test_hand_over_is_offered_to_an_officer_once(self):
        for _again in range(2):
            self.run_action("handover", self.env.ref("base.user_root"))
        self.assertEqual(self.complaint.handover_state, "pending")
        self.assertEqual(self.complaint.handover_user_id, self.officer)
        self.assertEqual(self.complaint.user_id, self.handler)

    def test_report_to_manufacturer_prepares_one_draft(self):
        for _again in range(2):
            action = self.run_action("report")
        self.assertEqual(self.complaint.report_ids.ids, [action["res_id"]])
        self.assertEqual(self.complaint.report_ids.state, "draft")

    def test_server_actions_leave_finished_complaints_alone(self):
        self.complaint.action_cancel()
        for name in ("escalate", "handover"):
            self.run_action(name)
        self.assertEqual(self.complaint.grade, "general")
        self.assertEqual(self.complaint.handover_state, "none")
