from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.actions import open_dialog, open_form
from ...tools.work_time import day_span
from ..common.dealer_reception_states import BOOKED_STATES, CAR_IS_HERE

#: Who comes so many days before the slot has come for what was booked.
EARLY_DAYS = 3


class FleetVehicle(models.Model):
    """The car in the lane: what must be known about it, and its one visit."""

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    def _arrival_notices(self):
        """What whoever receives the car should know, the most important first.

        Hook: other parts of the suite append their own.

        :return: list of (level, text); level is ``danger``, ``warning``, ``success``
            or ``info``
        """
        self.ensure_one()
        notices = []
        car, owner = self, self.owner_id
        if car._is_unknown_to_us():
            notices.append(
                ("success", self.env._("First visit: give a special welcome."))
            )
        if owner.is_phone_wrong:
            notices.append(
                (
                    "warning",
                    self.env._("The phone number is wrong. Ask for the new one."),
                )
            )
        if car.is_service_due:
            notices.append(("warning", self.env._("Regular service is due.")))
        notices += [("warning", notice) for notice in car._care_dates_soon()]
        for warning in (car.vin_warning, car.plate_warning):
            if warning:
                notices.append(("info", warning))
        if owner.drink:
            drink = self.env._("Drinks: %(drink)s", drink=owner.drink)
            notices.append(("info", drink))
        if owner.manner_id:
            notices.append(("info", owner._manner_words()))
        if owner.habits:
            notices.append(("info", owner.habits))
        return notices

    def _is_unknown_to_us(self):
        """Whether the present owner comes with this car for the first time."""
        self.ensure_one()
        visit = self.env["dealer.reception"].new(
            {"vehicle_id": self.id, "company_id": self.env.company.id}
        )
        return bool(visit._first_visits())

    def _booking_of_today(self):
        """The visit booked for today (empty if none): the next one if there are more.

        Today is the day of the shop. Who was given up as a no-show and comes after all
        is received on the slot he had. A slot booked by a former owner is not the
        present owner's.
        """
        self.ensure_one()
        return self._find_booking(Domain("vehicle_id", "=", self.id), 0)

    def _booking_to_take(self):
        """The booking with which the car has come now (empty: it came without one).

        That of today; else one made without a card of the car, by its plate or its
        people; else one of the next days, for which it comes early. What was booked
        would be missed otherwise, and its slot wasted.
        """
        self.ensure_one()
        people = self.owner_id | self.contact_id
        plate = self.license_plate
        return (
            self._booking_of_today()
            or people._booking_without_car(plate=plate)
            or self._find_booking(Domain("vehicle_id", "=", self.id), EARLY_DAYS)
            or people._booking_without_car(EARLY_DAYS, plate)
        )

    def _find_booking(self, domain, days_ahead):
        """The next open booking of the shop up to so many days ahead."""
        return self._find_bookings(domain, days_ahead)[:1]

    def _find_bookings(self, domain, days_ahead):
        """The open bookings of the shop up to so many days ahead, the next first."""
        company = self.env.company
        today = company._dealer_day(fields.Datetime.now())
        start, end = day_span(today, company._dealer_tz())
        states = BOOKED_STATES if days_ahead else (*BOOKED_STATES, "no_show")
        visits = self.env["dealer.reception"].search(
            domain
            & Domain("company_id", "=", company.id)
            & Domain("state", "in", states)
            & Domain("rebooked_to_id", "=", False)
            & Domain("date_appointment", ">=", start)
            & Domain("date_appointment", "<", end + timedelta(days=days_ahead))
            # what a former owner booked is not the present owner's
            & Domain("partner_id", "not in", self and self._former_owners().ids or []),
            order="date_appointment",
        )
        return visits.sorted(lambda visit: visit.state == "no_show")

    def _visit_in_house(self):
        """The visit for which the car is in the house now (empty if it is not)."""
        self.ensure_one()
        return self.env["dealer.reception"].search(
            CAR_IS_HERE
            & Domain("vehicle_id", "=", self.id)
            & Domain("company_id", "=", self.env.company.id),
            limit=1,
        )

    def _visit_away(self):
        """The visit that waits for this car and its part (empty if none does)."""
        self.ensure_one()
        return self.env["dealer.reception"].search(
            [
                ("vehicle_id", "=", self.id),
                ("company_id", "=", self.env.company.id),
                ("is_away", "=", True),
            ],
            order="date_arrived",
            limit=1,
        )

    @api.model
    def _arrive(self, **vals):
        """Let the car arrive: in its visit, on its booked slot, or as a walk-in.

        Tapping twice, or on two tablets at once, still makes one visit.

        :param vals: values of the visit, e.g. ``concern_ids``
        :raise UserError: when a walk-in has no customer
        :return: the visit (``dealer.reception``)
        """
        self.ensure_one()
        # A write that changes nothing: the second transaction that lets this car
        # arrive waits for the first, fails, is run again by Odoo and finds the visit.
        self.env.cr.execute(
            "UPDATE fleet_vehicle SET id = id WHERE id = %s", (self.id,)
        )
        if not self.active:
            # given up too early, maybe by another shop: the card has the history, a
            # new one would not
            self.sudo().action_unarchive()
        visit = self._visit_in_house()
        if visit:
            return visit
        booking = self._booking_to_take()
        if booking:
            if not booking.vehicle_id:
                vals = {"vehicle_id": self.id, **self._people_of(booking), **vals}
            booking.write(vals)
            booking.action_arrive()
            return booking
        if not self.owner_id and not vals.get("partner_id"):
            raise UserError(
                self.env._(
                    "%(car)s has no owner yet. Enter the customer first.",
                    car=self.display_name,
                )
            )
        return self.env["dealer.reception"].create(
            {"vehicle_id": self.id, "state": "arrived", **vals}
        )

    def _people_of(self, booking):
        """Who pays and who came, as values of a booking that names the car by plate.

        Whoever types a plate need not be of its people. The owner pays then, and
        whoever booked sees nothing of the car.
        """
        people = self.owner_id | self.contact_id
        if not self.owner_id or people & (booking.partner_id | booking.contact_id):
            return {}
        booking.message_post(
            body=self.env._(
                "Booked by %(customer)s, who is not known as the owner or driver of "
                "%(plate)s. The visit is the owner's.",
                customer=booking.partner_id.display_name,
                plate=self.license_plate,
            )
        )
        return {
            "partner_id": self.owner_id.id,
            "contact_id": (self.contact_id or self.owner_id).id,
        }

    def action_recognise(self):
        """This is the car that has pulled in: show what is known about it."""
        self.ensure_one()
        return open_dialog(
            self.env["dealer.arrival"],
            self.env._("Arrival"),
            query=self.license_plate or self.vin_sn,
            vehicle_id=self.id,
        )

    def action_arrive_now(self):
        """The car has pulled in: open its visit.

        Where a visit waits for the car and its part, which of the two it is, is asked.
        """
        self.check_access("read")
        if self._visit_away():
            return self.action_recognise()
        visit = self._arrive()
        return visit._offer_undo(open_form(visit))
