from odoo import models


class DealerPartNeed(models.Model):
    """A line of the pick list."""

    _name = "dealer.part.need"
    _inherit = ["dealer.part.need", "dealer.paper.mixin"]

    def _paper_part(self):
        self.ensure_one()
        product = self.product_id
        return {
            "name": self.name,
            "code": product.default_code or "",
            "quantity": f"{self.quantity:g}",
            "unit": product.uom_id.name or "",
            "place": self.place or "",
            "is_here": self.state == "here",
            "state": self._state_label(),
            "expected": self.state == "ordered" and self._paper_day(self.date_expected),
        }
