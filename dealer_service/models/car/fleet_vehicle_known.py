from odoo import api, models
from odoo.fields import Domain

from ...tools.files.known import FOUND, as_dicts, has_ids, with_ids
from ...tools.plate import plate_key
from ...tools.text_key import spelling_key, tidy_name
from ...tools.vin import vin_key
from .fleet_vehicle import IMPORT_NAMES

_KEYS = {"license_plate": plate_key, "vin_sn": vin_key}


class FleetVehicle(models.Model):
    """A car of a file that is on record is that car: what the file knows is added.

    It is recognised by its VIN, and by its plate where one of the two has no VIN. A
    row that names another owner is refused as before: who sells a car says so.
    """

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    @api.model
    def _with_known(self, fields, data):
        """The import of a file, with the cars that its rows are.

        :return: the model for it, its columns and rows
        """
        if has_ids(fields) or _KEYS.keys().isdisjoint(fields):
            return self, fields, data
        rows = [
            (vin_key(row.get("vin_sn")), plate_key(row.get("license_plate")), row)
            for row in as_dicts(fields, data)
        ]
        cars = self.search(
            Domain("is_customer_vehicle", "=", True)
            & (
                Domain("vin_key", "in", [vin for vin, _plate, _row in rows if vin])
                | Domain(
                    "plate_key", "in", [plate for _vin, plate, _row in rows if plate]
                )
            )
        )
        by_vin = {car.vin_key: car for car in cars if car.vin_key}
        by_plate = {car.plate_key: car for car in cars if car.plate_key}
        ids = []
        for vin, plate, row in rows:
            car = by_vin.get(vin) if vin else None
            other = by_plate.get(plate) if plate else None
            if not car and other and not (vin and other.vin_key):
                car = other if other._is_model_of(row) else None
            ids.append(car.id if car and car._is_owner_of(row) else False)
        if not any(ids):
            return self, fields, data
        return self.with_context(dealer_found=FOUND), *with_ids(fields, data, ids)

    def _is_model_of(self, row):
        """Whether a row with this plate can speak of this car."""
        return all(
            not row.get(name) or spelling_key(row[name]) == spelling_key(self[name])
            for name in ("brand_name", "model_name")
        )

    def _is_owner_of(self, row):
        """Whether a row leaves this car to its owner."""
        owner, name = self.owner_id, tidy_name(row.get("owner_name"))
        if not owner or name:
            return not owner or name == tidy_name(owner.name)
        key = owner._phone_to_key(row.get("owner_phone"))
        return not key or key == owner.phone_key

    def _is_said_already(self, name, value):
        if self.env.context.get("dealer_found") is FOUND:
            # who does not know it says nothing of it; spelled otherwise it is the same
            key = _KEYS.get(name)
            if not value or (key and key(value) == key(self[name])):
                return True
        # name and number, brand and model mean one record together
        return name not in IMPORT_NAMES and super()._is_said_already(name, value)
