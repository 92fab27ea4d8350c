from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.plate import plate_key
from ...tools.text_key import name_grams, normalize_key, search_grams, search_words


def ids_domain(parts):
    """The records whose id one of the queries ``parts`` gives.

    An array, not ``IN``: PostgreSQL then looks the few ids up, whatever it guesses of
    their number, instead of reading the whole table to compare it with them.
    """
    found = SQL(" UNION ").join(SQL("(%s)", part) for part in parts)
    return Domain.custom(
        to_sql=lambda model, alias, query: SQL(
            "%s = ANY(ARRAY(%s))", SQL.identifier(alias, "id"), found
        )
    )


class ResPartner(models.Model):
    """Customers are found by any part of the name or phone, through indexes."""

    _name = "res.partner"
    _inherit = "res.partner"

    name_pieces = fields.Char(
        "Name Search Key",
        compute="_compute_name_pieces",
        store=True,
        help="Fragments of the name, used for searching.",
    )
    customer_search = fields.Char(
        "Customer",
        compute="_compute_customer_search",
        search="_search_customer_search",
        help="Search for a customer by name, phone number, plate or VIN.",
    )

    _name_pieces_idx = models.Index("USING gin (string_to_array(name_pieces, ' '))")

    @api.depends("name")
    def _compute_name_pieces(self):
        for partner in self:
            partner.name_pieces = " ".join(name_grams(partner.name)) or False

    def _compute_customer_search(self):
        self.customer_search = False

    def _search_customer_search(self, operator, value):
        if operator not in ("ilike", "like", "="):
            return NotImplemented
        vehicles = self.env["fleet.vehicle"]._search(
            Domain("is_customer_vehicle", "=", True)
            & Domain("display_name", "ilike", value)
        )
        parts = [part.subselect() for part in self._search_parts(value)]
        parts += [
            vehicles.subselect(SQL.identifier("fleet_vehicle", link))
            for link in ("owner_id", "contact_id")
        ]
        return ids_domain(parts)

    def _search_parts(self, text):
        """Queries of the partners whose name or phone contains ``text``.

        Texts too short to tell anything (one Chinese character, two letters, three
        digits) give no query.
        """
        parts = []
        pieces = search_grams(text)
        if pieces:
            parts.append(
                Domain.custom(
                    to_sql=lambda model, alias, query: SQL(
                        "string_to_array(%s, ' ') @> %s::text[]",
                        model._field_to_sql(alias, "name_pieces", query),
                        pieces,
                    )
                )
                & Domain.AND(
                    Domain("name", "ilike", word) for word in search_words(text)
                )
            )
        digits = normalize_key(text)
        if digits.isdecimal() and digits.isascii() and len(digits) >= 4:
            parts.append(
                Domain.custom(
                    to_sql=lambda model, alias, query: SQL(
                        "reverse(%s) LIKE %s",
                        model._field_to_sql(alias, "phone_key", query),
                        digits[::-1] + "%",
                    )
                )
            )
            start = self.browse()._phone_to_key(text)
            if len(digits) >= 7:
                code = self.env.company.country_id.phone_code or 86
                starts = {start, f"+{code}{digits.lstrip('0')}", f"+{digits}"}
                parts += [
                    Domain("phone_key", "=like", f"{prefix}%") for prefix in starts
                ]
        return [self.with_context(active_test=False)._search(part) for part in parts]

    @api.model
    def _of_phone(self, phone, name=None):
        """Who has this telephone, and which of them is meant.

        A family or a company shares a telephone: without a name nobody is taken for
        the other, and a name that none of them has means somebody else.

        :return: the one that is meant (or none), and all who have the number
        """
        key = self._phone_to_key(phone)
        people = key and self.search([("phone_key", "=", key)], order="id")
        if not people:
            return self.browse(), self.browse()
        name = (name or "").strip()
        if name:
            return people.filtered(lambda person: person.name == name)[:1], people
        return people if len(people) == 1 else self.browse(), people

    def _booking_without_car(self, days_ahead=0, plate=None):
        """What was booked without a card of the car: for its plate, or by these people.

        Who told the plate of another car has booked for that one, unless there is
        nothing else.

        :param str plate: that of the car that has come
        """
        key = plate_key(plate)
        if not self and not key:
            return self.env["dealer.reception"]
        mine = Domain("partner_id", "in", self.ids)
        mine |= Domain("contact_id", "in", self.ids)
        told = Domain("told_plate", "!=", False) if key else Domain.FALSE
        visits = self.env["fleet.vehicle"]._find_bookings(
            Domain("vehicle_id", "=", False) & (mine | told), days_ahead
        )
        of_plate = visits.filtered(lambda visit: plate_key(visit.told_plate) == key)
        of_people = visits.filtered(
            lambda visit: (visit.partner_id | visit.contact_id) & self
        )
        untold = of_people.filtered(lambda visit: not visit.told_plate)
        return (key and of_plate[:1]) or untold[:1] or of_people[:1]
