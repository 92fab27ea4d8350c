"""Each reads the own sheet, the manager all, another shop none."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from .staff_case import JUNE_2, StaffCase


@freeze_time(JUNE_2)
class TestRights(StaffCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_visits(3)
        cls.colleague = cls.make_user("colleague", "user")
        cls.make_visits(3, advisor=cls.colleague)
        cls.make_jobs(3)
        cls.measure()
        cls.sheet = cls.sheet_of(cls.advisor)
        cls.job_sheet = cls.sheet_of(cls.technician)

    def seen_by(self, user, model="dealer.staff.sheet"):
        return self.env[model].with_user(user).search([]).mapped("user_id")

    def test_each_sees_the_own_and_the_manager_all(self):
        for model in ("dealer.staff.sheet", "dealer.staff.sheet.line"):
            self.assertEqual(self.seen_by(self.advisor, model), self.advisor)
            self.assertEqual(self.seen_by(self.technician, model), self.technician)
            self.assertEqual(
                self.seen_by(self.manager, model),
                self.advisor | self.colleague | self.technician,
            )

    def test_the_sheet_of_a_colleague_is_closed(self):
        for record in (self.sheet, self.sheet.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.colleague).read(["company_id"])

    def test_another_shop_sees_nothing_of_it(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        manager = self.make_user(
            "elsewhere", "manager", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        for record in (self.sheet, self.sheet.line_ids):
            self.assertFalse(record.with_user(manager).search([]))
            with self.assertRaises(AccessError):
                record.with_user(manager).read(["company_id"])

    def test_the_measured_write_nothing_but_a_word(self):
        mine = self.sheet.with_user(self.advisor)
        for values in (
            {"points": 100.0},
            {"state": "closed"},
            {"is_small": False},
            {"user_id": self.colleague.id},
            {"comment": "优秀"},
            {"line_ids": [(2, self.sheet.line_ids[0].id)]},
            {"line_ids": [(1, self.sheet.line_ids[0].id, {"points": 100})]},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                mine.write(values)
        for move in ("action_give", "action_close", "action_take_back"):
            with self.subTest(move=move), self.assertRaises(UserError):
                getattr(mine, move)()
        for record in (mine, mine.line_ids):
            with self.assertRaises(AccessError):
                record.unlink()
        with self.assertRaises(AccessError):
            mine.action_measure()
        with self.assertRaises(AccessError):
            self.Sheet.with_user(self.advisor).create(
                {"role": "advisor", "date_from": "2026-05-01", "date_to": "2026-05-31"}
            )

    def test_the_word_comes_after_the_talk_and_is_the_persons_own(self):
        mine = self.sheet.with_user(self.advisor)
        with self.assertRaisesRegex(UserError, "once the sheet was discussed"):
            mine.word = "我有话说"
        self.sheet.with_user(self.manager).action_give()
        mine.word = "上周缺件，不是我的原因"
        with self.assertRaises(AccessError):
            self.sheet.with_user(self.manager).word = "同意"

    def test_the_manager_writes_no_figure_either(self):
        judge = self.sheet.with_user(self.manager)
        judge.comment = "承诺守时进步明显"
        with self.assertRaises(UserError):
            judge.points = 100.0
        with self.assertRaises(AccessError):
            judge.line_ids[0].points = 100.0
        with self.assertRaises(AccessError):
            judge.unlink()

    def test_nobody_discusses_the_own_sheet(self):
        self.make_visits(3, advisor=self.manager)
        self.measure()
        own = self.sheet_of(self.manager).with_user(self.manager)
        self.assertFalse(own.may_judge)
        with self.assertRaisesRegex(AccessError, "their own"):
            own.action_give()
        with self.assertRaises(AccessError):
            own.comment = "优秀"

    def test_only_managers_set_what_counts(self):
        scale = self.env.ref("dealer_service.dealer_staff_scale_promise")
        for record, name in (
            (scale.measure_id, "least_count"),
            (scale, "weight"),
            (scale.band_ids[0], "points"),
        ):
            record.with_user(self.technician).read([name])
            record.with_user(self.manager).write({name: 1})
            with self.assertRaises(AccessError):
                record.with_user(self.advisor).write({name: 2})

    def test_a_manager_measures_from_the_list(self):
        self.make_visits(1)
        self.Sheet.with_user(self.manager).action_measure()
        self.assertEqual(self.line(self.sheet, "visits").value, 4)

    def test_the_home_leads_to_what_is_to_be_discussed(self):
        home = self.env["dealer.home"]

        def tile(user, key):
            tiles = home.with_user(user).get_home("service")["sections"][0]["tiles"]
            return next((t["count"] for t in tiles if t["key"] == key), None)

        self.assertEqual(tile(self.manager, "staff_give"), 3)
        self.assertIsNone(tile(self.advisor, "staff_give"))
        self.assertEqual(tile(self.advisor, "staff_mine"), 0)
        self.sheet.with_user(self.manager).action_give()
        self.assertEqual(tile(self.manager, "staff_give"), 2)
        self.assertEqual(tile(self.advisor, "staff_mine"), 1)
