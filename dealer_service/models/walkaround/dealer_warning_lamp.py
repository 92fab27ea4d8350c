from odoo import fields, models


class DealerWarningLamp(models.Model):
    """A lamp of the dashboard that may be lit when the car comes in."""

    _name = "dealer.warning.lamp"
    _description = "Warning Lamp"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    is_red = fields.Boolean("Red", help="The car must not be driven on.")
    energy = fields.Selection(
        [
            ("all", "Every Car"),
            ("engine", "Cars with an Engine"),
            ("battery", "Electric and Hybrid Cars"),
        ],
        "For",
        required=True,
        default="all",
        help="Which cars have this lamp at all: an electric car has no oil pressure.",
    )
    active = fields.Boolean(default=True)
