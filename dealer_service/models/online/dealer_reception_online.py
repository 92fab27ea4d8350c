from odoo import models
from odoo.tools import plaintext2html

from ..common.dealer_reception_states import BOOKED_STATES

ACTIVITY = "dealer_service.mail_activity_type_online"


class DealerReception(models.Model):
    """An appointment that the customer made: somebody of the shop is told."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    def _creation_message(self):
        if self.is_by_customer:
            return self.env._("The customer booked this appointment online.")
        return super()._creation_message()

    def _caretaker(self):
        """Nobody of the shop entered it: whom the shop named for it, or an advisor."""
        user = super()._caretaker()
        if not self.is_by_customer or self.advisor_id.filtered("active"):
            return user
        # whoever is told need not be seen by who tells
        named = self.company_id.sudo().dealer_online_user_id.filtered("active")
        return named or self.company_id._dealer_advisors()[:1] or user

    def _is_car_known_to_customer(self):
        """Whether whoever booked has proved to be a customer with this car.

        A car that the shop finds to a typed plate is shown once it has come.
        """
        self.ensure_one()
        if not self.is_by_customer or self.state not in BOOKED_STATES:
            return True
        # the customer has no rights on bookings, and asks for the own one
        visit = self.sudo()
        bookings = visit.env["dealer.online.booking"]
        booking = bookings.search([("reception_id", "=", visit.id)])
        is_signed_in = booking.proof == "login"
        person = visit.contact_id if is_signed_in else visit.contact_id.browse()
        cars = bookings._cars_of(visit.company_id, booking.phone, person)
        return visit.vehicle_id in cars

    def _plate_for_customer(self):
        """The plate as the customer may read it: see above."""
        self.ensure_one()
        # whoever may open the page may read the own plate
        visit = self.sudo()
        is_known = visit._is_car_known_to_customer()
        return visit.license_plate if is_known else visit.told_plate

    def _tell_of_online_booking(self):
        """Ask somebody to read what the customer wants."""
        self.ensure_one()
        self._ask_to_look(self.env._("Booked by the customer: read the request"))

    def _tell_of_online_change(self, words):
        """The thread keeps it, and whoever looks after the visit is told."""
        self.ensure_one()
        # whoever is told need not be seen by who tells
        user = self._caretaker().sudo()
        self.message_post(body=words, partner_ids=user.partner_id.ids)

    def _ask_to_look(self, summary):
        user = self._caretaker()
        visit = self._for_reader(user)
        visit.activity_schedule(
            ACTIVITY,
            date_deadline=visit.company_id._dealer_today(),
            summary=summary,
            note=plaintext2html("\n".join(self.concern_ids.mapped("name"))),
            user_id=user.id,
        )

    def _close_online_activity(self, _target=None):
        """Nobody needs to look at what was prepared, has come, or is over."""
        # it was asked for by the system and may lie with a colleague
        mine = self.filtered("is_by_customer")
        if mine:
            mine.sudo().activity_unlink([ACTIVITY])
