"""The pages of the day at a million past visits, beside core's sales pages."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command, Domain

from tests.common import DealerServiceCase

from . import generator
from .ratios import compare, pages, table

#: Cars in the house and booked today, and as many quotations of today.
TODAY = 80
ROUNDS = 15
OPENING = {"list": "list", "kanban": "board", "calendar": "calendar"}


class BenchServicePages(DealerServiceCase):
    """Reads what the web client reads on opening a page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        first = generator.fill(cls.env)
        now = fields.Datetime.now()
        cls.env.company.dealer_receptions_per_advisor = TODAY
        cls.env["dealer.reception"].create(
            [
                {
                    "vehicle_id": first["fleet_vehicle"] + number,
                    "partner_id": first["res_partner"] + number,
                    "advisor_id": cls.advisor.id,
                    "state": "arrived",
                    "date_appointment": now,
                    "date_promised": now + timedelta(minutes=number),
                }
                for number in range(TODAY)
            ]
        )
        product = cls.env["product.product"].create({"name": "Part"})
        cls.env["sale.order"].create(
            [
                {
                    "partner_id": first["res_partner"] + number,
                    "user_id": cls.advisor.id,
                    "order_line": [Command.create({"product_id": product.id})],
                }
                for number in range(TODAY)
            ]
        )
        cls.env.flush_all()
        for name in ("dealer_reception", "sale_order"):
            cls.env.cr.execute(f"ANALYZE {name}")

    def open_list(self, env, model, domain, specification):
        env[model].web_search_read(domain, specification, limit=80, count_limit=10001)

    def open_board(self, env, model, domain, specification):
        env[model].web_read_group(
            domain,
            ["state"],
            auto_unfold=True,
            unfold_read_specification=specification,
        )

    def open_calendar(self, env, model, domain, specification):
        env[model].web_search_read(domain, specification)

    def both(self, user, view_type, visits, orders, more=()):
        """Open a view of visits, and the same one of orders.

        :param more: many2one fields that the peer shows as well
        """
        env = self.env(user=user)
        opening = getattr(self, f"open_{OPENING[view_type]}")
        ours = pages(env, "dealer.reception", view_type)
        peer = pages(env, "sale.order", view_type)
        peer |= {name: {"fields": {"display_name": {}}} for name in more}
        return compare(
            env,
            lambda _: opening(env, "dealer.reception", visits, ours),
            lambda _: opening(env, "sale.order", orders, peer),
            rounds=ROUNDS,
        )

    def test_pages_of_the_day(self):
        today = fields.Datetime.now().replace(hour=0, minute=0, second=0)
        tomorrow = today + timedelta(days=1)
        visits = Domain("state", "in", ["arrived", "inspected", "working"]) | Domain(
            "date_planned", ">=", today
        )
        orders = Domain("state", "in", ["draft", "sent"]) | Domain(
            "date_order", ">=", today
        )
        slots = Domain("date_appointment", ">=", today) & Domain(
            "date_appointment", "<", tomorrow
        )
        days = Domain("date_order", ">=", today) & Domain("date_order", "<", tomorrow)
        for user in (self.env.user, self.advisor):
            table(
                f"Pages at {generator.ROWS:,} past visits and as many past orders,"
                f" {TODAY} of today, as {user.login}",
                [
                    ("list of all, first page", *self.both(user, "list", [], [])),
                    ("list of the day", *self.both(user, "list", visits, orders)),
                    ("board of the day", *self.both(user, "kanban", visits, orders)),
                    (
                        "  peer with a salesperson, too",
                        *self.both(user, "kanban", visits, orders, ["user_id"]),
                    ),
                    ("calendar of the day", *self.both(user, "calendar", slots, days)),
                    (
                        "  peer with a salesperson, too",
                        *self.both(user, "calendar", slots, days, ["user_id"]),
                    ),
                ],
            )
