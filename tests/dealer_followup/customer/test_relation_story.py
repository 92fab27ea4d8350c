"""The page of a customer tells the story of the relation, to each what he may read."""

from datetime import date

from freezegun import freeze_time

from ...life_cycle_common import LifeCycleCase, cn


class TestRelationStory(LifeCycleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.past_visit(date(2024, 1, 5), date(2026, 2, 20))
        with freeze_time(cn(date(2026, 3, 2), 10)):
            cls.vehicle._update_life_cycle()
            cls.env["dealer.declined.work"].create(
                {
                    "name": "Front brake pads",
                    "is_safety": True,
                    "company_id": cls.company.id,
                    "currency_id": cls.company.currency_id.id,
                    "vehicle_id": cls.vehicle.id,
                    "partner_id": cls.customer.id,
                    "date_declined": cn(date(2026, 2, 20), 11),
                }
            )
            cls.make_task()
            cls.complaint = cls.make_complaint(
                vehicle_id=cls.vehicle.id, subject="Steering wheel shakes"
            )

    def story(self, record, user=None):
        record.invalidate_recordset(["relation_story"])
        return record.with_user(user or self.care_manager).relation_story

    def test_the_customer_and_the_car_tell_the_same_story(self):
        with freeze_time("2026-03-02 02:00:00"):
            self.call(self.Followup.search([], limit=1), "reached", note="Content")
        self.consent()
        manager = self.care_manager
        manager.group_ids += self.env.ref(
            "dealer_complaint.group_dealer_complaint_manager"
        )
        manager.group_ids += self.env.ref("dealer_service.group_dealer_service_user")
        for record in (self.customer, self.vehicle):
            story = self.story(record)
            for words in (
                self.vehicle.license_plate,
                "Won Back",
                "C – Rare",
                "Front brake pads",
                "Steering wheel shakes",
                "Content",
                "Said so at the counter",
            ):
                self.assertIn(words, story, record._name)

    def test_what_the_number_may_be_used_for(self):
        self.assertIn("never given", self.story(self.customer))
        self.consent()
        self.assertNotIn("never given", self.story(self.customer))
        self.consent("withdrawn")
        self.assertIn("withdrawn", self.story(self.customer))

    def test_everybody_is_told_what_he_may_read(self):
        rule = self.tasks(self.Followup.search([], limit=1).rule_id).rule_id
        for user, shows, hides in (
            (self.caller, rule.name, "Steering wheel shakes"),
            (self.advisor, "Front brake pads", rule.name),
        ):
            story = self.story(self.customer, user)
            self.assertIn(shows, story, user.login)
            self.assertNotIn(hides, story, user.login)

    def test_the_tasks_of_a_colleague_are_not_told(self):
        self.Followup.search([])._write_by_method({"user_id": self.other_caller.id})
        task = self.Followup.search([], limit=1)
        self.assertNotIn(task.rule_id.name, self.story(self.customer, self.caller))
        self.assertIn(task.rule_id.name, self.story(self.customer, self.other_caller))

    def test_the_buttons_lead_to_the_follow_ups(self):
        for record in (self.customer, self.vehicle):
            record = record.with_user(self.caller)
            self.assertEqual(record.open_followup_count, 1)
            action = record.action_view_followups()
            self.assertEqual(self.Followup.search_count(action["domain"]), 1)

    def test_a_long_story_costs_the_queries_of_a_short_one(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.story(self.customer)
            return self.env.cr.sql_log_count - before

        queries()
        short = queries()
        rule = self.make_rule("manual")
        for number in range(12):
            self.make_task(rule, anchor_key=f"long:{number}")
            self.past_visit(date(2026, 2, 1 + number), paid=False)
            self.make_vehicle(license_plate=f"皖B·C10{number:02}")
        self.assertLessEqual(queries(), short)
