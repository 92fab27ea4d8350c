from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("reading", "Reading"),
    ("correction", "Corrected"),
    ("swap", "Instrument Replaced"),
]


class DealerOdometerReading(models.Model):
    """An odometer reading that no visit tells: noted, corrected, or a new instrument.

    Readings of visits stay on the visits, so that correcting the visit corrects the
    car.
    """

    _name = "dealer.odometer.reading"
    _description = "Odometer Reading"
    _order = "date desc, id desc"

    vehicle_id = fields.Many2one(
        "fleet.vehicle", "Car", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="vehicle_id.company_id", store=True, index="btree_not_null"
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    kind = fields.Selection(KINDS, required=True, default="reading")
    value = fields.Integer(
        "Shown (km)",
        required=True,
        aggregator=None,
        help="What the instrument shows; after a replacement, what the new one shows.",
    )
    offset = fields.Integer(
        "Run Before (km)",
        aggregator=None,
        help="What earlier instruments of this car had counted.",
    )
    total = fields.Integer(
        "Mileage (km)", compute="_compute_total", store=True, aggregator=None
    )
    note = fields.Char()
    user_id = fields.Many2one(
        "res.users", "Noted By", default=lambda self: self.env.user, index=True
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
