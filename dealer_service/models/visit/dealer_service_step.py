from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ..common.dealer_cached_mixin import KEPT_FOR
from ..common.dealer_reception_states import STAMPS, STATES, STEP_MOMENTS

#: Who carries out a step.
ROLES = [
    ("advisor", "Service Advisor"),
    ("technician", "Technician"),
    ("inspector", "Final Inspector"),
]


class DealerServiceStep(models.Model):
    """A step of the standard process, with its target time and its standards."""

    _name = "dealer.service.step"
    _inherit = ["dealer.group.mixin", "dealer.cached.mixin"]
    _description = "Service Step"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Stable name for reports and rules.")
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self._default_group_company_id(),
        help="Empty: for every shop of the group.",
    )
    active = fields.Boolean(default=True)
    state = fields.Selection(
        STATES,
        required=True,
        copy=True,
        help="The state of the visit in which this step is carried out.",
    )
    role = fields.Selection(
        ROLES,
        "Carried Out By",
        required=True,
        default="advisor",
        help="Who carries out the standards of this step.",
    )
    date_from_field = fields.Selection(
        "_selection_stamp",
        "Time Counts From",
        help="Timestamp at which the step begins.",
    )
    date_to_field = fields.Selection(
        "_selection_stamp", "Time Counts To", help="Timestamp at which the step ends."
    )
    target_minutes = fields.Integer(
        "Target (min)", help="How long the step should take at most; 0: no target."
    )
    factor_code = fields.Char(
        "Satisfaction Factor",
        help="Code of the satisfaction factor to which this step contributes.",
    )
    standard_ids = fields.One2many(
        "dealer.service.standard", "step_id", "Standards", copy=True
    )

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "A step with this code already exists."
    )

    @api.constrains("active", "code", "company_id", "date_from_field", "date_to_field")
    def _check_own_interval(self):
        """Minutes of one step must not be those of another."""
        for step in self.filtered(lambda s: s.active and s.date_from_field):
            start, stop = step.date_from_field, step.date_to_field
            if start == stop:
                raise ValidationError(
                    self.env._(
                        "“%(step)s” begins and ends with the same moment, and would "
                        "always take no time.",
                        step=step.name,
                    )
                )
            domain = [
                ("code", "!=", step.code),
                ("date_from_field", "=", start),
                ("date_to_field", "=", stop),
            ]
            if step.company_id:
                domain.append(("company_id", "in", [False, step.company_id.id]))
            other = stop and self.search(domain, limit=1)
            if other:
                raise ValidationError(
                    self.env._(
                        "“%(step)s” would be measured by the minutes of “%(other)s”. "
                        "Choose other moments, or leave them empty: what has no "
                        "moments of its own is not measured.",
                        step=step.name,
                        other=other.name,
                    )
                )

    @api.model
    def _of_shop(self, company_id):
        """The steps by which a shop goes: its own row, also an archived one, stands for
        that of the group with the same code.

        :return: their ids
        """
        # configuration: the process does not depend on who moves a visit on
        steps = self.sudo().with_context(active_test=False)
        steps = steps.search_fetch(
            [("company_id", "in", [False, company_id])], ["code", "company_id"]
        )
        own = set(steps.filtered("company_id").mapped("code"))
        return steps.filtered(lambda s: s.company_id or s.code not in own).ids

    @api.model
    @ormcache("step_id", KEPT_FOR)
    def _state_of(self, step_id):
        """The state of the visit in which a step is carried out."""
        # configuration: a check is judged by its step, whoever moves the visit on
        return self.browse(step_id).sudo().state

    def _selection_stamp(self):
        # not fields_get: customers may not know the stamps of a visit
        stamps = self.env["dealer.reception"]._fields
        return [
            (stamp, stamps[stamp]._description_string(self.env))
            for stamp in (*STAMPS, *STEP_MOMENTS)
        ]
