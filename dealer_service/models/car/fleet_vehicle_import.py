from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.files.messages import doubt_cells, refused_cells, told_once
from ...tools.files.sheet import Sheet
from ...tools.fuel import fuel_of
from ...tools.plate import is_no_plate
from ...tools.text_key import half_width, is_company_name, spelling_key, tidy_name
from ...tools.vin import is_no_vin, vin_problem
from .fleet_vehicle import IMPORT_NAMES


class FleetVehicle(models.Model):
    """Cars from a file: brand, model and owner as plain text.

    Brands, models and owners that do not exist yet are created with the car, all in
    one go; a row that is refused leaves nothing behind.
    """

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    brand_name = fields.Char(compute="_compute_names", inverse="_inverse_names")
    model_name = fields.Char(compute="_compute_names", inverse="_inverse_names")
    # who brings a car sees it on the portal, but not how to reach its owner
    owner_name = fields.Char(
        compute="_compute_names", inverse="_inverse_names", groups="base.group_user"
    )
    owner_phone = fields.Char(
        compute="_compute_names", inverse="_inverse_names", groups="base.group_user"
    )

    @api.depends("model_id.brand_id.name", "model_id.name", "owner_id")
    def _compute_names(self):
        for vehicle in self:
            vehicle.brand_name = vehicle.model_id.brand_id.name
            vehicle.model_name = vehicle.model_id.name
            vehicle.owner_name = vehicle.owner_id.name
            vehicle.owner_phone = vehicle.owner_id.phone

    def _inverse_names(self):
        """Nothing is left to do: ``create`` and ``write`` resolve the names."""

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def load(self, fields, data):
        """Report every refused row once, on its own line; and cells that are no plate
        or no VIN, before a car is made of them."""
        cars = self.with_context(import_file=True)
        if self.default_get(["is_customer_vehicle"]).get("is_customer_vehicle"):
            refused = cars._refused_cells(fields, data)
            if refused:
                return {"ids": False, "messages": refused, "nextrow": 0}
            cars._doubt_cells(fields, data)
            data = cars._with_fuels(fields, data)
            cars, fields, data = cars._with_known(fields, data)
        return told_once(super(FleetVehicle, cars).load(fields, data))

    @api.model
    def _refused_cells(self, fields, data):
        """What the import says of plates and VINs that are surely none."""
        is_chinese = (self.env.company.country_id.code or "CN") == "CN"

        def about_plate(row, value):
            return is_no_plate(value, is_chinese) and self.env._(
                "Row %(row)s: “%(value)s” is not a license plate. Leave the cell empty "
                "for a car without one; a plate of an unusual form is entered by hand.",
                row=row,
                value=value,
            )

        def about_vin(row, value):
            return is_no_vin(value) and self.env._(
                "Row %(row)s: “%(value)s” is not a VIN. Leave the cell empty if it is "
                "not known.",
                row=row,
                value=value,
            )

        checks = {"license_plate": about_plate, "vin_sn": about_vin}
        return refused_cells(Sheet.of(self.env), fields, data, checks)

    @api.model
    def _doubt_cells(self, fields, data):
        """What is imported, but looks mistyped: the forms say the same of it."""

        def about_vin(row, value):
            return vin_problem(value) in ("length", "letters") and self.env._(
                "Row %(row)s: the VIN “%(value)s” is unusual: most have 17 characters "
                "and no I, O or Q. Please compare it with the car.",
                row=row,
                value=value,
            )

        checks = {
            "vin_sn": about_vin,
            "owner_phone": self.env["res.partner"]._doubt_about_phone,
        }
        doubt_cells(Sheet.of(self.env), fields, data, checks)

    @api.model
    def _with_fuels(self, fields, data):
        """``data`` with the kind of fuel for what people call it."""
        if "fuel_type" not in fields:
            return data
        column = fields.index("fuel_type")
        kinds = self._fields["fuel_type"]._description_selection(self.env)
        known = {word for kind in kinds for word in kind}
        rows = [list(row) for row in data]
        for row in rows:
            if row[column] not in known:
                row[column] = fuel_of(row[column]) or row[column]
        return rows

    @api.model
    def get_import_templates(self):
        """The file to fill in, with the headings of the user's language."""
        language = "zh_CN" if (self.env.lang or "").startswith("zh") else "en"
        return [
            {
                "label": self.env._("Import Template for Cars"),
                "template": f"/dealer_service/static/xls/cars_{language}.xlsx",
            }
        ]

    # ------------------------------------------------------------------
    # NAMES
    # ------------------------------------------------------------------

    def _resolve_names(self, vals_list):
        """Replace the names in ``vals_list`` by the records they mean.

        :raise ValidationError: for a car without a model
        """
        if not any(name in vals for vals in vals_list for name in IMPORT_NAMES):
            return vals_list
        resolved = [
            {name: value for name, value in vals.items() if name not in IMPORT_NAMES}
            for vals in vals_list
        ]
        named = [
            (vals, {name: (vals.get(name) or "").strip() for name in IMPORT_NAMES})
            for vals in vals_list
        ]
        for _vals, names in named:
            names["owner_name"] = tidy_name(names["owner_name"])
            for name in IMPORT_NAMES[:2]:
                names[name] = half_width(names[name])
        wanted = {}
        for vals, names in named:
            if not vals.get("model_id") and any(names[n] for n in IMPORT_NAMES[:2]):
                pair = names["brand_name"], names["model_name"]
                wanted[pair] = wanted.get(pair) or vals.get("fuel_type")
        found_models = self._find_or_create_models(wanted)
        owners = self._find_or_create_owners(
            [
                (names["owner_name"], names["owner_phone"])
                for vals, names in named
                if not vals.get("owner_id")
            ]
        )
        for new_vals, (vals, names) in zip(resolved, named, strict=True):
            model = found_models.get((names["brand_name"], names["model_name"]))
            if model and not vals.get("model_id"):
                new_vals["model_id"] = model.id
            if not vals.get("owner_id"):
                owner = owners.pop(0)
                if owner:
                    new_vals["owner_id"] = owner.id
        return resolved

    def _take_known_names(self, vals):
        """``vals`` without the names that say what is known of this car already.

        The present owner's name without a number, or with his own, changes nothing;
        with another number it is his new one, unless somebody of that name has it.
        """
        vals = dict(vals)
        if len(self) != 1:
            return vals
        if not vals.get("model_id"):
            for name in IMPORT_NAMES[:2]:
                vals[name] = vals.get(name) or self[name]
            if all(
                spelling_key(vals[name]) == spelling_key(self[name])
                for name in IMPORT_NAMES[:2]
            ):
                del vals["brand_name"], vals["model_name"]
        owner = self.owner_id
        name = tidy_name(vals.get("owner_name"))
        if not owner or vals.get("owner_id") or name not in ("", tidy_name(owner.name)):
            return vals
        phone = vals.pop("owner_phone", None)
        vals.pop("owner_name", None)
        key = owner._phone_to_key(phone)
        if not key or key == owner.phone_key:
            return vals
        same_name = [("name", "=", owner.name)] if name else []
        if owner.search_count([("phone_key", "=", key), *same_name], limit=1):
            return {**vals, "owner_name": name, "owner_phone": phone}
        owner.phone = phone
        return vals

    def _find_or_create_models(self, wanted):
        """Models by their names: of several spellings of one, the first is kept.

        :param wanted: pairs (brand name, model name); as a dict, with the fuel of a
            new one where it is known
        :return: dict of models by pair
        """
        for brand_name, model_name in wanted:
            if not brand_name or not model_name:
                raise ValidationError(
                    self.env._(
                        "A car needs both a brand and a model: “%(brand)s” / "
                        "“%(model)s” is incomplete.",
                        brand=brand_name,
                        model=model_name,
                    )
                )
        Brand = self.env["fleet.vehicle.model.brand"]
        Model = self.env["fleet.vehicle.model"]
        brands = {spelling_key(brand.name): brand for brand in Brand.search([])}
        missing = {
            spelling_key(name): half_width(name)
            for name, _model in reversed(wanted)
            if spelling_key(name) not in brands
        }
        for brand in Brand.create([{"name": name} for name in missing.values()]):
            brands[spelling_key(brand.name)] = brand
        wanted_brands = {brands[spelling_key(name)].id for name, _model in wanted}
        models_found = {
            (model.brand_id, spelling_key(model.name)): model
            for model in Model.search([("brand_id", "in", list(wanted_brands))])
        }
        keys = {
            pair: (brands[spelling_key(pair[0])], spelling_key(pair[1]))
            for pair in wanted
        }
        fuels = wanted if isinstance(wanted, dict) else {}
        new = {}
        for pair in wanted:
            if keys[pair] not in models_found:
                name, fuel = new.get(keys[pair]) or (half_width(pair[1]), False)
                new[keys[pair]] = name, fuel or fuels.get(pair) or False
        created = Model.create(
            [
                {"brand_id": brand.id, "name": name, "default_fuel_type": fuel}
                for (brand, _key), (name, fuel) in new.items()
            ]
        )
        models_found.update(zip(new, created, strict=True))
        return {pair: models_found[key] for pair, key in keys.items()}

    def _find_or_create_owners(self, wanted):
        """People are recognised by name and phone together, companies by their name.

        Two people of the same name without a phone stay two people: nobody must see
        the car of a namesake.

        :param wanted: list of (name, phone), both may be empty
        :return: list of partners, in the same order; empty for no name and phone
        """
        Partner = self.env["res.partner"]
        keys = [(name, Partner._phone_to_key(phone)) for name, phone in wanted]
        known = {}
        by_phone = Partner.search(
            [("phone_key", "in", list({key for _name, key in keys if key}))], order="id"
        )
        for partner in by_phone:
            known.setdefault((partner.name, partner.phone_key), partner)
            known.setdefault(("", partner.phone_key), partner)
        names = {name for name, key in keys if name and not key}
        companies = Partner.search(
            [
                ("name", "in", list(names)),
                "|",
                ("is_company", "=", True),
                ("name", "in", list(filter(is_company_name, names))),
            ],
            order="is_company desc, id",
        )
        for company in companies:
            known.setdefault((company.name, False), company)
        new = {}
        for index, (name, key) in enumerate(keys):
            if (name or key) and (name, key) not in known:
                is_one = key or is_company_name(name)
                new.setdefault((name, key) if is_one else index, index)
        created = Partner.create(
            [
                {
                    "name": wanted[index][0] or wanted[index][1],
                    "phone": wanted[index][1],
                    "is_company": is_company_name(wanted[index][0]),
                }
                for index in new.values()
            ]
        )
        created = dict(zip(new, created, strict=True))
        return [
            known.get(pair) or created.get(pair) or created.get(index) or Partner
            for index, pair in enumerate(keys)
        ]
