from odoo import api, models


class PortalMixin(models.AbstractModel):
    """The key of a customer's page is made and withdrawn, never chosen."""

    _inherit = "portal.mixin"

    @api.model
    def _has_field_access(self, field, operation):
        return super()._has_field_access(field, operation) and (
            operation != "write" or field.name != "access_token" or self.env.su
        )
