from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.sla_terms import DAY_UNITS

METRICS = [
    ("acceptance", "Taken Over"),
    ("contact", "First Contact"),
    ("feedback", "Feedback"),
    ("remedy", "Remedy Carried Out"),
    ("resolve", "Resolution"),
    ("callback", "Callback"),
    ("manufacturer", "Manufacturer Report"),
    ("external", "External Case"),
]
#: Days of these are counted as authorities and factories work, not as the shop opens.
OFFICE_METRICS = ("manufacturer", "external")
UNITS = [
    ("clock_hours", "Hours"),
    ("working_hours", "Hours of Working Time"),
    ("legal_days", "Legal Days"),
    ("working_days", "Working Days"),
]


class DealerSlaTarget(models.Model):
    """How much time a metric has, and in what kind of time."""

    _name = "dealer.sla.target"
    _description = "SLA Target"
    _inherit = ["dealer.group.mixin"]
    _order = "policy_id, sequence, id"
    _rec_name = "metric"

    policy_id = fields.Many2one(
        "dealer.sla.policy", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="policy_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    metric = fields.Selection(METRICS, required=True)
    amount = fields.Float(required=True, default=1.0)
    unit = fields.Selection(
        UNITS,
        required=True,
        default="working_hours",
        help="Legal days are counted as the Civil Code does: the first day is not"
        " counted, a last day off rolls to the next working day, and it ends at the"
        " close of business. Days of the factory and of an authority are those worked"
        " in the country, whenever the shop is open.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Hours",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: the service hours of the complaint's company; for days of the"
        " factory and of an authority, the working days of the country.",
    )
    pause_cap_days = fields.Integer(
        "Longest Pause (days)",
        default=15,
        help="A pause ends by itself after so many days. The first contact is never"
        " paused.",
    )
    level_ids = fields.One2many(
        "dealer.sla.level", "target_id", "Warnings and Escalations", copy=True
    )

    _metric_uniq = models.UniqueIndex(
        "(policy_id, metric)", "A policy has one target for each metric."
    )
    _check_amount = models.Constraint(
        "CHECK(amount > 0 AND amount < 10000)",
        "A target needs an amount of time above zero.",
    )

    @api.constrains("amount", "unit")
    def _check_whole_days(self):
        for target in self:
            if target.unit in DAY_UNITS and target.amount != int(target.amount):
                raise ValidationError(
                    self.env._(
                        "Enter whole days, not %(amount)s. For shorter times, use "
                        "hours.",
                        amount=target.amount,
                    )
                )

    @api.constrains("calendar_id")
    def _check_calendar(self):
        self.calendar_id._dealer_check_usable()

    def _counts_office_days(self, metric):
        """Whether days of ``metric`` are those of the country, not of the shop."""
        return metric in OFFICE_METRICS and not self.calendar_id

    @api.depends("metric", "amount", "unit")
    def _compute_display_name(self):
        metrics = dict(self._fields["metric"]._description_selection(self.env))
        units = dict(self._fields["unit"]._description_selection(self.env))
        for target in self:
            target.display_name = (
                f"{metrics.get(target.metric, '')}: {target.amount:g}"
                f" {units.get(target.unit, '')}"
            )

    @api.model_create_multi
    def create(self, vals_list):
        targets = super().create(vals_list)
        targets.policy_id._replan()
        return targets

    @api.ondelete(at_uninstall=False)
    def _unlink_except_counting(self):
        """A clock without its target would tell nobody that it is missed."""
        # complaints of every shop count, whoever edits the policy
        timers = self.env["dealer.sla.timer"].sudo()
        timer = timers.search(
            [("target_id", "in", self.ids), ("state", "in", ("running", "paused"))],
            limit=1,
        )
        if timer:
            raise UserError(
                self.env._(
                    "Open complaints have clocks that run by “%(target)s” of "
                    "“%(policy)s”. Change the target, or archive the policy: the "
                    "clocks then continue with the next matching policy.",
                    target=timer.target_id.display_name,
                    policy=timer.target_id.policy_id.name,
                )
            )
        self.policy_id._replan()

    def write(self, vals):
        result = super().write(vals)
        if {"metric", "policy_id"} & set(vals):
            self.policy_id._replan()
        if {"amount", "unit", "calendar_id"} & set(vals):
            self.env["dealer.sla.replan"]._queue_targets(self)
        return result
