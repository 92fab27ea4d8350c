from odoo import models

from ...tools import groups


class DealerMessageOccasion(models.Model):
    """Who keeps the texts of complaints, and what the example of one says."""

    _name = "dealer.message.occasion"
    _inherit = "dealer.message.occasion"

    def _keeper_role(self):
        if self.model == "dealer.complaint":
            return groups.MANAGER
        return super()._keeper_role()

    def _example_values(self, company):
        values = super()._example_values(company)
        tomorrow = values[None]["appointment_text"]
        values["dealer.complaint"] = {
            "name": "TS-000688",
            "subject": self.env._("Noise at the front after the repair"),
            "proposal": self.env._("We replace the part again, free of charge."),
            "_letter_name": values["res.partner"]["name"],
            "_portal_clock": {
                "what": self.env._("You will hear from us again by"),
                "until": tomorrow,
            },
        }
        return values
