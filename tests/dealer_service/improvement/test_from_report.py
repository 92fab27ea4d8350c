"""From the weak link to the improvement in one click, and on the manager's home."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .improvement_case import ImprovementCase


class TestFromReport(ImprovementCase):
    def propose(self, user, domain=()):
        report = self.env["dealer.service.gap.report"].with_user(user)
        return report.action_propose_improvement(list(domain))

    def in_form(self, action, user):
        self.assertEqual(action["res_model"], "dealer.improvement")
        return Form(
            self.env["dealer.improvement"]
            .with_user(user)
            .with_context(**action["context"])
        )

    @freeze_time("2026-09-01 02:00")
    def test_the_weakest_step_of_the_days_shown_is_the_subject(self):
        for month in (5, 6, 7):
            self.make_visits(date(2026, month, 6), 20, 12)
        self.make_visits(date(2026, 8, 3), 10, 1)
        self.make_visits(date(2026, 8, 20), 10, 1)
        august = [("date", ">=", "2026-07-31 16:00:00"), ("date", "<", "2026-08-31")]
        form = self.in_form(self.propose(self.manager, august), self.manager)
        self.assertEqual(form.subject, "step_compliance")
        self.assertEqual(form.step_id, self.step)
        self.assertEqual(
            (form.picked_from, form.picked_to), (date(2026, 8, 3), date(2026, 8, 20))
        )
        self.assertEqual(
            (form.baseline_from, form.baseline_to),
            (date(2026, 5, 1), date(2026, 7, 31)),
        )
        self.assertEqual(form.baseline_count, 60)
        self.assertAlmostEqual(form.baseline_value, 60.0)
        form.target_value, form.date_until = 80.0, date(2026, 11, 30)
        form.change_kind, form.change_text = "training", "Two mornings in the lane."
        improvement = form.save()
        improvement.action_agree()
        self.assertEqual(improvement.state, "agreed")

    def test_where_nothing_was_measured_nothing_is_picked(self):
        with self.assertRaises(UserError):
            self.propose(self.manager, [("date", "<", "2000-01-01")])

    def test_another_shop_is_not_picked_from(self):
        shop = self.env["res.company"].create({"name": "Other"})
        self.make_visits(date(2019, 8, 3), 10, 0, company_id=shop.id)
        self.manager.company_ids |= shop
        report = self.env["dealer.service.gap.report"].with_user(self.manager)
        both = report.with_context(allowed_company_ids=[self.company.id, shop.id])
        with self.assertRaises(UserError):
            both.action_propose_improvement([("date", "<", "2019-12-31")])

    def test_advisors_propose_nothing(self):
        with self.assertRaises(AccessError):
            self.propose(self.advisor)

    def test_the_home_of_the_manager_counts_what_runs_the_due_ones_first(self):
        with freeze_time("2026-09-01 02:00"):
            for until in (date(2026, 12, 31), date(2026, 11, 30)):
                improvement = self.make_improvement(date_until=until)
                improvement.action_agree()
                improvement.action_start()
        home = self.env["dealer.home"]

        def tile(user):
            section = home.with_user(user).get_home("service")["sections"][0]
            counts = {tile["key"]: tile["count"] for tile in section["tiles"]}
            return counts.get("improvements")

        with freeze_time("2026-12-01 02:00"):
            self.assertEqual(tile(self.manager), 2)
            self.assertIsNone(tile(self.advisor))
            action = home.with_user(self.manager).open_tile("service", "improvements")
            shown = self.Improvement.with_user(self.manager).search(action["domain"])
            self.assertEqual(shown.mapped("is_due"), [True, False])
