from odoo import models
from odoo.exceptions import UserError

from .dealer_followup import OPEN_STATES

#: By which way of messages they are written to; others are written by hand.
MESSAGE_CHANNELS = {"sms": "sms", "email": "mail"}


class DealerFollowup(models.Model):
    """Who is not called but written to."""

    _name = "dealer.followup"
    _inherit = "dealer.followup"

    def action_sent(self):
        """The text message or the letter is on its way.

        :raise UserError: for a follow-up that is to be called, or that must wait
        """
        labels = dict(self._fields["close_reason"]._description_selection(self.env))
        self._check_written_to()
        open_tasks = self.filtered(lambda task: task.state in OPEN_STATES)
        for task, block in open_tasks._judged().items():
            if not block:
                task._record(self.env.ref("dealer_followup.result_message_sent"))
            elif block.is_final:
                task._close("suppressed", block.reason)
            else:
                raise UserError(
                    self.env._(
                        "%(task)s: nothing can be sent now: %(reason)s.",
                        task=task.display_name,
                        reason=labels[block.reason],
                    )
                )
        return True

    def action_send_care(self):
        """Send the text of the cause, and record that it is on its way.

        :raise UserError: for a follow-up that is to be called, that must wait, or whose
            customer may not or cannot be sent a message
        """
        self.check_access("write")
        if not self:
            raise UserError(self.env._("Choose the customers who get the message."))
        self._check_written_to()
        messages = self.env["dealer.customer.message"]
        open_tasks = self.filtered(lambda task: task.state in OPEN_STATES)
        self._check_by_message()
        for task, block in open_tasks._judged().items():
            if not block:
                # callers write no messages of their own, but this one
                messages |= messages._tell_or_say(
                    task._care_occasion(),
                    task,
                    partner=task.partner_id,
                    number=task.contact_phone if task.channel == "sms" else None,
                    channel=MESSAGE_CHANNELS[task.channel],
                )
        open_tasks.action_sent()
        return messages._show_told()

    def _check_written_to(self):
        """:raise UserError: for a follow-up that is to be called"""
        for task in self:
            if task.channel == "call":
                raise UserError(
                    self.env._("%s must be called, not written to.", task.display_name)
                )

    def _check_by_message(self):
        """:raise UserError: for a letter, and what goes by the caller's telephone"""
        for task in self:
            if task.channel not in MESSAGE_CHANNELS:
                raise UserError(
                    self.env._(
                        "%s is written by hand. Press “Sent” once it is on its way.",
                        task.display_name,
                    )
                )

    def _care_occasion(self):
        """The occasion whose text is about the cause; else the one for all of them."""
        self.ensure_one()
        key = f"care_{self.rule_id.source}"
        return key if self.env["dealer.message.occasion"]._of(key) else "care_unreached"
