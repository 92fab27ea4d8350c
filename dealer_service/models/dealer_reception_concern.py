from odoo import fields, models


class DealerReceptionConcern(models.Model):
    """What the customer reports, in the customer's own words (客户诉求)."""

    _name = "dealer.reception.concern"
    _description = "Concern"
    _order = "reception_id, sequence, id"

    reception_id = fields.Many2one(
        "dealer.reception", "Visit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="reception_id.company_id", store=True, precompute=True, index=True
    )
    vehicle_id = fields.Many2one(
        related="reception_id.vehicle_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Text(
        "Customer's Words",
        required=True,
        help="As the customer said it, not as the workshop would put it.",
    )
    system_id = fields.Many2one(
        "dealer.vehicle.system",
        index="btree_not_null",
        help="System of the car. A second visit for the same system counts as a "
        "comeback.",
    )
    fault_code = fields.Char()
    cause = fields.Text(help="What the technician found.")
    correction = fields.Text(help="What was done to fix it.")
    is_solved = fields.Boolean("Resolved")
