"""A car club: who belongs to it since when, and whom its tours invite."""

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import users
from odoo.tools import mute_logger

from ...activity_common import ActivityCase, cn


class TestActivityClub(ActivityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Member = cls.env["dealer.club.member"]
        cls.club = cls.env["dealer.club"].create(
            {"name": "瑞虎车友会", "company_id": cls.company.id, "user_id": False}
        )

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(cn(2, 10)))

    def join(self, car, **values):
        return self.Member.create(
            {
                "club_id": self.club.id,
                "partner_id": car.owner_id.id,
                "vehicle_id": car.id,
                **values,
            }
        )

    def test_a_tour_is_for_the_members_of_the_club(self):
        cars = [self.make_owner(number) for number in (1, 2, 3)]
        for car in cars[:2]:
            self.join(car, date_joined="2026-01-05")
        self.Member.search([("vehicle_id", "=", cars[1].id)]).date_left = "2026-03-01"
        tour = self.make_activity(kind="club", club_id=self.club.id)
        tour.action_refresh_audience()
        self.assertEqual(tour.invitee_ids.vehicle_id, cars[0])
        # the club is left out of account by an activity that is no tour
        lecture = self.make_activity(kind="lecture", club_id=self.club.id)
        lecture.action_refresh_audience()
        self.assertIn(cars[2], lecture.invitee_ids.vehicle_id)

    def test_members_have_numbers_that_are_never_given_again(self):
        cars = [self.make_owner(number) for number in (1, 2, 3)]
        first, second = self.join(cars[0]), self.join(cars[1])
        self.assertEqual((first.number, second.number), (1, 2))
        second.date_left = "2026-03-02"
        self.assertEqual(self.join(cars[2]).number, 3)
        again = self.join(cars[1])
        self.assertEqual(again.number, 4)
        with self.assertRaises(UserError):
            again.with_user(self.care_manager).number = 1

    @mute_logger("odoo.sql_db")
    def test_nobody_is_a_member_twice(self):
        car = self.make_owner(1)
        self.join(car)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.join(car)

    def test_customers_of_a_class_become_members(self):
        star, other = self.make_owner(1), self.make_owner(2)
        # as their paid visits would make them
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE fleet_vehicle SET customer_class = CASE id WHEN %s THEN 'a'"
            " ELSE 'c' END WHERE id IN %s",
            [star.id, (star.id, other.id)],
        )
        self.env.invalidate_all()
        club = self.club.with_user(self.care_manager)
        with self.assertRaisesRegex(UserError, "choose the class"):
            club.action_add_class()
        club.customer_class = "a"
        club.action_add_class()
        self.assertEqual(club.member_ids.vehicle_id, star)
        self.assertEqual(club.member_count, 1)
        with self.assertRaisesRegex(UserError, "are members"):
            club.action_add_class()

    @users("caller")
    def test_a_caller_enters_a_member_and_founds_no_club(self):
        car = self.make_owner(1)
        member = self.Member.with_env(self.env).create(
            {"club_id": self.club.id, "partner_id": car.owner_id.id}
        )
        self.assertEqual(member.number, 1)
        with self.assertRaises(AccessError):
            self.club.with_env(self.env).name = "Mine"
        with self.assertRaises(AccessError):
            member.unlink()

    def test_the_class_it_is_open_to_is_read_in_chinese(self):
        labels = self.club.with_context(lang="zh_CN").fields_get(["customer_class"])
        self.assertIn(
            ["b", "B类（偶尔）"],
            [list(pair) for pair in labels["customer_class"]["selection"]],
        )

    def test_a_member_stays_who_they_are(self):
        member = self.Member.create(
            {"club_id": self.club.id, "partner_id": self.customer.id}
        )
        with self.assertRaisesRegex(UserError, "cannot be changed by hand"):
            member.with_user(self.caller).partner_id = self.make_partner(name="别人")
        for values, words in (
            ({"date_joined": "2199-01-01"}, "in the future"),
            ({"partner_id": self.company.partner_id.id}, "no member"),
        ):
            with self.assertRaisesRegex(ValidationError, words):
                self.Member.create(
                    {
                        "club_id": self.club.id,
                        "partner_id": self.make_partner(name="新人").id,
                        **values,
                    }
                )

    def test_clubs_of_another_shop_are_not_seen(self):
        shop = self.env["res.company"].create({"name": "Other Shop"})
        club = self.club.create({"name": "X", "company_id": shop.id, "user_id": False})
        mine = self.club.with_user(self.care_manager)
        self.assertFalse(mine.search([("id", "=", club.id)]))
        member = self.Member.create(
            {"club_id": club.id, "partner_id": self.customer.id}
        )
        self.assertFalse(mine.member_ids.search([("id", "=", member.id)]))
