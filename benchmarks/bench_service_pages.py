"""The pages of the day at a million past visits, beside core's sales pages."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command, Domain

from tests.common import DealerServiceCase

from . import generator
from .ratios import measure, pages, table

#: Cars in the house and booked today, and as many quotations of today.
TODAY = 80


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
                    "order_line": [Command.create({"product_id": product.id})],
                }
                for number in range(TODAY)
            ]
        )
        cls.env.flush_all()
        for name in ("dealer_reception", "sale_order"):
            cls.env.cr.execute(f"ANALYZE {name}")

    def open_list(self, model, domain):
        specification = pages(self.env, model, "list")
        return measure(
            self.env,
            lambda _: self.env[model].web_search_read(
                domain, specification, limit=80, count_limit=10001
            ),
        )

    def open_board(self, model, domain):
        specification = pages(self.env, model, "kanban")
        return measure(
            self.env,
            lambda _: self.env[model].web_read_group(
                domain,
                ["state"],
                auto_unfold=True,
                unfold_read_specification=specification,
            ),
        )

    def open_calendar(self, model, date, specification):
        today = fields.Datetime.now().replace(hour=0, minute=0, second=0)
        domain = [(date, ">=", today), (date, "<", today + timedelta(days=1))]
        return measure(
            self.env,
            lambda _: self.env[model].web_search_read(domain, specification),
        )

    def test_pages_of_the_day(self):
        today = fields.Datetime.now().replace(hour=0, minute=0, second=0)
        visits = Domain("state", "in", ["arrived", "inspected", "working"]) | Domain(
            "date_planned", ">=", today
        )
        orders = Domain("state", "in", ["draft", "sent"]) | Domain(
            "date_order", ">=", today
        )
        ours, peer = "dealer.reception", "sale.order"
        table(
            f"Pages at {generator.ROWS:,} past visits and as many past orders,"
            f" {TODAY} of today",
            [
                (
                    "list of all, first page",
                    self.open_list(ours, []),
                    self.open_list(peer, []),
                ),
                (
                    "list of the day",
                    self.open_list(ours, visits),
                    self.open_list(peer, orders),
                ),
                (
                    "board of the day, by state",
                    self.open_board(ours, visits),
                    self.open_board(peer, orders),
                ),
                (
                    "calendar of the day",
                    self.open_calendar(
                        ours, "date_planned", pages(self.env, ours, "calendar")
                    ),
                    self.open_calendar(
                        peer, "date_order", pages(self.env, peer, "calendar")
                    ),
                ),
            ],
        )
