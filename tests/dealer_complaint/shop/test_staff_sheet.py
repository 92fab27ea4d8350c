"""The month of a complaint handler: limits kept, and what stayed resolved."""

from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...complaint_common import DealerComplaintCase, cn

MARCH = date(2026, 3, 1)


class TestHandlerSheet(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_tz = "Asia/Shanghai"
        cls.second = cls.make_complaint_user("second_handler", "user")
        cls.boss = cls.make_complaint_user("complaint_boss", "manager")
        # (day, whose, contacted after so many hours)
        for day, user, hours in (
            (2, cls.handler, 1),
            (3, cls.handler, 30),
            (4, cls.handler, None),
            (5, cls.second, 1),
        ):
            with freeze_time(cn(day, 9)):
                complaint = cls.make_complaint(user_id=user.id)
            if hours:
                with freeze_time(cn(day + hours // 24, 9 + hours % 24)):
                    cls.make_contact(complaint)

    def measure(self):
        with freeze_time("2026-04-02 02:00:00"):
            self.env["dealer.staff.sheet"]._measure_month(self.company, MARCH)
        return self.sheet_of(self.handler)

    def sheet_of(self, user):
        return self.env["dealer.staff.sheet"].search(
            [("role", "=", "handler"), ("user_id", "=", user.id)]
        )

    def line(self, sheet, figure):
        return sheet.line_ids.filtered(lambda line: line.measure_id.figure == figure)

    def test_limits_are_counted_for_who_held_the_complaint(self):
        sheet = self.measure()
        for user in (self.handler, self.second):
            timers = self.env["dealer.sla.timer"].search([("metric", "=", "contact")])
            mine = timers.filtered(lambda t, u=user: t.complaint_id.user_id == u)
            with freeze_time("2026-04-02 02:00:00"):
                mine.invalidate_recordset()
                met = mine.filtered(lambda t: t.state == "met" and not t.is_breached)
            line = self.line(self.sheet_of(user), "contact")
            self.assertEqual(line.count, len(mine))
            self.assertAlmostEqual(line.value, 100 * len(met) / len(mine), 1)
        self.assertAlmostEqual(self.line(sheet, "contact").value, 100 / 3, 1)

    def test_what_was_opened_again_is_told(self):
        complaints = self.env["dealer.complaint"].search(
            [("user_id", "=", self.handler.id)], limit=2
        )
        self.env.flush_all()
        for complaint, cycle in zip(complaints, (1, 2), strict=True):
            self.env.cr.execute(
                SQL(
                    "UPDATE dealer_complaint SET date_resolved = %s, cycle = %s"
                    " WHERE id = %s",
                    datetime(2026, 3, 20),
                    cycle,
                    complaint.id,
                )
            )
        sheet = self.measure()
        self.assertEqual(self.line(sheet, "complaints").value, 2)
        self.assertEqual(self.line(sheet, "reopened").value, 50.0)

    def test_the_complaint_manager_discusses_handlers_and_nobody_else(self):
        sheet = self.measure()
        advisor = sheet._create_by_method(
            [
                {
                    "company_id": self.company.id,
                    "role": "advisor",
                    "user_id": self.advisor.id,
                    "date_from": MARCH,
                    "date_to": date(2026, 3, 31),
                }
            ]
        )
        seen = sheet.with_user(self.boss).search([])
        self.assertEqual(set(seen.mapped("role")), {"handler"})
        sheet.with_user(self.boss).action_give()
        self.assertEqual(sheet.state, "given")
        with self.assertRaises(AccessError):
            advisor.with_user(self.boss).action_give()
        with self.assertRaises(AccessError):
            sheet.with_user(self.second).read(["points"])
        sheet.with_user(self.handler).word = "两起投诉缺件"

    def test_the_home_of_the_desk_counts_its_own(self):
        self.measure()
        tiles = self.env["dealer.home"].with_user(self.boss).get_home("complaint")
        [count] = [
            tile["count"]
            for tile in tiles["sections"][0]["tiles"]
            if tile["key"] == "staff_give"
        ]
        self.assertEqual(count, 2)
