from odoo import api, fields, models

from ...tools import groups

BUDGET_KINDS = [
    ("venue", "Place and Equipment"),
    ("media", "Advertising"),
    ("gift", "Gifts and Prizes"),
    ("catering", "Food and Drinks"),
    ("staff", "Staff and Speakers"),
    ("travel", "Vehicles and Travel"),
    ("material", "Parts and Material"),
    ("other", "Other"),
    ("subsidy", "Manufacturer Subsidy"),
]


class DealerActivityBudget(models.Model):
    """One line of what an activity costs, or of what the factory adds to it."""

    _name = "dealer.activity.budget"
    _description = "Budget Line of an Activity"
    _order = "activity_id, kind, id"
    _rec_name = "name"

    activity_id = fields.Many2one(
        "dealer.activity", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="activity_id.company_id", store=True)
    currency_id = fields.Many2one(related="activity_id.currency_id")
    kind = fields.Selection(BUDGET_KINDS, required=True, default="venue")
    name = fields.Char("Description", required=True)
    planned = fields.Monetary(
        help="Enter a positive amount, also for payments expected from the "
        "manufacturer."
    )
    actual = fields.Monetary(
        help="Enter a positive amount, also for payments received from the "
        "manufacturer."
    )
    note = fields.Char("Receipt or Remark")

    _check_amounts = models.Constraint(
        "CHECK(planned >= 0 AND actual >= 0)",
        "Amounts must be positive; the kind tells cost from income.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.activity_id._check_not_evaluated()
        return lines

    def write(self, vals):
        self.activity_id._check_not_evaluated()
        result = super().write(vals)
        self.activity_id._check_not_evaluated()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evaluated(self):
        self.activity_id._check_not_evaluated()


class DealerActivity(models.Model):
    """What the activity costs and what the factory pays of it."""

    _name = "dealer.activity"
    _inherit = "dealer.activity"

    budget_ids = fields.One2many(
        "dealer.activity.budget",
        "activity_id",
        copy=True,
        groups=groups.MANAGER,
    )
    subsidy_per_car = fields.Monetary(
        groups=groups.MANAGER,
        help="Paid by the manufacturer for every car served, in addition to the "
        "lines above.",
    )
    cost_planned = fields.Monetary(
        "Planned Cost", compute="_compute_costs", store=True, groups=groups.MANAGER
    )
    cost_actual = fields.Monetary(
        "Actual Cost", compute="_compute_costs", store=True, groups=groups.MANAGER
    )
    subsidy_planned = fields.Monetary(
        "Planned Subsidy", compute="_compute_costs", store=True, groups=groups.MANAGER
    )
    subsidy_actual = fields.Monetary(
        "Subsidy Lines",
        compute="_compute_costs",
        store=True,
        groups=groups.MANAGER,
        help="Excluding the subsidy per car.",
    )
    is_over_budget = fields.Boolean(
        compute="_compute_costs", store=True, groups=groups.MANAGER
    )

    _check_subsidy = models.Constraint(
        "CHECK(subsidy_per_car >= 0)", "A subsidy cannot be negative."
    )

    @api.depends("budget_ids.kind", "budget_ids.planned", "budget_ids.actual")
    def _compute_costs(self):
        for activity in self:
            subsidies = activity.budget_ids.filtered(
                lambda line: line.kind == "subsidy"
            )
            costs = activity.budget_ids - subsidies
            activity.cost_planned = sum(costs.mapped("planned"))
            activity.cost_actual = sum(costs.mapped("actual"))
            activity.subsidy_planned = sum(subsidies.mapped("planned"))
            activity.subsidy_actual = sum(subsidies.mapped("actual"))
            activity.is_over_budget = activity.cost_actual > activity.cost_planned
