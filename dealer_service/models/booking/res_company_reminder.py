from datetime import timedelta

from odoo import fields, models

from ..common.dealer_reception_states import BOOKED_STATES


class ResCompany(models.Model):
    """How a shop reminds its customers."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_reminder_day_template_id = fields.Many2one(
        "mail.template",
        "Mail the Day Before",
        domain="[('model', '=', 'dealer.reception')]",
        help="Empty: the default e-mail of the service department.",
    )
    dealer_reminder_hour_template_id = fields.Many2one(
        "mail.template",
        "Mail Hours Before",
        domain="[('model', '=', 'dealer.reception')]",
        help="Empty: the default e-mail of the service department.",
    )
    dealer_reminder_sms = fields.Boolean(
        "Remind by SMS", help="Needs Odoo's SMS; each message costs credits."
    )
    dealer_reminder_sms_text = fields.Text(
        "Text of the SMS",
        translate=True,
        help="{customer}, {plate}, {time}, {shop} and {phone} are filled in. Empty: "
        "the default text of the service department.",
    )

    def _dealer_reminder_sms_text(self):
        """The text of the SMS, in the language of the context."""
        self.ensure_one()
        return self.dealer_reminder_sms_text or self.env._(
            "%(shop)s: we look forward to seeing you and your car %(plate)s on "
            "%(time)s. Please call %(phone)s if you cannot come.",
            shop="{shop}",
            plate="{plate}",
            time="{time}",
            phone="{phone}",
        )

    def _dealer_reminder_moments(self, date, catch_up=False):
        """When a customer is reminded of an appointment, as values of the visit.

        A moment that is past already is left out: who books this afternoon for
        tomorrow morning has the time still in his ear.

        :param date: the appointment (UTC), or ``False``
        :param bool catch_up: the setting has changed, not the appointment: the last
            reminder is sent even if its moment has just become past
        """
        self.ensure_one()
        now = fields.Datetime.now()
        day = hour = False
        if date and self.dealer_reminder_day_before:
            day = date - timedelta(days=1)
        if date and self.dealer_reminder_hours_before:
            hour = date - timedelta(hours=self.dealer_reminder_hours_before)
        return {
            "date_remind_day": day and day > now and day,
            "date_remind_hour": hour and (hour > now or catch_up) and hour,
        }

    def write(self, vals):
        result = super().write(vals)
        if {"dealer_reminder_day_before", "dealer_reminder_hours_before"} & vals.keys():
            # a new setting holds for the open bookings of the shop, seen or not
            self.env["dealer.reception"].sudo().search(
                [
                    ("company_id", "in", self.ids),
                    ("state", "in", BOOKED_STATES),
                    ("date_appointment", ">", fields.Datetime.now()),
                ]
            )._arm_reminders(catch_up=True)
        return result
