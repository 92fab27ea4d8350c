from odoo import api, fields, models


class ResUsers(models.Model):
    """Who sits at which telephone."""

    _name = "res.users"
    _inherit = "res.users"

    dealer_extension = fields.Char(
        "Telephone Extension",
        copy=False,
        help="The number of this user's telephone in the exchange of the shop. Calls "
        "of this extension are this user's from then on.",
    )

    _dealer_extension_uniq = models.UniqueIndex(
        "(company_id, dealer_extension) WHERE dealer_extension IS NOT NULL",
        "An extension belongs to one user of a shop.",
    )

    @api.model
    def _dealer_at_extension(self, extension, company):
        """The user of a telephone in a shop; empty where it cannot be told."""
        extension = (extension or "").strip()
        if not extension:
            return self.browse()
        # whose telephone it is, is no secret to the exchange
        people = self.sudo().search(
            [
                ("dealer_extension", "=", extension),
                ("company_ids", "in", company.ids),
            ]
        )
        at_home = people.filtered(lambda user: user.company_id == company)
        return at_home or (people if len(people) == 1 else self.browse())
