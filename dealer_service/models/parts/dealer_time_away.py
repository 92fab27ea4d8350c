from odoo import api, fields, models
from odoo.tools import SQL

from ..orders.sale_order_consent import CONSENT_METHODS


class DealerTimeAway(models.Model):
    """One time in which a car was away during its visit, and who agreed to it.

    Written by the buttons of the visit alone: days away may be days that the law does
    not count.
    """

    _name = "dealer.time.away"
    _description = "Time Away"
    _rec_name = "parts"
    _inherit = "dealer.recorded.mixin"
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _RECORDED_FIELDS = frozenset(
        {
            "reception_id",
            "date_from",
            "date_to",
            "date_expected",
            "parts",
            "agreed_by",
            "method",
            "note",
            "is_time_stopped",
            "date_promised",
            "date_promised_first",
            "user_id",
        }
    )

    reception_id = fields.Many2one(
        "dealer.reception", "Visit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="reception_id.company_id", store=True, precompute=True, index=True
    )
    date_from = fields.Datetime("Drove Away On", required=True, readonly=True)
    date_to = fields.Datetime("Came Back On", readonly=True)
    date_expected = fields.Date(
        "Parts Expected On", readonly=True, help="As the customer was told."
    )
    parts = fields.Char("Awaited Parts", readonly=True)
    agreed_by = fields.Char(required=True, readonly=True)
    method = fields.Selection(
        CONSENT_METHODS, "How It Was Agreed", required=True, readonly=True
    )
    note = fields.Text("What Was Agreed", readonly=True)
    is_time_stopped = fields.Boolean(
        "Days Away Are No Repair Days",
        readonly=True,
        help="The customer has agreed to it. Otherwise waiting for parts is repair "
        "time, as the law counts it.",
    )
    # what was promised, and not missed, when the car drove away
    date_promised = fields.Datetime(
        "Promise That Ended",
        readonly=True,
        help="The time promised before the car drove away. It counts again if the car "
        "is back before the first promise.",
    )
    date_promised_first = fields.Datetime(
        "First Promise That Ended",
        readonly=True,
        help="Empty where it was missed already: it stays missed.",
    )
    user_id = fields.Many2one(
        "res.users", "Recorded By", readonly=True, ondelete="restrict"
    )

    _open_uniq = models.UniqueIndex(
        "(reception_id) WHERE date_to IS NULL", "The car is away already."
    )
    _check_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A car comes back after it has left."
    )

    @api.model
    def _seconds_between(self, start, stop):
        """The seconds the car of the visit ``r`` was away between two moments (SQL).

        No step of the visit lasts while the car is somewhere else. Reports ask it of
        every visit: the times are looked up for those few that can have some.
        """
        return SQL(
            """CASE WHEN r.is_away OR r.date_came_back IS NOT NULL
                    OR r.state IN ('left', 'cancelled')
                THEN COALESCE((
                    SELECT SUM(EXTRACT(EPOCH FROM (
                        LEAST(away.date_to, %(stop)s)
                            - GREATEST(away.date_from, %(start)s)
                    )))
                    FROM dealer_time_away away
                    WHERE away.reception_id = r.id AND away.date_from < %(stop)s
                        AND (away.date_to IS NULL OR away.date_to > %(start)s)
                ), 0)::float
                ELSE 0 END""",
            start=start,
            stop=stop,
        )
