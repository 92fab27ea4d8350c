from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools import groups
from ...tools.plate import format_plate, plate_form, plate_key
from ...tools.vin import vin_key, vin_problem

#: Columns of an import file that name a record instead of being one.
IMPORT_NAMES = ("brand_name", "model_name", "owner_name", "owner_phone")
#: What follows from the model and the sale where a file leaves it empty.
FOLLOWING = ("fuel_type", "first_sale_date")
#: Fleet presets these for the company's own cars; on a customer's car they are wrong.
FLEET_PRESETS = (
    "acquisition_date",
    "company_id",
    "contract_date_start",
    "manager_id",
    "state_id",
)


class FleetVehicle(models.Model):
    """A customer's car, kept apart from the company's own fleet.

    ``driver_id`` is never written: it starts Fleet's assignment logs. Who brings the
    car is ``contact_id``.
    """

    _name = "fleet.vehicle"
    _inherit = ["fleet.vehicle", "dealer.recorded.mixin"]

    # identity
    is_customer_vehicle = fields.Boolean(
        "Customer's Car",
        index=True,
        default=lambda self: self._default_is_customer_vehicle(),
        help="Serviced for a customer. All other cars are our own fleet.",
    )
    plate_key = fields.Char(
        "Plate (Key)",
        compute="_compute_plate_key",
        store=True,
        help="The normalised plate: upper case, without dots or spaces.",
    )
    vin_key = fields.Char("VIN (Key)", compute="_compute_vin_key", store=True)
    plate_warning = fields.Char(compute="_compute_plate_warning")
    vin_warning = fields.Char(compute="_compute_vin_warning")
    trim = fields.Char(
        help="Model year, engine and equipment, as on the sales invoice."
    )

    engine_number = fields.Char(
        copy=False, help="Of the engine or the drive motor, as on the registration."
    )

    # who
    owner_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        tracking=True,
        copy=False,
        ondelete="restrict",
    )
    contact_id = fields.Many2one(
        "res.partner",
        "Usually Brought By",
        index="btree_not_null",
        tracking=True,
        copy=False,
        ondelete="restrict",
        help="The person who usually brings the car, if not the owner.",
    )

    # sold by us
    sale_date = fields.Date(
        "Sold On",
        tracking=True,
        copy=False,
        help="The day on which we handed the car over to its buyer. Of a car that "
        "another dealer has sold, enter the sale of the new car instead.",
    )
    seller_id = fields.Many2one(
        "res.users",
        "Sold By",
        copy=False,
        index="btree_not_null",
        domain="[('share', '=', False)]",
    )

    _plate_uniq = models.UniqueIndex(
        "(plate_key text_pattern_ops)"
        " WHERE is_customer_vehicle AND active AND plate_key IS NOT NULL",
        "Another customer's car already has this plate. Search for it by plate.",
    )
    _vin_uniq = models.UniqueIndex(
        "(vin_key) WHERE is_customer_vehicle AND active AND vin_key IS NOT NULL",
        "Another customer's car already has this VIN. Search for it by VIN.",
    )

    # ------------------------------------------------------------------
    # DEFAULTS AND COMPUTES
    # ------------------------------------------------------------------

    @api.model
    def _default_is_customer_vehicle(self):
        """Whoever has no rights on the own fleet can only mean a customer's car."""
        user = self.env.user
        return user.has_group(groups.TECHNICIAN) and not user.has_group(
            "fleet.fleet_group_user"
        )

    @api.depends("license_plate")
    def _compute_plate_key(self):
        for vehicle in self:
            vehicle.plate_key = plate_key(vehicle.license_plate) or False

    @api.depends("vin_sn")
    def _compute_vin_key(self):
        for vehicle in self:
            vehicle.vin_key = vin_key(vehicle.vin_sn) or False

    @api.depends("license_plate", "vin_sn", "is_customer_vehicle")
    def _compute_plate_warning(self):
        for vehicle in self:
            warning = False
            if not vehicle.is_customer_vehicle:
                pass
            elif not plate_key(vehicle.license_plate):
                if not vehicle.vin_sn:
                    warning = self.env._(
                        "No plate and no VIN: this car cannot be recognised on its "
                        "next visit."
                    )
            elif not plate_form(vehicle.license_plate):
                warning = self.env._(
                    "This is not the format of a Chinese plate. That is fine for a "
                    "temporary or foreign plate; otherwise, please compare it with "
                    "the car."
                )
            vehicle.plate_warning = warning

    @api.depends("vin_sn", "is_customer_vehicle")
    def _compute_vin_warning(self):
        messages = {
            None: False,
            "length": self.env._("A VIN has 17 characters."),
            "letters": self.env._(
                "A VIN never contains the letters I, O or Q. Did you mean 1 or 0?"
            ),
            "check_digit": self.env._(
                "The check digit (9th character) does not match. That is fine for "
                "some imported cars; otherwise, please compare the VIN with the car."
            ),
        }
        for vehicle in self:
            problem = vin_problem(vehicle.vin_sn)
            vehicle.vin_warning = (
                messages[problem] if vehicle.is_customer_vehicle else False
            )

    @api.depends("is_customer_vehicle", "license_plate", "vin_sn", "model_id.name")
    @api.depends_context("dealer_show_owner")
    def _compute_display_name(self):
        """A customer's car is called by its plate, an own one as Fleet calls it."""
        # a list of visits names many cars: a few columns of them instead of all
        cars = self._origin
        cars.fetch(["is_customer_vehicle", "license_plate", "vin_sn", "model_id"])
        cars.model_id.fetch(["name"])
        customers = self.filtered("is_customer_vehicle")
        result = super(FleetVehicle, self - customers)._compute_display_name()
        for vehicle in customers:
            identity = vehicle.license_plate or vehicle.vin_sn or self.env._("No plate")
            name = f"{identity} {vehicle.model_id.name or ''}".strip()
            if self.env.context.get("dealer_show_owner") and vehicle.owner_id:
                name = f"{name} – {vehicle.owner_id.name}"
            vehicle.display_name = name
        return result

    @api.onchange("license_plate")
    def _onchange_license_plate(self):
        if self.is_customer_vehicle and self.license_plate:
            self.license_plate = format_plate(self.license_plate)

    # ------------------------------------------------------------------
    # CONSTRAINTS
    # ------------------------------------------------------------------

    @api.constrains("license_plate", "vin_sn", "is_customer_vehicle", "active")
    def _check_identity_unique(self):
        """Tell which car it is, before the unique index can only say that there is one.

        The query reads the database without flushing: flushing these cars would raise
        the error of the index. Others were flushed before (:meth:`_flush_identity`).
        """
        cars = self.filtered(lambda car: car.is_customer_vehicle and car.active)
        for name in ("plate_key", "vin_key"):
            keyed = cars.filtered(name)
            seen = {}
            for car in keyed:
                self._check_not_taken(car, seen.setdefault(car[name], car), name)
            if not keyed:
                continue
            taken = self.env.execute_query(
                SQL(
                    "SELECT id, %(key)s FROM fleet_vehicle WHERE %(key)s IN %(keys)s"
                    " AND is_customer_vehicle AND active AND id NOT IN %(ids)s",
                    key=SQL.identifier(name),
                    keys=tuple(seen),
                    ids=tuple(self.ids),
                )
            )
            for vehicle_id, key in taken:
                self._check_not_taken(seen[key], self.browse(vehicle_id), name)

    def _check_not_taken(self, car, other, key_name):
        """:raise ValidationError: when ``other`` is not ``car``, with the ways out"""
        if car == other:
            return
        what = self.env._("plate") if key_name == "plate_key" else self.env._("VIN")
        # constraints are checked with all rights; the words are for the user
        if not other.sudo(False).has_access("read"):
            raise ValidationError(
                self.env._(
                    "%(key)s is already the %(what)s of a car of another shop, "
                    "whose record you cannot see. Ask that shop to share the record "
                    "with the group, or to clear the %(what)s there.",
                    key=car[key_name],
                    what=what,
                )
            )
        raise ValidationError(
            self.env._(
                "%(key)s is already the %(what)s of another car: %(car)s (VIN "
                "%(vin)s, owner %(owner)s).\nOpen that car instead. If the plate "
                "has moved to this car, clear it there first. If both are the same "
                "car, have them merged.",
                key=car[key_name],
                what=what,
                car=other.display_name,
                vin=other.vin_sn or "–",
                owner=other.owner_id.name or "–",
            )
        )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = self._resolve_names(vals_list)
        preset = self.default_get(["is_customer_vehicle"]).get("is_customer_vehicle")
        for vals in vals_list:
            if vals.get("is_customer_vehicle", preset):
                for name in FLEET_PRESETS:
                    vals.setdefault(name, False)
                if self.env.context.get("import_file"):
                    for name in FOLLOWING:
                        if not vals.get(name, True):
                            del vals[name]
                if vals.get("license_plate"):
                    vals["license_plate"] = format_plate(vals["license_plate"])
        self._flush_identity()
        return super().create(vals_list)

    def write(self, vals):
        """A plate is written as it is on the car, however it was typed or imported."""
        if any(name in vals for name in IMPORT_NAMES):
            # from the top again: others ask for the owner, not for the name
            return self.write(self._resolve_names([self._take_known_names(vals)])[0])
        self._check_identity_write(vals)
        if {"license_plate", "vin_sn", "is_customer_vehicle", "active"} & set(vals):
            self._flush_identity()
        if vals.get("license_plate") and all(self.mapped("is_customer_vehicle")):
            vals = {**vals, "license_plate": format_plate(vals["license_plate"])}
        return super().write(vals)

    def _flush_identity(self):
        """Let the check of plates and VINs see what was written before."""
        self.flush_model(["plate_key", "vin_key", "is_customer_vehicle", "active"])
