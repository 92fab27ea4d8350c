from odoo import models
from odoo.exceptions import UserError

from .dealer_followup import OPEN_STATES


class DealerFollowup(models.Model):
    """Who is not called but written to."""

    _name = "dealer.followup"
    _inherit = "dealer.followup"

    def action_sent(self):
        """The text message or the letter is on its way.

        :raise UserError: for a follow-up that is to be called, or that must wait
        """
        labels = dict(self._fields["close_reason"]._description_selection(self.env))
        for task in self:
            if task.channel == "call":
                raise UserError(
                    self.env._("%s must be called, not written to.", task.display_name)
                )
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
