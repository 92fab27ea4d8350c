from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import ormcache

from ..common.dealer_cached_mixin import KEPT_FOR

APPLIES_TO = [
    ("all", "All Visits"),
    ("appointment", "Appointments"),
    ("first_visit", "First Visits"),
    ("waiting", "Waiting Customers"),
    ("supplement", "Visits With a Supplement"),
]


class AskedStandard(NamedTuple):
    """What a visit needs to know of a standard to be asked for it."""

    id: int
    step_id: int
    sequence: int
    applies_to: str
    is_mandatory: bool
    is_blocking: bool
    evidence: str | bool


class DealerServiceStandard(models.Model):
    """A key point of a step: what the standard asks the staff to do."""

    _name = "dealer.service.standard"
    _inherit = ["dealer.group.mixin", "dealer.cached.mixin"]
    _description = "Service Standard"
    _order = "step_id, sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    name = fields.Char("Key Point", required=True, translate=True)
    step_id = fields.Many2one(
        "dealer.service.step", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="step_id.company_id", store=True, index=True)
    active = fields.Boolean(default=True)
    applies_to = fields.Selection(APPLIES_TO, required=True, default="all")
    is_mandatory = fields.Boolean(
        "Mandatory", default=True, help="If it is left open, it is recorded as missed."
    )
    is_blocking = fields.Boolean(
        "Blocking", help="The visit cannot move on until this is done."
    )
    note = fields.Text("How to Do It", translate=True)
    guide = fields.Html(
        "What to Say and Do",
        translate=True,
        help="What to say, what not, a picture: one tap away from the check.",
    )
    role = fields.Selection(related="step_id.role")
    rule_id = fields.Many2one(
        "dealer.factory.rule",
        "Manufacturer's Rule",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The rule that this standard comes from.",
    )

    @api.onchange("is_blocking")
    def _onchange_is_blocking(self):
        self.is_mandatory = self.is_mandatory or self.is_blocking

    _check_blocking_is_mandatory = models.Constraint(
        "CHECK(is_mandatory OR NOT is_blocking)",
        "A blocking standard must also be mandatory.",
    )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    @api.model
    @ormcache("state", "company_id", KEPT_FOR)
    def _asked_for(self, state, company_id):
        """The standards of a state of the visit, as one shop asks for them.

        They change once a month and are asked for with every step of every visit, so
        the registry keeps them.

        :return: tuple of :class:`AskedStandard`
        """
        # configuration: what a visit asks for does not depend on who moves it on
        standards = self.sudo().search(
            [
                ("active", "=", True),
                ("step_id.active", "=", True),
                ("step_id.state", "=", state),
                ("step_id", "in", self.env["dealer.service.step"]._of_shop(company_id)),
            ]
        )
        return tuple(
            AskedStandard(
                standard.id,
                standard.step_id.id,
                standard.step_id.sequence * 100 + standard.sequence,
                standard.applies_to,
                standard.is_mandatory,
                standard.is_blocking,
                standard.evidence,
            )
            for standard in standards
        )
