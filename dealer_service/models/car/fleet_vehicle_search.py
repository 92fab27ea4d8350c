from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.plate import is_plate_start, plate_form, plate_key
from ...tools.text_key import normalize_key
from ...tools.vin import vin_key
from .res_partner_search import ids_domain


class FleetVehicle(models.Model):
    """One box finds a customer's car, out of a million in milliseconds.

    By the plate in any spelling or its last characters, the VIN or its last ones, the
    name of the owner or bringer, or a phone number. Each way has its own index; the
    ways are united instead of joined by OR, because OR over several tables would read
    every car. No extension of PostgreSQL is needed.
    """

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"
    _order = "plate_key asc, license_plate asc, acquisition_date asc"

    _list_idx = models.Index("(plate_key, license_plate, acquisition_date)")
    _plate_key_idx = models.Index("(plate_key text_pattern_ops)")
    _plate_tail_idx = models.Index("(reverse(plate_key) text_pattern_ops)")
    _plate_serial_idx = models.Index("(substr(plate_key, 3) text_pattern_ops)")
    _own_fleet_idx = models.Index("(id) WHERE is_customer_vehicle IS NOT TRUE")
    _vin_tail_idx = models.Index("(reverse(vin_key) text_pattern_ops)")

    @api.model
    def _search_display_name(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        if operator == "in":
            texts = [_plate_in(str(text)) for text in value if text]
            return self._domain_exact(texts) | Domain(
                super()._search_display_name(operator, value)
            )
        text = _plate_in(value) if isinstance(value, str) else ""
        if text.strip() and not normalize_key(text):
            return Domain.FALSE
        if not text.strip():
            return super()._search_display_name(operator, value)
        if is_plate_start(text):
            # most plates of a shop start alike: read in the order of the plates,
            # which is the order of the cars, the first ones are found at once
            return Domain("plate_key", "=like", plate_key(text) + "%")
        return ids_domain(self._search_parts(operator, text))

    def _domain_exact(self, texts):
        """Cars whose plate or VIN is one of ``texts``, however spelt."""
        plates = [key for text in texts if (key := plate_key(text))]
        vins = [key for text in texts if len(key := vin_key(text)) >= 11]
        return Domain("plate_key", "in", plates) | Domain("vin_key", "in", vins)

    def _search_parts(self, operator, text):
        """One query of ids for each way to find a car by ``text``; at least one."""
        key = normalize_key(text)
        plate = self._field_to_sql("fv", "plate_key")
        vin = self._field_to_sql("fv", "vin_key")
        parts = [SQL("SELECT fv.id FROM fleet_vehicle fv WHERE FALSE")]
        own_fleet = self._search_own_fleet(operator, text)
        if not own_fleet.is_empty():
            parts.append(own_fleet.subselect())
        if key.isascii() and len(key) >= 3:
            parts.append(self._ids_starting(SQL("reverse(%s)", plate), key[::-1]))
            parts.append(self._ids_starting(SQL("substr(%s, 3)", plate), key))
        if key.isascii() and len(key) >= 4:
            parts.append(self._ids_starting(SQL("reverse(%s)", vin), key[::-1]))
        for partners in self.env["res.partner"]._search_parts(text):
            parts += [
                SQL(
                    "SELECT fv.id FROM fleet_vehicle fv WHERE %s IN %s",
                    self._field_to_sql("fv", link),
                    partners.subselect(),
                )
                for link in ("owner_id", "contact_id")
            ]
        return parts

    def _ids_starting(self, expression, prefix):
        """Ids of the cars whose ``expression`` starts with ``prefix``."""
        return SQL(
            "SELECT fv.id FROM fleet_vehicle fv WHERE %s LIKE %s",
            expression,
            prefix + "%",
        )

    def _search_own_fleet(self, operator, value):
        """The company's own cars, found as Fleet finds them (a query of ids)."""
        if not (self.env.su or self.env.user.has_group("fleet.fleet_group_user")):
            return self._search(Domain.FALSE)
        own = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IS NOT TRUE",
                model._field_to_sql(alias, "is_customer_vehicle", query),
            )
        )
        return self._search(own & Domain(super()._search_display_name(operator, value)))


def _plate_in(text):
    """The plate with which ``text`` begins, as in the name of a car; else ``text``."""
    first = text.split()[:1]
    return first[0] if first and plate_form(first[0]) else text
