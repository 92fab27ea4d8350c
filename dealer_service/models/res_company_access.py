from odoo import api, models


class ResCompany(models.Model):
    """What a shop has decided is for its staff: customers read its name and address."""

    _name = "res.company"
    _inherit = ["res.company", "dealer.field.access"]

    @api.model
    def _has_field_access(self, field, operation):
        return super()._has_field_access(field, operation) and (
            self.env.su
            or not field.name.startswith("dealer_")
            or self.env.user._is_internal()
        )
