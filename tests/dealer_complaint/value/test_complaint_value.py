"""What is at risk, what can still be kept: estimates, by which the list is sorted."""

from datetime import timedelta

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import users

from ...complaint_common import WORDS, DealerComplaintCase, cn


class TestComplaintValue(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "dealer_value_yearly": 7000,
                "dealer_value_years": 5,
                "dealer_value_repurchase": 50,
                "dealer_value_vehicle": 10000,
            }
        )
        cls.env.registry.clear_cache()
        with freeze_time(cn(2, 9)):
            cls.complaint = cls.make_complaint(vehicle_id=cls.vehicle.id)

    def test_major_complaint_in_time_and_late(self):
        self.assertEqual(self.company._dealer_customer_value(), 40000)
        self.assertEqual(self.complaint.value_severity, "major")
        self.assertAlmostEqual(self.complaint.value_at_risk, 32400)
        self.assertAlmostEqual(self.complaint.value_saveable, 25200)
        self.run_engine(cn(2, 11, 1))
        self.assertAlmostEqual(self.complaint.value_saveable, 14000)

    def test_changed_rate_is_followed_by_every_estimate(self):
        rate = self.env["dealer.return.rate"].search(
            [("severity", "=", "major"), ("speed", "=", "unresolved")]
        )
        rate.percent = 49
        # 51 % of 40 000 are lost when nothing happens
        self.assertAlmostEqual(self.complaint.value_at_risk, 20400)
        self.env.flush_all()
        found = self.env["dealer.complaint"].search(
            [("id", "=", self.complaint.id), ("value_at_risk", "<", 20401)]
        )
        self.assertTrue(found)

    def test_mere_dissatisfaction_loses_fewer_customers(self):
        minor = self.make_complaint(
            level="dissatisfaction", partner_id=self.make_partner().id
        )
        self.assertEqual(minor.value_severity, "minor")
        self.assertAlmostEqual(minor.value_at_risk, 21600)
        self.assertAlmostEqual(minor.value_saveable, 19600)

    def test_solved_complaint_has_nothing_left_to_save(self):
        with freeze_time(cn(2, 10)):
            self.make_contact(self.complaint)
            self.complaint.write(WORDS)
            for step in ("investigate", "propose", "resolve"):
                getattr(self.complaint, f"action_{step}")()
            self.assertAlmostEqual(self.complaint.value_at_risk, 7200)
            self.assertEqual(self.complaint.value_saveable, 0)
            self.complaint.decision_answer = "refused"
        self.assertAlmostEqual(self.complaint.value_at_risk, 32400)

    def test_mistakes_are_worth_nothing(self):
        self.complaint.action_cancel()
        self.assertEqual(self.complaint.value_at_risk, 0)

    def test_parameters_of_the_company_move_the_estimate(self):
        self.company.dealer_value_years = 0
        self.assertAlmostEqual(self.complaint.value_at_risk, 0.81 * 5000)

    @users("handler")
    def test_list_begins_with_most_saveable_per_hour_left(self):
        with freeze_time(cn(2, 10, 30)):
            later = self.make_complaint(partner_id=self.make_partner().id)
            minor = self.make_complaint(
                partner_id=self.make_partner().id, level="dissatisfaction"
            )
            mine = [("id", "in", (self.complaint + later + minor).ids)]
            listed = self.env["dealer.complaint"].search(
                mine, order="saveable_per_hour desc"
            )
            self.assertEqual(listed, self.complaint + later + minor)
            self.env.invalidate_all()
            # half an hour is left of the two
            self.assertAlmostEqual(listed[0].saveable_per_hour, 50400)
        with freeze_time(cn(2, 13, 29)):
            # an hour of work is over; lunch passed, the hour counts as time passes
            self.make_contact(self.complaint)
            listed = self.env["dealer.complaint"].search(
                mine, order="saveable_per_hour desc"
            )
            self.assertEqual(listed[0], later)

    def test_major_stands_before_escalated_before_general(self):
        with freeze_time(cn(2, 10, 30)):
            worth_most, major, escalated = (
                self.make_complaint(
                    partner_id=self.make_partner().id, grade=grade, level=level
                )
                for grade, level in (
                    ("general", "complaint"),
                    ("major", "dissatisfaction"),
                    ("escalated", "dissatisfaction"),
                )
            )
            mine = worth_most + major + escalated
            arch = self.complaint.get_view(view_type="list")["arch"]
            order = etree.fromstring(arch).get("default_order")
            listed = mine.search([("id", "in", mine.ids)], order=order)
        self.assertEqual(listed.mapped("grade"), ["major", "escalated", "general"])
        counted = mine._read_group([("id", "in", mine.ids)], ["grade"], ["__count"])
        self.assertEqual(dict(counted), {"major": 1, "escalated": 1, "general": 1})

    def test_imports_of_the_past_do_not_bury_what_came_today(self):
        """Sixty open complaints of last year stand behind the one of this morning."""
        with freeze_time(cn(2, 10, 30)):
            past = self.env["dealer.complaint"].create(
                [
                    {
                        "partner_id": self.make_partner(name=f"旧客户{number}").id,
                        "subject": "去年的投诉",
                        "date_received": cn(2, 9) - timedelta(days=300 + number),
                    }
                    for number in range(60)
                ]
            )
            past._write_by_method({"date_imported": cn(2, 10)})
            today = self.make_complaint(partner_id=self.make_partner().id)
            arch = self.complaint.get_view(view_type="list")["arch"]
            order = etree.fromstring(arch).get("default_order")
            self.assertLess(past[0].saveable_per_hour, today.saveable_per_hour)
            listed = past.search([("id", "in", (past + today).ids)], order=order)
        self.assertEqual(listed[0], today)

    def test_list_shows_by_what_it_is_sorted(self):
        arch = self.complaint.get_view(view_type="list")["arch"]
        tree = etree.fromstring(arch)
        first = tree.get("default_order").split()[0]
        [column] = tree.xpath(f"//field[@name='{first}']")
        self.assertEqual(column.get("optional"), "show")

    def test_own_cases_replace_the_published_rate_step_by_step(self):
        with freeze_time(cn(2, 9)):
            for plate in range(10):
                car = self.make_vehicle(license_plate=f"皖B·B123{plate}")
                past = self.make_complaint(
                    vehicle_id=car.id,
                    partner_id=self.make_partner().id,
                )
                past._write_by_method(
                    {
                        "state": "closed",
                        "value_severity": "major",
                        "date_resolved": cn(2, 9) - timedelta(days=400),
                    }
                )
                past.timer_ids.write({"state": "met"})
                if plate < 5:
                    visit = self.make_reception(vehicle_id=car.id)
                    visit._write_by_method(
                        {
                            "date_booked": False,
                            "state": "arrived",
                            "date_arrived": cn(2, 9) - timedelta(days=100),
                        }
                    )
            self.env.flush_all()
            self.env.registry.clear_cache()
            rate = self.env.ref("dealer_complaint.return_rate_major_fast")
            self.assertEqual((rate.own_cases, rate.own_percent), (10, 50))
            # (5 + 50 × 0.82) / 60
            self.assertAlmostEqual(rate.blended_percent, 100 * 46 / 60, 1)
        self.env.registry.clear_cache()

    def test_the_word_estimate_stands_beside_every_figure(self):
        for name in ("value_at_risk", "value_saveable", "saveable_per_hour"):
            field = self.complaint._fields[name]
            self.assertIn("Estimate", field._description_string(self.env))
        self.assertIn("Estimate", self.complaint.value_note)

    @users("officer")
    def test_return_rates_are_set_by_managers(self):
        rate = self.env.ref("dealer_complaint.return_rate_major_fast")
        with self.assertRaises(AccessError):
            rate.with_env(self.env).percent = 1
