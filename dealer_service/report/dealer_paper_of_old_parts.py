from odoo import models


class DealerOldPartReturn(models.Model):
    """What a return list shows on paper. Called by its template."""

    _name = "dealer.old.part.return"
    _inherit = ["dealer.old.part.return", "dealer.paper.mixin"]

    def _paper_foot(self):
        return self.name
