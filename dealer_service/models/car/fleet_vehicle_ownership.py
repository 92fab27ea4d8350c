from odoo import api, fields, models

from ...tools import groups
from ...tools.actions import open_dialog


class FleetVehicle(models.Model):
    """Owners come and go, the car keeps its history.

    Papers (visits, orders, invoices) belong to the person who was the customer then,
    never to the car: a new owner sees none of the former owner's.
    """

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    # written for colleagues, who go on with the car whoever owns it
    description = fields.Html(groups="base.group_user")
    ownership_ids = fields.One2many(
        "dealer.vehicle.ownership",
        "vehicle_id",
        "Owners",
        groups=groups.ADVISOR,
    )

    first_sale_date = fields.Date(
        "New Car Sold On",
        compute="_compute_first_sale_date",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        help="The day on which the new car was handed over, by whichever dealer. The "
        "factory warranty and the first service count from this day.",
    )

    @api.depends("sale_date")
    def _compute_first_sale_date(self):
        """A sale of ours, unless somebody owned the car before: then it was used."""
        owned = self._owned_by_others()
        for vehicle in self:
            sold = vehicle.sale_date
            is_used = sold and any(
                end <= sold or (start and start < sold)
                for start, end in owned.get(vehicle._origin, ())
            )
            vehicle.first_sale_date = vehicle.first_sale_date if is_used else sold

    def _owned_by_others(self):
        """From when until when the cars had owners before, without the shops.

        :return: dict of car: list of (from or ``False``, until)
        """
        # reads days only, whoever asks
        past = self.env["dealer.vehicle.ownership"].sudo()
        owned = {}
        for row in past.search_fetch(
            [
                ("vehicle_id", "in", self._origin.ids),
                ("date_to", "!=", False),
                ("partner_id.ref_company_ids", "=", False),
            ],
            ["vehicle_id", "date_from", "date_to"],
        ):
            days = row.date_from, row.date_to
            owned.setdefault(row.vehicle_id.sudo(False), []).append(days)
        return owned

    @api.model_create_multi
    def create(self, vals_list):
        vehicles = super().create(vals_list)
        vehicles._record_owner({})
        return vehicles

    def write(self, vals):
        """Keep the ownership history in step with ``owner_id``, on whatever path.

        The bringer came for the former owner, and may look at the car on the portal:
        a change of owner resets him. Whose sale it is, is asked of the new owner.
        """
        if "owner_id" not in vals:
            return super().write(vals)
        former = {vehicle: vehicle.owner_id for vehicle in self}
        sale = {name: vals[name] for name in vals if name == "sale_date"}
        result = super().write({k: v for k, v in vals.items() if k not in sale})
        sold = self.filtered(
            lambda car: former[car] and former[car] != car.owner_id and car.contact_id
        )
        if sold and "contact_id" not in vals:
            super(FleetVehicle, sold).write({"contact_id": False})
        self._record_owner(former, sale.get("sale_date"))
        if sale:
            super().write(sale)
        return result

    def _shop_threads(self):
        """Owners see the car on the portal; what was written about it, or to its
        former owners, stays with the shop."""
        return self.exists().filtered("is_customer_vehicle")

    def _record_owner(self, former, sale_date=None):
        """Close the former and open the new ownership where the owner has changed.

        :param dict former: owner by car before the change; without an entry the car
            is new
        :param sale_date: the day on which we have sold the car to the new owner
        """
        today = fields.Date.context_today(self)
        sold = min(fields.Date.to_date(sale_date) or today, today)
        day = fields.Date.to_date(self.env.context.get("dealer_ownership_date")) or sold
        changed = self.filtered(
            lambda car: (
                car.is_customer_vehicle
                and former.get(car, car.owner_id.browse()) != car.owner_id
            )
        )
        if not changed:
            return
        # history is written by the process only, advisors may just read it
        ownerships = self.env["dealer.vehicle.ownership"].sudo()
        current = ownerships.search(
            [("vehicle_id", "in", changed.ids), ("date_to", "=", False)]
        )
        # cards that were merged bring the open ownership of their owner along
        known = current.filtered(lambda row: row.partner_id == row.vehicle_id.owner_id)
        for ownership in current - known:
            ownership.date_to = max(day, ownership.date_from or day)
        ownerships.create(
            [
                {
                    "vehicle_id": car.id,
                    "partner_id": car.owner_id.id,
                    "date_from": day if former.get(car) else car.sale_date,
                }
                for car in changed - known.vehicle_id
                if car.owner_id
            ]
        )

    def _correct_owner(self, partner):
        """Another owner was meant from the start: the car has not changed hands."""
        self.ensure_one()
        # history is written by the process only, advisors may just read it
        current = self.sudo().ownership_ids.filtered(lambda row: not row.date_to)
        current.partner_id = partner
        return super().write({"owner_id": partner.id, "contact_id": False})

    def _former_owners(self):
        """Everyone who owned this car before its present owner."""
        self.ensure_one()
        # also the advisor of another shop must not confuse the owners
        past = self.sudo().ownership_ids.filtered("date_to").partner_id
        return past.sudo(False) - self.owner_id

    def _owner_line(self, person):
        """That ``person`` is not the owner of this car, in one sentence, or ``""``."""
        car = self._origin
        if not (car.owner_id and person) or person._origin == car.owner_id:
            return ""
        if person._origin in car._former_owners():
            return self.env._(
                "%(person)s no longer owns %(car)s: the new owner is %(owner)s.",
                person=person.name,
                car=car.license_plate or car.vin_sn,
                owner=car.owner_id.name,
            )
        return self.env._(
            "%(person)s does not own %(car)s: the owner is %(owner)s.",
            person=person.name,
            car=car.license_plate or car.vin_sn,
            owner=car.owner_id.name,
        )

    def _owner_since(self):
        """The day since when the present owner has the car, if one had it before.

        :return: date, or ``False`` when no former owner is known
        """
        self.ensure_one()
        # reads two dates, whoever asks
        owners = (
            self.env["dealer.vehicle.ownership"]
            .sudo()
            .search_fetch(
                [("vehicle_id", "in", self._origin.ids)], ["date_from", "date_to"]
            )
        )
        if not owners.filtered("date_to"):
            return False
        return owners.filtered(lambda row: not row.date_to)[:1].date_from

    def action_change_owner(self):
        """Open the dialog that hands the car over to a new owner."""
        self.ensure_one()
        self.check_access("read")
        return open_dialog(
            self.env["dealer.vehicle.owner.change"],
            self.env._("New Owner"),
            vehicle_id=self.id,
        )

    def action_correct_odometer(self):
        """Open the dialog for a correct reading or a replaced instrument."""
        self.ensure_one()
        self.check_access("read")
        return open_dialog(
            self.env["dealer.odometer.correction"],
            self.env._("Odometer"),
            vehicle_id=self.id,
        )
