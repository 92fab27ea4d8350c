from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..models.clock.dealer_sla_segment import PAUSE_REASONS
from ..models.common.dealer_complaint_states import (
    ANSWERS,
    CAUSES,
    EXPECTATIONS,
    GRADES,
    SOURCES,
    WORKING_STATES,
)
from ..models.complaint.dealer_complaint_facts import FACTS
from ..models.value.dealer_return_rate import SEVERITIES


def fact(name, of="complaint_ids"):
    """Attributes of a field that begins as the complaint has it, and may be changed;
    each has a compute of its own, that others may be given.

    :param of: the field of the dialog that names the complaints
    """

    @api.depends(of)
    def compute(self):
        for dialog in self:
            dialog[name] = dialog[of][:1][name]

    return {"compute": compute, "store": True, "readonly": False}


class DealerComplaintHandover(models.TransientModel):
    """To whom a complaint is offered."""

    _name = "dealer.complaint.handover"
    _description = "Hand Over a Complaint"
    _inherit = "dealer.dialog.mixin"

    complaint_ids = fields.Many2many("dealer.complaint", required=True)
    user_id = fields.Many2one(
        "res.users",
        "Offer To",
        required=True,
        compute="_compute_user_id",
        store=True,
        readonly=False,
        domain="[('share', '=', False)]",
        help="Whoever has the most time and is not away is proposed.",
    )
    workload = fields.Html(compute="_compute_workload")
    away_warning = fields.Char(compute="_compute_away_warning")

    @api.depends("complaint_ids")
    def _compute_user_id(self):
        for dialog in self:
            complaint = dialog.complaint_ids[:1]
            if complaint and not dialog.user_id:
                dialog.user_id = complaint._least_busy()

    @api.depends("complaint_ids")
    def _compute_workload(self):
        for dialog in self:
            complaint = dialog.complaint_ids[:1]
            dialog.workload = False
            if complaint:
                complaint.check_access("read")
                dialog.workload = self.env["ir.qweb"]._render(
                    "dealer_complaint.complaint_workload",
                    {"rows": complaint._workload_rows(complaint.company_id)},
                )

    @api.depends("user_id")
    def _compute_away_warning(self):
        for dialog in self:
            away = dialog.user_id._dealer_away().get(dialog.user_id)
            dialog.away_warning = away and self.env._(
                "%(user)s is away until %(day)s.",
                user=dialog.user_id.name,
                day=format_date(self.env, away),
            )

    def action_confirm(self):
        """Offer it."""
        self.complaint_ids.action_handover(self.user_id)
        return {"type": "ir.actions.act_window_close"}


class DealerComplaintPause(models.TransientModel):
    """Why the clocks are paused, and until when at most; a handler requests it."""

    _name = "dealer.complaint.pause"
    _description = "Pause the Clocks of a Complaint"
    _inherit = "dealer.dialog.mixin"

    complaint_ids = fields.Many2many("dealer.complaint", required=True)
    reason = fields.Selection(PAUSE_REASONS, required=True)
    note = fields.Text("Evidence", required=True)
    until = fields.Datetime("Until at Latest")
    is_officer = fields.Boolean(compute="_compute_is_officer")

    @api.depends("complaint_ids")
    def _compute_is_officer(self):
        for dialog in self:
            dialog.is_officer = dialog.complaint_ids._is_second_person()

    def action_confirm(self):
        """Pause; a handler requests it, and an officer decides."""
        self.ensure_one()
        if self.is_officer:
            self.complaint_ids.action_pause(self.reason, self.note, self.until)
        else:
            self.complaint_ids._request_pause(self.reason, self.note, self.until)
        return {"type": "ir.actions.act_window_close"}


class DealerComplaintLower(models.TransientModel):
    """Why a grade is lowered."""

    _name = "dealer.complaint.lower"
    _description = "Lower the Grade of a Complaint"
    _inherit = "dealer.dialog.mixin"

    complaint_ids = fields.Many2many("dealer.complaint", required=True)
    grade = fields.Selection(GRADES[:-1], required=True, default="general")
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Lower it."""
        self.complaint_ids.action_lower_grade(self.grade, self.reason)
        return {"type": "ir.actions.act_window_close"}


class DealerComplaintMerge(models.TransientModel):
    """Which complaint goes on."""

    _name = "dealer.complaint.merge"
    _description = "Merge Complaints"
    _inherit = "dealer.dialog.mixin"

    complaint_ids = fields.Many2many("dealer.complaint", required=True)
    target_id = fields.Many2one("dealer.complaint", "Continued In", required=True)

    def action_confirm(self):
        """Merge the others into it."""
        (self.complaint_ids - self.target_id).action_merge(self.target_id)
        return {"type": "ir.actions.act_window_close"}


class DealerComplaintCorrection(models.TransientModel):
    """What measures the responsible person is corrected by somebody else."""

    _name = "dealer.complaint.correction"
    _description = "Correct a Complaint"
    _inherit = "dealer.dialog.mixin"

    kind = fields.Selection(
        [
            ("cancel", "Entered by Mistake"),
            ("receipt", "Correct the Receipt"),
            ("late_entry", "Accept the Late Entry"),
            ("facts", "What Was Entered"),
        ],
        "To Correct",
        required=True,
        readonly=True,
        default="cancel",
    )
    complaint_ids = fields.Many2many("dealer.complaint", required=True)
    contact_id = fields.Many2one(
        "dealer.complaint.contact", "Customer Contact", readonly=True
    )
    date = fields.Datetime("Received On")
    # as they are, for whoever corrects them
    partner_id = fields.Many2one("res.partner", "Customer", **fact("partner_id"))
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        **fact("vehicle_id"),
        domain="[('is_customer_vehicle', '=', True)]",
    )
    reception_id = fields.Many2one("dealer.reception", "Visit", **fact("reception_id"))
    category_id = fields.Many2one("dealer.complaint.category", **fact("category_id"))
    is_safety = fields.Boolean("Injury or Safety", **fact("is_safety"))
    # what was found and answered, once it stands
    is_answered = fields.Boolean(compute="_compute_is_answered")
    subject = fields.Char(**fact("subject"))
    description = fields.Text(**fact("description"))
    expectation = fields.Selection(
        EXPECTATIONS, "What the Customer Expects", **fact("expectation")
    )
    remedy_sought = fields.Text(**fact("remedy_sought"))
    currency_id = fields.Many2one(related="complaint_ids.currency_id")
    customer_cost = fields.Monetary("Cost to the Customer", **fact("customer_cost"))
    customer_hours = fields.Float("Hours Lost", **fact("customer_hours"))
    cause = fields.Selection(CAUSES, **fact("cause"))
    root_cause = fields.Text(**fact("root_cause"))
    corrective_action = fields.Text(**fact("corrective_action"))
    proposal = fields.Text(**fact("proposal"))
    decision = fields.Text(**fact("decision"))
    decision_answer = fields.Selection(
        ANSWERS, "Customer's Answer", **fact("decision_answer")
    )
    reject_reason = fields.Text("Reason for Rejection", **fact("reject_reason"))
    recourse = fields.Text("Where to Turn Instead", **fact("recourse"))
    source = fields.Selection(SOURCES, **fact("source"))
    model_id = fields.Many2one("fleet.vehicle.model", "Car Model", **fact("model_id"))
    trim = fields.Char(**fact("trim"))
    parent_id = fields.Many2one(
        "dealer.complaint", "Group Complaint", **fact("parent_id")
    )
    value_severity = fields.Selection(SEVERITIES, "Severity", **fact("value_severity"))
    reason = fields.Text(required=True)
    may_confirm = fields.Boolean(compute="_compute_may_confirm")

    @api.depends("complaint_ids")
    def _compute_is_answered(self):
        for dialog in self:
            states = dialog.complaint_ids.mapped("state")
            dialog.is_answered = not set(WORKING_STATES).issuperset(states)

    @api.depends("complaint_ids", "contact_id")
    def _compute_may_confirm(self):
        for dialog in self:
            dialog.may_confirm = (
                dialog.complaint_ids._is_second_person()
                and dialog.contact_id.user_id != self.env.user
            )

    def action_confirm(self):
        """Correct it; whoever is responsible asks the officers to do it."""
        self.ensure_one()
        if self.kind == "receipt" and not self.date:
            raise UserError(self.env._("Enter when the complaint was received."))
        if self.kind == "late_entry" and not self.contact_id:
            raise UserError(
                self.env._("Choose the late entry among the customer contacts.")
            )
        if not self.may_confirm:
            kinds = dict(self._fields["kind"]._description_selection(self.env))
            date = self.kind == "receipt" and self.complaint_ids[:1]._format_local(
                self.date
            )
            self.complaint_ids._ask_officers(
                self.env._("Please check: %(what)s", what=kinds[self.kind]),
                "\n".join(filter(None, (self.reason, date, *self._facts_in_words()))),
            )
        elif self.kind == "cancel":
            self.complaint_ids.action_cancel(self.reason)
        elif self.kind == "receipt":
            self.complaint_ids.action_correct_receipt(self.date, self.reason)
        elif self.kind == "facts":
            self.complaint_ids._correct_facts(self._changed_facts(), self.reason)
        else:
            self.contact_id.action_accept_late_entry(self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _changed_facts(self):
        """The values that are to be written to the complaint."""
        complaint = self.complaint_ids[:1]
        return {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in FACTS
            if self.kind == "facts" and self[name] != complaint[name]
        }

    def _facts_in_words(self):
        """A line for each fact that is to be changed, as an officer reads it."""
        for name in self._changed_facts():
            field = self._fields[name]
            value = field.convert_to_export(self[name], self)
            label = field._description_string(self.env)
            yield self.env._("%(label)s: %(value)s", label=label, value=value or "–")
