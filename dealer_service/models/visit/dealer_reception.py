from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import groups
from ...tools.odometer import MAX_READING
from ..common.dealer_reception_states import (
    OPEN_STATES,
    STATE_STAMP,
    STATES,
    TRANSITIONS,
)


class DealerReception(models.Model):
    """One visit of one car, from the booked slot to the handed-over key."""

    _name = "dealer.reception"
    _description = "Visit"
    _inherit = [
        "dealer.process.mixin",
        "dealer.numbered.mixin",
        "portal.mixin",
        "dealer.rated.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_planned desc, id desc"
    _rec_names_search = ["name", "vehicle_id", "partner_id"]
    _check_company_auto = True
    _mail_post_access = "read"
    _transitions = TRANSITIONS

    # identity
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)

    # who
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        index=True,
        tracking=True,
        ondelete="restrict",
        domain="[('is_customer_vehicle', '=', True)]",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        tracking=True,
        ondelete="restrict",
        help="The customer who pays for the visit: the owner of the car, unless "
        "changed.",
    )
    contact_id = fields.Many2one(
        "res.partner",
        "Brought By",
        index="btree_not_null",
        tracking=True,
        ondelete="restrict",
        help="The person who brings the car and is called about it. Often not the "
        "owner.",
    )
    advisor_id = fields.Many2one(
        "res.users",
        "Service Advisor",
        index=True,
        tracking=True,
        default=lambda self: self._default_advisor_id(),
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        check_company=True,
    )

    # progress
    state = fields.Selection(
        STATES,
        required=True,
        default="booked",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand="_group_expand_state",
    )
    date_appointment = fields.Datetime(
        "Appointment",
        copy=False,
        index="btree_not_null",
        tracking=True,
        help="Start of the booked slot. Empty for a walk-in.",
    )
    date_planned = fields.Datetime(
        "Day of the Visit",
        compute="_compute_date_planned",
        store=True,
        precompute=True,
        index=True,
        help="Time of arrival, or of the booked slot until the car arrives.",
    )

    # the car as it came, the customer's wishes
    odometer = fields.Integer(
        "Odometer (km)", copy=False, tracking=True, aggregator=None
    )
    fuel_level = fields.Integer("Fuel Level (%)", copy=False, aggregator=None)
    belongings = fields.Text(
        copy=False, help="Items left in the car or in our keeping."
    )
    keep_old_parts = fields.Boolean("Return Old Parts", copy=False)
    wash = fields.Boolean("Car Wash", copy=False, default=True)
    is_waiting = fields.Boolean(
        "Customer Waits on Site", copy=False, tracking=True, index=True
    )
    is_first_visit = fields.Boolean("First Visit", copy=False, readonly=True)
    concern_ids = fields.One2many(
        "dealer.reception.concern", "reception_id", "Concerns", copy=True
    )

    # quality and money
    is_comeback = fields.Boolean("Comeback", copy=False, tracking=True)
    comeback_of_id = fields.Many2one(
        "dealer.reception",
        copy=False,
        index="btree_not_null",
        check_company=True,
        domain="[('vehicle_id', '=', vehicle_id), ('state', '=', 'delivered')]",
    )
    rework_count = fields.Integer("Rework", copy=False, readonly=True)
    estimate_total = fields.Monetary(
        "Agreed Total",
        copy=False,
        readonly=True,
        groups=groups.ADVISOR,
    )
    settled_total = fields.Monetary(
        copy=False,
        readonly=True,
        groups=groups.ADVISOR,
    )
    variance_reason = fields.Text(copy=False, groups=groups.ADVISOR)

    _day_idx = models.Index("(company_id, date_planned DESC, id DESC)")
    _vehicle_history_idx = models.Index("(vehicle_id, date_arrived DESC)")
    _open_idx = models.Index(
        "(company_id, state, date_planned) WHERE state NOT IN"
        " ('delivered', 'left', 'no_show', 'cancelled')"
    )
    # what happened in some days, by any of its moments; visits lie as they came, so
    # that it is small, and costs a step next to nothing
    _moments_idx = models.Index(
        "USING brin (date_arrived, date_promised_first, date_ready, date_settled,"
        " date_delivered) WITH (pages_per_range = 32, autosummarize = on)"
    )
    _check_vehicle_known = models.Constraint(
        "CHECK(vehicle_id IS NOT NULL OR state IN"
        " ('booked', 'prepared', 'no_show', 'cancelled'))",
        "A visit needs its car before the car can arrive.",
    )
    _check_fuel_level = models.Constraint(
        "CHECK(fuel_level BETWEEN 0 AND 100)",
        "The fuel level is a percentage between 0 and 100.",
    )

    # ------------------------------------------------------------------
    # DEFAULTS AND COMPUTES
    # ------------------------------------------------------------------

    @api.model
    def _default_advisor_id(self):
        user = self.env.user
        is_advisor = user.has_group(groups.ADVISOR)
        return user if is_advisor else self.env["res.users"]

    @api.model
    def _group_expand_state(self, states, domain):
        """Columns of the board: the way of a car through the house, always in full."""
        return [state for state, _label in STATES if state in OPEN_STATES]

    @api.depends("date_arrived", "date_appointment")
    def _compute_date_planned(self):
        for reception in self:
            reception.date_planned = (
                reception.date_arrived or reception.date_appointment
            )

    @api.depends("name", "license_plate")
    def _compute_display_name(self):
        for reception in self:
            plate = reception.license_plate
            reception.display_name = (
                f"{reception.name} {plate}" if plate else reception.name
            )

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for reception in self:
            reception.access_url = f"/my/visits/{reception.id}"
        return result

    def _creation_message(self):
        """What the first line of the chatter says: how the visit came about."""
        self.ensure_one()
        if self.state == "booked":
            return self.env._("Appointment booked.")
        return self.env._("The car came without an appointment.")

    # ------------------------------------------------------------------
    # CONSTRAINTS
    # ------------------------------------------------------------------

    @api.constrains("odometer", "odometer_out")
    def _check_odometer(self):
        for reception in self:
            for km in (reception.odometer, reception.odometer_out):
                if not 0 <= km <= MAX_READING:
                    raise ValidationError(
                        self.env._(
                            "%(visit)s: %(km)s km is not an odometer reading.",
                            visit=reception.name,
                            km=km,
                        )
                    )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _begin(self, vals_list):
        """A visit begins with its booking, or with the arrival of the car.

        :raise UserError: for one that is to begin further on
        """
        now = fields.Datetime.now()
        for vals in vals_list:
            state = vals.get("state", "booked")
            if state not in ("booked", "arrived"):
                raise UserError(
                    self.env._(
                        "A visit starts as a booking or with the arrival of the "
                        "car, not as “%(state)s”. Use its buttons to move it "
                        "forward.",
                        state=self._state_label(state),
                    )
                )
            if state == "arrived":
                vals.setdefault("date_arrived", now)
            else:
                vals.setdefault("date_booked", now)
            if not vals.get("contact_id"):
                vals["contact_id"] = vals.get("partner_id")

    def _enter_first_state(self):
        for state, visits in self.grouped("state").items():
            if state == "arrived":
                visits._recognize_first_visit()
            visits._enter(state)

    def _subscribe_first_advisor(self):
        """Whoever creates a visit follows it already."""
        self.filtered(lambda r: r.advisor_id != self.env.user)._subscribe_advisor()

    def _subscribe_advisor(self, _change=None):
        """The advisor hears what is written about the visit, whoever booked it."""
        for advisor, visits in self.grouped("advisor_id").items():
            if advisor:
                # who books for a colleague need not see the colleague's contact
                visits.sudo().message_subscribe(advisor.sudo().partner_id.ids)

    def _check_may_correct_times(self, vals):
        """The times of a visit measure its advisor: somebody else corrects them.

        :raise AccessError: for anybody but such a manager
        :raise UserError: without a reason
        """
        if not self._is_second_person():
            raise AccessError(
                self.env._(
                    "Only a service manager may correct the times of %(visits)s, "
                    "and not its advisor, whose work they measure.",
                    visits=", ".join(self.mapped("name")),
                )
            )
        if not self.env.su:
            self._check_reason(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        for reception in self:
            if reception.state not in ("booked", "cancelled"):
                raise UserError(
                    self.env._(
                        "%(visit)s has begun and is part of the history of the car. "
                        "Cancel it instead of deleting it.",
                        visit=reception.name,
                    )
                )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _set_state(self, target):
        """Move all visits to ``target`` and stamp the time, the first time only.

        :raise AccessError: for who may not write the visits, before anything is told
        :raise UserError: for a move that :data:`TRANSITIONS` does not know
        """
        self.check_access("write")
        self._check_move(target)
        self._leave_for(target)
        now = fields.Datetime.now()
        stamp = STATE_STAMP.get(target)
        stamped = self.filtered(stamp) if stamp else self
        stamped._write_by_method({"state": target})
        (self - stamped)._write_by_method({"state": target, stamp: now})
        # of two at once the second waits here, and is told that it is done
        self.flush_recordset(["state"])
        self._enter(target)
        return True
