"""What the tests of a believable demo share: its shop, its cars, its people."""

from datetime import timedelta

from odoo import fields

from ..demo import DemoCase


class DemoPlausibleCase(DemoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.now = fields.Datetime.now()
        cls.visits = cls.env["dealer.reception"].search([], order="date_planned, id")
        cls.came = cls.visits.filtered("date_arrived").sorted("date_arrived")
        cls.cars = cls.env["fleet.vehicle"].search(
            # those in stock are not sold yet
            [
                ("is_customer_vehicle", "=", True),
                ("owner_id.ref_company_ids", "=", False),
            ]
        )
        cls.users = cls.env["res.users"].browse(
            cls.env["ir.model.data"]
            .search([("model", "=", "res.users"), ("name", "=like", "demo_user%")])
            .mapped("res_id")
        )

    def is_open(self, moment):
        # opening hours are told to the minute
        return bool(
            self.company._dealer_opening(
                moment - timedelta(minutes=1), moment + timedelta(minutes=1)
            )
        )

    def local(self, moment):
        return self.company._dealer_day(moment), (
            fields.Datetime.context_timestamp(
                self.env.user.with_context(tz="Asia/Shanghai"), moment
            ).time()
        )

    def assert_none(self, found):
        """Nothing is implausible; all that is, is told at once."""
        found = list(found)
        self.assertFalse(found, "\n" + "\n".join(map(str, found)))
