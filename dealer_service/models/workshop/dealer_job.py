from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import groups
from ..common.dealer_reception_states import OPEN_STATES

JOB_STATES = [
    ("pending", "Pending"),
    ("working", "Working"),
    ("paused", "Paused"),
    ("done", "Done"),
]
OPEN_JOB_STATES = ("pending", "working", "paused")

PAUSE_REASONS = [
    ("parts", "Waiting for Parts"),
    ("consent", "Waiting for Consent"),
    ("tool", "Waiting for Tool or Bay"),
    ("other", "Other"),
]

#: What a technician may write on an own job.
_TECHNICIAN_FIELDS = {"note"}


class DealerJob(models.Model):
    """One piece of work of a visit: who does it, where, when and how long (派工).

    What a technician needs of the order line is copied here, so that nobody has to
    read an order, and with it a price, to work.
    """

    _name = "dealer.job"
    _description = "Job"
    _inherit = "dealer.process.mixin"
    _order = "date_planned_start, sequence, id"
    _check_company_auto = True
    # what the process writes
    _RECORDED_FIELDS = frozenset(
        {
            "pause_reason",
            "is_rework",
            "product_name",
            "rework_count",
            "hours_sold",
            "sale_line_id",
            "reception_id",
            "kind",
            "date_started",
            "date_done",
        }
    )
    _CHOSEN_FIELDS = frozenset({"kind", "reception_id"})
    _CONSEQUENCES = ((("technician_id",), "_stop_for_former"),)

    # identity
    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    reception_id = fields.Many2one(
        "dealer.reception", "Visit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="reception_id.company_id", store=True, precompute=True, index=True
    )
    vehicle_id = fields.Many2one(
        related="reception_id.vehicle_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    license_plate = fields.Char(related="reception_id.license_plate")
    car_model = fields.Char("Model", related="reception_id.vehicle_id.model_id.name")
    reception_state = fields.Selection(
        related="reception_id.state", string="State of the Visit"
    )

    # what is to be done
    sale_line_id = fields.Many2one(
        "sale.order.line",
        "Order Line",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        readonly=True,
        groups=groups.ADVISOR,
    )
    kind = fields.Selection(
        [
            ("sold", "Sold Work"),
            ("diagnosis", "Diagnosis"),
            ("internal", "Internal"),
        ],
        required=True,
        default="internal",
        help="Work without an order line is diagnosis or internal work and is not "
        "invoiced.",
    )
    product_name = fields.Char("Labour", readonly=True)
    system_id = fields.Many2one("dealer.vehicle.system", index="btree_not_null")
    warranty_id = fields.Many2one(
        "dealer.repair.warranty",
        "Repair Warranty",
        index="btree_not_null",
        help="How long the shop guarantees this work.",
    )
    is_approved = fields.Boolean(
        "Agreed",
        compute="_compute_is_approved",
        store=True,
        help="The customer has agreed to this work, or it needs no consent.",
    )
    note = fields.Text("Technician's Note")

    # who, where, when
    technician_id = fields.Many2one(
        "resource.resource",
        index="btree_not_null",
        check_company=True,
        domain="[('dealer_role', '=', 'technician')]",
    )
    technician_user_id = fields.Many2one(
        related="technician_id.user_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        string="User of the Technician",
    )
    bay_id = fields.Many2one(
        "resource.resource",
        index="btree_not_null",
        check_company=True,
        domain="[('dealer_role', '=', 'bay')]",
    )

    # progress
    state = fields.Selection(
        JOB_STATES,
        required=True,
        default="pending",
        readonly=True,
        copy=False,
        index=True,
        group_expand=True,
    )
    pause_reason = fields.Selection(PAUSE_REASONS, readonly=True, copy=False)
    is_rework = fields.Boolean(
        "Rework",
        readonly=True,
        copy=False,
        help="The quality check sent this job back to the workshop.",
    )
    rework_count = fields.Integer("Times Sent Back", readonly=True, copy=False)
    date_started = fields.Datetime("Started On", readonly=True, copy=False)
    date_done = fields.Datetime("Done On", readonly=True, copy=False)

    # hours
    log_ids = fields.One2many("dealer.work.log", "job_id", "Work Logs")
    hours_sold = fields.Float(
        readonly=True, copy=False, help="Hours of the order line, as agreed."
    )
    hours_worked = fields.Float(
        compute="_compute_hours", store=True, help="Hours logged, excluding rework."
    )
    hours_rework = fields.Float(
        "Rework Hours",
        compute="_compute_hours",
        store=True,
        help="Hours logged after a failed quality check.",
    )
    efficiency = fields.Float(
        "Efficiency (%)",
        compute="_compute_efficiency",
        store=True,
        aggregator="avg",
        help="Hours sold per hour worked.",
    )

    _done_idx = models.Index("(company_id, date_done) WHERE state = 'done'")
    _sale_line_uniq = models.UniqueIndex(
        "(sale_line_id) WHERE sale_line_id IS NOT NULL",
        "This order line already has a job.",
    )
    _check_kind = models.Constraint(
        "CHECK((kind = 'sold') = (sale_line_id IS NOT NULL))",
        "Sold work needs an order line; work without one must be diagnosis or "
        "internal work.",
    )
    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("name", "license_plate")
    def _compute_display_name(self):
        for job in self:
            plate = job.license_plate
            job.display_name = f"{plate} {job.name}" if plate else job.name

    @api.depends(
        "kind",
        "sale_line_id.dealer_decision",
        "sale_line_id.dealer_not_supplied",
        "sale_line_id.order_id.state",
    )
    def _compute_is_approved(self):
        for job in self:
            job.is_approved = not job.sale_line_id or job.sale_line_id._is_consented()

    @api.depends("log_ids.seconds", "log_ids.is_rework")
    def _compute_hours(self):
        for job in self:
            rework = job.log_ids.filtered("is_rework")
            job.hours_worked = sum((job.log_ids - rework).mapped("seconds")) / 3600
            job.hours_rework = sum(rework.mapped("seconds")) / 3600

    @api.depends("hours_sold", "hours_worked")
    def _compute_efficiency(self):
        for job in self:
            job.efficiency = (
                100 * job.hours_sold / job.hours_worked if job.hours_worked else 0
            )

    # ------------------------------------------------------------------
    # CONSTRAINTS
    # ------------------------------------------------------------------

    @api.constrains("technician_id", "bay_id")
    def _check_roles(self):
        for job in self:
            if job.technician_id and job.technician_id.dealer_role != "technician":
                raise ValidationError(
                    self.env._(
                        "%(resource)s is not a technician of the workshop.",
                        resource=job.technician_id.name,
                    )
                )
            if job.bay_id and job.bay_id.dealer_role != "bay":
                raise ValidationError(
                    self.env._("%(resource)s is not a bay.", resource=job.bay_id.name)
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_by_method():
            for vals in vals_list:
                self._check_direct_create(vals)
        jobs = super().create(vals_list)
        jobs._notify_board()
        return jobs

    def _check_direct_create(self, vals):
        """:raise UserError: for work that follows from an order, or has begun"""
        if vals.get("sale_line_id") or vals.get("kind") == "sold":
            raise UserError(
                self.env._(
                    "Sold work comes from the agreed order lines of the visit. By "
                    "hand you can add only diagnosis or internal work."
                )
            )
        if vals.get("state", "pending") != "pending":
            raise UserError(
                self.env._("A new job must be pending. Start it afterwards.")
            )
        visit = self.env["dealer.reception"].browse(vals.get("reception_id"))
        if visit and not self.env.su and visit.state not in OPEN_STATES:
            raise UserError(
                self.env._(
                    "%(visit)s is “%(state)s”: the work on the car is over.",
                    visit=visit.name,
                    state=visit._state_label(),
                )
            )

    def write(self, vals):
        result = super().write(vals)
        self._notify_board()
        return result

    @api.model
    def _guards(self):
        planned = frozenset(self._fields) - _TECHNICIAN_FIELDS
        return [
            *super()._guards(),
            (planned, "_check_planner"),
            (("technician_id",), "_check_reassignment"),
        ]

    def _check_planner(self, _vals):
        """:raise AccessError: for a technician who changes more than the note"""
        if not self.env.su and not self.env.user.has_group(groups.ADVISOR):
            raise AccessError(
                self.env._("Only advisors and the workshop controller plan jobs.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_worked(self):
        for job in self:
            if job.kind == "sold" and not self.env.su:
                raise UserError(
                    self.env._(
                        "The customer agreed to %(job)s. It can be done or "
                        "credited, but not deleted.",
                        job=job.name,
                    )
                )
            if job.state != "pending" or job.log_ids:
                raise UserError(
                    self.env._(
                        "%(job)s has been worked on and is part of the history of "
                        "the car.",
                        job=job.name,
                    )
                )

    def unlink(self):
        self._notify_board()
        return super().unlink()

    # ------------------------------------------------------------------
    # HELPERS
    # ------------------------------------------------------------------

    def _workshop_tz(self):
        """Time zone of the shop (``pytz``)."""
        company = self.company_id[:1] or self.env.company
        return company._dealer_tz()
