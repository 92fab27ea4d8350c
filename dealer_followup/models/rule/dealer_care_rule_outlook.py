from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ...tools.care_days import anchor_window, days_until
from .dealer_care_rule import PERSONAL_SOURCES

#: How far the page of a customer looks ahead.
YEAR_DAYS = 365
_ANY = SQL("TRUE")


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
            days = list(days_until(today, later, ahead))
            due = days[0], days[-1]
            causes = self._outlook_causes(asked, home, zone, window, due)
            yield SQL(
                """SELECT %(rule)s AS rule_id, cause.company_id, cause.vehicle_id,
                    opens.day
                FROM (%(causes)s) cause
                JOIN (VALUES %(opens)s) AS opens(company_id, due, day)
                    ON opens.company_id = cause.company_id AND opens.due = cause.due""",
                rule=self.id,
                causes=causes,
                opens=SQL(", ").join(
                    SQL("(%s, %s::date, %s::date)", shop.id, day, opens)
                    for shop in asked
                    for day, opens in self._rolled(shop, days).items()
                ),
            )

    def _outlook_causes(self, shops, home, zone, window, due, also=_ANY):
        """SQL: the causes of calls that are due between two days.

        :param window: between which days their causes lie
        :param due: the first and the last day on which a call is due
        :param also: a condition on them
        :return: rows (due, company_id, vehicle_id)
        """
        source = self._source(*window, zone)
        due_sql = self._due_sql(source)
        first = max(self.start_date or due[0], due[0])
        conditions = [
            *self._cause_conditions(self._shops(), source, *window),
            SQL("%s BETWEEN %s AND %s", due_sql, first, due[1]),
            SQL("%s IN %s", self._shop_sql(source, home), tuple(shops.ids)),
            also,
        ]
        return SQL(
            """SELECT %(due)s AS due, %(shop)s AS company_id, v.id AS vehicle_id
            FROM %(tables)s WHERE %(conditions)s""",
            due=due_sql,
            shop=self._shop_sql(source, home),
            tables=self._cause_tables(source),
            conditions=SQL(" AND ").join(
                SQL("(%s)", condition) for condition in conditions
            ),
        )

    def _coming_year(self, shops, person, cars):
        """What the nights of the next year will bring to one customer, as known now.

        :param shops: those that may call
        :param person: the customer, for what concerns a person
        :param cars: the cars, for what concerns a car
        :return: list of (day, rule, car), in the order of the days
        """
        self.env.flush_all()
        parts = [
            part
            for rule in self
            if rule.source != "manual"
            for part in rule._year_parts(shops, person, cars)
        ]
        if not parts:
            return []
        coming = []
        rows = self.env.execute_query(SQL(" UNION ALL ").join(parts))
        for rule_id, due, shop_id, car_id in rows:
            rule, shop = self.browse(rule_id), shops.browse(shop_id)
            coming.append((rule._rolled(shop, [due])[due], rule, cars.browse(car_id)))
        return sorted(coming, key=lambda one: (one[0], one[1].sequence, one[2].id))

    def _year_parts(self, shops, person, cars):
        """As :meth:`_coming_year`, as SQL for the shops of each time zone."""
        self.ensure_one()
        mine = self._shops()
        home = self._home_of_strays(mine)
        also = SQL("v.id IN %s", tuple(cars.ids) or (0,))
        if self.source in PERSONAL_SOURCES:
            also = SQL("who.id = %s", person.id)
        groups = (mine & shops).grouped(lambda shop: shop._dealer_tz().zone)
        for zone, asked in groups.items():
            today = asked[0]._dealer_today()
            later = self.window_days + 1
            window = anchor_window(
                today, self.offset_months, self.offset_days, YEAR_DAYS, -later
            )
            due = today + timedelta(days=later), today + timedelta(days=YEAR_DAYS)
            yield SQL(
                "SELECT %s, c.due, c.company_id, c.vehicle_id FROM (%s) c",
                self.id,
                self._outlook_causes(asked, home, zone, window, due, also),
            )
