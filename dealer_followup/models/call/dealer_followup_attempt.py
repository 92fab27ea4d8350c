from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rule.dealer_care_rule import CHANNELS

#: What a list of calls says of a call, days after it was recorded.
_PROVEN_LATER = {"call_id", "proof", "stated_reason"}


class DealerFollowupAttempt(models.Model):
    """One call, or one message sent: a fact, never rewritten.

    It may settle several follow-ups of one customer. A call is one as soon as it is
    dialled; how it ended is written down once. Written by the call sheet alone.
    """

    _name = "dealer.followup.attempt"
    _description = "Follow-up Call"
    _inherit = "dealer.process.mixin"
    _order = "date desc, id desc"
    _rec_name = "result_id"

    followup_ids = fields.Many2many("dealer.followup", string="Follow-ups")
    company_id = fields.Many2one("res.company", required=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict"
    )
    phone = fields.Char("Number")
    channel = fields.Selection(CHANNELS, required=True, default="call")
    date = fields.Datetime("Dialled On", required=True, default=fields.Datetime.now)
    date_end = fields.Datetime("Ended On")
    user_id = fields.Many2one(
        "res.users",
        "By",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    result_id = fields.Many2one(
        "dealer.followup.result",
        index=True,
        ondelete="restrict",
        help="Empty: the number was dialled, but no result has been recorded.",
    )
    is_connected = fields.Boolean("Reached")
    is_undialled = fields.Boolean(
        "Without Dialling",
        help="The result was entered without dialling the number on the call sheet, so "
        "only the caller knows when the call was made.",
    )
    is_marketing = fields.Boolean("Marketing")
    promised_at = fields.Datetime("Call Again At")
    note = fields.Text(help="In the customer's own words.")

    _number_idx = models.Index("(phone, date)")
    _ending_idx = models.Index("(date) WHERE result_id IS NULL")

    @api.depends("result_id.name", "date", "company_id")
    def _compute_display_name(self):
        for attempt in self:
            shop = attempt.company_id or self.env.company
            day = fields.Date.to_string(shop._dealer_day(attempt.date))
            attempt.display_name = f"{day} {attempt.result_id.name or ''}".strip()

    def _outcome_line(self):
        """How the call ended, as far as it has, and who made it."""
        self.ensure_one()
        result = self.result_id.name or self.env._("no result yet")
        return f"{result} · {self.user_id.name}"

    def write(self, vals):
        is_written = self.result_id and not vals.keys() <= _PROVEN_LATER
        if not self._is_by_method() or is_written:
            raise UserError(
                self.env._(
                    "A recorded call cannot be changed. Record another one instead."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(
            self.env._("A recorded call must be kept and cannot be deleted.")
        )
