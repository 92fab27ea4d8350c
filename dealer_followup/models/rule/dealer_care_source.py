"""The registered causes of care: where each is found, and what identifies it.

``row``
    the record that is the cause; its id is the keyset of the generator
``anchor``
    day of the cause, before the offset of the rule
``key``
    names the cause and its period, never a date and never a person who may change
``partner``
    whom to call about it
"""

from dataclasses import dataclass

from odoo import models
from odoo.tools import SQL


@dataclass(frozen=True)
class Source:
    """SQL of one cause; ``v`` is the car in each of them."""

    tables: SQL
    row: SQL
    anchor: SQL
    key: SQL
    partner: SQL
    where: SQL
    # how the cause of an existing task is found again
    task: SQL = SQL("v.id = f.vehicle_id")
    vehicle: SQL = SQL("v.id")
    visit: SQL = SQL("NULL::int")
    company: SQL = SQL("NULL::int")
    # what an index can use, in place of the anchor
    span: SQL | None = None


_CARS = SQL("fleet_vehicle v")
_ANY_CAR = SQL("TRUE")
OWNED = SQL(
    """v.active AND v.is_customer_vehicle AND v.owner_id IS NOT NULL
    AND v.is_owner_wrong IS NOT TRUE
    AND v.owner_id NOT IN (SELECT partner_id FROM res_company)"""
)


def _period(name):
    """The end of a key that names the period, unless it is the first."""
    return SQL(
        "CASE WHEN v.%(name)s > 1 THEN ':' || v.%(name)s ELSE '' END",
        name=SQL.identifier(name),
    )


_BRINGER = SQL("COALESCE(v.contact_id, v.owner_id)")
NOBODY_BOUGHT_IT_SINCE = SQL(
    """NOT EXISTS (SELECT FROM dealer_vehicle_ownership o
    WHERE o.vehicle_id = v.id AND o.date_to > v.sale_date
    AND o.partner_id NOT IN (SELECT partner_id FROM res_company))"""
)
_LAST_SERVICE = SQL(
    """LEFT JOIN LATERAL (
        SELECT m.id FROM dealer_reception m
        WHERE m.vehicle_id = v.id AND m.state = 'delivered' AND m.is_maintenance
        ORDER BY m.date_arrived DESC LIMIT 1
    ) service ON TRUE"""
)
_LAST_VISIT = SQL(
    """LEFT JOIN LATERAL (
        SELECT m.id FROM dealer_reception m
        WHERE m.vehicle_id = v.id AND m.state = 'delivered'
        ORDER BY m.date_arrived DESC LIMIT 1
    ) visit ON TRUE"""
)


class DealerCareRule(models.Model):
    """The causes a rule may have, as queries."""

    _name = "dealer.care.rule"
    _inherit = "dealer.care.rule"

    def _source(self, first, last, zone):
        """The cause of this rule between two days.

        :param str zone: time zone of the shops it is asked for
        """
        self.ensure_one()
        return getattr(self, f"_source_{self.source}")(first, last, zone)

    @staticmethod
    def _source_of_car(anchor, key, also=_ANY_CAR, **values):
        """A day of the car itself; whoever brings the car is called.

        :param anchor: the day
        :param key: what names the cause
        :param also: a condition besides the car having an owner
        """
        return Source(
            **{
                "tables": _CARS,
                "row": SQL("v.id"),
                "anchor": anchor,
                "key": key,
                "partner": _BRINGER,
                "where": SQL("%s AND %s", OWNED, also),
                **values,
            }
        )

    def _source_sale(self, first, last, zone):
        """The day a new car was handed over. Who bought it later is not asked."""
        return self._source_of_car(
            SQL("v.sale_date"),
            SQL("'sale:' || v.id || %s", _period("sale_period")),
            also=NOBODY_BOUGHT_IT_SINCE,
            partner=SQL("v.owner_id"),
        )

    def _source_visit(self, first, last, zone):
        """The day a car left the workshop. Who brought it is asked."""
        ended = SQL("r.date_delivered"), SQL("r.state = 'delivered'")
        return self._source_of_visit(*ended, SQL("'visit:' || r.id"), first, last, zone)

    def _source_left(self, first, last, zone):
        """The day a customer drove away before the car was served."""
        ended = SQL("r.date_left"), SQL("r.state = 'left'")
        return self._source_of_visit(*ended, SQL("'left:' || r.id"), first, last, zone)

    @staticmethod
    def _source_of_visit(moment, state, key, first, last, zone):
        """The day a visit ended. Who brought the car is called.

        :param moment: when it ended
        :param state: the condition that it ended so
        """
        local = SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, zone)
        return Source(
            tables=SQL(
                "dealer_reception r JOIN fleet_vehicle v ON v.id = r.vehicle_id"
            ),
            row=SQL("r.id"),
            anchor=local,
            key=key,
            partner=SQL("COALESCE(r.contact_id, r.partner_id)"),
            where=SQL(
                """%(state)s AND r.active AND r.past_number IS NULL
                AND v.active AND v.is_customer_vehicle
                AND r.partner_id NOT IN (SELECT partner_id FROM res_company)
                AND NOT EXISTS (SELECT FROM dealer_vehicle_ownership o
                    WHERE o.vehicle_id = v.id AND o.partner_id = r.partner_id
                    AND o.date_to >= %(moment)s::date)""",
                state=state,
                moment=moment,
            ),
            task=SQL("r.id = f.visit_id"),
            visit=SQL("r.id"),
            company=SQL("r.company_id"),
            span=SQL(
                "%(moment)s >= %(first)s::date - 1 AND %(moment)s < %(last)s::date + 2",
                moment=moment,
                first=first,
                last=last,
            ),
        )

    def _source_next_service(self, first, last, zone):
        """The day the next service is expected: one cause for each service done, and
        for each time somebody moved it on by hand."""
        cycle = {
            "first": SQL("service.id IS NULL"),
            "regular": SQL("service.id IS NOT NULL"),
            "any": SQL("TRUE"),
        }[self.service_cycle]
        return self._source_of_car(
            SQL("v.service_due_date"),
            SQL(
                "'service:' || COALESCE(service.id, 0) || %s",
                _period("service_period"),
            ),
            also=cycle,
            tables=SQL("%s %s", _CARS, _LAST_SERVICE),
        )

    def _source_insurance(self, first, last, zone):
        return self._source_of_car(
            SQL("v.insurance_expiry"),
            SQL("'insurance:' || v.id || ':' || v.insurance_period"),
            partner=SQL("v.owner_id"),
        )

    def _source_inspection(self, first, last, zone):
        return self._source_of_car(
            SQL("v.inspection_expiry"),
            SQL("'inspection:' || v.id || ':' || v.inspection_period"),
        )

    def _source_warranty_end(self, first, last, zone):
        return self._source_of_car(
            SQL("v.warranty_end_date"),
            SQL("'warranty:' || v.id || %s", _period("warranty_period")),
        )

    def _source_inactive(self, first, last, zone):
        """The day of the last visit; a later visit is a new cause.

        Who bought the car since then, used or new, has not stayed away.
        """
        return self._source_of_car(
            SQL("v.last_reception_date"),
            SQL("'inactive:' || COALESCE(visit.id, 0)"),
            also=SQL(
                """v.last_reception_date >= COALESCE(v.sale_date, v.last_reception_date)
                AND NOT EXISTS (SELECT FROM dealer_vehicle_ownership o
                WHERE o.vehicle_id = v.id AND o.date_to >= v.last_reception_date)"""
            ),
            tables=SQL("%s %s", _CARS, _LAST_VISIT),
        )

    def _source_declined_work(self, first, last, zone):
        """Work that the present owner declined; declined again is a new cause."""
        return Source(
            tables=SQL(
                "dealer_declined_work r JOIN fleet_vehicle v ON v.id = r.vehicle_id"
            ),
            row=SQL("r.id"),
            anchor=SQL("r.remind_date"),
            key=SQL("'declined:' || r.id || ':' || r.times_declined"),
            partner=SQL("r.partner_id"),
            where=SQL(
                """%s AND r.state IN ('open', 'offered')
                AND r.partner_id IN (v.owner_id, v.contact_id)
                AND (%s OR r.is_safety)""",
                OWNED,
                not self.is_safety_only,
            ),
            task=SQL(
                "r.vehicle_id = f.vehicle_id"
                " AND r.id = split_part(f.anchor_key, ':', 2)::int"
            ),
            visit=SQL("r.reception_id"),
            company=SQL("r.company_id"),
        )

    def _source_campaign(self, first, last, zone):
        """The day a recall or campaign names a car of ours, or the car became ours."""
        return Source(
            tables=SQL(
                """dealer_factory_campaign_car r
                JOIN dealer_factory_campaign c ON c.id = r.campaign_id
                JOIN fleet_vehicle v ON v.vin_key = r.vin_key"""
            ),
            row=SQL("r.id"),
            anchor=SQL("GREATEST(c.date_from, r.date_known, v.create_date::date)"),
            key=SQL("'campaign:' || r.id"),
            partner=_BRINGER,
            where=SQL(
                """%s AND r.state = 'open' AND c.active
                AND (c.date_to IS NULL OR c.date_to >= %s)""",
                OWNED,
                last,
            ),
            task=SQL(
                "v.id = f.vehicle_id AND r.id = split_part(f.anchor_key, ':', 2)::int"
            ),
            company=SQL("c.company_id"),
        )

    def _source_manual(self, first, last, zone):
        """A round: every chosen car once, when a manager starts it."""
        return self._source_of_car(
            SQL("%s::date", self.round_date or None),
            SQL("'round:' || %s", self.round_number),
            also=SQL("%s", bool(self.round_number)),
        )
