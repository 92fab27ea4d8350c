from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.arguments import TEXT, arguments

BODY_TYPES = [
    ("sedan", "Sedan"),
    ("suv", "SUV"),
    ("van", "Van"),
    ("pickup", "Pickup"),
]
#: The company's own cars, apart from those of its customers.
OWN_FLEET = Domain("is_customer_vehicle", "=", False)


class FleetVehicleModel(models.Model):
    """A model with its service plan: months or kilometres, whichever comes first."""

    _name = "fleet.vehicle.model"
    _inherit = "fleet.vehicle.model"

    body_type = fields.Selection(
        BODY_TYPES, default="suv", help="Which drawing the walk-around shows."
    )
    # Odoo's default makes every model electric that is made in passing
    default_fuel_type = fields.Selection(default=False)
    is_electric = fields.Boolean("Electric", compute="_compute_is_electric", store=True)

    # service plan
    first_service_months = fields.Integer(
        default=6,
        help="0: no time limit. If no distance is set either, the first service is "
        "due like any other.",
    )
    first_service_km = fields.Integer("First Service (km)", default=5000)
    service_months = fields.Integer(
        "Service Every (months)", default=6, help="0: no time limit."
    )
    service_km = fields.Integer(
        "Service Every (km)", default=10000, help="0: no distance limit."
    )
    warranty_months = fields.Integer("Warranty (months)", default=36)
    warranty_km = fields.Integer("Warranty (km)", default=100000)

    _service_plan_positive = models.Constraint(
        "CHECK(first_service_months >= 0 AND first_service_km >= 0"
        " AND service_months >= 0 AND service_km >= 0"
        " AND warranty_months >= 0 AND warranty_km >= 0)",
        "Intervals of a service plan cannot be negative.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever names no fuel means the one of the brand, if it has only one."""
        if not self.env.context.get("default_default_fuel_type"):
            unsaid = [vals for vals in vals_list if not vals.get("default_fuel_type")]
            fuels = self._fuels_of_brands({vals.get("brand_id") for vals in unsaid})
            for vals in unsaid:
                known = fuels.get(vals.get("brand_id"), ())
                vals["default_fuel_type"] = known[0] if len(known) == 1 else False
        return super().create(vals_list)

    @api.model
    @arguments(name=TEXT)
    def name_create(self, name):
        """Make a model of what was typed at a car: “Brand/Model”, or the model alone,
        which is then of the brand that most models here are of.

        :raise UserError: where no brand is known
        """
        brand_name, slash, model_name = (name or "").partition("/")
        if slash:
            brands = self.env["fleet.vehicle.model.brand"]
            brand_name = brand_name.strip() if model_name.strip() else ""
            brand = brands.search([("name", "=ilike", brand_name)], limit=1)
            if brand_name and not brand:
                brand = brands.create({"name": brand_name})
        else:
            model_name = brand_name
            groups = self._read_group(
                [], ["brand_id"], limit=1, order="__count DESC, brand_id"
            )
            brand = groups and groups[0][0]
        if not brand or not model_name.strip():
            raise UserError(
                self.env._(
                    "“%s”: enter the brand, too, such as “Chery/eQ7”.", name or ""
                )
            )
        model = self.create({"name": model_name.strip(), "brand_id": brand.id})
        return model.id, model.display_name

    @api.model
    def _fuels_of_brands(self, brand_ids):
        """What the models of brands run on, by id of the brand."""
        ids = [brand_id for brand_id in brand_ids if brand_id]
        if not ids:
            return {}
        groups = self._read_group(
            [("brand_id", "in", ids), ("default_fuel_type", "!=", False)],
            ["brand_id"],
            ["default_fuel_type:array_agg_distinct"],
        )
        return {brand.id: fuels for brand, fuels in groups}

    @api.model
    def _search_display_name(self, operator, value):
        """See ``fleet``; a model is found by its whole name too, as exports tell it."""
        domain = super()._search_display_name(operator, value)
        if operator not in ("=", "in"):
            return domain
        whole = [
            Domain("brand_id.name", "=", brand) & Domain("name", "=", name)
            for brand, slash, name in (
                text.partition("/")
                for text in ([value] if operator == "=" else value)
                if isinstance(text, str)
            )
            if slash
        ]
        return Domain.OR([Domain(domain), *whole])

    @api.depends("default_fuel_type")
    def _compute_is_electric(self):
        for model in self:
            model.is_electric = model.default_fuel_type == "electric"

    # ------------------------------------------------------------------
    # FLEET: its screens count and open the company's own cars
    # ------------------------------------------------------------------

    def _compute_vehicle_count(self):
        own = Domain("model_id", "in", self.ids) & OWN_FLEET
        counts = dict(
            self.env["fleet.vehicle"]._read_group(own, ["model_id"], ["__count"])
        )
        for model in self:
            model.vehicle_count = counts.get(model._origin, 0)

    def action_model_vehicle(self):
        action = super().action_model_vehicle()
        action["context"]["default_is_customer_vehicle"] = False
        return {**action, "domain": list(OWN_FLEET)}
