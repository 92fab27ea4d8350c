import re

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.dealer_service.tools.actions import open_dialog, open_form
from odoo.addons.dealer_service.tools.arguments import arguments, between
from odoo.addons.dealer_service.tools.plate import format_plate, plate_key
from odoo.addons.dealer_service.tools.text_key import normalize_key

#: Where the code on the customer's phone leads.
CODE = re.compile(r"/activity/(?:door/)?([\w-]{16,64})")
#: Invitees offered when what was typed fits several.
MAX_FOUND = 8


class DealerActivityInvitee(models.Model):
    """At the door."""

    _name = "dealer.activity.invitee"
    _inherit = "dealer.activity.invitee"

    @arguments(persons=between(0, 99))
    def action_check_in(self, persons=None):
        """They are here. Tapping twice counts them once.

        :param int persons: how many came; default: as many as they said
        :raise UserError: as long as the activity does not run
        """
        self.check_access("write")
        for invitee in self:
            activity = invitee.activity_id
            if activity.state != "running":
                raise UserError(
                    self.env._("%s is not running: start it first.", activity.name)
                )
            if invitee.state == "attended":
                if persons:
                    invitee._write_by_method({"persons": persons})
                continue
            invitee._set_state(
                "attended",
                date_attended=fields.Datetime.now(),
                persons=persons or invitee.persons,
            )
            # the call is superfluous, whoever was to make it
            invitee.sudo().followup_id._close("done", "converted")
            invitee._has_answered_again()
        return True

    def action_undo_check_in(self):
        """It was somebody else.

        :raise UserError: once those who came have been evaluated
        """
        self.check_access("write")
        self._check_not_evaluated()
        self._set_state("coming", date_attended=False)
        return True

    def action_open_job(self):
        """Receive the car here and now: a visit, as a job on the site of the activity.

        :raise AccessError: for who receives no cars
        :return: the action that opens the visit
        """
        self.ensure_one()
        self.env["dealer.reception"].check_access("create")
        if not self.vehicle_id:
            raise UserError(self.env._("Enter the car first."))
        if self.state != "attended":
            self.action_check_in()
        visit = self.vehicle_id._arrive()
        if not visit.invitee_id:
            # the visit is the advisor's, its link to the activity the process's
            visit.sudo().write({"invitee_id": self.id, "activity_id": False})
            visit.sudo()._credit_activity()  # see above
        return open_form(visit)


class DealerActivity(models.Model):
    """Who stands at the door."""

    _name = "dealer.activity"
    _inherit = "dealer.activity"

    def action_open_check_in(self):
        """The screen for the tablet at the door."""
        self.ensure_one()
        self.check_access("read")
        return open_dialog(
            self.env["dealer.activity.checkin"],
            self.env._("Check-in"),
            activity_id=self.id,
        )

    def _at_door(self, text):
        """Invitees that fit what was scanned or typed.

        A scanned code fits one. Four digits are the end of a telephone number or of a
        plate; more may be any part of name, plate or number.
        """
        self.ensure_one()
        rows = self.env["dealer.activity.invitee"]
        text = (text or "").strip()
        code = CODE.search(text)
        if code or re.fullmatch(r"[\w-]{24}", text, re.ASCII):
            found = rows._by_token(code[1] if code else text)
            return found.filtered(lambda row: row.activity_id == self)
        key = normalize_key(text)
        if len(key) < 2:
            return rows
        mine = Domain("activity_id", "=", self.id)
        fits = Domain("contact_name", "ilike", text)
        if key.isdecimal() and len(key) >= 4:
            fits |= Domain("contact_phone", "=like", f"%{key[-11:]}")
        if key.isascii() or plate_key(text):
            fits |= Domain("vehicle_id.plate_key", "ilike", plate_key(text) or key)
        return rows.search(mine & fits, limit=MAX_FOUND, order="state, id")

    def _walk_in(self, name, phone, plate=None, model=None, persons=1):
        """Somebody comes who was not invited: known by number or plate, or new.

        :param str plate: of the car, if there is one; a new car needs its ``model``
        :raise UserError: without name and number, or when the number is none
        :return: the invitee, checked in
        """
        self.ensure_one()
        self.check_access("read")
        invitees = self.env["dealer.activity.invitee"]
        invitees.check_access("write")
        if self.state != "running":
            raise UserError(self.env._("%s is not running: start it first.", self.name))
        # whoever stands at the door has no rights on customers and cars
        vehicle, partner = self.sudo()._walk_in_subject(name, phone, plate, model)
        row = self._enter_walk_in(vehicle, partner)
        row.action_check_in(persons)
        return row

    def _enter_walk_in(self, vehicle, partner):
        """The row of somebody who has come: from the list, else a new one."""
        invitees = self.env["dealer.activity.invitee"]
        row = invitees.sudo().search(  # the list may hold rows of the audience
            [("activity_id", "=", self.id), ("vehicle_id", "=", vehicle.id or 0)]
        ) or invitees.sudo().search(  # as above
            [
                ("activity_id", "=", self.id),
                ("contact_phone", "=", partner.phone_key),
                ("partner_id", "=", partner.id),
            ],
            limit=1,
        )
        # rows are made by the audience and here, by nobody else
        row = row or invitees.sudo().create(
            {
                "activity_id": self.id,
                "company_id": self.company_id.id,
                "vehicle_id": vehicle.id,
                "partner_id": partner.id,
                "contact_name": partner.name,
                "contact_phone": partner.phone_key,
                "is_walk_in": True,
            }
        )
        return row.with_env(self.env)

    def _walk_in_subject(self, name, phone, plate, model):
        """The car and the customer of a walk-in, made when they are new."""
        cars = self.env["fleet.vehicle"]
        partners = self.env["res.partner"]
        phone_key = partners._phone_to_key(phone)
        car = cars
        if plate_key(plate):
            car = cars.search(
                [
                    ("is_customer_vehicle", "=", True),
                    ("plate_key", "=", plate_key(plate)),
                    ("company_id", "in", (self.company_id.id, False)),
                ],
                limit=1,
            )
        partner = (
            phone_key
            and partners.search(
                [
                    ("phone_key", "=", phone_key),
                    # a card of another shop is not shown to this one
                    ("company_id", "in", (self.company_id.id, False)),
                ],
                order="id",
                limit=1,
            )
        ) or partners
        partner = partner or car.contact_id or car.owner_id
        if not partner:
            if not (name or "").strip() or not phone_key:
                raise UserError(
                    self.env._("Enter the name and the phone number of the customer.")
                )
            partner = partners.create({"name": name.strip(), "phone": phone})
        if plate_key(plate) and not car:
            if not model:
                raise UserError(self.env._("Choose the model of the car."))
            car = cars.create(
                {
                    "is_customer_vehicle": True,
                    "license_plate": format_plate(plate),
                    "model_id": model.id,
                    "owner_id": partner.id,
                }
            )
        return car, partner
