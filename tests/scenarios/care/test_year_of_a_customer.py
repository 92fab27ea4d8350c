"""A year of one customer: what his page foresees is what the nights bring."""

from datetime import date, timedelta

from freezegun import freeze_time

from ...dealer_followup.rule.test_yearly import YearlyCase
from ...followup_common import cn

TODAY = date(2026, 3, 2)


class TestYearOfACustomer(YearlyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_marketing_needs_consent = False
        cls.rules = (
            cls.make_yearly("birthday", name="生日")
            + cls.make_yearly("car_birthday", name="爱车生日")
            + cls.make_yearly(
                "festival",
                name="春节问候",
                festival_id=cls.env.ref("dealer_followup.festival_spring").id,
                offset_days=-7,
            )
            + cls.make_yearly(
                "festival",
                name="中秋问候",
                festival_id=cls.env.ref("dealer_followup.festival_mid_autumn").id,
                offset_days=-3,
                channel="wechat",
            )
            + cls.make_rule("insurance", name="续保", offset_days=-45)
            + cls.make_rule("inspection", name="年检", offset_days=-60)
            + cls.make_rule(
                "next_service", name="保养", offset_days=-14, avoid_closed_days=True
            )
            + cls.make_rule("inactive", name="半年未进店", offset_months=6)
        )
        cls.customer.write({"birthday_lunar_month": "12", "birthday_lunar_day": "30"})
        cls.vehicle.write(
            {
                "sale_date": date(2024, 9, 30),
                "insurance_expiry": date(2026, 9, 29),
                "inspection_expiry": date(2026, 9, 30),
                "next_service_date": date(2026, 6, 7),
                "last_reception_date": date(2025, 12, 7),
            }
        )
        other = cls.make_partner(name="李芳", phone="13900005555")
        cls.make_vehicle(
            license_plate="皖B·B2002",
            owner_id=other.id,
            insurance_expiry=date(2026, 10, 1),
        )

    @freeze_time(cn(2, 10))
    def foreseen(self):
        facts = self.customer.with_user(self.care_manager)._relation_facts()
        return facts["coming"]

    def test_page_foresees_what_the_nights_bring(self):
        foreseen = self.foreseen()
        names = [name for _day, name, _plate in foreseen]
        self.assertEqual(
            names,
            [
                "保养",
                "半年未进店",
                "年检",
                "续保",
                "中秋问候",
                "爱车生日",
                "春节问候",
                "生日",
            ],
        )
        self.assertEqual(foreseen[-1][0], date(2027, 2, 5))

        # night by night, from tomorrow to the same day of the next year
        for number in range(1, 366):
            self.run_rules(cn(TODAY + timedelta(days=number), 2), self.rules)
        created = self.Followup.search(
            [
                ("rule_id", "in", self.rules.ids),
                ("partner_id", "=", self.customer.id),
                ("due_date", ">", TODAY),
            ],
            order="due_date",
        )
        self.assertEqual(
            [(task.due_date, task.rule_id.name) for task in created],
            [one[:2] for one in foreseen],
        )

    def test_booking_stands_in_the_year(self):
        with freeze_time(cn(2, 10)):
            self.make_reception(date_appointment=cn(20, 10))
        self.assertEqual(self.foreseen()[0][:2], (date(2026, 3, 20), "Appointment"))

    def test_story_shows_it_to_callers_alone(self):
        with freeze_time(cn(2, 10)):
            for user, is_shown in ((self.caller, True), (self.advisor, False)):
                self.customer.invalidate_recordset(["relation_story"])
                story = self.customer.with_user(user).relation_story
                with self.subTest(user=user.login):
                    self.assertEqual("爱车生日" in story, is_shown)

    def test_more_cars_cost_no_more_queries(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.foreseen()
            return self.env.cr.sql_log_count - before

        queries()
        one = queries()
        for number in range(4):
            self.make_vehicle(
                license_plate=f"皖B·C30{number:02}",
                insurance_expiry=date(2026, 8, 1 + number),
            )
        queries()
        self.assertLessEqual(queries(), one)

    def test_class_is_seen_at_arrival(self):
        notices = dict(self.notices("a", "active"))
        self.assertIn("class A", notices["success"])
        self.assertIn("class C", dict(self.notices("c", "active"))["info"])
        # whoever stayed away is welcomed back
        self.assertIn("welcome them back", dict(self.notices("d", "lost"))["warning"])

    def notices(self, letter, stage):
        self.grade(letter)
        self.env.cr.execute(
            "UPDATE fleet_vehicle SET life_cycle = %s WHERE id = %s",
            (stage, self.vehicle.id),
        )
        self.vehicle.invalidate_recordset()
        found = self.vehicle.with_user(self.advisor)._arrival_notices()
        return [notice for notice in found if "class" in notice[1]]
