from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.plate import is_plate_start, plate_key
from ...tools.text_key import normalize_key
from ..car.res_partner_search import ids_domain


class DealerReception(models.Model):
    """One box finds a visit: by its number, its car, or a person of it."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    _name_idx = models.Index("(name text_pattern_ops)")
    _name_tail_idx = models.Index("(reverse(name) text_pattern_ops)")
    _plate_idx = models.Index("(license_plate text_pattern_ops)")
    _plate_tail_idx = models.Index("(reverse(license_plate) text_pattern_ops)")

    @api.model
    def _search_display_name(self, operator, value):
        """Like the search for cars: every way has its own index, the ways are united.

        A visit is found by the beginning or the end of its number, and of the plate
        that the car came with, whatever plate it has now.
        """
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        if operator == "in" or not isinstance(value, str) or not normalize_key(value):
            return Domain("name", operator, value)
        text = value.strip()
        cars = (
            self.env["fleet.vehicle"]
            .with_context(active_test=False)
            ._search(
                Domain("is_customer_vehicle", "=", True)
                & Domain("display_name", "ilike", text)
            )
        )
        name = self._field_to_sql("dr", "name")
        select = SQL("SELECT dr.id FROM dealer_reception dr WHERE")
        parts = [
            SQL("%s %s LIKE %s", select, name, text.upper() + "%"),
            SQL("%s reverse(%s) LIKE %s", select, name, text.upper()[::-1] + "%"),
            SQL(
                "%s %s IN %s",
                select,
                self._field_to_sql("dr", "vehicle_id"),
                cars.subselect(),
            ),
        ]
        plate = self._field_to_sql("dr", "license_plate")
        key = plate_key(text)
        if len(key) >= 4:
            start = f"{key[:2]}·{key[2:]}" if is_plate_start(key) else key
            parts += [
                SQL("%s %s LIKE %s", select, plate, start + "%"),
                SQL("%s reverse(%s) LIKE %s", select, plate, key[::-1] + "%"),
            ]
        for partners in self.env["res.partner"]._search_parts(text):
            parts += [
                SQL(
                    "%s %s IN %s",
                    select,
                    self._field_to_sql("dr", link),
                    partners.subselect(),
                )
                for link in ("partner_id", "contact_id")
            ]
        return ids_domain(parts)
