from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.dealer_service.tools.actions import open_form

from ..models.call.dealer_followup import STATES
from ..models.call.dealer_followup_proof import PROOFS
from ..models.rule.dealer_care_rule import PURPOSES


class DealerFollowupReport(models.Model):
    """What the calls have come to: one row for each follow-up that was to be made.

    What was not allowed, or was cancelled by the process before anybody tried, was not
    to be made. What a person cancelled was, and counts for that person.
    """

    _name = "dealer.followup.report"
    _description = "Call Statistics"
    _auto = False
    _order = "due_date desc, id desc"
    _rec_name = "followup_id"

    # dimensions
    followup_id = fields.Many2one("dealer.followup", "Follow-up", readonly=True)
    rule_id = fields.Many2one("dealer.care.rule", "Care Rule", readonly=True)
    purpose = fields.Selection(PURPOSES, readonly=True)
    company_id = fields.Many2one("res.company", "Shop", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Caller",
        readonly=True,
        help="The last caller, who cancelled it by hand, or the caller to whom it is "
        "assigned.",
    )
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    due_date = fields.Date("Due", readonly=True)
    state = fields.Selection(STATES, readonly=True)

    proof = fields.Selection(
        PROOFS,
        readonly=True,
        help="What proves the call in which the customer was reached, or the last one.",
    )

    # figures
    count = fields.Integer("Due Calls", readonly=True)
    try_count = fields.Integer("Attempts", readonly=True)
    tried_rate = fields.Float(
        "Called (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Share of all due calls that were dialled.",
    )
    reached_rate = fields.Float(
        "Reached (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Share of the called customers who were reached.",
    )
    first_try_rate = fields.Float(
        "At the First Attempt (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Share of the called customers who were reached at the first attempt.",
    )
    success_rate = fields.Float(
        "Success (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Share of the calls that met their purpose.",
    )
    undialled_rate = fields.Float(
        "Without Dialling (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Share of the called customers with a call whose result was entered "
        "without dialling the number on the call sheet.",
    )
    proven_rate = fields.Float(
        "Proven by a Call (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Share of the calls with a statement about their proof that the exchange "
        "of the shop proves.",
    )
    by_hand_rate = fields.Float(
        "Cancelled by Hand (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Share of all due calls that somebody cancelled instead of calling.",
    )
    wrong_rate = fields.Float(
        "Wrong Number (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Share of the called customers whose number was wrong: shows the "
        "quality of the customer data.",
    )
    converted_rate = fields.Float(
        "Converted (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Share of all due calls after which the customer came to the workshop.",
    )
    complaint_rate = fields.Float(
        "To Complaint (%)",
        readonly=True,
        aggregator="avg",
        digits=(5, 1),
        help="Share of the calls that led to a complaint.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT f.id, f.id AS followup_id, f.rule_id, rule.purpose, f.company_id,
                COALESCE(tried.user_id, f.cancel_user_id, f.user_id) AS user_id,
                f.partner_id,
                f.vehicle_id, f.due_date, f.state, 1 AS count,
                tried.count AS try_count,
                (tried.count > 0)::int * 100.0 AS tried_rate,
                tried.is_reached::int * 100.0 AS reached_rate,
                tried.is_first::int * 100.0 AS first_try_rate,
                CASE WHEN tried.count > 0 THEN
                    (tried.is_success AND f.state = 'done')::int * 100.0
                    END AS success_rate,
                tried.is_undialled::int * 100.0 AS undialled_rate,
                tried.proof, (tried.proof = 'proven')::int * 100.0 AS proven_rate,
                (f.cancel_user_id IS NOT NULL)::int * 100.0 AS by_hand_rate,
                tried.is_wrong::int * 100.0 AS wrong_rate,
                (f.reception_id IS NOT NULL)::int * 100.0 AS converted_rate,
                tried.is_complaint::int * 100.0 AS complaint_rate
            FROM dealer_followup f
            JOIN dealer_care_rule rule ON rule.id = f.rule_id
            CROSS JOIN LATERAL (
                SELECT COUNT(*),
                    BOOL_OR(COALESCE(call.is_connected, FALSE)) AS is_reached,
                    (array_agg(COALESCE(call.is_connected, FALSE)
                        ORDER BY call.date, call.id))[1] AS is_first,
                    BOOL_OR(COALESCE(call.is_undialled, FALSE)) AS is_undialled,
                    (array_agg(call.proof ORDER BY
                        COALESCE(call.is_connected, FALSE) DESC,
                        call.date DESC, call.id DESC))[1] AS proof,
                    BOOL_OR(COALESCE(result.is_success, FALSE)) AS is_success,
                    BOOL_OR(COALESCE(result.marks_phone_wrong, FALSE))
                        AS is_wrong,
                    BOOL_OR(COALESCE(result.opens_complaint, FALSE))
                        AS is_complaint,
                    (array_agg(call.user_id ORDER BY call.date DESC, call.id DESC))[1]
                        AS user_id
                FROM dealer_followup_dealer_followup_attempt_rel rel
                JOIN dealer_followup_attempt call
                    ON call.id = rel.dealer_followup_attempt_id
                LEFT JOIN dealer_followup_result result ON result.id = call.result_id
                WHERE rel.dealer_followup_id = f.id AND call.channel = 'call'
            ) tried
            WHERE f.state != 'suppressed'
            AND (f.state != 'cancelled' OR tried.count > 0
                OR f.cancel_user_id IS NOT NULL)
            """
        )

    def action_open_followup(self):
        """The follow-up behind a row."""
        self.ensure_one()
        return open_form(self.followup_id)
