from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.dealer_service.tools.actions import open_dialog
from odoo.addons.dealer_service.tools.arguments import TEXT, arguments


class DealerFollowup(models.Model):
    """What people do with a follow-up, apart from calling."""

    _name = "dealer.followup"
    _inherit = "dealer.followup"

    _CONSEQUENCES = ((("user_id",), "_note_who_gave"),)

    is_given = fields.Boolean(
        "Assigned by a Manager",
        copy=False,
        readonly=True,
        help="A manager has chosen the caller.",
    )
    cancel_reason = fields.Text("Reason for Not Calling", copy=False, readonly=True)
    cancel_user_id = fields.Many2one(
        "res.users",
        "Cancelled By",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    @arguments(reason=TEXT)
    def action_cancel(self, reason=None):
        """Not to be called, and not to be made again.

        Without a reason the dialog asks for one.

        :raise AccessError: for the call of a colleague, one that was promised, assigned
            by a manager or is about a complaint, unless a manager cancels it
        """
        self._check_may_cancel()
        if not (reason or self.env.su):
            return self._cancel_dialog()
        if reason is not None and not reason.strip():
            raise UserError(
                self.env._(
                    "Why will the customer not be called? The reason is kept "
                    "with the follow-up."
                )
            )
        return self._set_state(
            "cancelled",
            close_reason="by_hand",
            cancel_reason=reason,
            # what the process cancels, nobody has decided
            cancel_user_id=not self.env.su and self.env.uid,
        )

    def _check_may_cancel(self):
        """:raise AccessError: for a call that somebody waits for, unless a manager"""
        self.check_access("write")
        if self.env.su or self._is_manager():
            return
        for task in self:
            if task.is_promised or task.is_given or task.complaint_id:
                raise AccessError(
                    self.env._(
                        "%(task)s: this call was promised, was assigned by a manager, "
                        "or is about a complaint. Make the call and save its result, "
                        "or ask a manager to cancel it.",
                        task=task.display_name,
                    )
                )

    def _note_who_gave(self, change):
        """A call that a manager gives to somebody stays one, whoever takes it next."""
        if self.env.su or not self._is_manager():
            return
        given = self.filtered(lambda task: task.user_id - self.env.user)
        given._write_by_method({"is_given": True})
        (self - given)._write_by_method({"is_given": False})

    def _cancel_dialog(self):
        return open_dialog(
            self.env["dealer.followup.cancel"],
            self.env._("Cancel Follow-ups"),
            followup_ids=self.ids,
        )

    def action_reopen(self):
        """Give it another chance, from today on.

        :raise AccessError: for anybody but a manager
        :raise UserError: when its cause has a follow-up again
        """
        if not self._is_manager():
            raise AccessError(self.env._("Only a manager may reopen a follow-up."))
        for task in self:
            task._take_cause_back()
            today = task.company_id._dealer_today()
            task._set_state(
                "todo",
                close_reason=False,
                cancel_reason=False,
                cancel_user_id=False,
                date_closed=False,
                unreached_days=0,
                channel=task.rule_id.channel,
                next_try_at=task.company_id._dealer_midnight(today),
                expire_date=max(
                    task.expire_date,
                    fields.Date.add(today, days=task.rule_id.expire_days),
                ),
            )
        return True

    def action_take(self):
        """I shall call."""
        self.user_id = self.env.user
        return True

    def action_release(self):
        """Somebody else may call."""
        self.user_id = False
        # a colleague who is dialling the number keeps it
        mine = self.filtered(
            lambda task: self.env.su or task.claim_user_id == self.env.user
        )
        mine._write_by_method({"claimed_at": False, "claim_user_id": False})
        return True
