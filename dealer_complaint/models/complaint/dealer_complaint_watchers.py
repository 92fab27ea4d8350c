from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.dealer_service.tools.arguments import LINES, arguments

_DONE = object()


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

    def write(self, vals):
        if self.env.context.get("dealer_activity_done") is not _DONE:
            self._check_not_given()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        self._check_not_given()

    def _action_done(self, feedback=False, attachment_ids=None):
        done = self.with_context(dealer_activity_done=_DONE)
        return super(MailActivity, done)._action_done(feedback, attachment_ids)

    def _check_not_given(self):
        """Whoever is measured does what he was given, and the chatter keeps it; he
        does not put it off, rewrite it, pass it on or delete it.

        :raise AccessError: for what the system or somebody else put on the user's list
        """
        if self.env.su:
            return
        # see _measuring
        given = self.sudo()._measuring(
            lambda activity: (
                activity.user_id == self.env.user
                and (activity.automated or activity.create_uid != self.env.user)
            )
        )
        if given:
            raise AccessError(
                self.env._(
                    "%(complaint)s: “%(activity)s” was put on your list by somebody "
                    "else. Mark it as done when it is done; only whoever gave it to "
                    "you, or a complaint officer who was not responsible, may change "
                    "it or take it off the list.",
                    activity=given[:1].summary or given[:1].activity_type_id.name,
                    complaint=given[:1].res_name,
                )
            )

    def _of_others_to_the_measured(self):
        """Those of colleagues, about complaints that measure the user."""
        # a task counts also where its complaint is hidden from the user
        return (
            self.sudo()
            ._measuring(
                lambda activity: activity.user_id and activity.user_id != self.env.user
            )
            .with_env(self.env)
        )

    def _measuring(self, is_meant):
        """Those about complaints that measure the user, whoever may see these."""
        meant = self.filtered(
            lambda activity: (
                activity.res_model == "dealer.complaint" and is_meant(activity)
            )
        )
        complaints = self.env["dealer.complaint"].browse(meant.mapped("res_id"))
        measured = complaints.exists().filtered(
            lambda complaint: self.env.user in complaint._measured_users()
        )
        return meant.filtered(lambda activity: activity.res_id in measured.ids)

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
