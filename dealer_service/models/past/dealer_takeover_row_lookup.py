from datetime import date

from odoo import models
from odoo.fields import Domain

from ...tools.plate import plate_key
from ...tools.text_key import spelling_key
from ...tools.vin import vin_key


class DealerTakeoverRow(models.Model):
    """What rows may mean of what is on record."""

    _name = "dealer.takeover.row"
    _inherit = "dealer.takeover.row"

    def _look_up(self):
        """Everything these rows may mean, in as few queries as there are kinds."""
        company = self.company_id[:1]
        cars = self._cars_meant()
        live_last = cars.sorted("active")
        return {
            "tz": company._dealer_tz(),
            "visits": self._numbers_known(company),
            "vins": {car.vin_key: car for car in live_last if car.vin_key},
            "plates": {car.plate_key: car for car in live_last if car.plate_key},
            "owners": self._owners_of(cars),
            "people": self._people_meant(),
            "names": self._namesakes_meant(),
            "advisors": {
                spelling_key(word): user.id
                for user in company._dealer_advisors()
                for word in (user.name, user.login)
            },
            "products": self._products_meant(company),
            **self._systems_known(),
            "words": self.env["dealer.takeover.word"]._meanings(company),
        }

    def _numbers_known(self, company):
        numbers = list(set(self.mapped("number")))
        domain = Domain("company_id", "=", company.id) & Domain(
            "past_number", "in", numbers
        )
        # archived ones are known, too
        visits = self.env["dealer.reception"].sudo().with_context(active_test=False)
        works = self.env["dealer.declined.work"].sudo()  # as above
        return {
            row["past_number"]
            for found in (visits, works)
            for row in found.search_read(domain, ["past_number"], order="id")
        }

    def _cars_meant(self):
        vins = {vin_key(row.vin) for row in self} - {""}
        plates = {plate_key(row.license_plate) for row in self} - {""}
        # the card may belong to another shop of the group, or be archived by now
        cars = self.env["fleet.vehicle"].sudo().with_context(active_test=False)
        return cars.search(
            Domain("is_customer_vehicle", "=", True)
            & (
                Domain("vin_key", "in", list(vins))
                | Domain("plate_key", "in", list(plates))
            ),
            order="id",
        )

    def _owners_of(self, cars):
        """Lists of (person, since, until) by car, the earliest first."""
        # as of the cars: whose visit it was decides who may see it
        rows = self.env["dealer.vehicle.ownership"].sudo()
        found = {}
        for row in rows.search([("vehicle_id", "in", cars.ids)]):
            found.setdefault(row.vehicle_id.id, []).append(
                (row.partner_id, row.date_from, row.date_to)
            )
        for owners in found.values():
            owners.sort(key=lambda row: row[2] or date.max)
        return found

    def _people_meant(self):
        keys = {
            self._phone_key(row.customer_phone) for row in self if row.customer_phone
        }
        # the customers of the group, whoever imports
        people = self.env["res.partner"].sudo().with_context(active_test=False)
        found = people.search(
            [("phone_key", "in", list(keys - {False}))], order="active desc, id"
        )
        return dict(found.grouped("phone_key"))

    def _namesakes_meant(self):
        """Whom a name without a phone may mean."""
        names = {
            (row.customer_name or "").strip()
            for row in self
            if row.customer_name and not row.customer_phone
        }
        # as above
        people = self.env["res.partner"].sudo()
        found = people.search([("name", "in", list(names - {""}))], order="id")
        return dict(found.grouped(lambda person: spelling_key(person.name)))

    def _products_meant(self, company):
        codes = {row.code for row in self if row.code}
        products = (
            self.env["product.product"]
            .with_context(active_test=False)
            .search(
                [
                    ("default_code", "in", list(codes)),
                    ("company_id", "in", [False, company.id]),
                ],
                order="active, id desc",
            )
        )
        return {product.default_code: product for product in products}

    def _systems_known(self):
        systems = self.env["dealer.vehicle.system"].search([("code", "!=", False)])
        names = {system.code.casefold(): system.id for system in systems}
        for code, _name in self.env["res.lang"].get_installed():
            for system in systems.with_context(lang=code):
                names.setdefault(spelling_key(system.name), system.id)
        service = systems.filtered(lambda system: system.code == "maintenance")
        return {"systems": names, "service": service.id or -1}
