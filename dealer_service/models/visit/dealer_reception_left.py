from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import groups
from ...tools.actions import open_dialog
from ...tools.arguments import RECORDS, TEXT, arguments

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
    that follows from a delivery. What was done by then is billed, the rest is
    cancelled, as whoever lets the car go decides. A car that comes back begins a new
    visit.
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

    @arguments(reason=TEXT, note=TEXT, billed=RECORDS)
    def action_leave(self, reason=None, note=None, billed=None):
        """The customer has left with the car; what was begun ends here.

        :param str reason: a value of ``leaving_reason``
        :param str note: what the customer said
        :param list billed: ids of the order lines that are billed, all others are
            cancelled with the reason; unless given, what somebody has worked on, with
            the parts that go with it
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
        self._close_tasks()
        self._settle_left(billed)
        return True

    def _close_tasks(self):
        """What was still to be done about the car is over, and says why."""
        # a task may lie with a colleague
        for visit in self.sudo():
            visit.activity_ids.action_feedback(feedback=visit._leaving_words())

    def _leaving_words(self):
        """Why the customer has left, in a few words."""
        self.ensure_one()
        reasons = dict(self._fields["leaving_reason"]._description_selection(self.env))
        return self.env._(
            "the customer left: %(reason)s", reason=reasons[self.leaving_reason]
        )

    def _settle_left(self, billed=None):
        """Hook: bill what was done, cancel what was not.

        :param list billed: see :meth:`action_leave`
        """

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
