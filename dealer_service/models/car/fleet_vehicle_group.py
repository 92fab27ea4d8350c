from odoo import models
from odoo.exceptions import AccessError, UserError

from ...tools import groups
from ..common.dealer_reception_states import IN_HOUSE_STATES

#: What a car is, since when, whose it is, and who sees its card. The law's guarantees
#: and the calls to its owner follow from it.
IDENTITY = (
    "acquisition_date",
    "active",
    "company_id",
    "engine_number",
    "first_sale_date",
    "is_customer_vehicle",
    "license_plate",
    "model_id",
    "next_service_date",
    "next_service_odometer",
    "owner_id",
    "sale_date",
    "trim",
    "vin_sn",
    "warranty_end_date",
    "warranty_end_odometer",
)
#: By what a car in the house is found.
_FOUND_BY = ("license_plate", "vin_sn")
#: A visit that never was makes nobody responsible for the car.
VOID_STATES = ("cancelled", "no_show")


class FleetVehicle(models.Model):
    """A car that several shops look after: its card has no company."""

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    def _with_kept_tasks(self):
        """Nobody in particular answers for a car, so a manager gives the tasks."""
        if self.env.user.has_group(groups.MANAGER):
            return super()._with_kept_tasks()
        return self.filtered("is_customer_vehicle")

    def _check_identity_write(self, vals):
        names = [name for name in IDENTITY if name in vals]
        if names:
            changed = (self._would_change(vals, name) for name in names)
            self.browse().union(*changed)._check_served_here()
        for name in _FOUND_BY:
            if not vals.get(name, True):
                self._check_not_here(name)
        if vals.get("company_id"):
            shop = self.env["res.company"].browse(vals["company_id"])
            shop._check_own_shop()
            self._check_kept_by_nobody_else(shop)

    def _check_not_here(self, name):
        """:raise UserError: for a car in the house that would no longer be found"""
        if self.env.su:
            return
        # the visits of colleagues hold their cars as well
        visits = self.env["dealer.reception"].sudo()
        known = self.filtered(name)
        here = known and visits.search(
            [("vehicle_id", "in", known.ids), ("state", "in", IN_HOUSE_STATES)],
            limit=1,
        )
        if here:
            raise UserError(
                self.env._(
                    "%(car)s is in the workshop (%(visit)s). Enter the right "
                    "“%(field)s” instead of none.",
                    car=here.vehicle_id.display_name,
                    visit=here.name,
                    field=self._field_label(name),
                )
            )

    def _check_kept_by_nobody_else(self, shop):
        """A card that one shop keeps for itself is closed to the others.

        :raise AccessError: when another shop looks after one of these cars
        """
        if self.env.su:
            return
        moved = self.filtered(lambda car: car.company_id != shop)
        for car, shops in moved._dealer_shops().items():
            if shops - shop:
                raise AccessError(
                    self.env._(
                        "%(car)s is also serviced by %(shops)s, which could no "
                        "longer open its record. Leave the company empty.",
                        car=car.display_name,
                        shops=", ".join((shops - shop).mapped("name")),
                    )
                )

    def _check_served_here(self):
        """The identity of a shared car is written by the shops that look after it.

        A car that no shop has seen yet is anybody's to enter.

        :raise AccessError: when only other shops look after one of these cars
        """
        shared = self.filtered(
            lambda car: car.is_customer_vehicle and not car.company_id
        )
        if self.env.su or not shared:
            return
        for car, shops in shared._dealer_shops().items():
            if not shops or shops & self.env.user.company_ids:
                continue
            if self.env.user._dealer_keeps_group():
                return
            raise AccessError(
                self.env._(
                    "%(car)s is serviced by %(shops)s. Its owner, plate, VIN, model, "
                    "mileage and dates are changed there, or here once the car has "
                    "visited this shop.",
                    car=car.display_name,
                    shops=", ".join(shops.mapped("name")),
                )
            )

    def _dealer_shops(self):
        """The shops that look after each car. Hook: others add theirs.

        :return: dict of ``res.company``, with all rights: names of colleagues' shops
        """
        # visits of shops that the user does not see decide as well
        visits = self.env["dealer.reception"].sudo().with_context(active_test=False)
        shops = dict.fromkeys(self, visits.company_id)
        for car, seen in visits._read_group(
            [("vehicle_id", "in", self.ids), ("state", "not in", VOID_STATES)],
            ["vehicle_id"],
            ["company_id:recordset"],
        ):
            shops[car.with_env(self.env)] = seen
        return shops
