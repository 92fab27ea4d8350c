from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..models.common.dealer_reception_states import OPEN_STATES
from ..models.shop.res_company_booking import HORIZON_DAYS
from ..tools import groups
from ..tools.typed import sort_typed
from ..tools.work_time import to_wall

#: Days beside the chosen one that are offered when it is full, or anyway.
OFFERED_DAYS = 5


class DealerBooking(models.TransientModel):
    """Book a slot: who, which wish, how long, when – on one screen."""

    _name = "dealer.booking"
    _description = "Book an Appointment"
    _inherit = "dealer.dialog.mixin"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    # what the dialog does: a new booking, moving one, or booking anew
    reception_id = fields.Many2one("dealer.reception", "Moved Visit", readonly=True)
    rebooked_from_id = fields.Many2one("dealer.reception", readonly=True)

    # who
    vehicle_id = fields.Many2one(
        "fleet.vehicle", "Car", domain="[('is_customer_vehicle', '=', True)]"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
    )
    contact_id = fields.Many2one(
        "res.partner",
        "Brought By",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
    )
    typed = fields.Char(
        "Search Text", help="What was typed for a car that is not on record yet."
    )
    is_new_car = fields.Boolean("New Car")
    new_plate = fields.Char("Plate")
    new_model_id = fields.Many2one("fleet.vehicle.model", "Model")
    new_customer = fields.Char("Customer's Name")
    new_phone = fields.Char("Phone")
    phone_owner_ids = fields.Many2many(
        "res.partner",
        compute="_compute_phone_owner_ids",
        string="Customers with This Number",
    )
    campaign_notice = fields.Char(related="vehicle_id.campaign_notice")
    booked_note = fields.Char("Existing Appointments", compute="_compute_booked_note")

    # what
    wish = fields.Text(
        "Customer's Request", help="In the customer's own words: what the visit is for."
    )
    package_id = fields.Many2one("sale.order.template", "Service Package")
    planned_hours = fields.Float(
        compute="_compute_planned_hours", store=True, readonly=False
    )
    advisor_id = fields.Many2one(
        "res.users",
        "Service Advisor",
        domain="[('id', 'in', available_advisor_ids)]",
        help="Empty: any free advisor.",
    )
    available_advisor_ids = fields.Many2many(
        "res.users", compute="_compute_available_advisor_ids"
    )

    # when
    day = fields.Date(
        required=True,
        default=lambda self: self._default_day(),
        help="Day in the time zone of the shop.",
    )
    date_appointment = fields.Datetime("Appointment")
    slot_data = fields.Json(compute="_compute_slot_data")
    is_overbooked = fields.Boolean("Book beyond Capacity")
    can_overbook = fields.Boolean(compute="_compute_can_overbook")

    # ------------------------------------------------------------------
    # DEFAULTS AND COMPUTES
    # ------------------------------------------------------------------

    @api.model
    def _default_day(self):
        return self.env.company._dealer_day(fields.Datetime.now())

    @api.depends("vehicle_id")
    def _compute_partner_id(self):
        for booking in self:
            car = booking.vehicle_id
            # nobody stays on the screen who came with the car chosen before
            booking.partner_id = (
                car.owner_id or car.contact_id if car else booking.partner_id
            )
            booking.contact_id = (
                car.contact_id or car.owner_id if car else booking.contact_id
            )

    @api.onchange("typed")
    def _onchange_typed(self):
        """What was typed for the car is not lost when nobody knows it."""
        kind, text = sort_typed(self.typed)
        # the same words may be typed once more
        self.typed = False
        if not kind:
            return
        self.is_new_car = True
        name = {"plate": "new_plate", "phone": "new_phone", "name": "new_customer"}
        if kind in name:
            self[name[kind]] = text
        else:
            self.wish = f"VIN {text}\n{self.wish or ''}".strip()
        if kind == "phone":
            self._onchange_new_phone()

    @api.onchange("is_new_car")
    def _onchange_is_new_car(self):
        """It was a car on record after all: what was typed for a new one goes."""
        if not self.is_new_car and (self.new_plate or self.new_phone):
            self.partner_id = self.contact_id = False
            self.new_plate = self.new_customer = self.new_phone = False
            self.new_model_id = False

    @api.depends("new_phone")
    def _compute_phone_owner_ids(self):
        for booking in self:
            _meant, people = booking.partner_id._of_phone(booking.new_phone)
            booking.phone_owner_ids = people

    @api.onchange("new_phone", "new_customer")
    def _onchange_new_phone(self):
        """A customer whose telephone is known needs no second card."""
        if self.is_new_car and self.new_phone:
            self.partner_id, _people = self.partner_id._of_phone(
                self.new_phone, self.new_customer
            )

    @api.depends("vehicle_id", "partner_id", "company_id")
    def _compute_booked_note(self):
        """What is booked for this car already, or without naming a car."""
        for booking in self:
            visits = booking._booked_already()
            text = ", ".join(
                f"{visit.name} {visit._format_local(visit.date_planned)}"
                for visit in visits
            )
            booking.booked_note = text and self.env._(
                "Already booked: %(visits)s", visits=text
            )

    def _booked_already(self):
        """The visits of this car, or of the customer without a car, still to end."""
        self.ensure_one()
        car, person = self.vehicle_id._origin, self.partner_id._origin
        if not car and not person:
            return self.env["dealer.reception"]
        mine = Domain("vehicle_id", "=", car.id)
        if not car:
            mine &= Domain("partner_id", "=", person.id)
        return self.env["dealer.reception"].search(
            mine
            & Domain("company_id", "=", self.company_id.id)
            & Domain("state", "in", OPEN_STATES)
            & Domain("id", "!=", self.reception_id.id),
            order="date_planned",
            limit=3,
        )

    @api.depends("package_id", "company_id")
    def _compute_planned_hours(self):
        for booking in self:
            booking.planned_hours = (
                booking.package_id.dealer_hours
                or booking.planned_hours
                or booking.company_id.dealer_default_hours
            )

    @api.depends("company_id")
    def _compute_available_advisor_ids(self):
        for booking in self:
            shop = booking.company_id
            booking.available_advisor_ids = shop._dealer_advisors().ids if shop else []

    @api.depends_context("uid")
    def _compute_can_overbook(self):
        self.can_overbook = self.env.user.has_group(groups.MANAGER)

    @api.depends("company_id", "day", "planned_hours", "advisor_id", "reception_id")
    def _compute_slot_data(self):
        for booking in self:
            is_asked = booking.company_id and booking.day
            booking.slot_data = booking._slot_values() if is_asked else False

    @api.onchange("day", "planned_hours", "advisor_id")
    def _onchange_slot(self):
        """A slot that no longer fits is not kept silently."""
        if self.date_appointment and self.slot_data and not self.is_overbooked:
            free = {
                slot["utc"] for slot in self.slot_data["slots"] if not slot["refusal"]
            }
            if fields.Datetime.to_string(self.date_appointment) not in free:
                self.date_appointment = False

    def _slot_values(self):
        """What the slot picker shows: chips of the day, days with room, warnings."""
        self.ensure_one()
        company = self.company_id
        now = fields.Datetime.now()
        today = company._dealer_day(now)
        tz = company._dealer_tz()
        # never the years between: a day is mistyped easily
        book = self._book_from(self.day)
        ahead = book if self.day >= today else self._book_from(today)
        info = book.days[0]
        advisor = self.advisor_id.id
        slots = []
        for slot in book.slots:
            if not info.start <= slot.start < info.end:
                continue
            refusal = book.refusal(slot.start, self.planned_hours, advisor)
            minutes = to_wall(slot.start, self.day, tz)
            slots.append(
                {
                    "utc": fields.Datetime.to_string(slot.start),
                    "label": f"{minutes // 60:02d}:{minutes % 60:02d}",
                    "refusal": "past"
                    if slot.start < now
                    else refusal.code
                    if refusal
                    else "",
                    "is_overnight": book.is_overnight(slot.start, self.planned_hours),
                    "left": slot.limit - slot.taken if slot.limit is not None else None,
                }
            )
        return {
            "slots": slots,
            "days": self._days_with_room(ahead, now),
            "capacity": company._dealer_capacity_values(info),
            "warnings": company._dealer_booking_warnings(info),
            "timezone": tz.zone,
            "can_overbook": self.can_overbook,
        }

    def _book_from(self, day):
        """The book of the shop from a day on, as far as slots are offered."""
        return self.company_id._dealer_book(
            day, day + timedelta(days=HORIZON_DAYS), without=self.reception_id.ids
        )

    def _days_with_room(self, book, now):
        """The next days with a free slot, each with its number and its first ones."""
        by_day = {}
        for start in book.free(now, self.planned_hours, self.advisor_id.id):
            day = self.company_id._dealer_day(start)
            if day == self.day:
                continue
            if day not in by_day and len(by_day) == OFFERED_DAYS:
                break
            by_day.setdefault(day, []).append(start)
        return [
            {
                "date": fields.Date.to_string(day),
                "label": format_date(self.env, day, date_format="EEE d MMM")
                if self.env.lang != "zh_CN"
                else format_date(self.env, day, date_format="M月d日 EEE"),
                "count": len(starts),
            }
            for day, starts in by_day.items()
        ]

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_book(self):
        """Book the slot; the capacity is checked again, under the lock of the day.

        :return: action that opens the visit
        """
        self.ensure_one()
        if not self.date_appointment:
            raise UserError(self.env._("Choose a free slot first."))
        if self.reception_id:
            self.reception_id.action_reschedule(
                self.date_appointment, self.advisor_id.id, self.is_overbooked
            )
            reception = self.reception_id
        else:
            self._create_customer_and_car()
            receptions = self.env["dealer.reception"]
            reception = receptions._create_by_method([self._reception_values()])
            if self.rebooked_from_id:
                self.rebooked_from_id._write_by_method({"rebooked_to_id": reception.id})
        if self.env.context.get("dealer_booking_stay"):
            return {"type": "ir.actions.act_window_close"}
        return reception._get_records_action()

    def _reception_values(self):
        self.ensure_one()
        if not self.partner_id:
            raise UserError(
                self.env._("Choose the car or the customer, or enter a new one.")
            )
        values = {
            "company_id": self.company_id.id,
            "vehicle_id": self.vehicle_id.id,
            "partner_id": self.partner_id.id,
            "contact_id": (self.contact_id or self.partner_id).id,
            "advisor_id": self.advisor_id.id,
            "package_id": self.package_id.id,
            "planned_hours": self.planned_hours,
            "date_appointment": self.date_appointment,
            "is_overbooked": self.is_overbooked,
            "rebooked_from_id": self.rebooked_from_id.id,
        }
        wishes = [line.strip() for line in (self.wish or "").splitlines()]
        values["concern_ids"] = [
            fields.Command.create({"name": line}) for line in wishes if line
        ]
        return values

    def _create_customer_and_car(self):
        """A car nobody knows yet: three words on the phone are enough."""
        self.ensure_one()
        if not self.is_new_car:
            return
        if not self.partner_id:
            self.partner_id, people = self.partner_id._of_phone(
                self.new_phone, self.new_customer
            )
            if people and not self.partner_id and not self.new_customer:
                raise UserError(
                    self.env._(
                        "%(phone)s is the phone number of %(names)s. Choose the "
                        "right customer, or enter the name of a new one.",
                        phone=self.new_phone,
                        names=", ".join(people.mapped("name")),
                    )
                )
        if not self.partner_id:
            if not self.new_customer:
                raise UserError(self.env._("Enter the name of the new customer."))
            self.partner_id = self.env["res.partner"].create(
                {"name": self.new_customer, "phone": self.new_phone}
            )
        self.contact_id = self.contact_id or self.partner_id
        if self.new_plate and self.new_model_id:
            self.vehicle_id = self.env["fleet.vehicle"].create(
                {
                    "is_customer_vehicle": True,
                    "license_plate": self.new_plate,
                    "model_id": self.new_model_id.id,
                    "owner_id": self.partner_id.id,
                    "contact_id": self.contact_id.id,
                    "company_id": False,
                }
            )
        elif self.new_plate:
            raise UserError(
                self.env._(
                    "Choose the model of %(plate)s, or leave the plate empty and enter"
                    " the car when it arrives.",
                    plate=self.new_plate,
                )
            )
