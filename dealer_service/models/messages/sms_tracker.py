from odoo import models


class SmsTracker(models.Model):
    """What a provider reports of a text message stands with the message that it is."""

    _name = "sms.tracker"
    _inherit = "sms.tracker"

    def _action_update_from_sms_state(
        self, sms_state, failure_type=False, failure_reason=False
    ):
        self._tell_messages(
            {"pending": "sent", "sent": "delivered", "error": "failed"}.get(sms_state),
            failure_reason or failure_type,
        )
        return super()._action_update_from_sms_state(
            sms_state, failure_type=failure_type, failure_reason=failure_reason
        )

    def _action_update_from_provider_error(self, provider_error):
        self._tell_messages(
            "failed",
            self.env.context.get("sms_known_failure_reason") or provider_error,
        )
        return super()._action_update_from_provider_error(provider_error)

    def _tell_messages(self, state, reason):
        if state:
            references = self.mapped("sms_uuid")
            # reports come without a user; our own number is what is known to both
            self.env["dealer.customer.message"].sudo()._report(
                references, state, reason
            )
