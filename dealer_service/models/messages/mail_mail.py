from odoo import models


class MailMail(models.Model):
    """What becomes of a mail stands with the message that it is."""

    _name = "mail.mail"
    _inherit = "mail.mail"

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        """What waited is asked once more; where the messages of a shop stay in the
        outbox, its mails stay there as well."""
        stale = self._refuse_stale()
        # the queue of mails is the system's, and so are the messages
        messages = self.env["dealer.customer.message"].sudo()
        kept = messages.search(
            [
                ("mail_id", "in", (self - stale).ids),
                ("company_id.dealer_sms_provider", "=", "outbox"),
            ]
        ).mail_id
        if kept:
            kept = self & kept.with_env(self.env)
            kept.write({"state": "sent", "failure_reason": False})
            kept._postprocess_sent_message(success_pids=[], success_emails=[])
        return super(MailMail, self - stale - kept).send(
            auto_commit=auto_commit,
            raise_exception=raise_exception,
            post_send_callback=post_send_callback,
        )

    def _refuse_stale(self):
        """Take back what waited for an hour at which it may be sent, and which may not
        be sent any more: consent was withdrawn, or what it says has changed.

        :return: the mails that stay here
        """
        # as in send
        messages = self.env["dealer.customer.message"].sudo()
        stale = messages.search([("mail_id", "in", self.ids), ("state", "=", "held")])
        stale = stale.filtered(lambda message: not message._may_be_mailed()).mail_id
        stale = stale.with_env(self.env)
        stale.write({"state": "cancel"})
        return stale

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
