import logging

from odoo import api, fields, models

from ..common.dealer_complaint_states import GRADES, LEVELS, SOURCES

_logger = logging.getLogger(__name__)

#: What decides to which complaints a policy applies.
CRITERIA = {
    "active",
    "category_id",
    "company_id",
    "domain",
    "grade",
    "level",
    "sequence",
    "source",
}


class DealerSlaPolicy(models.Model):
    """Which time limits apply to which complaints.

    For each metric the first policy in order that fits a complaint and has a target
    for it decides; a policy for one source need not repeat the others' targets.
    """

    _name = "dealer.sla.policy"
    _description = "SLA Policy"
    _inherit = ["dealer.group.mixin", "dealer.filter.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self._default_group_company_id(),
        help="Empty: every company of the group.",
    )

    # which complaints
    level = fields.Selection(LEVELS)
    grade = fields.Selection(GRADES)
    source = fields.Selection(SOURCES)
    category_id = fields.Many2one(
        "dealer.complaint.category", index="btree_not_null", ondelete="restrict"
    )
    domain = fields.Char("Further Conditions", default="[]")

    target_ids = fields.One2many("dealer.sla.target", "policy_id", "Targets", copy=True)

    @api.constrains("domain")
    def _check_domain(self):
        self._check_stored_filter("domain", "dealer.complaint")

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        policies._replan()
        return policies

    def write(self, vals):
        is_other = CRITERIA & set(vals)
        if is_other:
            self._replan()
        result = super().write(vals)
        if is_other:
            self._replan()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_counting(self):
        self.with_context(active_test=False).target_ids._unlink_except_counting()
        self._replan()

    def _replan(self):
        """Open complaints of the shops concerned look for their targets again."""
        queue = self.env["dealer.sla.replan"]
        if any(not policy.company_id for policy in self):
            queue._queue_policies(self.env["res.company"])
        elif self:
            queue._queue_policies(self.company_id)

    # ------------------------------------------------------------------
    # WHICH TARGET
    # ------------------------------------------------------------------

    def _matches(self, complaint):
        """Whether the policy fits a complaint. A broken condition fits none: intake
        must not fail because of it."""
        self.ensure_one()
        if (
            (self.company_id and self.company_id != complaint.company_id)
            or (self.level and self.level != complaint.level)
            or (self.grade and self.grade != complaint.grade)
            or (self.source and self.source != complaint.source)
        ):
            return False
        if self.category_id and not (
            complaint.category_id.parent_path or ""
        ).startswith(self.category_id.parent_path):
            return False
        if self.domain in (False, "", "[]"):
            return True
        try:
            conditions = self._stored_filter(
                self.domain, "dealer.complaint", complaint.company_id
            )
            return bool(complaint.filtered_domain(conditions))
        except Exception:
            _logger.warning("conditions of SLA policy %s fail", self.id, exc_info=True)
            return False

    @api.model
    def _targets_for(self, complaints):
        """The target of each metric for each complaint.

        :return: ``{complaint: {metric: dealer.sla.target record}}``
        """
        # reads the whole policy, whoever takes the complaint in
        policies = self.sudo().search_fetch(
            [("company_id", "in", [*complaints.company_id.ids, False])],
            ["company_id", "level", "grade", "source", "category_id", "domain"]
            + ["sequence"],
        )
        # at the same place in the order, the shop's own policy goes first
        policies = policies.sorted(
            lambda policy: (policy.sequence, not policy.company_id, policy.id)
        )
        targets_of = (
            policies.env["dealer.sla.target"]
            .search_fetch(
                [("policy_id", "in", policies.ids)],
                ["policy_id", "metric", "unit", "amount", "calendar_id"],
            )
            .grouped("policy_id")
        )
        result = {}
        for complaint in complaints:
            targets = result[complaint] = {}
            for policy in policies:
                missing = [
                    target
                    for target in targets_of.get(policy, ())
                    if target.metric not in targets
                ]
                if missing and policy._matches(complaint):
                    for target in missing:
                        targets.setdefault(target.metric, target)
        return result
