from odoo import api, models

from .dealer_online_booking import MAX_LETTERS, OnlineRefused


class DealerOnlineBooking(models.Model):
    """Who books: a customer whose telephone or login is proven, or somebody new."""

    _name = "dealer.online.booking"
    _inherit = "dealer.online.booking"

    @api.model
    def _people_of(self, company, phone):
        """Who has the proven telephone, among the customers of this shop."""
        return self.env["res.partner"].search(
            [
                ("phone_key", "=", phone or "-"),
                ("is_phone_wrong", "=", False),
                ("company_id", "in", (False, company.id)),
            ],
            order="id",
        )

    @api.model
    def _cars_of(self, company, phone, person):
        """The cars of whoever has proved who it is."""
        people = person or self._people_of(company, phone)
        return self.env["fleet.vehicle"].search(
            [
                ("is_customer_vehicle", "=", True),
                ("company_id", "in", (False, company.id)),
                "|",
                ("owner_id", "in", people.ids),
                ("contact_id", "in", people.ids),
            ],
            order="id",
        )

    def _customer(self, company, draft, car):
        """Who has the telephone: with this car, of this name, or somebody new.

        :raise OnlineRefused: without a name for somebody new
        """
        people = self._people_of(company, draft["phone"])
        name = (draft["name"] or "").strip()[:MAX_LETTERS]
        meant = (car.contact_id | car.owner_id) & people
        if name:
            # a couple shares its telephone: each is who they say
            found = people.filtered(lambda one: one.name == name)
        else:
            found = meant or (people if len(people) == 1 else people.browse())
        if found:
            return found[0]
        if not name:
            raise OnlineRefused(self.env._("Please enter your name."), "check")
        return people.create(
            {
                "name": name,
                "phone": draft["phone"],
                "lang": self.env.lang or company._public_lang(),
            }
        )

    @api.model
    def _is_named(self, company, phone, person):
        """Whether it is known who books, so that no name is asked."""
        return bool(person) or len(self._people_of(company, phone)) == 1
