from odoo import models


class ResPartner(models.Model):
    """Whose customer somebody is follows from the calls as well."""

    _name = "res.partner"
    _inherit = "res.partner"

    def _dealer_shops(self):
        # the shops that the user does not see count most
        tasks = self.env["dealer.followup"].sudo()
        rows = tasks._read_group([("partner_id", "in", self.ids)], ["company_id"])
        return super()._dealer_shops().union(*(shop for [shop] in rows))
