"""Who inspects, who reads, and whose shop it is."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .multipoint_case import ALL_GREEN, MultipointCase


@tagged("standard", "post_install", "-at_install")
class TestRights(MultipointCase):
    def test_technician_sees_inspections_of_own_cars_only(self):
        sheet = self.inspect(pads=2.0)
        stranger = sheet.with_user(self.colleague_user)
        with self.assertRaises(AccessError):
            stranger.get_sheet()
        findings = self.env["dealer.multipoint.finding"].with_user(self.colleague_user)
        self.assertFalse(findings.search([("sheet_id", "=", sheet.id)]))
        with self.assertRaises(AccessError):
            self.visit.with_user(self.colleague_user).action_multipoint()

    def test_helper_sees_and_judges(self):
        sheet = self.begin()
        self.job.helper_ids = self.colleague
        self.judge(sheet.with_user(self.colleague_user), **ALL_GREEN)
        sheet.with_user(self.colleague_user).action_finish()
        self.assertEqual(sheet.done_by_id, self.colleague_user)

    def test_nobody_enters_what_is_recorded(self):
        values = {"reception_id": self.visit.id, "template_id": self.template.id}
        sheets = self.env["dealer.multipoint.sheet"].with_user(self.advisor)
        for name, value in (
            ("state", "done"),
            ("odometer", 5),
            ("user_id", self.manager.id),
            ("date_begun", "2026-01-01 00:00:00"),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                sheets.create({**values, name: value})
        sheet = sheets.create(values)
        for name, value in (("state", "done"), ("odometer", 5)):
            with self.assertRaises(UserError):
                sheet.write({name: value})
        with self.assertRaises(AccessError):
            self.env["dealer.multipoint.finding"].with_user(self.manager).create(
                {
                    "sheet_id": sheet.id,
                    "item_id": self.items["lamps"].id,
                    "colour": "green",
                }
            )

    def test_technician_is_told_no_price(self):
        sheet = self.inspect(pads=2.0)
        action = sheet.action_offer()
        self.assertEqual(action["tag"], "display_notification")
        with self.assertRaises(AccessError):
            sheet.finding_ids.order_line_ids  # noqa: B018
        with self.assertRaises(AccessError):
            sheet.action_view_order()

    def test_other_shop_sees_nothing(self):
        sheet = self.inspect(pads=2.0)
        other = self.env["res.company"].create({"name": "二店"})
        other_advisor = self.make_user(
            "other_advisor",
            "manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        with self.assertRaises(AccessError):
            sheet.with_user(other_advisor).get_sheet()
        findings = self.env["dealer.multipoint.finding"].with_user(other_advisor)
        self.assertFalse(findings.search([("sheet_id", "=", sheet.id)]))
        own = self.items["tread"].copy({"company_id": self.company.id})
        items = self.env["dealer.multipoint.item"].with_user(other_advisor)
        self.assertNotIn(own, items.search([]))
        self.template.company_id = self.company
        lists = self.env["dealer.multipoint.template"].with_user(other_advisor)
        self.assertNotIn(self.template, lists.search([]))

    def test_judged_sheet_is_not_deleted(self):
        sheet = self.begin()
        self.judge(sheet, lamps="green")
        with self.assertRaises(UserError):
            sheet.with_user(self.manager).unlink()
