import re
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.dealer_service.models.common.dealer_reception_states import (
    IN_HOUSE_STATES,
)
from odoo.addons.dealer_service.tools.plate import plate_key

from ..models.common.dealer_complaint_states import EXPECTATIONS

#: What a phone number is written with.
_OF_A_NUMBER = re.compile(r"[\d\s+()./-]+")
#: So much of what a customer said is the subject of the complaint.
SUBJECT_LENGTH = 60
#: What somebody heard longer ago than that is a date that was mistyped.
REMEMBERED_DAYS = 31


class DealerComplaintHeard(models.TransientModel):
    """What somebody in the shop has heard a customer say: whoever hears it records it.

    Nobody needs a right at the complaint desk, and nobody gets one by it: the desk
    takes it from here. Nothing of what is known about car and customer is shown.
    """

    _name = "dealer.complaint.heard"
    _description = "What a Customer Said"
    _inherit = "dealer.dialog.mixin"

    words = fields.Text(
        "What the Customer Said",
        required=True,
        help="In the customer's own words, as far as you remember them.",
    )
    who = fields.Char(
        "Car or Customer",
        required=True,
        help="The plate, else a phone number or a name.",
    )
    date_said = fields.Datetime(
        "Said On",
        required=True,
        default=lambda self: fields.Datetime.now(),
        help="When the customer said it: from then on somebody has two hours to call.",
    )
    expectation = fields.Selection(EXPECTATIONS, "What the Customer Expects")
    is_safety = fields.Boolean(
        "Injury or Safety", help="Someone was, or could be, hurt."
    )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_confirm(self):
        """Hand it to the complaint desk.

        :raise UserError: without a word, or for something that will be said later
        :return: the number it has, and what comes next
        """
        self.ensure_one()
        self.check_access("write")
        if not (self.words or "").strip() or not (self.who or "").strip():
            raise UserError(
                self.env._("Enter what was said, and by whom or about which car.")
            )
        if self.date_said > fields.Datetime.now():
            raise UserError(
                self.env._("Enter when the customer said it, not a time to come.")
            )
        if self.date_said < fields.Datetime.now() - timedelta(days=REMEMBERED_DAYS):
            raise UserError(
                self.env._(
                    "That is more than %(days)s days ago. Tell the complaint desk, "
                    "which enters what came in long ago.",
                    days=REMEMBERED_DAYS,
                )
            )
        told = self._tell_recorded(self._record())
        # once, however often it is tapped; nobody but the program takes it away
        self.sudo().unlink()
        return told

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _record(self):
        """The complaint, which whoever heard it may not see."""
        words = self.words.strip()
        subject = words.splitlines()[0]
        if len(subject) > SUBJECT_LENGTH:
            subject = f"{subject[:SUBJECT_LENGTH]}…"
        # everybody records what he hears; the desk alone reads it
        desk = self.env["dealer.complaint"].sudo()
        # whoever heard it is told nothing of what follows
        desk = desk.with_context(mail_create_nosubscribe=True)
        return desk.create(
            {
                "subject": subject,
                "level": "dissatisfaction",
                "source": "counter",
                "date_received": self.date_said,
                "is_safety": self.is_safety,
                "expectation": self.expectation,
                "company_id": self.env.company.id,
                "first_receiver_id": self.env.uid,
                "user_id": desk._handler_or_none(self.env.user),
                **self._whose(words),
            }
        )

    def _whose(self, words):
        """Car, customer and visit, as far as they are beyond doubt. What was entered
        stays with the words: the desk sees whom it is about."""
        # see _record
        desk = self.env["dealer.complaint"].sudo()
        car = self._car()
        customer = car.owner_id or self._customer()
        if not car and not customer:
            here = self._visit_of_name()
            car, customer = here.vehicle_id, here.contact_id or here.partner_id
        values = {"description": words}
        is_by_plate = car.owner_id and plate_key(self.who) == car.plate_key
        if not is_by_plate and (self._named() or not customer):
            values["description"] = self.env._(
                "%(words)s\n\nCar or customer: %(who)s",
                words=words,
                who=self.who.strip(),
            )
        if not customer:
            customer = desk._unknown_partner()
        visit = desk._visit_meant(car, self.env.company, self.date_said)
        return {
            "partner_id": customer.id,
            "vehicle_id": car.id,
            "reception_id": visit.id,
            **values,
        }

    def _car(self):
        key = plate_key(self.who)
        # see _record
        cars = self.env["fleet.vehicle"].sudo()
        found = key and cars.search(
            [
                ("plate_key", "=", key),
                ("is_customer_vehicle", "=", True),
                ("company_id", "in", [False, self.env.company.id]),
            ],
            limit=2,
        )
        return found if found and len(found) == 1 else cars

    def _customer(self):
        # see _record
        people = self.env["res.partner"].sudo()
        key = people._phone_to_key(self.who)
        found = key and people.search(
            [
                ("phone_key", "=", key),
                ("company_id", "in", [False, self.env.company.id]),
            ],
            limit=2,
        )
        if len(found or people) == 1 and self._named() in ("", found.name):
            return found
        return people

    def _visit_of_name(self):
        """The visit of the one customer of that name whose car is in the shop now."""
        # see _record
        visits = self.env["dealer.reception"].sudo()
        name = self.who.strip()
        found = visits.search(
            [
                ("company_id", "=", self.env.company.id),
                ("state", "in", IN_HOUSE_STATES),
                ("date_arrived", "<=", self.date_said),
                "|",
                ("contact_id.name", "=", name),
                ("partner_id.name", "=", name),
            ],
            limit=2,
        )
        return found if len(found) == 1 else visits

    def _named(self):
        """The name in what was entered as car or customer: all but the number."""
        return _OF_A_NUMBER.sub("", self.who).strip()

    def _tell_recorded(self, complaint):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(number)s: recorded. The complaint desk takes it over; until "
                    "then it is with you.",
                    number=complaint.name,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
