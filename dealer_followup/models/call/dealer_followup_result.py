from odoo import api, fields, models
from odoo.exceptions import UserError


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
        "Offered After a Call", default=True, help="Others are set by the system."
    )

    is_connected = fields.Boolean("Reached", help="The customer was on the line.")
    is_terminal = fields.Boolean("Ends the Task", help="Nobody calls again for it.")
    is_success = fields.Boolean("Success", help="The purpose of the call was met.")
    retry_minutes = fields.Integer(
        "Try Again After (min)",
        help="Moved on to the next calling hours. The rule may set its own wait.",
    )
    needs_time = fields.Boolean(
        "Promised Time", help="The customer says when to call again."
    )
    opens_complaint = fields.Boolean(
        help="The customer's words become a complaint in the same click."
    )
    asks_optout = fields.Boolean(
        "Opt-out", help="No more calls of this kind to this number or about this car."
    )
    marks_phone_wrong = fields.Boolean(
        "Wrong Number",
        help="Every task of the number waits until the customer gives another one.",
    )
    marks_not_owner = fields.Boolean(
        "Not the Owner", help="Tasks of this car end; the owner is asked at reception."
    )
    stops_all = fields.Boolean(
        "No Calls at All", help="All tasks of the customer end, for good."
    )

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another result has this code already."
    )
    _check_retry = models.Constraint(
        "CHECK(retry_minutes >= 0)", "The wait before another try cannot be negative."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # calls of every company count, whoever asks
        calls = self.env["dealer.followup.attempt"].sudo()
        used = calls.search_count([("result_id", "in", self.ids)], limit=1)
        if used or any(result.code == "converted" for result in self):
            raise UserError(
                self.env._("A result that was used belongs to history: archive it.")
            )

    def _state(self):
        """The state of a task that ends with this result."""
        self.ensure_one()
        if not self.is_terminal:
            return "waiting"
        return "done" if self.is_success else "failed"
