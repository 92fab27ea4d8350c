from odoo import models
from odoo.exceptions import AccessError

from ...tools import groups

#: What a car is, whose it is, and who sees its card.
IDENTITY = {
    "active",
    "company_id",
    "is_customer_vehicle",
    "license_plate",
    "owner_id",
    "vin_sn",
}
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
        if IDENTITY & set(vals):
            self._check_served_here()
        if vals.get("company_id"):
            shop = self.env["res.company"].browse(vals["company_id"])
            shop._check_own_shop()
            self._check_kept_by_nobody_else(shop)

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
                    "%(car)s is serviced by %(shops)s. Its owner, plate, VIN and "
                    "mileage are changed there, or here once the car has visited "
                    "this shop.",
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
