from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import groups
from ...tools.arguments import DAY, FLAG, MOMENT, RECORD, arguments
from ...tools.capacity import CHECKS
from ..common.dealer_reception_states import BOOKED_STATES
from ..shop.res_company_booking import HORIZON_DAYS

WEEK_DAYS = 7
#: What a change of these fields asks of the book of the shop.
CAPACITY_CHECKS = {
    "company_id": CHECKS,
    "date_appointment": CHECKS,
    "advisor_id": ("advisor",),
    "planned_hours": ("hours",),
    "vehicle_id": (),
}


class DealerReception(models.Model):
    """The booked slot: no path to it leads past the capacity of the shop."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    package_id = fields.Many2one(
        "sale.order.template",
        "Service Package",
        index="btree_not_null",
        help="The booked package. Its labour determines the planned hours.",
    )
    planned_hours = fields.Float(
        compute="_compute_planned_hours",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        copy=True,
        help="Technician-hours the visit will take.",
    )
    date_appointment_end = fields.Datetime(
        "Planned Until",
        compute="_compute_date_appointment_end",
        store=True,
        precompute=True,
        help="End of the planned hours, counting only opening hours: lunch breaks, "
        "nights and holidays are skipped.",
    )
    is_by_customer = fields.Boolean(
        "Booked by the Customer",
        copy=False,
        readonly=True,
        help="On the booking page of the shop, without anybody of the shop.",
    )
    is_overbooked = fields.Boolean(
        "Overbooked",
        copy=False,
        tracking=True,
        help="A manager booked this beyond the capacity of the shop.",
    )

    _booking_idx = models.Index(
        "(company_id, date_appointment_end, date_appointment)"
        " WHERE date_appointment IS NOT NULL"
    )
    _by_customer_idx = models.Index(
        "(company_id, date_appointment) WHERE is_by_customer AND state = 'booked'"
    )
    _check_planned_hours = models.Constraint(
        "CHECK(planned_hours >= 0 AND planned_hours <= 400)",
        "The planned hours of a visit lie between 0 and 400.",
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("package_id", "company_id")
    def _compute_planned_hours(self):
        for reception in self:
            # a technician has no right on packages, yet sees the hours
            package_hours = reception.sudo().package_id.dealer_hours
            reception.planned_hours = (
                package_hours
                or reception.planned_hours
                or reception.company_id.dealer_default_hours
            )

    @api.depends("date_appointment", "planned_hours")
    def _compute_date_appointment_end(self):
        booked = self.filtered("date_appointment")
        (self - booked).date_appointment_end = False
        for company, visits in booked.grouped("company_id").items():
            for near in visits._by_nearness():
                near._plan_end(company)

    def _plan_end(self, company):
        """Set until when the planned hours last in the opening hours of the shop."""
        moments = self.mapped("date_appointment")
        first = company._dealer_day(min(moments))
        last = company._dealer_day(max(moments))
        # most work ends the same day, hardly any lasts longer than a week
        for ahead in (0, WEEK_DAYS, HORIZON_DAYS):
            book = company._dealer_book(
                first, last + timedelta(days=ahead), only_opening=True
            )
            for visit in self:
                visit.date_appointment_end = book.end_of_work(
                    visit.date_appointment, visit.planned_hours
                )
            if all(visit.date_appointment_end for visit in self):
                break

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _check_first_overbooking(self, vals_list):
        if any(vals.get("is_overbooked") for vals in vals_list):
            self._check_may_overbook()

    def _take_first_slot(self):
        """A car that is here at once takes its slot from others all the same."""
        self.filtered("date_appointment")._take_slot(set(CHECKS))

    def _take_other_slot(self, change):
        """What was booked has changed: it needs its room anew."""
        for reception in self.filtered(lambda r: r.state in BOOKED_STATES):
            changed = change.names(reception) & set(CAPACITY_CHECKS)
            if reception.planned_hours < change.was(reception, "planned_hours"):
                changed.discard("planned_hours")
            if "date_appointment" in changed and not change.vals.get("is_overbooked"):
                # the leave to overbook was given for the old slot
                reception._write_by_method({"is_overbooked": False})
            if changed and reception.date_appointment:
                reception._take_slot(
                    set().union(*(CAPACITY_CHECKS[name] for name in changed))
                )

    def _check_overbooking(self, vals):
        if vals["is_overbooked"]:
            self._check_may_overbook()

    def _check_may_overbook(self):
        if not self.env.su and not self.env.user.has_group(groups.MANAGER):
            raise AccessError(
                self.env._("Only a service manager may book beyond the capacity.")
            )

    def _check_may_move(self, vals):
        """A slot is moved as long as the car has not come; then it is history."""
        date = fields.Datetime.to_datetime(vals["date_appointment"])
        moved = self.filtered(
            lambda r: r.state not in BOOKED_STATES and r.date_appointment != date
        )
        if moved and not self._may_correct_past():
            raise UserError(
                self.env._(
                    "%(visit)s is “%(state)s”, so its appointment can no longer be "
                    "moved. Only a service manager may correct it.",
                    visit=moved[0].name,
                    state=moved[0]._state_label(),
                )
            )

    def _may_correct_past(self):
        """Managers enter history, by hand or from a file; nobody else books the past.

        That a file is imported proves nothing: any remote caller can say so.
        """
        return self.env.su or self.env.user.has_group(groups.MANAGER)

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    @arguments(date_appointment=MOMENT, advisor_id=RECORD, overbook=FLAG)
    def action_reschedule(self, date_appointment, advisor_id=None, overbook=False):
        """Move the appointment; the old slot becomes free.

        :param date_appointment: start of the new slot, UTC
        :param int advisor_id: the new advisor; ``None`` keeps him, ``False`` removes
        :param bool overbook: beyond the capacity (managers only)
        :raise BookingRefused: when there is no room
        """
        vals = {"date_appointment": date_appointment}
        if advisor_id is not None:
            vals["advisor_id"] = advisor_id
        if overbook:
            vals["is_overbooked"] = True
        for reception in self:
            if reception.state not in BOOKED_STATES:
                raise UserError(
                    self.env._(
                        "%(visit)s is “%(state)s”: only a booked visit can be moved.",
                        visit=reception.name,
                        state=reception._state_label(),
                    )
                )
        self.write(vals)
        return True

    @api.model
    @arguments(date_appointment=MOMENT, advisor_id=RECORD, day=DAY)
    def action_new_booking(self, date_appointment=None, advisor_id=None, day=None):
        """Open the booking dialog, on a slot when one was tapped.

        :param date_appointment: start of the slot, UTC
        :param int advisor_id: whose slot was tapped
        :param day: the day to look at, when no slot was tapped
        """
        values = {"advisor_id": advisor_id}
        if day:
            values["day"] = day
        if date_appointment:
            date = fields.Datetime.to_datetime(date_appointment)
            values["date_appointment"] = date
            values["day"] = self.env.company._dealer_day(date)
        return self._open_booking_dialog(values)

    def action_open_reschedule(self):
        """Open the booking dialog to move this appointment."""
        self.ensure_one()
        return self._open_booking_dialog(
            {
                **self._booking_dialog_values(),
                "reception_id": self.id,
                "day": self.company_id._dealer_day(
                    self.date_appointment or fields.Datetime.now()
                ),
                "date_appointment": self.date_appointment,
            }
        )

    def _booking_dialog_values(self):
        """What the dialog takes over from a visit."""
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "vehicle_id": self.vehicle_id.id,
            "partner_id": self.partner_id.id,
            "contact_id": self.contact_id.id,
            "advisor_id": self.advisor_id.id,
            "package_id": self.package_id.id,
            "planned_hours": self.planned_hours,
            "wish": "\n".join(self.concern_ids.mapped("name")),
        }

    @api.model
    def _open_booking_dialog(self, values):
        booking = self.env["dealer.booking"].create(values)
        name = (
            self.env._("Move the Appointment")
            if booking.reception_id
            else self.env._("Book an Appointment")
        )
        return booking._get_records_action(name=name, target="new")
