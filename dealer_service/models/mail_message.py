from odoo import models
from odoo.exceptions import AccessError

#: What a message says, and who said it when.
_WORDS = {
    "attachment_ids",
    "author_id",
    "body",
    "date",
    "email_from",
    "message_type",
    "model",
    "res_id",
    "subject",
}


class MailMessage(models.Model):
    """What was said in a thread of the shop stays as it was said."""

    _inherit = "mail.message"

    def write(self, vals):
        if _WORDS & set(vals):
            self._check_own_words()
        return super().write(vals)

    def unlink(self):
        self._check_own_words()
        return super().unlink()

    def _check_own_words(self):
        """:raise AccessError: for what somebody else wrote, a customer above all"""
        if self.env.su:
            return
        # who may write the document may read its messages, whoever wrote them
        foreign = self.sudo().filtered(
            lambda m: m.author_id != self.env.user.partner_id and m.model and m.res_id
        )
        for model, messages in foreign.grouped("model").items():
            threads = self.env.get(model)
            if not isinstance(threads, self.env.registry["mail.thread"]):
                continue
            # as above: which thread it is is no secret from its readers
            thread = threads.browse(messages.mapped("res_id")).sudo()._shop_threads()
            if thread:
                raise AccessError(
                    self.env._(
                        "What was written to %(document)s by somebody else stays as it"
                        " is. Write a message of your own.",
                        document=thread[0].display_name,
                    )
                )
