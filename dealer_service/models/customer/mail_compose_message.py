from odoo import models


class MailComposeMessage(models.TransientModel):
    """Nobody writes in a customer's name, neither to one nor to many."""

    _inherit = "mail.compose.message"

    def _action_send_mail(self, auto_commit=False):
        me = self.env.user.partner_id
        for composer in self.browse() if self.env.su else self:
            threads = self.env["mail.message"]._shop_threads_of(
                composer.model, composer._evaluate_res_ids()
            )
            if threads and composer.author_id != me:
                composer.write({"author_id": me.id, "email_from": me.email_formatted})
        return super()._action_send_mail(auto_commit=auto_commit)
