from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class DealerOdometerCorrection(models.TransientModel):
    """What is true: a reading, a corrected reading, or a replaced instrument."""

    _name = "dealer.odometer.correction"
    _description = "Odometer of a Car"

    vehicle_id = fields.Many2one("fleet.vehicle", "Car", required=True)
    kind = fields.Selection(
        [
            ("reading", "Note a reading"),
            ("correction", "The mileage we have is wrong"),
            ("swap", "The instrument was replaced"),
        ],
        required=True,
        default="reading",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    old_value = fields.Integer(
        "Old Instrument (km)",
        compute="_compute_old_value",
        store=True,
        readonly=False,
        help="What the old instrument showed last.",
    )
    value = fields.Integer("Shown Now (km)")
    note = fields.Char("Reason")
    last_odometer = fields.Integer(related="vehicle_id.last_odometer")

    @api.depends("vehicle_id")
    def _compute_old_value(self):
        for correction in self:
            car = correction.vehicle_id
            correction.old_value = car.last_odometer - car.odometer_offset

    def action_apply(self):
        """Record the reading.

        :raise AccessError: when an advisor corrects or replaces
        :raise UserError: for an implausible reading, or a correction without a reason
        """
        self.ensure_one()
        car = self.vehicle_id
        offset = car._odometer_offset_on(self.date)
        if self.kind == "reading":
            problem, _previous = car._odometer_problem(self.value, self.date)
            if problem:
                raise UserError(
                    self.env._(
                        "%(km)s km does not fit what is known of %(car)s"
                        " (%(last)s km). Read it again, or have a service manager"
                        " correct the mileage.",
                        km=self.value,
                        car=car.display_name,
                        last=car.last_odometer,
                    )
                )
        elif not self.env.user.has_group("dealer_service.group_dealer_service_manager"):
            raise AccessError(
                self.env._("Only a service manager corrects the mileage of a car.")
            )
        elif not self.note:
            raise UserError(self.env._("Enter the reason, it stays with the car."))
        if self.kind == "swap":
            offset += self.old_value - self.value
        self.env["dealer.odometer.reading"].create(
            {
                "vehicle_id": car.id,
                "date": self.date,
                "kind": self.kind,
                "value": self.value,
                "offset": offset,
                "note": self.note,
            }
        )
        return {"type": "ir.actions.act_window_close"}
