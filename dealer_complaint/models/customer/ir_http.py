from odoo import models


class IrHttp(models.AbstractModel):
    """The countdown on the customer's page speaks the customer's language."""

    _name = "ir.http"
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        return [*super()._get_translation_frontend_modules_name(), "dealer_complaint"]
