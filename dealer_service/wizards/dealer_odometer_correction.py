from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import groups


class DealerOdometerCorrection(models.TransientModel):
    """What is true: a reading, a corrected reading, or a replaced instrument."""

    _name = "dealer.odometer.correction"
    _description = "Odometer of a Car"
    _inherit = "dealer.dialog.mixin"

    vehicle_id = fields.Many2one("fleet.vehicle", "Car", required=True)
    kind = fields.Selection(
        [
            ("reading", "Record a reading"),
            ("correction", "The mileage we have is wrong"),
            ("swap", "The odometer was replaced"),
        ],
        required=True,
        default="reading",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    old_value = fields.Integer(
        "Old Odometer (km)",
        compute="_compute_old_value",
        store=True,
        readonly=False,
        help="Last reading of the old odometer.",
    )
    value = fields.Integer("Current Reading (km)")
    note = fields.Char("Reason")
    last_odometer = fields.Integer(related="vehicle_id.last_odometer")

    @api.depends("vehicle_id")
    def _compute_old_value(self):
        for correction in self:
            car = correction.vehicle_id
            correction.old_value = car.last_odometer - car.odometer_offset

    def _implausible_words(self):
        """That the reading cannot be right, and what this user may do about it."""
        known = {
            "km": self.value,
            "car": self.vehicle_id.display_name,
            "last": self.vehicle_id.last_odometer,
        }
        if not self.env.user.has_group(groups.MANAGER):
            return self.env._(
                "%(km)s km does not fit the last known mileage of %(car)s (%(last)s "
                "km). Read it again, or ask a service manager to correct the mileage.",
                **known,
            )
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(km)s km does not fit the last known mileage of %(car)s (%(last)s km). "
            "Read it again, or choose “%(correction)s” or “%(swap)s”.",
            **known,
            correction=labels["correction"],
            swap=labels["swap"],
        )

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
                raise UserError(self._implausible_words())
        elif not self.env.user.has_group(groups.MANAGER):
            raise AccessError(
                self.env._("Only a service manager may correct the mileage of a car.")
            )
        elif not self.note:
            raise UserError(
                self.env._("Enter the reason. It is kept in the history of the car.")
            )
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
