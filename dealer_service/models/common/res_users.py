from odoo import api, models

from ...tools import groups


class ResUsers(models.Model):
    """Who receives customers is kept; Odoo drops it when a user changes."""

    _name = "res.users"
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        self.env.registry.clear_cache()
        return users

    def _dealer_keeps_group(self):
        """Whether this user may write what belongs to all shops of the group.

        Where there is one shop only, the group is that shop, and its managers do.
        """
        self.ensure_one()
        return (
            self.has_group(groups.GROUP_MANAGEMENT)
            or not self.env["res.company"]._dealer_is_group()
        )


class ResGroups(models.Model):
    """A group makes its users advisors, or managers."""

    _name = "res.groups"
    _inherit = ["res.groups", "dealer.cached.mixin"]
