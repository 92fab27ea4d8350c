from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..common.dealer_complaint_states import VOID_STATES

KINDS = [
    ("repair", "Repair Free of Charge"),
    ("replacement", "Replacement"),
    ("refund", "Refund"),
    ("credit_note", "Credit Note"),
    ("voucher", "Voucher"),
    ("loan_car", "Loan Car"),
    ("apology", "Apology"),
    ("gift", "Gift"),
    ("visit", "Visit to the Customer"),
    ("other", "Other"),
]
STATES = [
    ("draft", "Draft"),
    ("requested", "Awaiting Approval"),
    ("approved", "Approved"),
    ("done", "Done"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]
#: The shop has spent it, or will.
SPENT_STATES = ("approved", "done")
#: What an approval is given for.
_AGREED = ("kind", "name", "cost", "complaint_id")


class DealerComplaintAction(models.Model):
    """A remedy: what the shop does for the customer, what it costs, who agreed.

    The documents that result are made in ``dealer_complaint_action_document.py``.
    """

    _name = "dealer.complaint.action"
    _description = "Remedy"
    _inherit = "dealer.process.mixin"
    _order = "complaint_id, id"
    _check_company_auto = True
    _is_sealed = True
    _RECORDED_FIELDS = frozenset(
        {
            "state",
            "user_id",
            "approver_id",
            "date_approved",
            "date_done",
            "date_returned",
        }
    )
    _GUARDS = (
        (_AGREED, "_check_unsettled"),
        (("complaint_id",), "_check_complaint_stays"),
    )
    _CONSEQUENCES = ((_AGREED, "_agree_anew"),)

    complaint_id = fields.Many2one(
        "dealer.complaint", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, required=True, default="apology")
    name = fields.Char(
        "What", help="A short summary in words the customer understands."
    )
    cost = fields.Monetary(help="Estimated cost to the shop.")
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, index=True
    )

    # who agreed
    user_id = fields.Many2one(
        "res.users", "Requested By", readonly=True, copy=False, index="btree_not_null"
    )
    approver_id = fields.Many2one(
        "res.users",
        "Approved By",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    date_approved = fields.Datetime("Approved On", readonly=True, copy=False)
    date_done = fields.Datetime("Done On", readonly=True, copy=False)

    _check_cost = models.Constraint("CHECK(cost >= 0)", "A cost is not below zero.")

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("kind", "name")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for action in self:
            kind = kinds.get(action.kind, "")
            action.display_name = f"{kind}: {action.name}" if action.name else kind

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions._check_complaint_open()
        return actions

    def _check_unsettled(self, _vals):
        """:raise UserError: for a remedy that is done, refused or cancelled"""
        for action in self:
            if action.state in ("done", "refused", "cancelled"):
                action._refuse(
                    self.env._(
                        "This remedy is settled and can no longer be "
                        "changed; add another one instead."
                    )
                )

    def _check_complaint_stays(self, vals):
        """Merging hands it on; what was entered wrongly is for an officer to correct.

        :raise AccessError: for anybody else
        """
        self.complaint_id._check_hands_on(self._would_change(vals, "complaint_id"))

    def _agree_anew(self, _change):
        """What was agreed on is something else now."""
        # a merged complaint hands on what was agreed on
        if not self._is_by_method():
            self.filtered(lambda action: action.state != "draft")._write_by_method(
                {"state": "draft", "approver_id": False, "date_approved": False}
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        for action in self:
            if action.state != "draft":
                action._refuse(self.env._("Cancel it instead of deleting it."))

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_request(self):
        """Ask for it. Within the limit of the company it is approved at once; above, a
        manager decides. What the complaint and the customer were granted lately counts
        altogether, not the single row.
        """
        for action in self:
            action._check_state("draft")
            action._check_terms()
            action._write_by_method({"user_id": self.env.uid})
            if action._is_within_limit() or action.complaint_id._is_manager():
                action._approve()
            else:
                action._write_by_method({"state": "requested"})
                action._ask_managers()
        return True

    def action_approve(self):
        """A manager agrees.

        :raise AccessError: for anybody else
        """
        self._check_manager()
        for action in self:
            action._check_state("draft", "requested")
            action._approve()
        return True

    def action_refuse(self):
        """A manager does not agree.

        :raise AccessError: for anybody else
        """
        self._check_manager()
        for action in self:
            action._check_state("draft", "requested", "approved")
        self._write_by_method({"state": "refused", "approver_id": self.env.uid})
        return True

    def action_cancel(self):
        """It will not be done."""
        for action in self:
            action._check_state("draft", "requested", "approved")
        self._write_by_method({"state": "cancelled"})
        return True

    def action_carry_out(self):
        """Do it, and make the document that results. A second time does nothing.

        :raise UserError: without an approval
        :return: the action that opens the document, if there is one
        """
        self.check_access("write")
        # two clicks at once make one document
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        for action in self.filtered(lambda a: a.state != "done"):
            action._check_state("approved")
            action._check_complaint_open()
            action._check_terms()
            action._check_lent()
            vals = action._make_document()
            action._write_by_method(
                {"state": "done", "date_done": fields.Datetime.now(), **vals}
            )
        return self.action_open_document() if len(self) == 1 else True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _is_within_limit(self):
        self.ensure_one()
        complaint, shop = self.complaint_id, self.company_id
        since = fields.Datetime.now() - timedelta(
            days=shop.dealer_complaint_remedy_days
        )
        # what the customer, or somebody for the car, was granted lately counts too,
        # whoever granted it; the handler need not see those complaints
        remedies = self.sudo()
        of_the_customer = Domain(
            "complaint_id.partner_id",
            "child_of",
            complaint.partner_id.commercial_partner_id.id,
        )
        if complaint.partner_id == complaint._unknown_partner():
            of_the_customer = Domain.FALSE
        if complaint.vehicle_id:
            of_the_customer |= Domain(
                "complaint_id.vehicle_id", "=", complaint.vehicle_id.id
            )
        others = remedies.search(
            Domain("id", "!=", self.id)
            & Domain("company_id", "=", shop.id)
            & Domain("state", "in", SPENT_STATES)
            & (
                Domain("complaint_id", "=", complaint.id)
                | (of_the_customer & Domain("date_approved", ">=", since))
            )
        )
        total = sum(action._worth() for action in remedies + others)
        return total <= self.company_id.dealer_complaint_remedy_limit

    def _worth(self):
        """What it counts for the limit. Hook of remedies that have a price."""
        self.ensure_one()
        return self.cost

    def _check_terms(self):
        """:raise UserError: for a term that is over already. Hook"""

    def _approve(self):
        self._write_by_method(
            {
                "state": "approved",
                "approver_id": self.env.uid,
                "date_approved": fields.Datetime.now(),
            }
        )

    def _ask_managers(self):
        self.ensure_one()
        complaint = self.complaint_id
        managers = self.env["dealer.sla.level"]._members("manager", self.company_id)
        for manager in managers[:3]:
            # the handler need not see who manages
            complaint.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Approve: %(remedy)s", remedy=self.display_name),
                user_id=manager.id,
            )

    def _check_manager(self):
        if not (self.env.su or self.env["dealer.complaint"]._is_manager()):
            raise AccessError(
                self.env._(
                    "A remedy above the limit needs the approval of a "
                    "complaint manager."
                )
            )

    def _check_state(self, *states):
        self.ensure_one()
        if self.state not in states:
            self._refuse(
                self.env._(
                    "It is “%(state)s”, but must be “%(wanted)s”.",
                    state=self._state_label(),
                    wanted=self._state_label(states[-1]),
                )
            )

    def _check_complaint_open(self):
        for action in self:
            if action.complaint_id.state in (*VOID_STATES, "rejected"):
                action._refuse(
                    self.env._(
                        "%(complaint)s is “%(state)s”: no remedy can be offered.",
                        complaint=action.complaint_id.name,
                        state=action.complaint_id._state_label(),
                    )
                )

    def _refuse(self, why):
        raise UserError(
            self.env._(
                "Remedy “%(remedy)s” of %(complaint)s: %(why)s",
                remedy=self.display_name,
                complaint=self.complaint_id.name,
                why=why,
            )
        )


class DealerComplaint(models.Model):
    """The remedies of a complaint and what they cost."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    currency_id = fields.Many2one(related="company_id.currency_id")
    action_ids = fields.One2many("dealer.complaint.action", "complaint_id", "Remedies")
    remedy_cost = fields.Monetary(
        "Cost of Remedies",
        compute="_compute_remedy_cost",
        store=True,
        help="Total cost of the remedies that are approved or done.",
    )

    @api.depends("action_ids.cost", "action_ids.state")
    def _compute_remedy_cost(self):
        for complaint in self:
            complaint.remedy_cost = sum(
                action.cost
                for action in complaint.action_ids
                if action.state in SPENT_STATES
            )

    def _hand_on_remedies(self):
        """What was promised is still to be done, and costs what it costs."""
        for complaint in self:
            complaint.action_ids._write_by_method(
                {"complaint_id": complaint.duplicate_of_id.id}
            )

    def _closing_gaps(self):
        gaps = super()._closing_gaps()
        gaps += [
            self.env._("Not carried out yet: %(remedy)s", remedy=action.display_name)
            for action in self.action_ids
            if action.state in ("requested", "approved")
        ]
        return gaps
