from odoo import fields, models

#: What a result of the call means for the invitation, unless the caller says more.
REPLY_OF_RESULT = {"appointment": "coming", "not_interested": "declined"}


class DealerFollowup(models.Model):
    """Invitations on the callers' list: the call's result is the customer's reply."""

    _name = "dealer.followup"
    _inherit = "dealer.followup"

    invitee_id = fields.Many2one(
        "dealer.activity.invitee",
        "Invitation",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    activity_id = fields.Many2one(
        related="invitee_id.activity_id",
        string="Activity",
        store=True,
        index="btree_not_null",
    )

    def _record(self, result, *args, **kwargs):
        attempt = super()._record(result, *args, **kwargs)
        for task in self.filtered("invitee_id"):
            # the invitee is what this caller's follow-up is about
            task.invitee_id.sudo()._after_call(task, result)
        return attempt

    def _stop_invitation(self):
        """Who must not be called any more, or need not, is not invited by phone."""
        for task in self.filtered("invitee_id"):
            # whoever ends the call may know nothing of activities
            task.invitee_id.sudo()._after_stop(task, task.close_reason)


class DealerActivityInvitee(models.Model):
    """What calls tell about an invitation."""

    _name = "dealer.activity.invitee"
    _inherit = "dealer.activity.invitee"

    def _after_call(self, task, result):
        """One call was made: who was reached is invited, or has replied."""
        self.ensure_one()
        if not result.is_connected:
            return
        if task.anchor_key != self._call_key() and not self._is_move_call(task):
            return
        self._set_invited("call")
        reply, persons = self.env.context.get("dealer_activity_reply") or (
            REPLY_OF_RESULT.get(result.code),
            1,
        )
        # taken out meanwhile: the call is recorded all the same
        if reply and self.state != "excluded" and self.activity_id._takes_replies():
            self._reply(reply, persons, "call")

    def _after_stop(self, task, reason):
        """The call is not allowed any more: so is the invitation."""
        self.ensure_one()
        known = dict(self._fields["exclusion"].selection)
        if task.anchor_key != self._call_key() or self.state not in (
            "listed",
            "invited",
        ):
            return
        if reason in known and reason not in ("cause_gone", "merged"):
            self._set_state("excluded", exclusion=reason)

    def _call_key(self):
        key = self.activity_id._invite_key()
        return key if self.vehicle_id else f"{key}:i{self.id}"
