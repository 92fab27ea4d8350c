from odoo import api, fields, models

from ...tools.inspection.multipoint import is_due

#: What moves a car, as the lists of items tell it apart.
ENERGIES = [
    ("engine", "Combustion Engine"),
    ("hybrid", "Hybrid"),
    ("electric", "Electric"),
]
#: Fuels of Odoo's cars that are no combustion engine alone.
_HYBRID = ("full_hybrid", "plug_in_hybrid_diesel", "plug_in_hybrid_gasoline")
_ELECTRIC = ("electric", "hydrogen")


def energy_of(fuel):
    """The energy of a car by its fuel; nothing where the fuel is not known."""
    if not fuel:
        return False
    if fuel in _HYBRID:
        return "hybrid"
    return "electric" if fuel in _ELECTRIC else "engine"


class DealerMultipointTemplate(models.Model):
    """A list of items (检查模板): for which cars, and at which service."""

    _name = "dealer.multipoint.template"
    _description = "Inspection List"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char("List", required=True, translate=True)
    energy = fields.Selection(ENERGIES, help="Empty: whatever moves the car.")
    model_ids = fields.Many2many(
        "fleet.vehicle.model",
        "dealer_multipoint_template_model_rel",
        "template_id",
        "model_id",
        "Models",
        help="Empty: all models.",
    )
    every_km = fields.Integer(
        "At the Service Every (km)", help="0: at any visit, whatever the reading."
    )
    tolerance_km = fields.Integer(
        "Give or Take (km)",
        default=1500,
        help="How far the reading may be from a multiple of the interval.",
    )
    item_ids = fields.Many2many(
        "dealer.multipoint.item",
        "dealer_multipoint_template_item_rel",
        "template_id",
        "item_id",
        "Items",
    )
    item_count = fields.Integer("Number of Items", compute="_compute_item_count")
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self._default_group_company_id(),
        help="Empty: for every shop of the group.",
    )
    active = fields.Boolean(default=True)

    _km_positive = models.Constraint(
        "CHECK(every_km >= 0 AND tolerance_km >= 0)", "Kilometres cannot be negative."
    )

    @api.depends("item_ids")
    def _compute_item_count(self):
        for template in self:
            template.item_count = len(template.item_ids)

    # ------------------------------------------------------------------
    # WHICH LIST, WHICH ITEMS
    # ------------------------------------------------------------------

    @api.model
    def _for_visit(self, visit):
        """The list for the car of a visit: the one that says most of it.

        Its model says more than its energy, and that more than the interval; the row
        of the shop goes before that of the group.
        """
        # whoever inspects may not read all of the car
        car = visit.sudo().vehicle_id
        reading = visit.sudo().odometer
        energy = energy_of(car.fuel_type)
        fitting = self.search(
            [
                ("company_id", "in", [False, visit.company_id.id]),
                ("energy", "in", [False, energy]),
                ("item_ids", "!=", False),
            ]
        ).filtered(
            lambda template: (
                (not template.model_ids or car.model_id in template.model_ids)
                and is_due(reading, template.every_km, template.tolerance_km)
            )
        )
        return fitting.sorted(
            lambda template: (
                bool(template.model_ids),
                bool(template.energy),
                template.every_km,
                bool(template.company_id),
                -template.sequence,
            )
        )[-1:]

    def _items_for(self, company):
        """The items of the list, as this shop has them."""
        self.ensure_one()
        items = self.item_ids
        own = items.search(
            [("code", "in", items.mapped("code")), ("company_id", "=", company.id)]
        )
        shared = items.filtered(
            lambda item: (
                item.active
                and item.code not in own.mapped("code")
                and item.company_id in (item.company_id.browse(), company)
            )
        )
        return (own | shared).sorted(lambda item: (item.sequence, item.id))
