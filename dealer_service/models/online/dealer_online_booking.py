from datetime import timedelta
from textwrap import wrap

from odoo import api, fields, models

from ...tools.plate import format_plate
from ...tools.refusal import NamedRefusal
from ..booking.dealer_reception_capacity import BookingRefused
from ..common.dealer_reception_states import BOOKED_STATES

#: Open bookings that one customer may hold.
MAX_OPEN = 2
#: Concerns that a customer writes, the letters of one, and of all.
MAX_LINES = 8
MAX_LETTERS = 200
MAX_WISH = 1000
#: After so many changes of a booking, or bookings of a number in a day, we are called.
MAX_CHANGES = 5
MAX_A_DAY = 5


class OnlineRefused(NamedRefusal):
    """The customer cannot book so; the message says what to do.

    :param str step: the page on which it is mended
    """

    def __init__(self, message, step):
        super().__init__(message)
        self.step = step


class DealerOnlineBooking(models.Model):
    """What a customer booked alone: the evidence, and the link to change it.

    The appointment itself is a visit like any other.
    """

    _name = "dealer.online.booking"
    _description = "Booking by a Customer"
    _inherit = ["dealer.recorded.mixin", "dealer.keys.mixin", "dealer.link.mixin"]
    _order = "id desc"
    _rec_name = "reception_id"
    _is_sealed = True
    _TOLD_WHILE = {
        "booking_confirmed": [("state", "in", BOOKED_STATES)],
        "booking_moved": [("state", "in", BOOKED_STATES)],
    }
    _RECORDED_FIELDS = frozenset(
        {
            "company_id",
            "reception_id",
            "phone",
            "proof",
            "request_key",
            "access_token",
            "notice",
            "notice_version",
            "date_agreed",
            "date_moved",
            "date_called_off",
            "change_count",
        }
    )

    company_id = fields.Many2one(
        "res.company", "Shop", required=True, index=True, ondelete="cascade"
    )
    reception_id = fields.Many2one(
        "dealer.reception", "Visit", required=True, ondelete="cascade"
    )
    date_appointment = fields.Datetime(related="reception_id.date_appointment")
    state = fields.Selection(related="reception_id.state")
    phone = fields.Char(help="The telephone that was proven by a code.")
    proof = fields.Selection(
        [("code", "Code by Text Message"), ("login", "Login")],
        "Proven by",
        required=True,
    )
    notice = fields.Text("Privacy Notice", help="What the customer agreed to.")
    notice_version = fields.Char("Version", help="Changes whenever the notice changes.")
    date_agreed = fields.Datetime("Agreed On")
    date_moved = fields.Datetime("Moved by the Customer On")
    date_called_off = fields.Datetime("Cancelled by the Customer On")
    change_count = fields.Integer("Changes by the Customer", aggregator=None)
    request_key = fields.Char(groups=fields.NO_ACCESS)
    access_token = fields.Char("Key of the Link", groups=fields.NO_ACCESS)
    url = fields.Char(
        "Link of the Booking",
        compute="_compute_url",
        groups=fields.NO_ACCESS,
    )

    _reception_uniq = models.UniqueIndex("(reception_id)")
    _request_key_uniq = models.UniqueIndex("(request_key)")
    _access_token_uniq = models.UniqueIndex(
        "(access_token) WHERE access_token IS NOT NULL"
    )
    _phone_idx = models.Index("(phone)")

    @api.depends("access_token")
    def _compute_url(self):
        for booking in self:
            booking.url = booking._key_url("access_token", "/b/")

    def _link_path(self):
        # nobody reads the token; who has the link of the message may open it
        token = self.sudo().access_token
        return token and f"/b/{token}"

    @api.model
    def _by_link(self, token):
        """The booking whose link it is; empty for a wrong one.

        :param str token: the secret part of the link
        """
        return self._by_key("access_token", token)

    # ------------------------------------------------------------------
    # BOOKING
    # ------------------------------------------------------------------

    @api.model
    def _book(self, company, draft, person):
        """Book what a customer has put together; a second tap finds it booked.

        Runs with all rights: the page has proved who it is.

        :param dict draft: ``key`` (of the request), ``phone``, ``package``, ``wish``,
            ``is_waiting``, ``advisor``, ``slot``, ``vehicle``, ``plate``, ``name``,
            ``agreed`` (version of the notice)
        :param res.partner person: who is signed in; empty: the phone was proven
        :raise OnlineRefused: with what to do
        """
        # of two at once the second waits here, runs again and finds the first
        holder = draft["phone"] or person.phone_key or f"id {person.id}"
        self.env["dealer.booking.phone"]._claim(holder)
        if known := self.search([("request_key", "=", draft["key"])]):
            return known
        company = company.with_company(company)
        if draft["agreed"] != company._online_notice_version():
            raise OnlineRefused(
                self.env._(
                    "The privacy notice has changed. Please read it and agree again."
                ),
                "notice",
            )
        car = self._cars_of(company, draft["phone"], person).filtered(
            lambda car: car.id == draft["vehicle"]
        )
        customer = person or self._customer(company, draft, car)
        self._check_open(draft["phone"], customer)
        package = company.dealer_online_package_ids.filtered(
            lambda row: row.active and row.id == draft["package"]
        )
        advisor = company._dealer_advisors().filtered(
            lambda user: user.id == draft["advisor"]
        )
        hours = package.dealer_hours or company.dealer_default_hours
        self._check_slot(company, draft["slot"], hours, advisor)
        values = {
            "company_id": company.id,
            "vehicle_id": car.id,
            "told_plate": False if car else format_plate(draft["plate"]) or False,
            "partner_id": car.owner_id.id or customer.id,
            "contact_id": customer.id,
            "advisor_id": advisor.id,
            "package_id": package.id,
            "date_appointment": draft["slot"],
            "is_waiting": draft["is_waiting"],
            "is_by_customer": True,
            "concern_ids": [
                fields.Command.create({"name": line})
                for line in self._concerns(draft["wish"] or "")[:MAX_LINES]
            ],
        }
        visit = self._create_visit(company, values)
        booking = self._create_by_method(
            [
                {
                    "company_id": company.id,
                    "reception_id": visit.id,
                    "phone": draft["phone"],
                    "proof": "login" if person else "code",
                    "request_key": draft["key"],
                    "access_token": self._new_key(15),
                    "notice": company._online_notice(),
                    "notice_version": draft["agreed"],
                    "date_agreed": fields.Datetime.now(),
                }
            ]
        )
        visit._tell_of_online_booking()
        booking._tell_customer("booking_confirmed")
        return booking

    def _create_visit(self, company, values):
        """The visit, or the sentence for a slot that somebody else has taken."""
        # what the chatter says is read by the shop
        visits = self.env["dealer.reception"].with_company(company)
        visits = visits.with_context(lang=company._public_lang())
        try:
            with self.env.cr.savepoint():
                return visits._create_by_method([values])
        except BookingRefused as refusal:
            raise self._refused(refusal.code) from None

    def _refused(self, code):
        if code == "same_car":
            return OnlineRefused(
                self.env._("Your car already has an appointment on that day."), "when"
            )
        return OnlineRefused(
            self.env._(
                "That time has just been taken. Please choose another one; everything "
                "else is kept."
            ),
            "when",
        )

    def _check_slot(self, company, slot, hours, advisor, without=()):
        """:raise OnlineRefused: for what is not, or no longer, open to customers"""
        free = company._online_slots(hours, advisor, without)
        if slot not in free.get(company._dealer_day(slot), ()):
            raise self._refused("taken")

    @api.model
    def _concerns(self, words):
        """What the customer wrote, as concerns: a line each, a long one several."""
        return [
            part
            for line in words.splitlines()
            for part in wrap(line, MAX_LETTERS, break_on_hyphens=False)
        ]

    def _check_open(self, phone, customer):
        """:raise OnlineRefused: for who holds as many bookings as anybody may, or has
        booked and cancelled all day"""
        held = self._held_by(phone, customer)
        day_ago = fields.Datetime.now() - timedelta(days=1)
        lately = [*held, ("create_date", ">", day_ago)]
        if self.search_count(lately, limit=MAX_A_DAY) >= MAX_A_DAY:
            raise OnlineRefused(
                self.env._(
                    "You have booked %(count)s times today. Please call us.",
                    count=MAX_A_DAY,
                ),
                "full",
            )
        mine = self.search(
            [
                *held,
                ("reception_id.state", "in", BOOKED_STATES),
                ("reception_id.date_appointment", ">", fields.Datetime.now()),
            ]
        )
        if len(mine) >= MAX_OPEN:
            raise OnlineRefused(
                self.env._(
                    "You already have %(count)s open appointments. Move or cancel one "
                    "of them, or call us.",
                    count=len(mine),
                ),
                "full",
            )

    @api.model
    def _held_by(self, phone, customer):
        """Domain of the bookings in the group of a proven number, and of who books: one
        day with a code, another signed in."""
        mine = [("reception_id.contact_id", "=", customer.id)]
        return ["|", ("phone", "=", phone), *mine] if phone else mine

    # ------------------------------------------------------------------
    # CHANGING
    # ------------------------------------------------------------------

    def _date_change_end(self):
        """Until when the customer may change it alone (UTC)."""
        self.ensure_one()
        hours = self.company_id.dealer_online_change_hours
        return self.date_appointment and self.date_appointment - timedelta(hours=hours)

    def _may_change(self):
        self.ensure_one()
        end = self._date_change_end()
        is_booked = self.state in BOOKED_STATES
        return bool(is_booked and end and fields.Datetime.now() <= end)

    def _free_slots(self):
        """Where it may be moved to, by day."""
        visit = self.reception_id
        return self.company_id._online_slots(
            visit.planned_hours, visit.advisor_id, visit.ids
        )

    def _other_slots(self):
        """Where it may be moved to, by day, without where it is."""
        now_at = self.date_appointment
        return {
            day: [slot for slot in slots if slot != now_at]
            for day, slots in self._free_slots().items()
            if set(slots) != {now_at}
        }

    def _check_change(self):
        """:raise OnlineRefused: when it is too late, or over"""
        if not self._may_change():
            raise OnlineRefused(
                self.env._(
                    "It is too late to change this appointment here. Please call us."
                ),
                "own",
            )

    def _move(self, slot):
        """Move it to another slot that is open to customers.

        :raise OnlineRefused: with what to do
        """
        self._check_change()
        visit = self.reception_id.with_context(lang=self.company_id._public_lang())
        if slot == visit.date_appointment:
            return
        if self.change_count >= MAX_CHANGES:
            raise OnlineRefused(
                self.env._(
                    "This appointment has been moved %(count)s times. Please call us.",
                    count=MAX_CHANGES,
                ),
                "own",
            )
        self._check_slot(
            self.company_id, slot, visit.planned_hours, visit.advisor_id, visit.ids
        )
        try:
            with self.env.cr.savepoint():
                visit.action_reschedule(slot)
        except BookingRefused as refusal:
            raise self._refused(refusal.code) from None
        self._write_by_method(
            {
                "date_moved": fields.Datetime.now(),
                "change_count": self.change_count + 1,
            }
        )
        visit._tell_of_online_change(visit.env._("The customer moved the appointment."))
        self._withdraw_words("booking_confirmed", "booking_moved")
        self._tell_customer("booking_moved")

    def _call_off(self):
        """The customer does not come. A second tap finds it cancelled.

        :raise OnlineRefused: when it is too late
        """
        if self.state == "cancelled":
            return
        self._check_change()
        visit = self.reception_id.with_context(lang=self.company_id._public_lang())
        visit.action_cancel()
        self._write_by_method({"date_called_off": fields.Datetime.now()})
        visit._tell_of_online_change(
            visit.env._("The customer cancelled the appointment.")
        )
        self._withdraw_words("booking_confirmed", "booking_moved")
        self._tell_customer("booking_cancelled")

    def _withdraw_words(self, *occasions):
        """What has not left yet names an hour that is not so any more."""
        messages = self.env["dealer.customer.message"]
        for key in occasions:
            messages._withdraw(key, self, self.env._("What it says has changed since."))

    def _tell_customer(self, occasion):
        """Have the customer told, with the link to change it."""
        messages = self.env["dealer.customer.message"]
        messages._tell(occasion, self, self.reception_id.contact_id)
