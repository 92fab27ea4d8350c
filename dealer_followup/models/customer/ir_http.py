from odoo import models

from odoo.addons.dealer_service.models.common.ir_http import IrHttp as ServiceHttp


class IrHttp(models.AbstractModel):
    """Invitations and consents have their secret in the address itself."""

    _inherit = "ir.http"

    _secret_paths = (*ServiceHttp._secret_paths, "/activity/", "/consent/")
