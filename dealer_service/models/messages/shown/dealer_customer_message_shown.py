from odoo import api, fields, models


class DealerCustomerMessage(models.Model):
    """A message as the phone of the customer shows it."""

    _name = "dealer.customer.message"
    _inherit = "dealer.customer.message"

    sender = fields.Char("From", compute="_compute_sender")
    shown_text = fields.Text("Words on the Phone", compute="_compute_shown_text")
    sms_size = fields.Char(
        "Billed As",
        compute="_compute_shown_text",
        help="In China a text message has 70 characters, the signature among them; "
        "longer ones are billed by 67.",
    )

    @api.depends("channel", "company_id", "mail_id.email_from")
    def _compute_sender(self):
        for message in self:
            company = message.company_id
            # who may read a message need not read the queue of mails
            mail = message.mail_id.sudo()
            message.sender = {
                "mail": mail.email_from or company.email_formatted or company.name,
                "wecom": self.env._("WeCom"),
                "robot": self.env._("WeCom Group"),
            }.get(message.channel) or company.name

    @api.depends("text", "channel", "company_id.dealer_sms_sign_name")
    def _compute_shown_text(self):
        for message in self:
            message.shown_text, message.sms_size = message.text, False
            if message.channel == "sms" and message.text:
                company = message.company_id
                message.shown_text = company._message_signed(message.text)
                message.sms_size = company._message_size_words(message.text)
