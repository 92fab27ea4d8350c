from odoo import fields, models

from ...tools import groups
from ..common.dealer_complaint_states import WORKING_STATES


class DealerComplaint(models.Model):
    """Who is to take a complaint over takes it, or says no, within a time of its own.

    A colleague of the desk, to whom it was offered; or the desk itself, of what
    somebody in the shop has heard: until it is taken up, the one who heard it answers.
    """

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    date_offered = fields.Datetime(
        "Offered On",
        readonly=True,
        copy=False,
        help="Since when somebody is to take it over.",
    )

    def _offer_to_desk(self):
        """What was heard by somebody who does not handle complaints."""
        heard = self.filtered(
            lambda complaint: (
                complaint.state in WORKING_STATES
                and not complaint.user_id
                and complaint.first_receiver_id
                and not complaint._was_received_by_desk()
            )
        )
        if heard:
            heard._sla_owe_acceptance()

    def _was_received_by_desk(self):
        # which roles a colleague has is nobody's to read
        return self.first_receiver_id.sudo().has_group(groups.HANDLER)

    def _sla_owe_acceptance(self):
        now = fields.Datetime.now()
        # an earlier offer is none any more
        self._sla_cancel(["acceptance"], "")
        self._write_by_method({"date_offered": now})
        self._sla_start(["acceptance"], now)

    def _end_offer(self, _change=None):
        """Somebody has taken it over, or said no."""
        # who takes it over need not have been allowed to see it before
        offered = self.sudo().filtered("date_offered")
        if offered:
            offered._sla_stop(["acceptance"], fields.Datetime.now())
            offered._write_by_method({"date_offered": False})

    def _abandon_offer(self):
        """It is finished: nobody has to take it over any more."""
        offered = self.filtered("date_offered")
        if offered:
            timers = offered._sla_active(["acceptance"])
            timers._abandon(timers._source())
            offered._write_by_method({"date_offered": False})
            offered._sla_refresh()

    def _answers_for_offer(self):
        """Whom the limit of the offer measures."""
        self.ensure_one()
        return self.handover_user_id or self.first_receiver_id
