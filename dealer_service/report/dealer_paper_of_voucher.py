from odoo import models


class DealerVoucher(models.Model):
    """What a voucher on paper shows. Called by its template."""

    _name = "dealer.voucher"
    _inherit = ["dealer.voucher", "dealer.paper.mixin"]

    def _paper_qr(self):
        """Its code, for the scanner of the counter."""
        return self.env["ir.actions.report"]._paper_qr(self._paper_code())

    def _paper_code(self):
        """That of its gift card, which every counter of Odoo knows; else its number."""
        card = self._card()
        return card.code if card else self.name

    def _paper_promise(self):
        """What it is good for, as large as it gets."""
        return self._promise()

    def _paper_plate(self):
        # whoever hands the voucher out need not see the car
        return self.sudo().vehicle_id.license_plate
