"""Two cars of one customer are one call; two customers of one telephone share a cap."""

from datetime import date

from odoo.exceptions import UserError

from .care_story import CareStory


class TestFamilyTelephone(CareStory):
    codes = ("inspection",)

    def test_two_cars_one_customer_one_call(self):
        second = self.make_vehicle(license_plate="皖B·A2001")
        cars = self.vehicle + second
        cars.inspection_expiry = date(2026, 5, 4)
        self.night(5)
        with self.at(5):
            sheet = self.next_call()
            self.assertEqual(sheet.followup_ids.vehicle_id, cars)
            for car in cars:
                self.assertIn(car.license_plate, sheet.script)
            self.save(sheet, "appointment")
            tasks = self.tasks(self.rules["inspection"])
            self.assertEqual(set(tasks.mapped("state")), {"done"})
            self.assertEqual(len(tasks.attempt_ids), 1)
            self.assertFalse(self.next_call())

    def test_two_customers_one_telephone_one_cap(self):
        self.company.write({"dealer_calls_per_day": 2, "dealer_call_gap_minutes": 30})
        wife = self.make_partner(name="李梅", phone="+86 138 0553 1234")
        hers = self.make_vehicle(license_plate="皖B·A2001", owner_id=wife.id)
        (self.vehicle + hers).inspection_expiry = date(2026, 5, 4)
        self.night(5)
        his_task, her_task = self.tasks(self.rules["inspection"])
        self.assertEqual(his_task.contact_phone, her_task.contact_phone)

        # They are two talks, so two calls; while one is on the line the other waits.
        with self.at(5, 9):
            sheet = self.next_call()
            first = sheet.followup_ids
            self.assertEqual(len(first), 1)
            self.assertFalse(self.next_call(self.other_caller))
            self.save(sheet, "no_answer")
            self.assertFalse(self.next_call(self.other_caller), "thirty minutes apart")
        second = (his_task + her_task) - first
        with self.at(5, 9, 31):
            sheet = self.next_call(self.other_caller)
            self.assertEqual(sheet.followup_ids, second)
            self.save(sheet, "no_answer")

        # The third call of the day to this number is tomorrow's, whoever it is for.
        with self.at(5, 19):
            self.assertFalse(self.next_call())
            with self.assertRaisesRegex(UserError, "2 times"):
                self.open_sheet(second, self.other_caller)
        with self.at(6, 9):
            self.assertTrue(self.next_call())
