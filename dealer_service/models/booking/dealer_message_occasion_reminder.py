from odoo import models

#: Key of the occasion → which reminder it is.
KINDS = {"reminder_day": "day", "reminder_hour": "hour"}


class DealerMessageOccasion(models.Model):
    """Reminders: a shop may have a mail of its own."""

    _name = "dealer.message.occasion"
    _inherit = "dealer.message.occasion"

    def _mail_template(self, company):
        kind = KINDS.get(self.key)
        own = kind and company[f"dealer_reminder_{kind}_template_id"]
        return own or super()._mail_template(company)
