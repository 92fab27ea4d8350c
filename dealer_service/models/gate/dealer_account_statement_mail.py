from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import plaintext2html


class DealerAccountStatement(models.Model):
    """The statement by mail, when somebody says so."""

    _name = "dealer.account.statement"
    _inherit = "dealer.account.statement"

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_send(self):
        """Queue a mail to the customer, with the statement as a file.

        :raise UserError: for a customer without an address
        """
        self.check_access("write")
        for statement in self:
            if not statement.partner_id.email:
                raise UserError(
                    self.env._(
                        "%s has no mail address.", statement.partner_id.display_name
                    )
                )
            statement._hand_over()
            statement._mail()
        return True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _mail(self):
        """The mail leaves with Odoo's own queue, after the transaction."""
        self.ensure_one()
        lang = self.partner_id.lang or self.env.lang
        mine = self.with_context(lang=lang)
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "dealer_service.action_paper_statement", self.ids
        )
        shop = mine.company_id
        text = mine.env._(
            "Please find attached your statement of account until %(day)s. "
            "%(amount)s is open; please pay it by %(due)s.",
            day=mine.date_to,
            amount=mine.currency_id.format(mine.closing),
            due=mine.date_due,
        )
        # accounting writes to the customer with the paper, and nothing else
        mail = mine.env["mail.mail"].sudo()
        mail = mail.create(
            {
                "subject": mine.env._(
                    "%(shop)s: statement of account until %(day)s",
                    shop=shop.name,
                    day=mine.date_to,
                ),
                "body_html": plaintext2html(f"{text}\n{shop.name}"),
                "email_from": shop.email_formatted or self.env.user.email_formatted,
                "recipient_ids": [Command.link(mine.partner_id.id)],
                "model": "res.partner",
                "res_id": mine.partner_id.id,
                "auto_delete": False,
            }
        )
        mail.attachment_ids = [
            Command.create(
                {
                    "name": f"{mine._paper_number()}.pdf",
                    "raw": content,
                    "res_model": "mail.message",
                    "res_id": mail.mail_message_id.id,
                }
            )
        ]
