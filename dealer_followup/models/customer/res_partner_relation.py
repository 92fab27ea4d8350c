from odoo import models


class ResPartner(models.Model):
    """The page of a customer."""

    _name = "res.partner"
    _inherit = ["res.partner", "dealer.relation"]

    def _relation_link(self):
        return "partner_id"

    def _relation_partner(self):
        return self._origin

    def _relation_cars(self):
        return self._origin.vehicle_ids
