from odoo import models


class DealerAccountStatement(models.Model):
    """What a customer's statement shows on paper. Called by its template."""

    _name = "dealer.account.statement"
    _inherit = ["dealer.account.statement", "dealer.paper.mixin"]

    def _paper_number(self):
        """Month and customer: what the two bookkeepers speak of."""
        return f"DZ{self.date_to:%Y%m}-{self.partner_id.id:05d}"

    def _paper_foot(self):
        return self._paper_number()
