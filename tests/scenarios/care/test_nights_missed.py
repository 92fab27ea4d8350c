"""The server was off for five nights: everything comes due, each once."""

from datetime import date

from .care_story import CareStory


class TestNightsMissed(CareStory):
    codes = ("3d", "visit", "inspection")

    def test_five_nights_are_made_up(self):
        sold = [
            self.make_vehicle(
                license_plate=f"皖B·N000{day}",
                sale_date=date(2026, 3, day),
                owner_id=self.make_partner(
                    name=f"车主{day}", phone=f"1390000000{day}"
                ).id,
            )
            for day in range(1, 6)
        ]
        self.make_past_visit(3)
        self.vehicle.inspection_expiry = date(2026, 5, 6)
        self.night(3)
        self.assertFalse(self.Followup.search([("rule_id.source", "!=", "manual")]))

        # The nights of the 4th to the 8th do not take place.
        self.night(9)
        third = self.tasks(self.rules["3d"])
        self.assertEqual(
            {task.vehicle_id.sale_date: task.state for task in third},
            {date(2026, 3, day): "todo" for day in range(2, 6)},
            "the first one was of use until the 8th",
        )
        self.assertEqual(len(self.tasks(self.rules["visit"])), 1)
        self.assertEqual(len(self.tasks(self.rules["inspection"])), 1)

        # Once more, and by hand on top of it: nothing twice.
        before = self.Followup.search_count([])
        self.night(9)
        with self.at(9, 9):
            for rule in self.rules.values():
                rule.with_user(self.care_manager).action_run()
        self.assertEqual(self.Followup.search_count([]), before)

        # What was of use until yesterday is not called.
        self.night(10)
        self.assertEqual(
            third.filtered(lambda t: t.vehicle_id == sold[1]).state, "expired"
        )
        with self.at(10):
            called = self.next_call().followup_ids
            self.assertNotIn(sold[1], called.vehicle_id)
