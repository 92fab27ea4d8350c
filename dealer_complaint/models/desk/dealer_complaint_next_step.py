from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..common.dealer_complaint_states import OVER_STATES


class DealerComplaint(models.Model):
    """What is done next, by whom and until when: agreed on in the shop, beside the
    time limits that the customer waits for."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    next_step = fields.Char(
        tracking=True,
        copy=False,
        help="What is done next inside the shop, in a few words. It moves no time "
        "limit.",
    )
    next_step_user_id = fields.Many2one(
        "res.users",
        "Done By",
        tracking=True,
        copy=False,
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        check_company=True,
    )
    next_step_date = fields.Datetime(
        "To Be Done By", tracking=True, copy=False, index="btree_not_null"
    )

    @api.onchange("next_step")
    def _onchange_next_step(self):
        if self.next_step and not self.next_step_user_id:
            self.next_step_user_id = self.user_id

    @api.constrains("next_step", "next_step_user_id", "next_step_date")
    def _check_next_step(self):
        for complaint in self:
            parts = (
                complaint.next_step,
                complaint.next_step_user_id,
                complaint.next_step_date,
            )
            if any(parts) and not all(parts):
                raise ValidationError(
                    self.env._(
                        "%(complaint)s: a next step says what is done, by whom and "
                        "by when.",
                        complaint=complaint.name,
                    )
                )
            if any(parts) and complaint.state in OVER_STATES:
                raise ValidationError(
                    self.env._(
                        "%(complaint)s is “%(state)s”: nothing is left to be done.",
                        complaint=complaint.name,
                        state=complaint._state_label(),
                    )
                )
            complaint._check_given_to(complaint.next_step_user_id)

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_next_step_done(self):
        """It is done: the chatter says so, and the next one can be entered."""
        self.check_access("write")
        for complaint in self:
            if not complaint.next_step:
                raise UserError(
                    self.env._(
                        "%(complaint)s: no next step is planned.",
                        complaint=complaint.name,
                    )
                )
            complaint._message_log(
                body=self.env._("Done: %(step)s", step=complaint.next_step)
            )
        self._clear_next_step()
        return True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _clear_next_step(self):
        self.write(
            {
                "next_step": False,
                "next_step_user_id": False,
                "next_step_date": False,
            }
        )

    def _end_next_step(self):
        """It is finished. What was to be done about one that was merged is to be done
        about the one it went on in, unless something else is."""
        planned = self.filtered("next_step")
        for complaint in planned:
            target = complaint.duplicate_of_id
            if target and not target.next_step:
                target.write(
                    {
                        "next_step": complaint.next_step,
                        "next_step_user_id": complaint.next_step_user_id.id,
                        "next_step_date": complaint.next_step_date,
                    }
                )
        if planned:
            planned._clear_next_step()
