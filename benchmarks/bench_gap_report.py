"""A month of the weak-link report beside the same month of the report of the visits."""

from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tools import SQL

from tests.common import DealerServiceCase

from . import generator
from .ratios import compare, table

ROUNDS = 7
#: The first days of the months that are looked at, so many days ago.
PASTS = (30, 400, 900, 1700)
GAPS, VISITS = "dealer.service.gap.report", "dealer.reception.report"


class BenchGapReport(DealerServiceCase):
    """What the web client asks for when it opens either pivot on one month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        first = generator.fill(cls.env)
        generator.fill_checks(cls.env, first)

    def opening(self, model):
        """Rows and measures of the pivot as it is opened."""
        view = self.env[model].get_views([(False, "pivot")])["views"]["pivot"]
        nodes = etree.fromstring(view["arch"]).findall("field")
        rows = [node.get("name") for node in nodes if node.get("type") == "row"]
        names = [node.get("name") for node in nodes if node.get("type") == "measure"]
        known = self.env[model]._fields
        return rows, [
            "__count",
            *(f"{name}:{known[name].aggregator}" for name in names),
        ]

    def month(self, env, model, days):
        start = fields.Datetime.now() - timedelta(days=days + 30)
        domain = [("date", ">=", start), ("date", "<", start + timedelta(days=30))]
        rows, measures = self.opening(model)

        def read(_prepared):
            for groups in [], rows:
                env[model].formatted_read_group(domain, groups, measures)

        return read

    def test_month_of_any_past(self):
        env = self.env(user=self.manager)
        results = [
            (
                f"{days} days ago",
                *compare(
                    env,
                    self.month(env, GAPS, days),
                    self.month(env, VISITS, days),
                    rounds=ROUNDS,
                ),
            )
            for days in PASTS
        ]
        table(
            f"Weak links of one month beside its visits, {generator.ROWS} visits;"
            f" median of {ROUNDS}",
            results,
        )
        start = fields.Datetime.now() - timedelta(days=430)
        query = env[GAPS]._search(
            [("date", ">=", start), ("date", "<", start + timedelta(days=30))]
        )
        plan = SQL("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) %s", query.select())
        print("\n".join(line for [line] in self.env.execute_query(plan)))
