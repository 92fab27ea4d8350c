from odoo import api, models


class ResUsers(models.Model):
    """Who receives customers is kept; Odoo drops it when a user changes."""

    _name = "res.users"
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        self.env.registry.clear_cache()
        return users


class ResGroups(models.Model):
    """A group makes its users advisors, or managers."""

    _name = "res.groups"
    _inherit = ["res.groups", "dealer.cached.mixin"]
