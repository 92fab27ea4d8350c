from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .dealer_activity_states import EFFECTIVE_STATES


class DealerActivityEffect(models.Model):
    """A car whose visits are the effect of one activity, from day to day.

    The database itself refuses that two activities claim one car for the same day:
    what a customer spends is counted once, however many activities he came to.
    """

    _name = "dealer.activity.effect"
    _description = "Effect of an Activity"
    _order = "date_from desc, id desc"
    _rec_name = "vehicle_id"

    activity_id = fields.Many2one(
        "dealer.activity", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("Until", required=True, readonly=True)

    _first_uniq = models.UniqueIndex(
        "(vehicle_id, date_from)", "This car is already counted for an activity."
    )
    _once = models.Constraint(
        "EXCLUDE USING gist (int4range(vehicle_id, vehicle_id, '[]') WITH &&,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "This car is already counted for another activity on these days.",
    )

    @api.model
    def _claim(self, visit):
        """The activity of which this visit is the effect; empty for none.

        The car stays with the activity that has it. Otherwise it goes to the activity
        the customer came to last, before one he was only invited to.
        """
        shop = visit.company_id
        day = shop._dealer_day(visit.date_arrived)
        claims = self.search([("vehicle_id", "=", visit.vehicle_id.id)])
        present = claims.filtered(lambda row: row.date_from <= day <= row.date_to)
        if present:
            return present.activity_id
        found = self.env.execute_query(self._candidates_sql(visit, day))
        if not found:
            return self.env["dealer.activity"]
        activity = self.env["dealer.activity"].browse(found[0][0])
        # a visit that is entered late never takes days from a later claim
        later = [row.date_from for row in claims if row.date_from > day]
        self.create(
            {
                "activity_id": activity.id,
                "company_id": shop.id,
                "vehicle_id": visit.vehicle_id.id,
                "date_from": day,
                "date_to": min(
                    [
                        activity.effect_end,
                        *(first - timedelta(days=1) for first in later),
                    ]
                ),
            }
        )
        return activity

    def _candidates_sql(self, visit, day):
        """Activities that may have brought the car, the best claim first."""
        self.env.flush_all()
        return SQL(
            """SELECT a.id FROM dealer_activity_invitee i
            JOIN dealer_activity a ON a.id = i.activity_id
            WHERE i.vehicle_id = %(car)s AND i.company_id = %(shop)s
            AND a.state IN %(states)s AND a.effect_end >= %(day)s
            AND ((i.state = 'attended' AND i.date_attended <= %(moment)s)
                OR (NOT a.has_seats AND a.date_start <= %(moment)s
                    AND i.state IN ('invited', 'coming', 'maybe')))
            ORDER BY i.state = 'attended' DESC,
                COALESCE(i.date_attended, i.date_invited) DESC NULLS LAST, a.id DESC
            LIMIT 1""",
            car=visit.vehicle_id.id,
            shop=visit.company_id.id,
            states=EFFECTIVE_STATES,
            day=day,
            moment=visit.date_arrived,
        )
