from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .dealer_activity_states import KINDS


class DealerActivityKind(models.Model):
    """What the activities of one kind begin with: preparation, audience, words.

    A row of the shop goes before that of the group.
    """

    _name = "dealer.activity.kind"
    _description = "Kind of Activity"
    _inherit = ["dealer.label.mixin", "dealer.group.mixin", "dealer.filter.mixin"]
    _order = "sequence, id"
    _rec_name = "kind"
    _check_company_auto = True

    kind = fields.Selection(KINDS, required=True, default="lecture")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Shop",
        index="btree_not_null",
        default=lambda self: self._default_group_company_id(),
        help="Empty: all shops.",
    )
    plan_id = fields.Many2one(
        "mail.activity.plan",
        "Preparation Plan",
        domain="[('res_model', '=', 'dealer.activity'),"
        " ('company_id', 'in', (company_id, False))]",
        help="Its tasks are assigned when the activity is approved.",
    )
    rule_id = fields.Many2one(
        "dealer.care.rule",
        "Rule of the Invitation",
        domain="[('source', '=', 'manual'), ('company_id', 'in', (company_id, False))]",
        help="Defines callers, limits and exclusions of the invitation.",
    )
    vehicle_domain = fields.Char("Cars", default="[]")
    audience = fields.Char(
        "Target Customers", translate=True, help="The same, in words."
    )
    script = fields.Text(
        "Words of the Invitation",
        translate=True,
        help="What callers say and ask, one sentence on each line.",
    )
    stop_minutes = fields.Integer(
        "Minutes per Household",
        default=45,
        help="With the way there: how far apart the visits of a route are planned.",
    )
    safety_notice = fields.Text(
        translate=True,
        help="Read out by callers and printed on the route sheet.",
    )

    _once = models.UniqueIndex(
        "(kind, COALESCE(company_id, 0)) WHERE active",
        "There is already a row for this kind of activity.",
    )

    _check_minutes = models.Constraint(
        "CHECK(stop_minutes > 0)", "A visit takes at least a minute."
    )

    @api.constrains("vehicle_domain")
    def _check_vehicle_domain(self):
        self._check_stored_filter("vehicle_domain", "fleet.vehicle")

    @api.constrains("plan_id")
    def _check_plan(self):
        for kind in self:
            if kind.plan_id and kind.plan_id.res_model != "dealer.activity":
                raise ValidationError(
                    self.env._("“%s” is not a plan for activities.", kind.plan_id.name)
                )

    @api.model
    def _of(self, kind, company):
        """The row by which a shop plans activities of a kind; may be empty."""
        rows = self.search(
            [("kind", "=", kind), ("company_id", "in", (company.id, False))]
        )
        return rows.filtered("company_id")[:1] or rows[:1]


class DealerActivity(models.Model):
    """What an activity takes over from its kind."""

    _name = "dealer.activity"
    _inherit = "dealer.activity"

    plan_id = fields.Many2one(
        compute="_compute_of_kind", store=True, readonly=False, precompute=True
    )
    rule_id = fields.Many2one(
        compute="_compute_of_kind", store=True, readonly=False, precompute=True
    )
    vehicle_domain = fields.Char(
        compute="_compute_of_kind", store=True, readonly=False, precompute=True
    )
    audience = fields.Char(
        compute="_compute_of_kind", store=True, readonly=False, precompute=True
    )
    script = fields.Text(
        "Words of the Invitation",
        translate=True,
        help="What callers say and ask, one sentence on each line. Empty: the words "
        "that this kind of activity has.",
    )
    kind_script = fields.Text(
        "Words of This Kind", compute="_compute_kind_words", help="Said by callers."
    )
    kind_safety_notice = fields.Text(
        "Safety Notice of This Kind", compute="_compute_kind_words"
    )

    @api.depends("kind")
    def _compute_of_kind(self):
        """Another kind, another plan: what was chosen for the former one goes."""
        kinds = self.env["dealer.activity.kind"]
        ref = self.env.ref
        usual = ref("dealer_followup.activity_plan_event", False)
        for activity in self:
            own = kinds._of(activity.kind, activity.company_id or self.env.company)
            # help in a disaster area is owed to the customer, the rest is marketing
            name = "notice" if activity.kind == "disaster" else "activity"
            rule = own.rule_id or ref(f"dealer_followup.care_rule_{name}", False)
            activity.plan_id = own.plan_id if own else usual
            activity.rule_id = rule
            activity.vehicle_domain = own.vehicle_domain or "[]"
            activity.audience = own.audience

    @api.depends("kind", "company_id")
    @api.depends_context("lang")
    def _compute_kind_words(self):
        kinds = self.env["dealer.activity.kind"]
        for activity in self:
            own = kinds._of(activity.kind, activity.company_id)
            activity.kind_script = own.script
            activity.kind_safety_notice = own.safety_notice

    def _script_lines(self):
        """What the caller says, sentence by sentence."""
        words = self.script or self.kind_script or ""
        return [line.strip() for line in words.splitlines() if line.strip()]
