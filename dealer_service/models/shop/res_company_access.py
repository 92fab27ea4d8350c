from odoo import api, models
from odoo.exceptions import AccessError


class ResCompany(models.Model):
    """What a shop has decided is for its staff: customers read its name and address."""

    _name = "res.company"
    _inherit = ["res.company", "dealer.field.access"]

    @api.model
    def _has_field_access(self, field, operation):
        return super()._has_field_access(field, operation) and (
            self.env.su
            or not field.name.startswith("dealer_")
            # as for what customers can see: asked of each field
            or self.env.user._has_group("base.group_user")
        )

    def _check_own_shop(self):
        """:raise AccessError: for a shop that is none of the user's"""
        foreign = self - self.env.user.company_ids
        if foreign and not self.env.su:
            raise AccessError(
                self.env._(
                    "You do not work in %(shops)s, so you cannot transfer records "
                    "to it. Ask someone who works in both shops.",
                    # the name alone, of a shop whose card the user may not read
                    shops=", ".join(foreign.sudo().mapped("name")),
                )
            )
