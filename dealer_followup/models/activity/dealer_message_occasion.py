from odoo import models

from ...tools import groups


class DealerMessageOccasion(models.Model):
    """Who keeps the texts of calls and activities, and what the examples say."""

    _name = "dealer.message.occasion"
    _inherit = "dealer.message.occasion"

    def _keeper_role(self):
        if self.model in ("dealer.activity.invitee", "dealer.followup"):
            return groups.MANAGER
        return super()._keeper_role()

    def _example_values(self, company):
        values = super()._example_values(company)
        is_off = self.key == "activity_cancelled"
        values["dealer.followup"] = {"_link_url": "#"}
        values["dealer.activity.invitee"] = {"invite_url": "#"}
        values["dealer.activity"] = {
            "name": self.env._("Driving School for Beginners"),
            "message": self.env._("We look forward to seeing you."),
            "state": "cancelled" if is_off else "inviting",
            "_when": values[None]["appointment_text"],
            "_where": self.env._("Our showroom"),
            "_former_when": "",
        }
        return values
