from odoo import fields, models

#: Kinds of fuel with a plug.
PLUGGED = ("electric", "plug_in_hybrid_gasoline", "plug_in_hybrid_diesel")
#: Kinds of fuel without an engine.
ENGINELESS = ("electric", "hydrogen")


class DealerNewCarPoint(models.Model):
    """A point of the delivery list, as each new car is handed over (交车确认项目)."""

    _name = "dealer.new.car.point"
    _description = "Point of the Delivery List"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char("Point", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Shop", index=True, help="Empty: in every shop."
    )
    part = fields.Selection(
        [
            ("before", "Before the Customer Comes"),
            ("papers", "Papers and Accessories"),
            ("explain", "Explained to the Customer"),
        ],
        required=True,
        default="explain",
    )
    applies_to = fields.Selection(
        [
            ("all", "Every Car"),
            ("engine", "Cars With an Engine"),
            ("plug", "Cars With a Plug"),
        ],
        required=True,
        default="all",
    )
    is_mandatory = fields.Boolean("Mandatory", default=True)

    def _asked_for(self, vehicle):
        """Those points of the list that concern a car."""
        fuel = vehicle.fuel_type
        return self.filtered(
            lambda point: (
                point.applies_to == "all"
                or (point.applies_to == "engine" and fuel not in ENGINELESS)
                or (point.applies_to == "plug" and fuel in PLUGGED)
            )
        )
