from odoo import models

from .dealer_followup import OPEN_STATES


class ResUsers(models.Model):
    """Who leaves leaves the calls to the others; none is lost."""

    _name = "res.users"
    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False:
            # whoever archives a user has no rights on follow-ups
            tasks = self.env["dealer.followup"].sudo()
            tasks.search(
                [("user_id", "in", self.ids), ("state", "in", OPEN_STATES)]
            ).action_release()
        return result
