from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from odoo.addons.dealer_service.tools.actions import open_dialog


class DealerFollowupBook(models.TransientModel):
    """The customer on the line wants to come: the caller books the slot, or hands the
    wish over to an advisor, who calls back.

    Callers have no rights on visits. What they may book is the car of their own call,
    within the capacity of the workshop.
    """

    _name = "dealer.followup.book"
    _description = "Book or Hand Over"
    _inherit = "dealer.followup.aside"

    company_id = fields.Many2one(related="call_id.company_id")
    way = fields.Selection(
        [("slot", "Book a Slot"), ("advisor", "Hand Over to an Advisor")],
        "How",
        required=True,
        default="slot",
    )
    wish = fields.Text(
        "Customer's Request", help="In the customer's own words: what the visit is for."
    )
    advisor_id = fields.Many2one(
        "res.users",
        "Service Advisor",
        domain="[('id', 'in', available_advisor_ids)]",
    )
    available_advisor_ids = fields.Many2many(
        "res.users", compute="_compute_available_advisor_ids"
    )

    # when
    day = fields.Date(
        default=lambda self: self.env.company._dealer_today(),
        help="Day in the time zone of the shop.",
    )
    planned_hours = fields.Float(compute="_compute_planned_hours")
    date_appointment = fields.Datetime("Appointment")
    # the slot picker sets it; a caller never books beyond the capacity
    is_overbooked = fields.Boolean("Book")
    slot_data = fields.Json(compute="_compute_slot_data")

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("company_id")
    def _compute_available_advisor_ids(self):
        for dialog in self:
            shop = dialog.company_id
            dialog.available_advisor_ids = shop._dealer_advisors() if shop else []

    @api.depends("company_id")
    def _compute_planned_hours(self):
        for dialog in self:
            # how long a visit is planned for is no secret
            dialog.planned_hours = dialog.company_id.sudo().dealer_default_hours

    @api.depends("company_id", "day", "advisor_id", "way")
    def _compute_slot_data(self):
        for dialog in self:
            is_asked = dialog.company_id and dialog.day and dialog.way == "slot"
            dialog.slot_data = is_asked and dialog._booking()._slot_values()

    @api.onchange("day", "advisor_id")
    def _onchange_slot(self):
        """A slot that no longer fits is not kept silently."""
        if self.date_appointment and self.slot_data:
            free = {
                slot["utc"] for slot in self.slot_data["slots"] if not slot["refusal"]
            }
            if fields.Datetime.to_string(self.date_appointment) not in free:
                self.date_appointment = False

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_confirm(self):
        """Book the slot, or put the wish on the list of the advisor.

        :raise UserError: without a slot, or an advisor and what is wished
        """
        self.ensure_one()
        self.call_id._check_mine()
        self._check_car()
        if self.way == "slot":
            said = self._book()
        else:
            said = self._hand_over()
        self.call_id._note_wants_to_come(said)
        return {"type": "ir.actions.act_window_close"}

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _check_car(self):
        if self.vehicle_id and self.vehicle_id not in self.offered_vehicle_ids:
            raise UserError(
                self.env._(
                    "This call is not about %(car)s.", car=self.vehicle_id.display_name
                )
            )

    def _booking(self):
        """The booking dialog of the advisors, filled in for the customer of the call.

        With the rights of the system: see the class.
        """
        shop = self.company_id
        # see the class
        bookings = self.env["dealer.booking"].sudo().with_company(shop)
        return bookings.new(
            {
                "company_id": shop.id,
                "day": self.day,
                "advisor_id": self.advisor_id.id,
                "planned_hours": self.planned_hours,
            }
        )

    def _book(self):
        """:return: what the call says of it"""
        if not self.date_appointment:
            raise UserError(self.env._("Choose a free slot first."))
        if self.date_appointment <= fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%(time)s is over by now: choose a later slot.",
                    time=self.company_id._dealer_format(self.date_appointment),
                )
            )
        shop = self.company_id
        partner = self.call_id.partner_id
        # see the class
        bookings = self.env["dealer.booking"].sudo().with_company(shop)
        booking = bookings.with_context(dealer_booking_stay=True).create(
            {
                "company_id": shop.id,
                "vehicle_id": self.vehicle_id.id,
                "partner_id": partner.id,
                "contact_id": partner.id,
                "advisor_id": self.advisor_id.id,
                "wish": self.wish,
                "day": self.day,
                "planned_hours": self.planned_hours,
                "date_appointment": self.date_appointment,
            }
        )
        booking.action_book()
        # dialogs of the advisors are theirs
        booking.unlink()
        return self.env._(
            "Booked for %(date)s.", date=shop._dealer_format(self.date_appointment)
        )

    def _hand_over(self):
        """:return: what the call says of it"""
        if not self.advisor_id or not (self.wish or "").strip():
            raise UserError(
                self.env._("Choose the advisor, and enter what the customer wants.")
            )
        if self.advisor_id not in self.available_advisor_ids:
            raise UserError(
                self.env._(
                    "%(user)s is no service advisor of this shop.",
                    user=self.advisor_id.name,
                )
            )
        call = self.call_id
        # the advisor is told on the card of the car, or else of the customer; a
        # caller writes on neither
        subject = (self.vehicle_id or call.partner_id).sudo()
        # in the words of who reads it
        lang = self.advisor_id.sudo().lang
        words = self.with_context(lang=lang) if lang else self
        subject.activity_schedule(
            "mail.mail_activity_data_call",
            summary=words.env._(
                "Call back to book: %(name)s, %(phone)s",
                name=call.contact_name,
                phone=call.contact_phone,
            ),
            note=plaintext2html(self.wish),
            user_id=self.advisor_id.id,
        )
        return self.env._("Handed over to %(user)s.", user=self.advisor_id.name)


class DealerFollowupCall(models.TransientModel):
    """What the customer decides while on the line."""

    _name = "dealer.followup.call"
    _inherit = "dealer.followup.call"

    def action_book(self):
        """Book a slot, or hand over to an advisor, without leaving the call."""
        self.ensure_one()
        self._check_mine()
        return open_dialog(
            self.env["dealer.followup.book"],
            self.env._("Book or Hand Over"),
            call_id=self.id,
            wish=self.note,
        )

    def _cars_told_of(self):
        """The cars that this call is about, those of the customer where it is about
        none."""
        tasks = self.followup_ids._origin
        return tasks.vehicle_id or tasks.partner_id[:1].vehicle_ids

    def _note_wants_to_come(self, said):
        """The sheet goes on: what was decided stands in its note, with the result that
        fits, until something else is chosen."""
        self.note = "\n".join(filter(None, (self.note, said)))
        if not self.result_id:
            self.result_id = self.env.ref("dealer_followup.result_appointment")
