import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.http import request

#: Where a number may be handed to: an exchange that is asked safely, or a program.
SCHEMES = ("https://", "tel:", "sip:", "sips:", "callto:")


class ResCompany(models.Model):
    """How a number on the screen is dialled."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_dial_url = fields.Char(
        "Address That Dials",
        help="Opened by a click on a phone number: https://pbx.example/dial?to={number}"
        "&ext={extension}. Empty: the number is handed to the telephone of the "
        "computer (tel:).",
    )

    @api.constrains("dealer_dial_url")
    def _check_dealer_dial_url(self):
        for company in self.filtered("dealer_dial_url"):
            address = company.dealer_dial_url
            names = re.findall(r"{(.*?)}", address)
            if (
                not address.startswith(SCHEMES)
                or "number" not in names
                or set(names) - {"number", "extension"}
            ):
                raise ValidationError(
                    self.env._(
                        "The address that dials begins with https://, tel:, sip: or "
                        "callto:, and contains {number}; it may contain {extension}."
                    )
                )


class IrHttp(models.AbstractModel):
    """Which address dials, for the pages of colleagues."""

    _name = "ir.http"
    _inherit = "ir.http"

    def session_info(self):
        if not request:
            return {}  # asked for by no page
        info = super().session_info()
        user = self.env.user
        if user._is_internal():
            # how the shop dials is no secret to who works there
            shops = user.company_ids.sudo().filtered("dealer_dial_url")
            if shops:
                info["dealer_dial"] = {
                    "addresses": {shop.id: shop.dealer_dial_url for shop in shops},
                    "extension": user.dealer_extension or "",
                }
        return info
