"""The car was sold: the former owner is left alone, the new one begins anew."""

from datetime import date

from .care_story import CareStory


class TestSoldCarCare(CareStory):
    codes = ("3d", "7d", "insurance", "inspection")

    def test_the_call_finds_out_and_reception_asks_who(self):
        self.company.dealer_marketing_needs_consent = False
        second = self.make_vehicle(
            license_plate="皖B·A2001", insurance_expiry=date(2026, 4, 20)
        )
        self.vehicle.insurance_expiry = date(2026, 4, 20)
        self.night(6)

        # One call for both cars; one of them was sold last week.
        with self.at(6):
            sheet = self.next_call()
            self.assertEqual(sheet.followup_ids.vehicle_id, self.vehicle + second)
            sheet.action_dial()
            sheet.followup_ids = sheet.followup_ids.filtered(
                lambda task: task.vehicle_id == self.vehicle
            )
            sheet.result_id = self.result("not_owner")
            rest = self.env["dealer.followup.call"].with_user(self.caller)
            rest = rest.browse(sheet.action_save_and_continue()["res_id"])
            self.assertEqual(rest.followup_ids.vehicle_id, second)
            rest.result_id = self.result("reached")
            rest.action_save()
        self.assertTrue(self.vehicle.is_owner_wrong)
        self.assertFalse(second.is_owner_wrong)

        # Until the owner is known nobody is called about this car.
        self.vehicle.inspection_expiry = date(2026, 5, 8)
        self.night(9)
        self.assertFalse(self.task("inspection"))

        # The buyer comes by. He gets the cycle of the car, not the calls of a new one.
        buyer = self.make_partner(name="李梅", phone="13900001111")
        with self.at(10):
            self.vehicle.with_context(
                dealer_ownership_date=date(2026, 3, 1)
            ).owner_id = buyer
        self.night(11)
        self.assertEqual(self.task("inspection").partner_id, buyer)
        self.assertFalse(self.task("3d") + self.task("7d"))
