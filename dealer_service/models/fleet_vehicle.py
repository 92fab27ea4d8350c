from odoo import fields, models


class FleetVehicle(models.Model):
    """A customer's car, kept apart from the company's own fleet."""

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    is_customer_vehicle = fields.Boolean("Customer's Car", index=True)
    owner_id = fields.Many2one("res.partner", "Owner", index="btree_not_null")
    contact_id = fields.Many2one("res.partner", "Brought By", index="btree_not_null")
