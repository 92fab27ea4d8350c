from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .dealer_reception_states import STAMPS, STATE_STAMP

#: What the process records from nothing.
_COUNTED = (
    "rework_count",
    "resume_count",
    "estimate_total",
    "settled_total",
    "delivery_signed_by",
    "date_delivery_signed",
    "delivery_unsigned_reason",
    "former_advisor_ids",
)


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
    date_passed = fields.Datetime("Quality Check Passed On", copy=False, tracking=True)
    date_ready = fields.Datetime("Ready On", copy=False, tracking=True)
    date_settled = fields.Datetime("Settled On", copy=False, tracking=True)
    date_delivered = fields.Datetime("Delivered On", copy=False, tracking=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Times that were typed are told from those that are stamped on the way."""
        if self.env.su:
            return super().create(vals_list)
        entered = [[name for name in STAMPS if vals.get(name)] for vals in vals_list]
        if any(entered) and not self._may_correct_past():
            raise AccessError(
                self.env._(
                    "“%(field)s” of a new visit is the time at which it is entered. "
                    "Only a service manager may enter an earlier time.",
                    field=self._field_label(next(filter(None, entered))[0]),
                )
            )
        receptions = super().create(vals_list)
        receptions._note_late_entries(entered)
        return receptions

    def _note_late_entries(self, entered):
        """Times that were typed and not stamped stay visible as such.

        :param entered: for each of these visits the names of its times
        """
        notes = {
            reception.id: Markup("<br/>").join(
                self.env._(
                    "Entered later: “%(field)s” %(date)s.",
                    field=self._field_label(name),
                    date=reception._format_local(reception[name]),
                )
                for name in names
            )
            for reception, names in zip(self, entered, strict=True)
            if names
        }
        if notes:
            self.browse(notes)._message_log_batch(notes)

    def _check_beginning(self):
        """:raise UserError: for a visit that is born further on than its state"""
        if self.env.su:
            return
        # some of it is not everybody's to read
        for reception in self.sudo():
            last = STATE_STAMP.get(reception.state, "date_booked")
            later = STAMPS[STAMPS.index(last) + 1 :]
            recorded = [name for name in (*later, *_COUNTED) if reception[name]]
            if reception.date_promised_first != reception.date_promised:
                recorded.append("date_promised_first")
            if recorded:
                raise UserError(
                    self.env._(
                        "%(visits)s: “%(field)s” is recorded by the process and "
                        "cannot be changed by hand.",
                        visits=reception.name,
                        field=self._field_label(recorded[0]),
                    )
                )

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
