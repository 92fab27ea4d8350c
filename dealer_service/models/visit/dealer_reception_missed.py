from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerReception(models.Model):
    """A missed promise: moved for a reason, and never handed over with the car."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    is_promise_missed = fields.Boolean(compute="_compute_is_promise_missed")
    promise_advisor_id = fields.Many2one(
        "res.users",
        "Promise Missed By",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="Who was the advisor when the first promise was missed, if the visit was "
        "handed over afterwards. In the analysis it counts for him.",
    )

    @api.depends("date_promised", "date_ready", "state")
    def _compute_is_promise_missed(self):
        """As it is stored: while a new time is typed, the old one is still missed."""
        now = fields.Datetime.now()
        for reception in self:
            kept = reception._origin
            reception.is_promise_missed = (
                bool(kept) and kept._promise_state_at(now) == "late"
            )

    def _check_why_moved(self, vals):
        """:raise UserError: for a promise that was missed, and is moved silently"""
        if (vals.get("correction_reason") or "").strip():
            return
        now = fields.Datetime.now()
        for reception in self.filtered(lambda r: r._promise_state_at(now) == "late"):
            raise UserError(
                self.env._(
                    "%(visit)s was promised for %(time)s, and the promise is missed. "
                    "Enter with the new time why the car takes longer, in “Why Later”.",
                    visit=reception.name,
                    time=reception.company_id._dealer_format(reception.date_promised),
                )
            )

    def _keep_promise_advisor(self, change):
        """Who misses a promise does not hand the miss over with the car."""
        missed = self.filtered(
            lambda r: not r.promise_advisor_id and r._is_first_promise_missed()
        )
        for advisor, visits in change.by_former(missed, "advisor_id").items():
            if advisor:
                visits._write_by_method({"promise_advisor_id": advisor.id})

    def _is_first_promise_missed(self):
        """Whether the time that was promised first has passed without the car."""
        over = self.date_ready or self.date_left or fields.Datetime.now()
        return bool(
            self.date_arrived
            and self.date_promised_first
            and self.date_promised_first < over
        )
