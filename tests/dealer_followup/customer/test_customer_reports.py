"""The customer base, retention, lost cohorts, value at risk; calls as figures."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import users

from ...life_cycle_common import LifeCycleCase, cn


class CustomerReportCase(LifeCycleCase):
    def group(self, model, by, *measures, domain=(), user=None):
        """Figures by group, of the cars of this test."""
        self.env.flush_all()
        rows = (
            self.env[model]
            .with_user(user or self.care_manager)
            ._read_group(list(domain), [by], list(measures))
        )
        return {row[0]: row[1:] for row in rows}

    def make_cars(self, count, **values):
        """Cars without plates, of one model of their own."""
        model = self.env["fleet.vehicle.model"].create(
            {"name": "Arrizo", "brand_id": self.brand.id, "service_months": 6}
        )
        cars = self.env["fleet.vehicle"].create(
            [
                {
                    "is_customer_vehicle": True,
                    "model_id": model.id,
                    "owner_id": self.customer.id,
                    "company_id": self.company.id,
                    **values,
                }
                for _number in range(count)
            ]
        )
        return cars, [("model_id", "=", model.id)]


class TestCustomerBase(CustomerReportCase):
    def test_the_base_counts_each_stage_and_the_lost_rate_of_each_cohort(self):
        cars, mine = self.make_cars(4, sale_date=date(2024, 5, 10))
        cars[3].sale_date = date(2025, 5, 10)
        self.past_visit(date(2026, 1, 5), vehicle=cars[0], paid=False)
        self.past_visit(date(2025, 8, 5), vehicle=cars[3], paid=False)
        self.look(date(2026, 3, 2), cars)
        stages = self.group(
            "dealer.customer.report", "life_cycle", "count:sum", domain=mine
        )
        self.assertEqual(stages, {"won_back": (1,), "lost": (2,), "dormant": (1,)})
        cohorts = self.group(
            "dealer.customer.report",
            "sale_date:year",
            "count:sum",
            "lost_rate:avg",
            domain=mine,
        )
        self.assertEqual(
            {day.year: figures for day, figures in cohorts.items()},
            {2024: (3, 100 * 2 / 3), 2025: (1, 0)},
        )

    def test_who_has_sold_the_car_is_not_lost_to_anybody(self):
        cars, mine = self.make_cars(1, sale_date=date(2024, 5, 10))
        self.look(date(2026, 3, 2), cars)
        with freeze_time(cn(date(2026, 3, 2))):
            cars._record_leaving(self.env.ref("dealer_followup.leave_reason_moved"))
        figures = self.group(
            "dealer.customer.report",
            "leave_kind",
            "lost_rate:avg",
            "left_rate:avg",
            "value_at_risk:sum",
            domain=mine,
        )
        self.assertEqual(figures, {"outside": (0, 100, 0)})

    def test_value_at_risk_is_the_worth_of_those_who_will_not_come(self):
        self.company.write(
            {
                "dealer_value_yearly": 2000,
                "dealer_value_years": 5,
                "dealer_value_repurchase": 0,
            }
        )
        cars, mine = self.make_cars(2, sale_date=date(2025, 1, 10))
        self.past_visit(date(2026, 2, 5), vehicle=cars[0], paid=False)
        self.look(date(2026, 3, 2), cars)
        self.env.registry.clear_cache()
        with freeze_time(cn(date(2026, 3, 2), 12)):
            shares = self.env["dealer.customer.report"]._return_shares(
                self.company.id, self.company._dealer_today()
            )
            figures = self.group(
                "dealer.customer.report",
                "life_cycle",
                "value_at_risk:sum",
                domain=mine,
            )
        self.assertAlmostEqual(
            figures["lost"][0], 10_000 * (1 - shares["lost"]), delta=0.01
        )
        self.assertGreater(figures["lost"][0], figures["won_back"][0])

    def test_own_visits_replace_the_published_rates(self):
        shares = self.env["dealer.customer.report"]._return_shares
        self.env.registry.clear_cache()
        day = date(2026, 3, 2)
        before = shares(self.company.id, day)
        # five who were active a year ago, and none has come since
        cars, _mine = self.make_cars(5, sale_date=date(2025, 1, 10))
        self.env.registry.clear_cache()
        after = shares(self.company.id, day)
        self.assertLess(after["active"], before["active"])
        self.assertEqual(after["lost"], before["lost"])
        for car in cars:
            self.past_visit(date(2025, 9, 1), vehicle=car, paid=False)
        self.env.registry.clear_cache()
        self.assertGreater(shares(self.company.id, day)["active"], after["active"])

    def test_an_open_complaint_says_what_its_car_is_worth(self):
        cars, mine = self.make_cars(1, sale_date=date(2026, 2, 10))
        with freeze_time(cn(date(2026, 3, 2))):
            cars._update_life_cycle()
            complaint = self.make_complaint(vehicle_id=cars.id)
            complaint.flush_recordset()
            figures = self.group(
                "dealer.customer.report",
                "life_cycle",
                "value_at_risk:sum",
                domain=mine,
            )
        self.assertAlmostEqual(figures["new"][0], complaint.value_at_risk, delta=0.01)

    def test_rows_lead_to_their_cars(self):
        cars, mine = self.make_cars(2, sale_date=date(2024, 5, 10))
        self.look(date(2026, 3, 2), cars)
        rows = self.env["dealer.customer.report"].with_user(self.care_manager)
        rows = rows.search(mine)
        self.assertEqual(rows[0].action_open_car()["res_id"], rows[0].vehicle_id.id)
        domain = rows.action_view_cars()["domain"]
        self.assertEqual(self.env["fleet.vehicle"].search(domain), cars)

    def test_each_shop_sees_its_own_customers(self):
        cars, mine = self.make_cars(1, sale_date=date(2024, 5, 10))
        elsewhere = self.env["res.company"].create({"name": "Second Shop"})
        cars.company_id = elsewhere
        self.assertEqual(cars.home_company_id, elsewhere)
        for model in ("dealer.customer.report", "dealer.retention.report"):
            rows = self.env[model].search(mine)
            self.assertTrue(rows, model)
            self.assertFalse(rows.with_user(self.care_manager).search(mine), model)

    @users("caller")
    def test_a_caller_reads_no_report(self):
        for model in (
            "dealer.customer.report",
            "dealer.retention.report",
            "dealer.followup.report",
        ):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].search([])


class TestRetention(CustomerReportCase):
    def services(self, car, *days):
        self.past_visit(*days, vehicle=car, paid=False, is_maintenance=True)

    def test_the_curve_counts_cars_that_were_sold_long_enough_ago(self):
        cars, mine = self.make_cars(3, sale_date=date(2024, 6, 1))
        cars[2].sale_date = date(2025, 6, 1)  # its second service is not due yet
        self.services(cars[0], date(2024, 12, 1), date(2025, 6, 1))
        self.services(cars[1], date(2024, 12, 1))
        with freeze_time(cn(date(2026, 3, 2))):
            curve = self.group(
                "dealer.retention.report",
                "service_number",
                "count:sum",
                "retention_rate:avg",
                "stay_rate:avg",
                domain=mine,
            )
        self.assertEqual(
            {
                number: (count, round(rate))
                for number, (count, rate, _s) in curve.items()
            },
            # sold in June 2024: 1st due in December, then each half year
            {"1": (3, 67), "2": (2, 50), "3": (2, 0)}
            | ({"4": curve["4"][:2]} if "4" in curve else {}),
        )
        self.assertEqual(round(curve["2"][2]), 50)  # of those that came first
        self.assertEqual(round(curve["3"][2]), 0)

    def test_a_repair_is_no_service(self):
        cars, mine = self.make_cars(1, sale_date=date(2025, 6, 1))
        repair = self.past_visit(date(2025, 12, 1), vehicle=cars, paid=False)
        repair.is_maintenance = False
        with freeze_time(cn(date(2026, 3, 2))):
            curve = self.group(
                "dealer.retention.report",
                "service_number",
                "done_count:sum",
                domain=mine,
            )
        self.assertEqual(curve, {"1": (0,)})

    def test_a_service_that_is_just_late_is_not_missed_yet(self):
        _cars, mine = self.make_cars(1, sale_date=date(2025, 7, 1))
        report = self.env["dealer.retention.report"]
        with freeze_time(cn(date(2026, 3, 2))):
            self.assertFalse(report.search(mine))
        with freeze_time(cn(date(2026, 4, 1))):
            self.assertEqual(report.search(mine).done_count, 0)


class TestCallReport(CustomerReportCase):
    @freeze_time("2026-03-02 02:00:00")
    def test_the_calls_as_figures(self):
        rule = self.make_rule("manual")
        people = [
            self.make_partner(name=f"Customer {number}", phone=f"1380553100{number}")
            for number in range(5)
        ]
        reached, second, wrong, came, forbidden = (
            self.make_task(rule, partner=person, vehicle_id=False) for person in people
        )
        self.call(reached, "reached")
        self.call(second, "no_answer")
        with freeze_time("2026-03-02 07:00:00"):
            self.call(second, "reached")
        self.call(wrong, "wrong_number")
        visit = self.make_reception()
        came._close("done", "converted", reception_id=visit.id)
        forbidden._close("suppressed", "no_care")
        mine = [("rule_id", "=", rule.id)]
        measures = ("count:sum", "tried_rate:avg", "reached_rate:avg")
        measures += ("first_try_rate:avg", "success_rate:avg", "wrong_rate:avg")
        measures += ("converted_rate:avg", "try_count:sum")
        figures = self.group(
            "dealer.followup.report", "rule_id", *measures, domain=mine
        )[rule]
        self.assertEqual(
            [round(figure) for figure in figures], [4, 75, 67, 33, 67, 33, 25, 4]
        )
        by_person = self.group(
            "dealer.followup.report", "user_id", "count:sum", domain=mine
        )
        self.assertEqual(by_person[self.caller], (3,))
        row = self.env["dealer.followup.report"].search(
            [("followup_id", "=", reached.id)]
        )
        self.assertEqual(row.action_open_followup()["res_id"], reached.id)

    def test_each_shop_sees_its_own_calls(self):
        task = self.make_task()
        elsewhere = self.env["res.company"].create({"name": "Second Shop"})
        self.env.cr.execute(
            "UPDATE dealer_followup SET company_id = %s WHERE id = %s",
            (elsewhere.id, task.id),
        )
        rows = self.env["dealer.followup.report"]
        domain = [("followup_id", "=", task.id)]
        self.assertTrue(rows.search(domain))
        self.assertFalse(rows.with_user(self.care_manager).search(domain))
