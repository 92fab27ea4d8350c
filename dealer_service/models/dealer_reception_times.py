from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .dealer_reception_states import STAMPS


class DealerReception(models.Model):
    """When each step was reached. A manager may correct a time, the order stays."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    date_booked = fields.Datetime("Booked On", copy=False, tracking=True)
    date_prepared = fields.Datetime("Prepared On", copy=False, tracking=True)
    date_arrived = fields.Datetime("Arrived On", copy=False, tracking=True)
    date_greeted = fields.Datetime("Greeted On", copy=False, tracking=True)
    date_inspected = fields.Datetime("Inspected On", copy=False, tracking=True)
    date_authorized = fields.Datetime("Authorized On", copy=False, tracking=True)
    date_started = fields.Datetime("Work Started On", copy=False, tracking=True)
    date_finished = fields.Datetime("Work Finished On", copy=False, tracking=True)
    date_passed = fields.Datetime("Quality Passed On", copy=False, tracking=True)
    date_ready = fields.Datetime("Ready On", copy=False, tracking=True)
    date_settled = fields.Datetime("Settled On", copy=False, tracking=True)
    date_delivered = fields.Datetime("Delivered On", copy=False, tracking=True)

    @api.constrains(*STAMPS)
    def _check_stamp_order(self):
        """No step is stamped before the one it follows."""
        for reception in self:
            previous = None
            for stamp in STAMPS:
                date = reception[stamp]
                if not date:
                    continue
                if previous and date < reception[previous]:
                    raise ValidationError(
                        self.env._(
                            "%(visit)s: “%(step)s” (%(date)s) cannot be before"
                            " “%(previous)s” (%(previous_date)s).",
                            visit=reception.name,
                            step=reception._field_label(stamp),
                            date=reception._format_local(date),
                            previous=reception._field_label(previous),
                            previous_date=reception._format_local(reception[previous]),
                        )
                    )
                previous = stamp
