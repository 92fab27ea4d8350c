from odoo import models


class MailMail(models.Model):
    """What becomes of a mail stands with the message that it is."""

    _name = "mail.mail"
    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        """Sent or failed: before a mail that is not kept is deleted."""
        # the queue of mails is the system's, and so are the messages
        messages = self.env["dealer.customer.message"].sudo()
        for message in messages.search([("mail_id", "in", self.ids)]):
            is_failed = failure_type or message.mail_id.state == "exception"
            message._follow_mail("exception" if is_failed else "sent", failure_reason)
        return super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )
