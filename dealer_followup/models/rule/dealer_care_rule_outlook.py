from odoo import models
from odoo.tools import SQL

from ...tools.care_days import anchor_window, days_until


class DealerCareRule(models.Model):
    """The calls to come: what the nights ahead will create, without creating it.

    The causes are found by the same queries, on later days. What is judged one by one
    when a call is due (a complaint, a visit booked, a number just reached) is left out:
    these are the calls at most.
    """

    _name = "dealer.care.rule"
    _inherit = "dealer.care.rule"

    def _outlook(self, shops):
        """SQL: the calls to come of these rules, one by one.

        :param shops: those that are asked for; each says how many days ahead
        :return: rows (rule_id, company_id, vehicle_id, day)
        """
        self.env.flush_all()
        parts = [
            part
            for rule in self
            if rule.channel == "call" and rule.source != "manual"
            for part in rule._outlook_parts(shops)
        ]
        if not parts:
            return SQL(
                "SELECT NULL::int AS rule_id, NULL::int AS company_id,"
                " NULL::int AS vehicle_id, NULL::date AS day WHERE FALSE"
            )
        return SQL(" UNION ALL ").join(parts)

    def _outlook_cars(self, shops, day):
        """The cars about which is called on one of the days to come."""
        query = SQL(
            "SELECT vehicle_id FROM (%s) o WHERE day = %s", self._outlook(shops), day
        )
        rows = self.env.execute_query(query)
        return self.env["fleet.vehicle"].browse(row[0] for row in rows)

    def _outlook_parts(self, shops):
        """As :meth:`_outlook`, for the shops of each time zone."""
        self.ensure_one()
        mine = self._shops()
        home = self._home_of_strays(mine)
        groups = (mine & shops).grouped(
            lambda shop: (shop._dealer_tz().zone, shop.dealer_outlook_days)
        )
        for (zone, ahead), asked in groups.items():
            if ahead <= self.window_days:
                continue  # all of it is on the list
            today = asked[0]._dealer_today()
            later = self.window_days + 1
            window = anchor_window(
                today, self.offset_months, self.offset_days, ahead, -later
            )
            source = self._source(*window, zone)
            days = list(days_until(today, later, ahead))
            due = self._due_sql(source)
            conditions = [
                *self._cause_conditions(mine, source, *window),
                SQL("%s BETWEEN %s AND %s", due, days[0], days[-1]),
                SQL("%s >= %s", due, self.start_date or days[0]),
                SQL("%s IN %s", self._shop_sql(source, home), tuple(asked.ids)),
            ]
            yield SQL(
                """SELECT %(rule)s AS rule_id, cause.company_id, cause.vehicle_id,
                    opens.day
                FROM (
                    SELECT %(due)s AS due, %(shop)s AS company_id, v.id AS vehicle_id
                    FROM %(tables)s WHERE %(conditions)s
                ) cause
                JOIN (VALUES %(opens)s) AS opens(company_id, due, day)
                    ON opens.company_id = cause.company_id AND opens.due = cause.due""",
                rule=self.id,
                due=due,
                shop=self._shop_sql(source, home),
                tables=self._cause_tables(source),
                conditions=SQL(" AND ").join(
                    SQL("(%s)", condition) for condition in conditions
                ),
                opens=SQL(", ").join(
                    SQL("(%s, %s::date, %s::date)", shop.id, day, opens)
                    for shop in asked
                    for day, opens in self._rolled(shop, days).items()
                ),
            )
