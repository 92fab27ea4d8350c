from odoo import api, models


class ResPartner(models.Model):
    """Customers from a file."""

    _name = "res.partner"
    _inherit = "res.partner"

    @api.model
    def get_import_templates(self):
        """The customers' template where customers are imported, else Odoo's own."""
        if not self.env.context.get("dealer_customers"):
            return super().get_import_templates()
        language = "zh_CN" if (self.env.lang or "").startswith("zh") else "en"
        return [
            {
                "label": self.env._("Import Template for Customers"),
                "template": f"/dealer_service/static/xls/customers_{language}.xlsx",
            }
        ]
