from odoo import models
from odoo.exceptions import AccessError

from odoo.addons.dealer_service.tools.arguments import LINES, arguments


class DealerComplaint(models.Model):
    """Who else looks after a complaint: nobody whom it measures sends them away."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    @arguments(partner_ids=LINES)
    def message_unsubscribe(self, partner_ids=None):
        """Let people no longer follow; everybody may stop following himself.

        :raise AccessError: for whoever is, or was, responsible and removes others
        """
        if set(partner_ids or ()) != set(self.env.user.partner_id.ids):
            self.check_access("write")
            self._check_not_measured(self.env._("Remove Followers"))
        return super().message_unsubscribe(partner_ids)


class MailActivity(models.Model):
    """What a colleague is asked to do about a complaint stays on the colleague's list.

    Odoo lets whoever may write the complaint take it off: a handler could end what the
    clock, an officer or a manager had put there.
    """

    _name = "mail.activity"
    _inherit = "mail.activity"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if operation not in ("write", "unlink") or self.env.su:
            return result
        kept = self._of_others_to_the_measured()
        if not kept:
            return result
        forbidden = result[0] | kept if result else kept
        return forbidden, kept._kept_error

    def _of_others_to_the_measured(self):
        """Those of colleagues, about complaints that measure the user."""
        # whom a complaint measures is looked up, whoever asks
        theirs = self.sudo().filtered(
            lambda activity: (
                activity.res_model == "dealer.complaint"
                and activity.user_id
                and activity.user_id != self.env.user
            )
        )
        complaints = theirs.env["dealer.complaint"].browse(theirs.mapped("res_id"))
        measured = complaints.exists().filtered(
            lambda complaint: self.env.user in complaint._measured_users()
        )
        return theirs.filtered(
            lambda activity: activity.res_id in measured.ids
        ).with_env(self.env)

    def _kept_error(self):
        # the name of a colleague is no secret
        first = self[:1].sudo()
        return AccessError(
            self.env._(
                "%(complaint)s: “%(activity)s” is for %(user)s to do. You are, or "
                "were, responsible for the complaint, so only %(user)s or a complaint "
                "officer may change it or take it off the list.",
                activity=first.summary or first.activity_type_id.name,
                complaint=first.res_name,
                user=first.user_id.name,
            )
        )
