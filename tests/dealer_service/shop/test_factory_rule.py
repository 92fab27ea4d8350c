"""Rules of the manufacturer: who must know them has read them (厂家管理规定)."""

import base64
from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from ...common import DealerServiceCase

ADVISORS = "dealer_service.group_dealer_service_user"
TECHNICIANS = "dealer_service.group_dealer_service_technician"
DAY = timedelta(days=1)


class TestFactoryRule(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._dealer_today()
        cls.rules = cls.env["dealer.factory.rule"]
        cls.rule = cls.make_rule()

    @classmethod
    def make_rule(cls, **values):
        return cls.env["dealer.factory.rule"].create(
            {
                "name": "服务管理规定",
                "number": "7",
                "text": "三分钟内接待",
                "group_ids": cls.env.ref(ADVISORS).ids,
                "company_id": cls.company.id,
                **values,
            }
        )

    def to_read(self, user):
        rules = self.rules.with_user(user)
        found = rules.search([("is_to_read", "=", True)])
        self.assertEqual(found, rules.search([]).filtered("is_to_read"))
        others = rules.search([("is_to_read", "=", False)])
        self.assertEqual(found | others, rules.search([]))
        self.assertFalse(found & others)
        return found

    def confirm(self, user, rule=None):
        (rule or self.rule).with_user(user).action_confirm_read()

    # ------------------------------------------------------------------
    # WHO IS ASKED
    # ------------------------------------------------------------------

    def test_who_has_the_role_is_asked_until_the_rule_is_confirmed(self):
        self.assertEqual(self.to_read(self.advisor), self.rule)
        # a manager is an advisor, too; a technician is none
        self.assertEqual(self.to_read(self.manager), self.rule)
        self.assertFalse(self.to_read(self.technician))
        self.confirm(self.advisor)
        self.assertFalse(self.to_read(self.advisor))
        self.assertEqual(self.to_read(self.manager), self.rule)
        [reading] = self.rule.reading_ids
        self.assertEqual((reading.user_id, reading.version), (self.advisor, 1))

    def test_nobody_is_asked_outside_its_days_of_the_shop(self):
        for first, last, is_asked in (
            (self.today, self.today, True),
            (self.today + DAY, False, False),
            (self.today - DAY, self.today - DAY, False),
            (self.today - DAY, False, True),
        ):
            self.rule.write({"date_from": first, "date_to": last})
            with self.subTest(first=first, last=last):
                self.assertEqual(bool(self.to_read(self.advisor)), is_asked)
        self.rule.write({"date_from": "2026-04-01", "date_to": "2026-04-30"})
        self.company.dealer_calendar_id.tz = "Asia/Shanghai"
        for moment, is_asked in (
            ("2026-03-31 15:59:59", False),
            ("2026-03-31 16:00:00", True),
            ("2026-04-30 15:59:59", True),
            ("2026-04-30 16:00:00", False),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.env.invalidate_all()
                self.assertEqual(bool(self.to_read(self.advisor)), is_asked)

    def test_a_new_version_asks_again_and_a_correction_before_does_not(self):
        self.rule.with_user(self.manager).text = "两分钟内接待"
        self.assertEqual(self.rule.version, 1)
        self.confirm(self.advisor)
        for version, vals in enumerate(
            (
                {"text": "一分钟内接待"},
                {"document": base64.b64encode(b"%PDF-1.4 new")},
                {"name": "服务规定"},
            ),
            2,
        ):
            with self.subTest(**vals):
                self.rule.with_user(self.manager).write(vals)
                self.assertEqual(self.rule.version, version)
                self.assertEqual(self.to_read(self.advisor), self.rule)
                self.confirm(self.advisor)
                self.assertFalse(self.to_read(self.advisor))
        # what is no word of the rule asks nobody
        self.rule.with_user(self.manager).write(
            {"text": "一分钟内接待", "date_to": self.today + DAY, "kind": "sales"}
        )
        self.assertFalse(self.to_read(self.advisor))
        self.assertEqual(sorted(self.rule.reading_ids.mapped("version")), [1, 2, 3, 4])

    # ------------------------------------------------------------------
    # WHO CONFIRMS
    # ------------------------------------------------------------------

    def test_it_is_confirmed_once_and_by_whom_it_concerns(self):
        with self.assertRaises(UserError):
            self.confirm(self.technician)
        self.confirm(self.advisor)
        with self.assertRaises(UserError):
            self.confirm(self.advisor)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.rule.reading_ids.copy()

    def test_what_was_read_is_archived_and_not_deleted(self):
        unread = self.make_rule(number="8")
        self.confirm(self.advisor)
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.rule.with_user(self.manager).unlink()
        unread.with_user(self.manager).unlink()

    def test_nobody_confirms_for_somebody_else_or_takes_it_back(self):
        self.confirm(self.advisor)
        values = {
            "rule_id": self.rule.id,
            "version": 1,
            "company_id": self.company.id,
            "user_id": self.manager.id,
        }
        for user in (self.advisor, self.manager, self.technician):
            readings = self.env["dealer.factory.rule.reading"].with_user(user)
            with self.assertRaises(AccessError):
                readings.create(values)
            mine = self.rule.reading_ids.with_user(user)
            with self.assertRaises(AccessError):
                mine.write({"user_id": self.technician.id})
            with self.assertRaises(AccessError):
                mine.unlink()
        with self.assertRaises(UserError):
            self.rule.with_user(self.manager).version = 5
        with self.assertRaises(AccessError):
            self.rule.with_user(self.advisor).text = "随便"

    def test_the_manager_sees_who_has_not_read_it_and_nobody_else_does(self):
        rule = self.rule.with_user(self.manager)
        self.assertIn(self.advisor, rule.missing_user_ids)
        self.assertIn(self.manager, rule.missing_user_ids)
        self.assertNotIn(self.technician, rule.missing_user_ids)
        before = rule.missing_count
        self.confirm(self.advisor)
        self.assertEqual(rule.missing_count, before - 1)
        self.assertNotIn(self.advisor, rule.missing_user_ids)
        rule.text = "新要求"
        self.assertIn(self.advisor, rule.missing_user_ids)
        with self.assertRaises(AccessError):
            self.rule.with_user(self.advisor).read(["missing_count"])
        readings = self.env["dealer.factory.rule.reading"]
        self.assertEqual(
            readings.with_user(self.manager).search([]), self.rule.reading_ids
        )
        self.confirm(self.manager)
        self.assertEqual(
            readings.with_user(self.advisor).search([]).user_id, self.advisor
        )

    # ------------------------------------------------------------------
    # SHOPS, HOME, STANDARDS
    # ------------------------------------------------------------------

    def test_rules_and_confirmations_of_another_shop_are_its_own(self):
        shop = self.env["res.company"].create({"name": "另一家店"})
        theirs = self.make_rule(company_id=shop.id)
        self.assertNotIn(theirs, self.to_read(self.advisor))
        with self.assertRaises(AccessError):
            self.confirm(self.advisor, theirs)
        reading = self.env["dealer.factory.rule.reading"].create(
            {
                "rule_id": theirs.id,
                "version": 1,
                "user_id": self.advisor.id,
                "company_id": shop.id,
            }
        )
        readings = self.env["dealer.factory.rule.reading"].with_user(self.manager)
        self.assertNotIn(reading, readings.search([]))

    def test_the_home_counts_what_is_to_be_read(self):
        home = self.env["dealer.home"].with_user(self.advisor)

        def tiles():
            return {
                tile["key"]: tile["count"]
                for section in home.get_home("service")["sections"]
                for tile in section["tiles"]
            }

        self.assertEqual(tiles()["rules"], 1)
        action = home.open_tile("service", "rules")
        self.assertEqual(
            self.rules.with_user(self.advisor).search(action["domain"]), self.rule
        )
        self.confirm(self.advisor)
        self.assertEqual(tiles()["rules"], 0)

    def test_a_standard_shows_the_rule_it_comes_from(self):
        standard = self.env.ref("dealer_service.dealer_service_standard_speak_first")
        standard.rule_id = self.make_rule(company_id=False)
        view = self.env.ref("dealer_service.dealer_service_standard_view_guide")
        arch = standard.with_user(self.advisor).get_view(view.id, "form")["arch"]
        self.assertIn('name="rule_id"', arch)
        self.assertEqual(standard.with_user(self.technician).rule_id.number, "7")
        shop = self.env["res.company"].create({"name": "另一家店"})
        with self.assertRaises(UserError):
            standard.rule_id = self.make_rule(company_id=shop.id)

    def test_a_rule_does_not_end_before_it_begins(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
        ):
            self.rule.date_to = self.rule.date_from - DAY
            self.env.flush_all()
