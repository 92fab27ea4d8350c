"""Who drove away before the service is called the next day, and asked nothing else."""

from datetime import date

from freezegun import freeze_time

from ...followup_common import DealerFollowupCase, cn


class TestLeft(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.after = cls.make_rule("visit", purpose="satisfaction")
        cls.rule = cls.env.ref("dealer_followup.care_rule_left")
        cls.rule.active = True

    def leave(self, **values):
        visit = self.make_reception(state="arrived", date_arrived=cn(2, 9), **values)
        with freeze_time(cn(2, 10)):
            visit.with_user(self.advisor).action_leave("wait")
        return visit

    def test_bringer_is_called_the_next_day_about_the_visit(self):
        bringer = self.make_partner(name="李芳", phone="139 0553 7007")
        visit = self.leave(contact_id=bringer.id)
        self.run_rules(cn(3, 2))
        self.assertRecordValues(
            self.tasks(self.rule),
            [
                {
                    "visit_id": visit.id,
                    "partner_id": bringer.id,
                    "anchor_key": f"left:{visit.id}",
                    "due_date": date(2026, 3, 3),
                    "state": "todo",
                }
            ],
        )

    def test_nobody_is_asked_how_the_service_was(self):
        self.leave()
        self.run_rules(cn(6, 2))
        self.assertFalse(self.tasks(self.after))

    def test_customer_who_comes_back_is_not_called_any_more(self):
        visit = self.leave()
        self.run_rules(cn(3, 2))
        again = self.make_reception(state="arrived", date_arrived=cn(3, 9))
        with freeze_time(cn(3, 11)):
            self.bring_to(again, "delivered")
        self.assertNotEqual(again, visit)
        self.assertRecordValues(
            self.tasks(self.rule), [{"state": "done", "reception_id": again.id}]
        )

    def test_leaving_says_nothing_about_the_life_cycle(self):
        before = self.vehicle.life_cycle
        self.leave()
        self.assertEqual(self.vehicle.life_cycle, before)
        self.assertFalse(self.vehicle.last_reception_date)
