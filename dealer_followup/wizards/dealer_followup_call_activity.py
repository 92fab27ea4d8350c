from odoo import api, fields, models

from ..models.activity.dealer_activity_states import REPLIES

_RESULT_OF_REPLY = {
    "coming": "dealer_followup.result_appointment",
    "maybe": "dealer_followup.result_reached",
    "declined": "dealer_followup.result_not_interested",
}


class DealerFollowupCall(models.TransientModel):
    """The reply to an invitation, taken down during the call."""

    _name = "dealer.followup.call"
    _inherit = "dealer.followup.call"

    activity_id = fields.Many2one("dealer.activity", compute="_compute_activity_id")
    activity_seats = fields.Char("Seats", compute="_compute_activity_id")
    reply = fields.Selection(REPLIES, "Reply to the Invitation")
    persons = fields.Integer("Number of Guests", default=1)

    @api.depends("followup_ids")
    def _compute_activity_id(self):
        for sheet in self:
            tasks = sheet.followup_ids._origin.filtered("invitee_id")
            activity = tasks.activity_id[:1]
            sheet.activity_id = activity
            sheet.activity_seats = (
                self.env._(
                    "%(free)s of %(all)s seats are free",
                    free=activity.seats_free,
                    all=activity.seat_limit,
                )
                if activity.has_seats and activity.seat_limit
                else False
            )

    @api.onchange("reply")
    def _onchange_reply(self):
        if self.reply:
            self.result_id = self.env.ref(_RESULT_OF_REPLY[self.reply])

    def _save(self):
        if self.reply:
            self = self.with_context(  # noqa: PLW0642
                dealer_activity_reply=(self.reply, self.persons)
            )
        return super()._save()
