from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.dealer_service.tools.actions import open_dialog
from odoo.addons.dealer_service.tools.customer_words import check_length

from ...tools import groups

STATES = [
    ("planned", "Planned"),
    ("done", "Visited"),
    ("not_met", "Nobody Met"),
]
#: Every permitted move of a stop: (from, to).
TRANSITIONS = {
    ("planned", "done"),
    ("planned", "not_met"),
    ("not_met", "done"),
    ("done", "planned"),
    ("not_met", "planned"),
}
#: What the manager plans; the team on the road reports.
PLAN = (
    "activity_id",
    "name",
    "partner_id",
    "vehicle_id",
    "address",
    "phone",
    "date_start",
    "date_end",
    "user_id",
)


class DealerActivityStop(models.Model):
    """One stop of the service car, or one household that is visited."""

    _name = "dealer.activity.stop"
    _description = "Stop of an Activity"
    _inherit = "dealer.process.mixin"
    _order = "date_start, id"
    _check_company_auto = True
    _transitions = TRANSITIONS
    _RECORDED_FIELDS = frozenset({"state", "done_by_id", "date_done"})
    _GUARDS = (
        (PLAN, "_check_planner"),
        ((*PLAN, "report"), "_check_not_evaluated"),
        (("report",), "_check_reporter"),
    )
    _INTAKE = ("_check_not_evaluated",)
    _is_sealed = True

    activity_id = fields.Many2one(
        "dealer.activity", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="activity_id.company_id", store=True, index=True
    )
    kind = fields.Selection(related="activity_id.kind")
    activity_state = fields.Selection(
        related="activity_id.state", string="Activity Status"
    )

    # plan
    name = fields.Char(
        "Place or Household",
        required=True,
        compute="_compute_of_partner",
        store=True,
        readonly=False,
        precompute=True,
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", index="btree_not_null", ondelete="restrict"
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_customer_vehicle', '=', True)]",
    )
    address = fields.Char(
        compute="_compute_of_partner", store=True, readonly=False, precompute=True
    )
    phone = fields.Char(
        compute="_compute_of_partner", store=True, readonly=False, precompute=True
    )
    date_start = fields.Datetime(
        "Begins",
        required=True,
        compute="_compute_date_start",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_end = fields.Datetime("Ends")
    user_id = fields.Many2one(
        "res.users",
        "In Charge",
        index="btree_not_null",
        domain=lambda self: self._domain_user_id(),
        check_company=True,
    )

    # report
    state = fields.Selection(STATES, required=True, default="planned", readonly=True)
    report = fields.Text(help="What was found, said and promised.")
    done_by_id = fields.Many2one("res.users", "Reported By", readonly=True)
    date_done = fields.Datetime("Reported On", readonly=True)
    invitee_ids = fields.One2many(
        "dealer.activity.invitee", "stop_id", "Cars Met", readonly=True
    )
    met = fields.Integer("Cars Met (count)", compute="_compute_met")

    _route_idx = models.Index("(activity_id, date_start)")
    _check_times = models.Constraint(
        "CHECK(date_end >= date_start)", "A stop must end after it begins."
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("partner_id")
    def _compute_of_partner(self):
        """A household is found by its customer; a place has what was typed."""
        for stop in self:
            partner = stop.partner_id
            if partner:
                stop.name = partner.name
                # who drives there knows the country
                city, street = partner.city, partner.street
                if city and street and street.startswith(city):
                    city = False
                parts = (partner.zip, city, street, partner.street2)
                stop.address = " ".join(filter(None, parts)) or False
                stop.phone = partner.phone
            else:
                stop.name = stop.name or False
                stop.address = stop.address or False
                stop.phone = stop.phone or False

    @api.depends("activity_id")
    def _compute_date_start(self):
        for stop in self:
            stop.date_start = stop.date_start or stop.activity_id.date_start

    @api.depends("invitee_ids")
    def _compute_met(self):
        counts = dict(
            self.env["dealer.activity.invitee"]._read_group(
                [("stop_id", "in", self.ids)], ["stop_id"], ["__count"]
            )
        )
        for stop in self:
            stop.met = counts.get(stop._origin, 0)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _domain_user_id(self):
        """Whoever is in charge can open the stop and write the report."""
        role = self.env.ref(groups.CALLER)
        return (
            "[('share', '=', False), ('company_ids', 'in', company_id),"
            f" ('all_group_ids', 'in', {role.id})]"
        )

    @api.constrains("user_id")
    def _check_may_report(self):
        for stop in self:
            if stop.user_id and not stop.user_id.has_group(groups.CALLER):
                raise ValidationError(
                    self.env._(
                        "%(user)s could not report about %(stop)s: give them the "
                        "role %(role)s first, or put somebody else in charge.",
                        user=stop.user_id.name,
                        stop=stop.name,
                        role=self.env.ref(groups.CALLER).full_name,
                    )
                )

    @api.constrains("report")
    def _check_report(self):
        check_length(self, "report")

    def _check_reporter(self, vals=None):
        """:raise AccessError: for the report of somebody else, once it was given"""
        if self.env.su or self.env.user.has_group(groups.MANAGER):
            return
        stops = self if vals is None else self._would_change(vals, "report")
        for stop in stops:
            if stop.done_by_id and stop.done_by_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "%(stop)s was reported by %(user)s: only they, or a manager, "
                        "change that.",
                        stop=stop.name,
                        user=stop.sudo().done_by_id.name,  # the name is on the form
                    )
                )

    def _check_planner(self, _vals=None):
        """:raise AccessError: for whoever drives the route and does not plan it"""
        if not self.env.su and not self.env.user.has_group(groups.MANAGER):
            raise AccessError(
                self.env._(
                    "The stops are planned by a manager. Write what you found into "
                    "the report."
                )
            )

    def _check_not_evaluated(self, _vals=None):
        """:raise UserError: when what the activity brought has been evaluated"""
        self.activity_id._check_not_evaluated()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reported(self):
        self._check_not_evaluated()
        if any(stop.state != "planned" or stop.invitee_ids for stop in self):
            raise UserError(
                self.env._(
                    "A stop with a report or with cars that were met is part of the "
                    "activity's history and cannot be deleted."
                )
            )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_done(self):
        """The team was there; of a household there is a short report.

        :raise UserError: as long as the activity does not run, or without the report
        """
        self._check_on_the_road()
        for stop in self:
            if stop.kind == "visiting" and not (stop.report or "").strip():
                raise UserError(
                    self.env._(
                        "%s: write a short report first – what was found, said and "
                        "promised.",
                        stop.name,
                    )
                )
        self._report("done")
        for stop in self.filtered(lambda s: s.partner_id and s.kind == "visiting"):
            stop._note_household()
        return True

    def action_not_met(self):
        """Nobody was there."""
        self._check_on_the_road()
        return self._report("not_met")

    def action_undo(self):
        """It was another stop."""
        self._check_on_the_road()
        self._check_reporter()
        self._check_move("planned")
        return self._write_by_method(
            {"state": "planned", "done_by_id": False, "date_done": False}
        )

    def action_meet(self):
        """A car comes to the stop: by plate or phone, in the screen at the door."""
        self.ensure_one()
        self._check_on_the_road()
        return open_dialog(
            self.env["dealer.activity.checkin"],
            self.env._("Cars Met: %s", self.name),
            activity_id=self.activity_id.id,
            stop_id=self.id,
        )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _check_on_the_road(self):
        """:raise UserError: before the start, or after the end"""
        self.check_access("write")
        for activity in self.activity_id:
            if activity.state != "running":
                raise UserError(
                    self.env._("%s is not running: start it first.", activity.name)
                )

    def _report(self, state):
        self._check_move(state)
        for stop in self:
            shop = stop.company_id
            if shop._dealer_day(stop.date_start) > shop._dealer_today():
                raise UserError(
                    self.env._(
                        "%(stop)s is planned for %(date)s: nothing can be reported "
                        "before that day. If the team came earlier, move the stop.",
                        stop=stop.name,
                        date=shop._dealer_format(stop.date_start),
                    )
                )
        return self._write_by_method(
            {
                "state": state,
                "done_by_id": self.env.uid,
                "date_done": fields.Datetime.now(),
            }
        )

    def _note_household(self):
        """Whoever was visited has come to the activity, so to say."""
        self.ensure_one()
        # the list may hold rows of the audience
        rows = self.env["dealer.activity.invitee"].sudo()
        mine = [("activity_id", "=", self.activity_id.id)]
        row = self.vehicle_id and rows.search(
            [*mine, ("vehicle_id", "=", self.vehicle_id.id)], limit=1
        )
        row = row or rows.search(
            [*mine, ("partner_id", "=", self.partner_id.id)], limit=1
        )
        if not row:
            # the team has no rights on customers and cars
            row = self.activity_id._enter_walk_in(
                self.sudo().vehicle_id, self.sudo().partner_id
            )
        row = row.with_env(self.env)
        row.action_check_in()
        row._write_by_method({"stop_id": self.id})


class DealerActivityInvitee(models.Model):
    """A car that was met on the road, and what it needs."""

    _name = "dealer.activity.invitee"
    _inherit = "dealer.activity.invitee"

    stop_id = fields.Many2one(
        "dealer.activity.stop",
        "Met At",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    need = fields.Char("Needs", help="What the car needs, as found on the spot.")

    def action_book_need(self):
        """What was found becomes an appointment in the workshop.

        :raise AccessError: for who books no slots
        """
        self.ensure_one()
        self.check_access("read")
        if not self.vehicle_id:
            raise UserError(self.env._("Enter the car first."))
        action = self.vehicle_id.action_book()
        action["context"]["default_wish"] = self.need
        return action
