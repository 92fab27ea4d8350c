from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import groups
from ...tools.actions import open_dialog
from ...tools.arguments import TEXT, arguments

#: Why a customer drives away before the car was served.
LEAVING_REASONS = [
    ("wait", "Waited Too Long"),
    ("price", "Too Expensive"),
    ("parts", "Part Not in Stock"),
    ("time", "Ran Out of Time"),
    ("other", "Other"),
]


class DealerReception(models.Model):
    """The customer drives away before the car was served (离店).

    The car was here, so it is no no-show; nothing was delivered, so nothing happens
    that follows from a delivery. A car that comes back begins a new visit.
    """

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    leaving_reason = fields.Selection(
        LEAVING_REASONS, "Reason for Leaving", copy=False, readonly=True, tracking=True
    )
    leaving_note = fields.Text("What the Customer Said", copy=False, readonly=True)

    def action_ask_leaving(self):
        """Ask why the customer leaves, then end the visit."""
        self.ensure_one()
        self._check_move("left")
        self._check_leaving()
        return open_dialog(
            self.env["dealer.leaving"],
            self.env._("Customer Left"),
            reception_id=self.id,
        )

    @arguments(reason=TEXT, note=TEXT)
    def action_leave(self, reason=None, note=None):
        """The customer has left with the car; what was begun ends here.

        :param str reason: a value of ``leaving_reason``
        :param str note: what the customer said
        :raise UserError: when nobody says why; for everybody but a service manager
            also once somebody has worked on the car: the work is owed
        """
        if reason not in dict(LEAVING_REASONS):
            raise UserError(
                self.env._(
                    "%(visits)s: choose why the customer has left. Use the button "
                    "“Customer Left”.",
                    visits=", ".join(self.mapped("name")),
                )
            )
        self._check_leaving()
        self._set_state("left")
        self._write_by_method({"leaving_reason": reason, "leaving_note": note})
        return True

    def _check_leaving(self):
        self.check_access("write")
        if self.env.su or self.env.user.has_group(groups.MANAGER):
            return
        for reception in self:
            # whoever ends the visit need not be allowed to read the jobs
            if reception.sudo().job_ids.filtered("date_started"):
                raise UserError(
                    self.env._(
                        "%(visit)s: somebody has worked on this car, and the work is "
                        "owed. Ask a service manager to let it go.",
                        visit=reception.name,
                    )
                )
