from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...tools import lunar
from ...tools.care_days import birthday_named, birthdays
from .dealer_care_rule import PERSONAL_SOURCES
from .dealer_care_source import NOBODY_BOUGHT_IT_SINCE, OWNED, Source

#: As in the index of the cars.
_SALE_KEY = SQL(
    "(date_part('month', v.sale_date) * 100 + date_part('day', v.sale_date))"
)


class DealerCareRule(models.Model):
    """Causes that come again every year: birthdays and festivals."""

    _name = "dealer.care.rule"
    _inherit = "dealer.care.rule"

    festival_id = fields.Many2one(
        "dealer.festival", index="btree_not_null", ondelete="restrict"
    )

    @api.constrains("source", "festival_id")
    def _check_festival(self):
        for rule in self:
            if rule.source == "festival" and not rule.festival_id:
                raise ValidationError(
                    self.env._(
                        "%(rule)s: choose the festival whose greetings it is about.",
                        rule=rule.name,
                    )
                )

    # ------------------------------------------------------------------
    # SOURCES
    # ------------------------------------------------------------------

    def _source_birthday(self, first, last, zone):
        """A person with at least one chosen car; greeted once a year."""
        kept = SQL(", ").join(
            SQL("(%s, %s::date, %s)", *one) for one in birthdays(first, last)
        )
        return self._source_of_person(
            SQL(
                """(VALUES %s) AS kept(key, day, year)
                JOIN res_partner r ON r.birthday_key = kept.key AND r.active""",
                kept,
            ),
            SQL("'birthday:p' || r.id || ':' || kept.year"),
            SQL("'birthday:%%:' || kept.year"),
        )

    def _source_festival(self, first, last, zone):
        """A person with at least one chosen car; greeted once each time."""
        festival = self.festival_id
        if festival.calendar == "lunar" and not lunar.is_available():
            raise UserError(
                self.env._(
                    "%(festival)s: the Python library “borax”, which knows the lunar "
                    "calendar, is not installed on the server.",
                    festival=festival.name,
                )
            )
        days = festival.active and festival._days_between(first, last)
        kept = SQL(", ").join(
            SQL("(%s::date, %s)", day, f"{year}:{festival.id}")
            for year, day in days or [(0, None)]
        )
        return self._source_of_person(
            SQL(
                """(VALUES %s) AS kept(day, year)
                JOIN res_partner r ON kept.day IS NOT NULL AND r.active""",
                kept,
            ),
            SQL("'festival:p' || r.id || ':' || kept.year"),
            SQL("'festival:%%:' || kept.year"),
        )

    def _source_of_person(self, tables, key, same):
        """A day ``kept`` by a person ``r`` with at least one chosen car.

        :param same: pattern of the keys of this day, whoever's they are
        """
        return Source(
            tables=SQL(
                """%s
                JOIN LATERAL (
                    SELECT * FROM fleet_vehicle v
                    WHERE v.owner_id = r.id AND %s AND %s
                    ORDER BY v.last_reception_date DESC NULLS LAST, v.id LIMIT 1
                ) v ON TRUE""",
                tables,
                OWNED,
                self._vehicle_condition(),
            ),
            row=SQL("r.id"),
            anchor=SQL("kept.day"),
            key=key,
            partner=SQL("r.id"),
            # two cards of one person, merged after one of them was greeted
            where=SQL(
                """NOT EXISTS (SELECT FROM dealer_followup f
                    WHERE f.rule_id = %s AND f.partner_id = r.id
                    AND f.anchor_key LIKE %s)""",
                self.id,
                same,
            ),
            task=SQL("r.id = f.partner_id"),
            vehicle=SQL("NULL::int"),
        )

    def _source_car_birthday(self, first, last, zone):
        """The day on which a new car was handed over, in each later year."""
        kept = SQL(", ").join(
            SQL("(%s, %s::date, %s)", *one)
            for one in birthdays(first, last)
            if not one[2].startswith("L")
        )
        return self._source_of_car(
            SQL("kept.day"),
            SQL("'car_birthday:' || v.id || ':' || kept.year"),
            also=SQL("v.sale_date < kept.day AND %s", NOBODY_BOUGHT_IT_SINCE),
            tables=SQL(
                """(VALUES %s) AS kept(key, day, year)
                JOIN fleet_vehicle v ON %s = kept.key AND v.sale_date IS NOT NULL""",
                kept,
                _SALE_KEY,
            ),
            partner=SQL("v.owner_id"),
        )

    # ------------------------------------------------------------------
    # OPEN FOLLOW-UPS
    # ------------------------------------------------------------------

    def _changed_yearly(self, shops, vehicles=None):
        """As ``_changed``: each year is a cause of its own, on the day known now."""
        if vehicles and self.source in PERSONAL_SOURCES:
            return []
        key, partner = {
            "birthday": (SQL("r.birthday_key"), SQL("r.id")),
            "festival": (SQL("NULL::int"), SQL("r.id")),
            "car_birthday": (
                SQL(
                    "CASE WHEN %s AND %s THEN %s::int END",
                    OWNED,
                    NOBODY_BOUGHT_IT_SINCE,
                    _SALE_KEY,
                ),
                SQL("v.owner_id"),
            ),
        }[self.source]
        rows = self.env.execute_query(
            SQL(
                """SELECT f.id, f.anchor_date, f.anchor_key, f.partner_id, %s, %s
                FROM dealer_followup f JOIN res_partner r ON r.id = f.partner_id
                LEFT JOIN fleet_vehicle v ON v.id = f.vehicle_id
                WHERE f.rule_id = %s AND f.state IN ('todo', 'waiting')
                AND f.company_id IN %s AND f.anchor_date IS NOT NULL AND %s""",
                key,
                partner,
                self.id,
                tuple(shops.ids),
                SQL("f.vehicle_id IN %s", tuple(vehicles.ids))
                if vehicles
                else SQL("TRUE"),
            )
        )
        changed = []
        for task_id, former, anchor_key, called, kept, person in rows:
            day = self._day_named(anchor_key, kept)
            if (day, person) != (former, called):
                changed.append((task_id, day, person))
        return changed

    def _day_named(self, anchor_key, kept):
        """The day of a yearly cause, by its key.

        :param kept: month and day that are known now, as one number
        """
        year, *rest = anchor_key.split(":")[2:]
        if self.source != "festival":
            return birthday_named(kept, year)
        festival = self.festival_id
        if not festival.active or rest != [str(festival.id)]:
            return None
        return festival._day_in(int(year))
