from odoo import models


class DealerReception(models.Model):
    """From the page of a visit the customer can say what was not right."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    def _portal_values(self, with_links=True):
        values = super()._portal_values(with_links)
        if self.date_arrived and self.state != "cancelled":
            values["complaint_url"] = f"/my/visits/{self.id}/complaint"
        return values
