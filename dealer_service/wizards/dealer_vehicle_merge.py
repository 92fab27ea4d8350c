from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.actions import open_form

#: Filled from the other cars where the kept one knows nothing.
MERGED_FIELDS = (
    "license_plate",
    "vin_sn",
    "trim",
    "color",
    "model_year",
    "owner_id",
    "contact_id",
    "sale_date",
    "first_sale_date",
    "seller_id",
    "warranty_end_date",
    "warranty_end_odometer",
    "insurance_expiry",
    "inspection_expiry",
    "next_service_date",
    "next_service_odometer",
    "last_reception_date",
)


class DealerVehicleMerge(models.TransientModel):
    """One car that was entered twice becomes one again; nothing is lost."""

    _name = "dealer.vehicle.merge"
    _description = "Merge Cars"
    _inherit = "dealer.dialog.mixin"

    vehicle_ids = fields.Many2many(
        "fleet.vehicle",
        string="Cars",
        default=lambda self: self._default_vehicle_ids(),
        context={"active_test": False},
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Keep",
        compute="_compute_vehicle_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', vehicle_ids)]",
        context={"active_test": False},
        help="The oldest record, unless you choose another. Its values take "
        "precedence.",
    )
    is_vin_different = fields.Boolean(compute="_compute_is_vin_different")
    is_confirmed = fields.Boolean(
        "It is the same car",
        help="Tick this if one of the VINs was mistyped. The VIN of the record that "
        "is kept remains.",
    )

    @api.model
    def _default_vehicle_ids(self):
        """The chosen cars; for one car also all others with its VIN, archived too."""
        if self.env.context.get("active_model") != "fleet.vehicle":
            return self.env["fleet.vehicle"]
        cars = self.env["fleet.vehicle"].browse(self.env.context.get("active_ids"))
        keys = [key for key in cars.mapped("vin_key") if key]
        return cars | cars.with_context(active_test=False).search(
            [("is_customer_vehicle", "=", True), ("vin_key", "in", keys)]
        )

    @api.depends("vehicle_ids")
    def _compute_vehicle_id(self):
        for merge in self:
            merge.vehicle_id = merge.vehicle_ids.sorted("id")[:1]

    @api.depends("vehicle_ids")
    def _compute_is_vin_different(self):
        for merge in self:
            keys = set(filter(None, merge.vehicle_ids.mapped("vin_key")))
            merge.is_vin_different = len(keys) > 1

    def action_merge(self):
        """Move everything to the kept car, then delete the others.

        :raise UserError: for fewer than two cars, or different VINs not confirmed
        """
        self.ensure_one()
        kept = self.vehicle_id
        others = self.vehicle_ids - kept
        if not kept or not others:
            raise UserError(self.env._("Choose at least two records of the same car."))
        if not all(self.vehicle_ids.mapped("is_customer_vehicle")):
            raise UserError(self.env._("Only customers' cars can be merged here."))
        self.vehicle_ids._check_served_here()
        if self.is_vin_different and not self.is_confirmed:
            raise UserError(
                self.env._(
                    "The VINs differ: %(vins)s. Confirm that it is nevertheless the "
                    "same car.",
                    vins=", ".join(filter(None, self.vehicle_ids.mapped("vin_sn"))),
                )
            )
        self._merge(kept, others)
        return open_form(kept, view="dealer_service.fleet_vehicle_view_form")

    def _merge(self, kept, others):
        """Everything that points to ``others`` points to ``kept`` afterwards."""
        newest_first = others.sorted("id", reverse=True)
        values = {
            name: next((car[name] for car in newest_first if car[name]), False)
            for name in MERGED_FIELDS
            if not kept[name]
        }
        values = {
            name: value.id if isinstance(value, models.BaseModel) else value
            for name, value in values.items()
            if value
        }
        if not kept.active and any(others.mapped("active")):
            values["active"] = True
        notes = [car.description for car in kept + newest_first if car.description]
        values["description"] = Markup("").join(notes)
        # the move of followers gives all up when one follows both cards; they follow a
        # card that the manager may change
        kept.sudo().message_subscribe(others.message_partner_ids.ids)
        moving = self._pointing_to(others)
        names = ", ".join(f"{car.display_name} ({car.vin_sn or '–'})" for car in others)
        # Odoo's merge of contacts moves foreign keys and messages of any model; it
        # reaches tables of which the manager sees a part only
        merger = self.env["base.partner.merge.automatic.wizard"].sudo()
        merger._update_foreign_keys_generic("fleet.vehicle", others, kept)
        merger._update_reference_fields_generic("fleet.vehicle", others, kept)
        self.env.invalidate_all()
        for name, records in moving:
            records.modified([name])
        # managers do not delete cars with a history; these have none any more
        others.sudo().unlink()
        kept._write_by_method(values)
        self._close_ownerships(kept)
        self._recompute(kept)
        kept.message_post(body=self.env._("Merged with: %s", names))

    def _pointing_to(self, cars):
        """Whatever names one of ``cars``: pairs (name of the field, records).

        What is stored of the car on it, like its plate on a visit, has to follow.
        """
        pairs = []
        for model in self.pool.values():
            if model._auto and not model._abstract and not model._transient:
                # the manager sees a part of them only
                records = self.env[model._name].sudo().with_context(active_test=False)
                pairs += [
                    (name, records.search([(name, "in", cars.ids)]))
                    for name, field in model._fields.items()
                    if field.type == "many2one"
                    and field.store
                    and field.comodel_name == "fleet.vehicle"
                ]
        return pairs

    def _close_ownerships(self, kept):
        """One present owner: ownerships that came with other cards are past."""
        # history is written by the process only
        current = kept.sudo().ownership_ids.filtered(lambda row: not row.date_to)
        present = current.filtered(lambda row: row.partner_id == kept.owner_id)
        (present - present[:1]).unlink()
        today = fields.Date.context_today(self)
        for row in current.exists() - present[:1]:
            row.date_to = max(today, row.date_from or today)

    def _recompute(self, kept):
        """Foreign keys were moved by SQL: tell the computes that depend on them."""
        fields_to_compute = (
            "odometer_offset",
            "last_odometer",
            "last_odometer_date",
            "km_per_day",
            "service_due_date",
        )
        for name in fields_to_compute:
            self.env.add_to_compute(kept._fields[name], kept)
        kept._recompute_recordset(fields_to_compute)
        # stored copies of the car's company on rows that have moved
        for line in (kept.ownership_ids, kept.odometer_reading_ids):
            self.env.add_to_compute(line._fields["company_id"], line)
