from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools import groups

KINDS = [
    ("reading", "Reading"),
    ("correction", "Corrected"),
    ("swap", "Odometer Replaced"),
]


class DealerOdometerReading(models.Model):
    """An odometer reading that no visit tells: noted, corrected, or a new instrument.

    Readings of visits stay on the visits, so that correcting the visit corrects the
    car.
    """

    _name = "dealer.odometer.reading"
    _description = "Odometer Reading"
    _inherit = ["dealer.label.mixin"]
    _order = "date desc, id desc"
    _rec_name = "kind"

    vehicle_id = fields.Many2one(
        "fleet.vehicle", "Car", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="vehicle_id.company_id", store=True, index="btree_not_null"
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    kind = fields.Selection(KINDS, required=True, default="reading")
    value = fields.Integer(
        "Reading (km)",
        required=True,
        aggregator=None,
        help="The current reading; after a replacement, the reading of the new "
        "odometer.",
    )
    offset = fields.Integer(
        "Distance on Earlier Odometers (km)",
        aggregator=None,
        help="Total distance shown by earlier odometers of this car.",
    )
    total = fields.Integer(
        "Mileage (km)", compute="_compute_total", store=True, aggregator=None
    )
    note = fields.Char()
    user_id = fields.Many2one(
        "res.users", "Recorded By", default=lambda self: self.env.user, index=True
    )

    @api.depends("value", "offset")
    def _compute_total(self):
        for reading in self:
            reading.total = reading.value + reading.offset

    @api.constrains("value", "offset")
    def _check_value(self):
        for reading in self:
            if reading.value < 0 or reading.total < 0:
                raise ValidationError(
                    self.env._(
                        "%(car)s: an odometer cannot show %(km)s km.",
                        car=reading.vehicle_id.display_name,
                        km=reading.value,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """:raise AccessError: when an advisor does more than note what is shown"""
        readings = super().create(vals_list)
        readings._check_recorder()
        is_manager = self.env.user.has_group(groups.MANAGER)
        if not self.env.su and not is_manager:
            today = fields.Date.context_today(self)
            for reading in readings:
                if reading.date != today:
                    raise AccessError(
                        self.env._(
                            "An odometer reading is noted on the day it is read. "
                            "Only a service manager may enter one for another day."
                        )
                    )
                offset = reading.vehicle_id._odometer_offset_on(reading.date)
                if reading.kind != "reading" or reading.offset != offset:
                    raise AccessError(
                        self.env._(
                            "Only a service manager may correct the mileage of a car."
                        )
                    )
        return readings

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            self._check_recorder()
        return result

    def _check_recorder(self):
        """:raise AccessError: for a reading in somebody else's name"""
        if not self.env.su and self.user_id - self.env.user:
            raise AccessError(
                self.env._(
                    "An odometer reading is recorded in the name of whoever enters "
                    "it. Leave “Recorded By” to the system."
                )
            )
