from odoo import models


class DealerMessageOccasion(models.Model):
    """What the examples of a call and of an activity say."""

    _name = "dealer.message.occasion"
    _inherit = "dealer.message.occasion"

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
