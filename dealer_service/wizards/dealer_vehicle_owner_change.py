from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerVehicleOwnerChange(models.TransientModel):
    """A car is sold to someone else: from when, and to whom."""

    _name = "dealer.vehicle.owner.change"
    _description = "New Owner of a Car"
    _inherit = "dealer.dialog.mixin"

    vehicle_id = fields.Many2one("fleet.vehicle", "Car", required=True)
    former_owner_id = fields.Many2one(related="vehicle_id.owner_id")
    owner_id = fields.Many2one("res.partner", "New Owner", required=True)
    contact_id = fields.Many2one("res.partner", "Usually Brought By")
    date = fields.Date("Owner Since", required=True, default=fields.Date.context_today)
    new_plate = fields.Char(help="Leave empty if the car keeps its plate.")
    is_correction = fields.Boolean(
        "Only a Correction",
        help="The wrong person was entered: the car has not changed hands.",
    )
    booking_ids = fields.Many2many(
        "dealer.reception", "Open Appointments", compute="_compute_booking_ids"
    )

    @api.depends("vehicle_id", "is_correction")
    def _compute_booking_ids(self):
        for change in self:
            change.booking_ids = not change.is_correction and self.env[
                "dealer.reception"
            ].search(
                [
                    ("vehicle_id", "=", change.vehicle_id.id),
                    ("state", "in", ("booked", "prepared")),
                ]
            )

    def action_apply(self):
        """Write the new owner; appointments of the former owner are cancelled.

        :raise UserError: for the same owner, or a date in the future
        """
        self.ensure_one()
        car = self.vehicle_id
        if self.owner_id == car.owner_id:
            raise UserError(
                self.env._(
                    "%(car)s already belongs to %(owner)s.",
                    car=car.display_name,
                    owner=self.owner_id.name,
                )
            )
        if self.date > fields.Date.context_today(self):
            raise UserError(
                self.env._("Record the new owner once the car has changed hands.")
            )
        if self.is_correction:
            car._correct_owner(self.owner_id)
        else:
            self.booking_ids.action_cancel()
            car.with_context(dealer_ownership_date=self.date).owner_id = self.owner_id
        values = {"contact_id": self.contact_id.id}
        if self.new_plate:
            values["license_plate"] = self.new_plate
        car.write(values)
        return {"type": "ir.actions.act_window_close"}
