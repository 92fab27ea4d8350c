"""Two shops of one group know the same customer: what one heard stays there."""

from datetime import date

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time

from ...activity_common import ActivityCase, cn


@freeze_time(cn(2, 10))
class TestSharedCustomer(ActivityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other Shop"})
        cls.other.dealer_call_hours = cls.company.dealer_call_hours
        cls.other_shop_caller = cls.make_caller("other_shop_caller")
        cls.other_shop_caller.write(
            {"company_ids": [Command.set(cls.other.ids)], "company_id": cls.other.id}
        )

    def heard(self, company, words):
        """A complaint and a call of the customer in a shop, with these words."""
        self.make_complaint(subject=f"Complaint {words}", company_id=company.id)
        self.env["dealer.followup.attempt"].create(
            {
                "company_id": company.id,
                "partner_id": self.customer.id,
                "phone": self.customer.phone_key,
                "user_id": self.env.uid,
                "date": cn(date(2026, 2, 20), 10),
                "result_id": self.result("reached").id,
                "note": f"Call {words}",
            }
        )

    def test_call_sheet_shows_what_the_own_shop_heard(self):
        self.heard(self.company, "in Wuhu")
        self.heard(self.other, "elsewhere")
        rule = self.make_rule("manual")
        for company, user, mine, others in (
            (self.company, self.caller, "in Wuhu", "elsewhere"),
            (self.other, self.other_shop_caller, "elsewhere", "in Wuhu"),
        ):
            task = self.make_task(rule, company_id=company.id)
            sheet = self.open_sheet(task, user)
            briefing = sheet.warning + sheet.briefing
            with self.subTest(company=company.name):
                self.assertIn(f"Complaint {mine}", briefing)
                self.assertIn(f"Call {mine}", briefing)
                self.assertNotIn(others, briefing)
            task._close("cancelled", "no_care")

    def test_call_sheet_of_a_caller_of_both_shops_is_that_of_the_task(self):
        self.heard(self.other, "elsewhere")
        self.make_past_visit(1, company_id=self.other.id)
        both = (self.company | self.other).ids
        self.caller.company_ids = [Command.set(both)]
        sheet = self.open_sheet(self.make_task()).with_context(allowed_company_ids=both)
        facts = sheet._briefing_facts()
        self.assertFalse(facts["complaints"])
        self.assertFalse(facts["calls"])
        self.assertFalse(facts["visits"])

    def test_customer_base_counts_complaints_of_the_own_shop(self):
        self.make_past_visit(1)
        self.vehicle._update_life_cycle()
        row = self.env["dealer.customer.report"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        self.assertEqual(row.company_id, self.company)
        before = row.value_at_risk
        self.other.dealer_value_yearly = 1_000_000
        self.make_complaint(vehicle_id=self.vehicle.id, company_id=self.other.id)
        self.env.invalidate_all()
        self.assertEqual(row.value_at_risk, before)

    def test_walk_in_does_not_find_the_card_of_another_shop(self):
        stranger = self.make_partner(
            name="别店客户", phone="139 7777 6666", company_id=self.other.id
        )
        self.make_vehicle(
            owner_id=stranger.id, license_plate="皖B·W8888", company_id=self.other.id
        )
        activity = self.make_inviting()
        with freeze_time(cn(9, 14)):
            activity.action_start()
            row = activity.with_user(self.caller)._walk_in("陈七", "13977776666")
        self.assertNotEqual(row.partner_id, stranger)
        self.assertEqual(row.contact_name, "陈七")

    def test_plate_of_a_hidden_card_names_nobody(self):
        stranger = self.make_partner(name="别店客户", company_id=self.other.id)
        self.make_vehicle(
            owner_id=stranger.id,
            license_plate="皖B·W8888",
            vin_sn="LVVDB21B7RD000001",
            company_id=self.other.id,
        )
        car = self.vehicle.with_user(self.advisor)
        with self.assertRaises(ValidationError) as refused:
            car.license_plate = "皖B·W8888"
            self.env.flush_all()
        self.assertNotIn("别店客户", str(refused.exception))
        self.assertNotIn("LVVDB21B7RD000001", str(refused.exception))

    def test_note_of_a_call_is_not_put_on_the_shared_card(self):
        task = self.make_task()
        self.call(task, "deceased", note="Called in Wuhu, was angry")
        self.assertTrue(self.customer.no_care)
        self.assertNotIn("Wuhu", self.customer.no_care_reason)
