"""The analysis of visits: each figure beside what was counted by hand."""

from datetime import datetime, timedelta

from odoo.tests import tagged, users

from ..workshop.workshop_case import WorkshopCase

NINE = datetime(2026, 3, 2, 1, 0)


@tagged("post_install", "-at_install")
class TestReceptionReport(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.labour = cls.make_product()
        cls.part = cls.make_product("前制动片", "part", 368.0)

    def row(self, visit):
        self.env.flush_all()
        report = self.env["dealer.reception.report"].with_user(self.manager)
        report.invalidate_model()
        return report.search([("reception_id", "=", visit.id)])

    def figures(self, names, visits):
        """The aggregates a pivot shows for several visits together."""
        self.env.flush_all()
        report = self.env["dealer.reception.report"].with_user(self.manager)
        names = [f"{name}:{report._fields[name].aggregator}" for name in names]
        [figures] = report._read_group([("reception_id", "in", visits.ids)], [], names)
        return list(figures)

    def stamped(self, **minutes):
        """A visit with stamps so many minutes after nine."""
        visit = self.make_visit("arrived", date_arrived=NINE)
        visit._write_by_method(
            {name: NINE + timedelta(minutes=offset) for name, offset in minutes.items()}
        )
        return visit

    def test_lead_times_are_averages_of_those_that_have_one(self):
        done = self.stamped(
            date_greeted=2,
            date_inspected=17,
            date_authorized=29,
            date_started=40,
            date_finished=130,
            date_passed=145,
            date_ready=165,
            date_settled=175,
            date_delivered=180,
        )
        begun = self.stamped(date_greeted=8)
        waiting = self.stamped()
        names = [
            "wait_minutes",
            "inspect_minutes",
            "estimate_minutes",
            "start_minutes",
            "work_minutes",
            "quality_minutes",
            "prepare_minutes",
            "settle_minutes",
            "deliver_minutes",
            "stay_hours",
        ]
        self.assertEqual(
            self.figures(names, done + begun + waiting),
            [5, 15, 12, 11, 90, 15, 20, 10, 5, 2.75],
        )

    def test_shares_count_those_that_could_have_had_it(self):
        came, stayed_away, cancelled = (
            self.make_reception(date_appointment=NINE + timedelta(hours=hour))
            for hour in range(3)
        )
        came.action_arrive()
        stayed_away._write_by_method({"state": "no_show"})
        cancelled.action_cancel()
        walk_in = self.stamped()
        visits = came + stayed_away + cancelled + walk_in
        names = ["show_rate", "comeback_rate", "promise_kept_rate"]
        self.assertEqual(self.figures(names, visits), [50, 0, False])
        walk_in.is_comeback = True
        self.assertEqual(self.figures(names, visits), [50, 50, False])

    def test_technician_is_who_had_most_hours_not_the_longest_job(self):
        visit = self.make_visit("working")
        for technician, hours in (
            (self.mechanic, 2.0),
            (self.colleague, 1.5),
            (self.colleague, 1.5),
        ):
            self.make_job(visit, technician_id=technician.id, planned_hours=hours)
        self.assertEqual(self.row(visit).technician_id, self.colleague)

    def supplement(self, visit, *products, declined=None):
        order = self.make_order(visit, *products, dealer_kind="supplement")
        if declined is not None:
            lines = order.order_line.filtered(lambda o: o.product_id in declined)
            order.action_record_consent(
                "in_person", "王建国", declined=dict.fromkeys(lines.ids, "太贵")
            )
        return order

    def test_supplement_is_offered_once_somebody_decided_or_was_asked(self):
        visit = self.make_visit("working")
        none = self.env["product.product"]
        self.supplement(visit, self.labour, declined=none)
        self.supplement(visit, self.labour, self.part, declined=self.part)
        self.supplement(visit, self.part, declined=self.part)
        self.supplement(visit, self.part)
        self.supplement(visit, self.part).action_cancel()
        row = self.row(visit)
        self.assertEqual(
            (row.supplement_offered, row.supplement_accepted, row.declined_count),
            (3, 2, 2),
        )

    @users("advisor")
    def test_work_declined_again_stays_counted_where_it_was_declined_first(self):
        first = self.make_visit("working")
        self.supplement(first, self.part, declined=self.part)
        self.assertEqual(self.row(first).declined_count, 1)
        first._write_by_method({"state": "delivered", "date_delivered": NINE})
        second = self.make_visit("working").with_env(self.env)
        work = self.env["dealer.declined.work"].search([("state", "=", "open")])
        work.with_context(reception_id=second.id).action_offer()
        order = second.order_ids
        order.action_record_consent(
            "in_person", "王建国", declined={order.order_line.id: "太贵"}
        )
        self.assertEqual(work.reception_id, second)
        self.assertEqual(self.row(first).declined_count, 1)
        self.assertEqual(self.row(second).declined_count, 1)

    def test_work_the_shop_could_not_supply_was_not_declined(self):
        visit = self.make_visit("working")
        none = self.env["product.product"]
        order = self.supplement(visit, self.part, declined=none)
        order.order_line.action_not_supplied("缺货")
        self.assertEqual(self.row(visit).declined_count, 0)
