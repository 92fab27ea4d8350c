from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..common.dealer_reception_states import BOOKED_STATES

ACTIVITY = "dealer_service.mail_activity_type_reminder"
#: A reminder that cannot be written is tried again for so long; then somebody calls.
TRIED_FOR = timedelta(minutes=30)
#: Reminder → when it is due, when it was sent.
REMINDERS = {
    "day": ("date_remind_day", "date_reminded_day"),
    "hour": ("date_remind_hour", "date_reminded_hour"),
}


class DealerReception(models.Model):
    """The customer is reminded of the appointment, each time exactly once."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    date_remind_day = fields.Datetime(
        "Remind On",
        copy=False,
        readonly=True,
        help="Time when the first reminder is due.",
    )
    date_remind_hour = fields.Datetime(
        "Remind Again On",
        copy=False,
        readonly=True,
        help="Time when the second reminder is due.",
    )
    date_reminded_day = fields.Datetime("Reminded On", copy=False, readonly=True)
    date_reminded_hour = fields.Datetime("Reminded Again On", copy=False, readonly=True)

    appointment_text = fields.Char(
        compute="_compute_appointment_text",
        help="The appointment in the shop's time zone, as shown to the customer.",
    )

    _remind_day_idx = models.Index(
        "(date_remind_day) WHERE date_reminded_day IS NULL"
        " AND state IN ('booked', 'prepared')"
    )
    _remind_hour_idx = models.Index(
        "(date_remind_hour) WHERE date_reminded_hour IS NULL"
        " AND state IN ('booked', 'prepared')"
    )

    @api.depends("date_appointment", "company_id")
    @api.depends_context("lang")
    def _compute_appointment_text(self):
        for reception in self:
            reception.appointment_text = (
                reception.date_appointment
                and reception.company_id._dealer_format(reception.date_appointment)
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _arm_first_reminders(self, vals_list):
        for vals in vals_list:
            date, company_id = (
                vals.get(name, self.env.context.get(f"default_{name}"))
                for name in ("date_appointment", "company_id")
            )
            if date:
                company = self.env["res.company"].browse(company_id) or self.env.company
                vals.update(
                    company._dealer_reminder_moments(fields.Datetime.to_datetime(date))
                )

    def _renew_reminders(self, _change):
        """A moved appointment is one the customer was not reminded of yet."""
        self._close_reminder_activity()
        self._write_by_method({"date_reminded_day": False, "date_reminded_hour": False})
        self._arm_reminders()

    def _close_reminder_activity(self):
        """Nobody is called about an appointment that was moved, or is over."""
        reminded = self.filtered(lambda r: r.date_reminded_day or r.date_reminded_hour)
        if reminded:
            # it was asked for by the system and may lie with a colleague
            reminded.sudo().activity_unlink([ACTIVITY])
            # a message that waits for the morning would tell what is no longer so
            messages = self.env["dealer.customer.message"].sudo()
            reminders = [f"reminder_{kind}" for kind in REMINDERS]
            messages.search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", reminded.ids),
                    ("occasion_id.key", "in", reminders),
                    ("state", "in", ("waiting", "held")),
                ]
            )._settle("refused", self.env._("What it says has changed since."))

    def _arm_reminders(self, catch_up=False):
        """Set when each visit is to be reminded of.

        :param bool catch_up: see :meth:`~.ResCompany._dealer_reminder_moments`
        """
        for reception in self:
            reception._write_by_method(
                reception.company_id._dealer_reminder_moments(
                    reception.date_appointment, catch_up
                )
            )

    # ------------------------------------------------------------------
    # CRON
    # ------------------------------------------------------------------

    @api.model
    def _reminder_domain(self, kind):
        """Booked visits whose reminder is due: read from a partial index.

        :param str kind: ``day`` or ``hour``
        """
        due, sent = REMINDERS[kind]
        now = fields.Datetime.now()
        return (
            Domain(due, "<=", now)
            & Domain(sent, "=", False)
            & Domain("state", "in", BOOKED_STATES)
            & Domain("date_appointment", ">", now)
        )

    @api.model
    def _cron_remind(self, batch_size=100):
        """Send the reminders that are due; costs what is due, not what is booked."""
        for kind in ("hour", "day"):
            domain = self._reminder_domain(kind)
            self._each_due(domain, f"_remind_{kind}", batch_size)

    def _remind_hour(self):
        """The last reminder makes an earlier one that was held up pointless."""
        self._remind("hour")
        if not self.date_reminded_day:
            self._write_by_method({"date_remind_day": False})

    def _remind_day(self):
        self._remind("day")

    def _remind(self, kind):
        """Remind by what the customer can be reached with, else ask for a call."""
        self.ensure_one()
        _due, sent = REMINDERS[kind]
        partner = self.contact_id or self.partner_id
        reached = self._remind_by_message(partner, kind)
        reached = self._remind_by_sms(partner) or reached
        if not reached:
            user = self._caretaker()
            visit = self._for_reader(user)
            visit.activity_schedule(
                ACTIVITY,
                date_deadline=visit.company_id._dealer_day(fields.Datetime.now()),
                summary=visit.env._("Remind the customer of the appointment by phone"),
                note=visit.env._(
                    "%(customer)s cannot be reached by e-mail or SMS. Appointment: "
                    "%(time)s.",
                    customer=partner.display_name,
                    time=visit.company_id._dealer_format(visit.date_appointment),
                ),
                user_id=user.id,
            )
        self._write_by_method({sent: fields.Datetime.now()})

    def _remind_by_message(self, partner, kind):
        """The way that the shop and the customer prefer."""
        messages = self.env["dealer.customer.message"]
        due, _sent = REMINDERS[kind]
        told = messages._tell(
            f"reminder_{kind}",
            self,
            partner=partner,
            is_tried_again=fields.Datetime.now() - self[due] < TRIED_FOR,
            is_seen_to=True,
        )
        return bool(told)

    def _remind_by_sms(self, partner):
        """Send the SMS of the company, when it is switched on and has an account.

        A shop that has chosen a service for text messages has sent its own already.
        """
        if (
            self.company_id.dealer_sms_provider
            or not self.company_id.dealer_reminder_sms
            or not partner.phone
            or not self.company_id._dealer_can_text()
        ):
            return False
        reception = self.with_context(lang=partner.lang or self.env.lang)
        self._message_sms(reception._reminder_sms_text(), partner_ids=partner.ids)
        return True

    def _reminder_sms_text(self):
        """Fill in what the company's text names in braces.

        Plain replacement on purpose: the text is written by a manager, not a program.
        """
        self.ensure_one()
        text = self.company_id._dealer_reminder_sms_text()
        values = {
            "{customer}": (self.contact_id or self.partner_id).name,
            "{plate}": self.license_plate,
            "{time}": self.appointment_text,
            "{shop}": self.company_id.name,
            "{phone}": self.company_id.phone,
        }
        for name, value in values.items():
            text = text.replace(name, value or "")
        return text
