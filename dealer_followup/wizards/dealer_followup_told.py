from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from odoo.addons.dealer_service.tools.actions import open_dialog
from odoo.addons.dealer_service.tools.odometer import MAX_KM

#: No telephone number is longer, however it is written.
LONGEST_NUMBER = 32


class DealerFollowupTold(models.TransientModel):
    """What a customer tells in passing: another number, who insures the car, its
    mileage, where it is served now, who owns it.

    Callers have no rights on cards. They write what they are told about the customer
    of their own call; the card says who told it and who noted it down.
    """

    _name = "dealer.followup.told"
    _description = "What the Customer Told"
    _inherit = "dealer.followup.aside"

    phone = fields.Char("New Phone Number")
    insurer = fields.Char()
    insurance_expiry = fields.Date("Insured Until")
    odometer = fields.Integer("Mileage (km)")
    reason_id = fields.Many2one(
        "dealer.leave.reason",
        "Served Elsewhere Because",
        domain="[('is_leaving', '=', False)]",
    )
    new_owner = fields.Char("New Owner's Name")
    new_owner_phone = fields.Char("New Owner's Phone")
    note = fields.Char("In the Customer's Words")

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_confirm(self):
        """Write it where it belongs; the sheet stays open.

        :raise UserError: without anything, or about a car without the car
        """
        self.ensure_one()
        self.call_id._check_mine()
        about_car = (
            self.insurer,
            self.insurance_expiry,
            self.odometer,
            self.reason_id,
            self.new_owner or self.new_owner_phone,
        )
        if any(about_car) and self.vehicle_id not in self.offered_vehicle_ids:
            raise UserError(self.env._("Choose the car that this is about."))
        if not any((self.phone, *about_car)):
            raise UserError(self.env._("Enter what the customer told you."))
        self._write_phone()
        self._write_car()
        if self.odometer:
            self._write_odometer()
        if self.reason_id:
            # see the class
            self.vehicle_id._check_served_here()
            self.vehicle_id.sudo()._record_leaving(self.reason_id, self.note)
        if self.new_owner or self.new_owner_phone:
            self._tell_of_new_owner()
        return {"type": "ir.actions.act_window_close"}

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _write_phone(self):
        """The number is the customer's; the former one stays in the chatter."""
        # see the class
        partner = self.call_id.partner_id.sudo()
        phone = (self.phone or "").strip()
        if not phone or phone == partner.phone:
            return
        if len(phone) > LONGEST_NUMBER or not partner._phone_to_key(phone):
            raise UserError(
                self.env._("%(phone)s is not a telephone number.", phone=phone)
            )
        former, partner.phone = partner.phone, phone
        partner._message_log(
            body=self.env._(
                "Told on the phone: new number %(new)s, until now %(old)s.",
                new=phone,
                old=former or "–",
            )
        )

    def _write_car(self):
        # see the class
        car = self.vehicle_id.sudo()
        told = {
            name: self[name]
            for name in ("insurer", "insurance_expiry")
            if self[name] and self[name] != car[name]
        }
        if told:
            car.write(told)

    def _write_odometer(self):
        """A mileage told on the phone is a reading of today, in the caller's name.

        :raise UserError: for less than what is known
        """
        car = self.vehicle_id
        if self.odometer < car.last_odometer:
            raise UserError(
                self.env._(
                    "%(car)s has been read at %(km)s km already. Ask again, or leave "
                    "it out.",
                    car=car.display_name,
                    km=car.last_odometer,
                )
            )
        if self.odometer > MAX_KM:
            raise UserError(
                self.env._(
                    "No car drives %(km)s km. Ask again, or leave it out.",
                    km=self.odometer,
                )
            )
        # see the class
        readings = self.env["dealer.odometer.reading"].sudo()
        readings.create(
            {
                "vehicle_id": car.id,
                "value": self.odometer,
                "date": self.call_id.company_id._dealer_today(),
                "user_id": self.env.uid,
            }
        )

    def _tell_of_new_owner(self):
        """Whose car it is now is for an advisor to enter: one of them is asked."""
        # see the class
        car, shop = self.vehicle_id.sudo(), self.call_id.company_id
        advisors = shop.sudo()._dealer_advisors()
        last = car.reception_ids.sorted("date_planned")[-1:].advisor_id & advisors
        advisor = last or advisors[:1]
        facts = (self.new_owner, self.new_owner_phone, self.note)
        car.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("The car has a new owner: enter whom"),
            note=plaintext2html("\n".join(filter(None, facts))),
            user_id=(advisor or self.env.user).id,
        )


class DealerFollowupCall(models.TransientModel):
    """What is told in passing."""

    _name = "dealer.followup.call"
    _inherit = "dealer.followup.call"

    def action_told(self):
        """Note what the customer told, without leaving the call."""
        self.ensure_one()
        self._check_mine()
        return open_dialog(
            self.env["dealer.followup.told"],
            self.env._("What the Customer Told"),
            call_id=self.id,
        )
