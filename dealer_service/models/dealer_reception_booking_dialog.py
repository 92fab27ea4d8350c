from odoo import api, fields, models

from ..tools.arguments import DAY, MOMENT, RECORD, arguments


class DealerReception(models.Model):
    """Ways into the booking dialog."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    @api.model
    @arguments(date_appointment=MOMENT, advisor_id=RECORD, day=DAY)
    def action_new_booking(self, date_appointment=None, advisor_id=None, day=None):
        """Open the booking dialog, on a slot when one was tapped.

        :param date_appointment: start of the slot, UTC
        :param int advisor_id: whose slot was tapped
        :param day: the day to look at, when no slot was tapped
        """
        values = {"advisor_id": advisor_id}
        if day:
            values["day"] = day
        if date_appointment:
            date = fields.Datetime.to_datetime(date_appointment)
            values["date_appointment"] = date
            values["day"] = self.env.company._dealer_day(date)
        return self._open_booking_dialog(values)

    def action_open_reschedule(self):
        """Open the booking dialog to move this appointment."""
        self.ensure_one()
        return self._open_booking_dialog(
            {
                **self._booking_dialog_values(),
                "reception_id": self.id,
                "day": self.company_id._dealer_day(
                    self.date_appointment or fields.Datetime.now()
                ),
                "date_appointment": self.date_appointment,
            }
        )

    def _booking_dialog_values(self):
        """What the dialog takes over from a visit."""
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "vehicle_id": self.vehicle_id.id,
            "partner_id": self.partner_id.id,
            "contact_id": self.contact_id.id,
            "advisor_id": self.advisor_id.id,
            "package_id": self.package_id.id,
            "planned_hours": self.planned_hours,
            "wish": "\n".join(self.concern_ids.mapped("name")),
        }

    @api.model
    def _open_booking_dialog(self, values):
        booking = self.env["dealer.booking"].create(values)
        name = (
            self.env._("Move the Appointment")
            if booking.reception_id
            else self.env._("Book an Appointment")
        )
        return booking._get_records_action(name=name, target="new")
