from odoo import models
from odoo.exceptions import AccessError, UserError

from ...tools import groups
from ...tools.actions import open_dialog, open_form
from ...tools.arguments import RECORD, TEXT, arguments

#: Letters of a reason that stands on a call.
MAX_REASON = 500


class DealerCallRecord(models.Model):
    """What people decide about a call, with their reason: a manager, and never about
    the own one."""

    _name = "dealer.call.record"
    _inherit = "dealer.call.record"

    def action_match(self):
        """Ask whose call it was, and why that is known."""
        self.ensure_one()
        self._check_decider()
        proposed = self.proposal_ids
        return open_dialog(
            self.env["dealer.call.decision"],
            self.env._("Whose Call Was It?"),
            call_id=self.id,
            partner_id=proposed.id if len(proposed) == 1 else False,
        )

    @arguments(partner=RECORD, reason=TEXT)
    def action_decide(self, partner, reason):
        """Say whose call it was.

        :param partner: the customer, or the id
        :param str reason: how that is known; it is kept with the call
        """
        self.ensure_one()
        self._check_decider()
        reason = self._checked_reason(reason)
        partner = self.env["res.partner"].browse(int(partner or 0)).exists()
        if not partner:
            raise UserError(self.env._("Choose the customer."))
        partner.check_access("read")
        # people read calls; the process writes what was decided
        call = self.sudo()
        call._check_given_to(partner)
        call._write_by_method(
            {
                "state": "matched",
                "partner_id": partner.id,
                "reception_id": False,
                "matched_by_id": self.env.uid,
                "match_reason": reason,
            }
        )
        call._match()
        return open_form(self)

    @arguments(reason=TEXT)
    def action_set_aside(self, reason):
        """Say that a call was none of a customer's: a supplier, a wrong number."""
        self._check_decider()
        reason = self._checked_reason(reason)
        for call in self:
            if call.state != "unmatched":
                raise UserError(
                    self.env._("%(call)s is matched already.", call=call.display_name)
                )
        # people read calls; the process writes what was decided
        self.sudo()._write_by_method(
            {
                "state": "ignored",
                "is_new": False,
                "matched_by_id": self.env.uid,
                "match_reason": reason,
            }
        )
        return True

    def action_match_again(self):
        """Look once more for what unmatched calls were about: a number was entered, or
        an extension."""
        self._check_manager()
        # people read calls; the process writes what it finds
        for call in self.sudo().filtered(lambda call: call.state == "unmatched"):
            call._match()
        return True

    def _check_given_to(self, partner):
        """Refuse a customer that is not who was talked with, where that is proven.
        Hook."""

    def _check_decider(self):
        """:raise AccessError: for anybody but a manager, and for who talked"""
        self._check_manager()
        if not self.env.su and self.env.user in self.user_id:
            raise AccessError(
                self.env._("This was your own call. Ask another manager to decide.")
            )

    def _check_manager(self):
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group(groups.MANAGER)):
            raise AccessError(
                self.env._("Only a service manager may say whose call it was.")
            )

    def _checked_reason(self, reason):
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("How is that known? Enter a reason."))
        if len(reason) > MAX_REASON:
            raise UserError(
                self.env._(
                    "Say in %(most)s letters at most how that is known.",
                    most=MAX_REASON,
                )
            )
        return reason
