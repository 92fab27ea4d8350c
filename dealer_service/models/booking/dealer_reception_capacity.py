from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools.capacity import Refusal
from ...tools.refusal import NamedRefusal
from ...tools.work_time import day_span, local_date
from ..common.dealer_reception_states import OPEN_STATES, UNSERVED_STATES
from ..shop.res_company_booking import HORIZON_DAYS

#: A visit in one of these no longer takes a slot nor hours.
#: How many free slots a refusal offers.
OFFERED_SLOTS = 4
#: Days without a booking after which a new book is begun: a long holiday is shorter.
NEAR_DAYS = 14


class BookingRefused(NamedRefusal):
    """The slot cannot be had; the message offers the next free ones."""

    def __init__(self, message, code):
        super().__init__(message)
        self.code = code


class DealerReception(models.Model):
    """Taking a slot, or refusing it with the next free ones."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    def _take_slot(self, checks):
        """Take the slots of these visits, or refuse.

        :param set checks: what has changed: ``slot``, ``advisor``, ``hours``
        :raise BookingRefused: when the shop has no room, with the next free slots
        """
        now = fields.Datetime.now()
        past = self.filtered(lambda r: r.date_appointment < now)
        if past and not self._may_correct_past():
            raise BookingRefused(
                self.env._(
                    "%(date)s is in the past. Choose a future slot.",
                    date=past[0].company_id._dealer_format(past[0].date_appointment),
                ),
                "past",
            )
        # nothing is left to protect in the past
        for company, visits in (self - past).grouped("company_id").items():
            for near in visits._by_nearness():
                near._take_slot_in(company, checks)

    def _by_nearness(self):
        """These visits, parted where no appointment is near the next one.

        A book holds all days from its first to its last. A year mistyped in one row of
        an import would make it hold decades.
        """
        parts, last = [], None
        for visit in self.sorted("date_appointment"):
            date = visit.date_appointment
            if last and date - last <= timedelta(days=NEAR_DAYS):
                parts[-1] |= visit
            else:
                parts.append(visit)
            last = date
        return parts

    def _take_slot_in(self, company, checks):
        tz = company._dealer_tz()
        for visit in self:
            if not visit.date_appointment_end:
                raise visit._refused(Refusal("endless"))
        first = local_date(min(self.mapped("date_appointment")), tz)
        last = local_date(max(self.mapped("date_appointment_end")), tz)
        days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
        # the row of the day belongs to the system, the booking to the advisor
        self.env["dealer.booking.day"].sudo()._claim(company, days)
        visits = self._of_the_book(
            company, day_span(first, tz)[0], day_span(last, tz)[1]
        )
        self._check_same_car(visits, tz)
        if not checks:
            return
        book = company._dealer_book(first, last, without=self.ids, visits=visits)
        for visit in self.sorted("date_appointment"):
            refusal = book.refusal(
                visit.date_appointment,
                visit.planned_hours,
                visit.advisor_id.id,
                checks,
            )
            if refusal and not visit.is_overbooked:
                raise visit._refused(refusal)
            if refusal:
                visit.message_post(
                    body=self.env._(
                        "%(user)s booked this beyond capacity: %(reason)s",
                        user=self.env.user.name,
                        reason=visit._refusal_reason(refusal),
                    )
                )
            elif visit.is_overbooked and "slot" in checks:
                # there was room after all; the figures count real overbooking only
                visit._write_by_method({"is_overbooked": False})
            book.add(
                visit.date_appointment, visit.date_appointment_end, visit.advisor_id.id
            )

    def _check_same_car(self, visits, tz):
        """One appointment a day is enough for a car.

        :param visits: what the shop has on the days of these visits
        :raise BookingRefused: naming the visit that exists already
        """
        by_car = visits.filtered(
            lambda visit: (
                visit.active and visit.vehicle_id and visit.state in OPEN_STATES
            )
        ).grouped("vehicle_id")
        for visit in self:
            day = local_date(visit.date_appointment, tz)
            for other in by_car.get(visit.vehicle_id, ()):
                if other != visit and local_date(other.date_planned, tz) == day:
                    raise BookingRefused(
                        self.env._(
                            "%(car)s is already booked for that day: %(visit)s, "
                            "%(time)s. Open that visit and add the request to it.",
                            car=visit.license_plate or visit.vehicle_id.display_name,
                            visit=other.name,
                            time=visit.company_id._dealer_format(other.date_planned),
                        ),
                        "same_car",
                    )

    # ------------------------------------------------------------------
    # REFUSALS
    # ------------------------------------------------------------------

    def _refused(self, refusal):
        """The error to raise: when, why, and which slots are free instead."""
        self.ensure_one()
        company = self.company_id
        offers = company._dealer_free_slots(
            max(self.date_appointment, fields.Datetime.now()),
            self.planned_hours,
            self.advisor_id,
            without=self.ids,
            limit=OFFERED_SLOTS,
        )
        text = self.env._(
            "%(date)s cannot be booked: %(reason)s",
            date=company._dealer_format(self.date_appointment),
            reason=self._refusal_reason(refusal),
        )
        if offers:
            way_out = self.env._(
                "Next free: %(times)s.",
                times=", ".join(company._dealer_format(start) for start in offers),
            )
        else:
            way_out = self.env._(
                "No slot is free in the next %(days)s days. Check the service "
                "hours, the technicians and the reserved hours in the settings.",
                days=HORIZON_DAYS,
            )
        return BookingRefused(f"{text}\n{way_out}", refusal.code)

    def _refusal_reason(self, refusal):
        """Why, as the end of a sentence.

        :param refusal: :class:`~odoo.addons.dealer_service.tools.capacity.Refusal`
        """
        day = refusal.day
        advisor = self.advisor_id.name
        texts = {
            "closed": self.env._("the shop is closed to arrivals at that time."),
            "slot_full": self.env._("all receptions of this slot are taken."),
            "advisor_away": self.env._(
                "%(advisor)s is not at work at that time.", advisor=advisor
            ),
            "advisor_full": self.env._(
                "%(advisor)s is already receiving a customer at that time.",
                advisor=advisor,
            ),
            "hours": day
            and self.env._(
                "on %(day)s the technicians have %(left)s of %(capacity)s bookable"
                " hours left, this visit needs %(needed)s.",
                day=format_date(self.env, day.date),
                left=f"{round(day.left(), 2):g}",
                capacity=f"{round(day.capacity, 2):g}",
                needed=f"{round(refusal.needed, 2):g}",
            ),
            "endless": self.env._(
                "%(hours)s hours of work do not fit into the next %(days)s days.",
                hours=f"{self.planned_hours:g}",
                days=HORIZON_DAYS,
            ),
        }
        return texts[refusal.code]

    # ------------------------------------------------------------------
    # WHAT IS BOOKED
    # ------------------------------------------------------------------

    @api.model
    def _of_the_book(self, company, start, end):
        """Every visit of a shop that counts between two moments.

        Those that take a slot or hours, the cars that came without an appointment,
        and those that are expected or came then, whatever was booked.
        """
        moments = Domain("date_planned", ">=", start) & Domain("date_planned", "<", end)
        booked = (
            Domain("date_appointment", ">=", start - timedelta(days=HORIZON_DAYS))
            & Domain("date_appointment", "<", end)
            & Domain("date_appointment_end", ">=", start)
        )
        # capacity counts every visit of the shop, also whom the user may not see
        visits = self.sudo().with_context(active_test=False)
        return visits.search_fetch(
            Domain("company_id", "=", company.id)
            & Domain("state", "not in", UNSERVED_STATES)
            & (booked | moments),
            [
                "active",
                "state",
                "is_by_customer",
                "vehicle_id",
                "advisor_id",
                "date_planned",
                "planned_hours",
                "date_appointment",
                "date_appointment_end",
            ],
            order="date_appointment, id",
        )

    def _booked_between(self, start, end):
        """Those of :meth:`_of_the_book` that take a slot or hours."""
        return self.filtered(
            lambda visit: (
                visit.date_appointment
                and visit.date_appointment < end
                and visit.date_appointment_end
                and visit.date_appointment_end >= start
            )
        )

    def _walkin_hours(self, start, end):
        """Day → planned hours of the cars that came without an appointment."""
        hours = {}
        for visit in self:
            if not visit.date_appointment and start <= visit.date_planned < end:
                day = visit.company_id._dealer_day(visit.date_planned)
                hours[day] = hours.get(day, 0.0) + visit.planned_hours
        return hours
