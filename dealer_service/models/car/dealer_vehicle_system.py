from odoo import fields, models


class DealerVehicleSystem(models.Model):
    """A system of the car (engine, brakes…): groups concerns and comebacks."""

    _name = "dealer.vehicle.system"
    _description = "Vehicle System"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    is_safety = fields.Boolean(
        "Safety", help="Declined work on this system is a matter of safety."
    )
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "This code is already in use.")
