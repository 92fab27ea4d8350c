from odoo import models

from ...tools.capitals import amount_in_capitals


class ResCurrency(models.Model):
    """An amount in words, as the papers of its country have it."""

    _name = "res.currency"
    _inherit = "res.currency"

    def _dealer_in_words(self, amount):
        """Chinese capitals for yuan, words for other currencies."""
        self.ensure_one()
        if self.name == "CNY":
            return amount_in_capitals(amount)
        return self.amount_to_text(amount)
