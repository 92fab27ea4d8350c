from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class DealerFollowupResult(models.Model):
    """How a call ended, and what follows from it. Data, not code."""

    _name = "dealer.followup.result"
    _description = "Follow-up Result"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_for_calls = fields.Boolean(
        "Offered After a Call",
        default=True,
        help="Other results are set by the system.",
    )

    is_connected = fields.Boolean("Reached", help="The customer was on the line.")
    is_terminal = fields.Boolean(
        "Ends the Task", help="No further calls are made for this follow-up."
    )
    is_success = fields.Boolean("Success", help="The purpose of the call was met.")
    is_quick = fields.Boolean(
        "One Click",
        help="Offered above the call sheet: one click, or Alt, Shift and its number, "
        "saves the call and opens the next customer. Only for results that ask for "
        "nothing more.",
    )
    retry_minutes = fields.Integer(
        "Retry After (min)",
        help="If outside calling hours, moved to the next ones. The rule may set "
        "its own waiting time.",
    )
    needs_time = fields.Boolean(
        "Promised Time", help="The customer states when to call again."
    )
    opens_complaint = fields.Boolean(
        help="A complaint is created from the customer's words."
    )
    asks_optout = fields.Boolean(
        "Opt-out",
        help="No more calls of this kind will be made to this number or about "
        "this car.",
    )
    marks_phone_wrong = fields.Boolean(
        "Wrong Number",
        help="All follow-ups of this number wait until the customer gives a new one.",
    )
    marks_not_owner = fields.Boolean(
        "Not the Owner",
        help="The follow-ups of this car end; staff ask for the owner at reception.",
    )
    stops_all = fields.Boolean(
        "No Calls at All", help="Ends all follow-ups of the customer permanently."
    )

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another result already has this code."
    )
    _check_retry = models.Constraint(
        "CHECK(retry_minutes >= 0)", "The wait before another try cannot be negative."
    )

    @api.constrains("is_quick", "needs_time", "opens_complaint", "asks_optout")
    def _check_quick(self):
        for result in self:
            if result.is_quick and (
                result.needs_time or result.opens_complaint or result.asks_optout
            ):
                raise ValidationError(
                    self.env._(
                        "“%(result)s” asks for a time or for words: it cannot be saved "
                        "with one click.",
                        result=result.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # calls of every company count, whoever asks
        calls = self.env["dealer.followup.attempt"].sudo()
        used = calls.search_count([("result_id", "in", self.ids)], limit=1)
        if used or any(result.code == "converted" for result in self):
            raise UserError(
                self.env._(
                    "A result that has been used cannot be deleted. Archive it instead."
                )
            )

    def _state(self):
        """The state of a task that ends with this result."""
        self.ensure_one()
        if not self.is_terminal:
            return "waiting"
        return "done" if self.is_success else "failed"
