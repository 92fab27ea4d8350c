from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("draft", "Draft"),
    ("sent", "Sent"),
    ("answered", "Answered"),
    ("cancelled", "Cancelled"),
]
CHANNELS = [
    ("system", "Manufacturer System"),
    ("phone", "Phone Call"),
    ("email", "E-mail"),
    ("letter", "Letter"),
    ("visit", "In Person"),
]
#: What was sent: from then on it is what the manufacturer has read.
_SENT = (
    "name",
    "description",
    "request",
    "recipient_id",
    "contact",
    "channel",
    "user_id",
)


class DealerManufacturerReport(models.Model):
    """What was reported to the factory, to whom, when, and what it answered.

    Its own clock (metric ``manufacturer``) runs from the sending to the answer.
    """

    _name = "dealer.manufacturer.report"
    _description = "Manufacturer Report"
    _inherit = ["dealer.process.mixin", "mail.thread", "mail.activity.mixin"]
    _is_sealed = True
    _check_company_auto = True
    _order = "date_sent desc, id desc"
    _rec_names_search = ["name", "reference", "complaint_id"]
    _RECORDED_FIELDS = frozenset({"state", "date_sent", "date_answer"})
    _GUARDS = (
        (("complaint_id",), "_check_complaint_stays"),
        ((*_SENT, "reference"), "_check_as_sent"),
        (("answer",), "_check_as_received"),
    )
    _COMPLETIONS = ("_begin",)
    _CONSEQUENCES = ((("complaint_id",), "_move_clock"),)

    # what
    name = fields.Char("Subject", required=True, tracking=True)
    complaint_id = fields.Many2one(
        "dealer.complaint", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, index=True
    )
    category_id = fields.Many2one(
        related="complaint_id.category_id", store=True, index="btree_not_null"
    )
    model_id = fields.Many2one(
        related="complaint_id.model_id", store=True, index="btree_not_null"
    )
    cause = fields.Selection(related="complaint_id.cause", store=True)
    description = fields.Text("What Was Reported")
    request = fields.Text("What We Request")

    # to whom, when
    recipient_id = fields.Many2one(
        "res.partner", "Reported To", index="btree_not_null", ondelete="restrict"
    )
    contact = fields.Char(
        "Contact Person", help="The person or desk at the manufacturer."
    )
    channel = fields.Selection(CHANNELS, required=True, default="system")
    reference = fields.Char("Their Number", help="The manufacturer's case number.")
    user_id = fields.Many2one(
        "res.users",
        "Reported By",
        index="btree_not_null",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        check_company=True,
    )
    state = fields.Selection(
        STATES,
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    date_sent = fields.Datetime("Sent On", readonly=True, copy=False)
    date_due = fields.Datetime("Answer Due", compute="_compute_date_due")
    is_late = fields.Boolean("Late", compute="_compute_date_due")

    # the answer
    answer = fields.Text(copy=False, tracking=True)
    date_answer = fields.Datetime("Answered On", readonly=True, copy=False)

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("state", "complaint_id.timer_ids.date_deadline")
    def _compute_date_due(self):
        for report in self:
            origin = report._timer_origin()
            # whoever reads the report may know when the answer is due
            timer = report.sudo().complaint_id.timer_ids.filtered(
                lambda t, origin=origin: t.origin == origin
            )
            timer = timer.sorted("cycle")[-1:]
            report.date_due = timer.date_deadline
            report.is_late = timer.is_breached

    def _timer_origin(self):
        return f"{self._name},{self._origin.id}"

    @api.constrains("user_id")
    def _check_user(self):
        for report in self:
            report.complaint_id._check_given_to(report.user_id)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _begin(self, vals_list):
        for vals in vals_list:
            if vals.get("state", "draft") != "draft":
                raise UserError(self.env._("A report starts as a draft."))

    def _check_complaint_stays(self, vals):
        """Merging hands it on; what was entered wrongly is for an officer to correct.

        :raise AccessError: for anybody else
        """
        self.complaint_id._check_hands_on(self._would_change(vals, "complaint_id"))

    def _check_as_sent(self, vals):
        """The number is given by the manufacturer, later: it is entered once.

        :raise UserError: for what the manufacturer was sent
        """
        for name in (*_SENT, "reference"):
            changed = self._would_change(vals, name) if name in vals else self.browse()
            for report in changed.filtered(lambda r: r.state != "draft"):
                if name in _SENT or report[name]:
                    raise UserError(
                        self.env._(
                            "“%(report)s” is “%(state)s”: “%(field)s” stays as it was "
                            "sent. Make another report if something has to be put "
                            "right.",
                            report=report.name,
                            state=report._state_label(),
                            field=self._field_label(name),
                        )
                    )

    def _check_as_received(self, vals):
        """:raise UserError: for an answer that was recorded"""
        for report in self._would_change(vals, "answer"):
            if report.state in ("answered", "cancelled"):
                raise UserError(
                    self.env._(
                        "“%(report)s” is “%(state)s”: the answer stays as it was "
                        "received. Write into the log what has to be added.",
                        report=report.name,
                        state=report._state_label(),
                    )
                )

    def _move_clock(self, change):
        """It belongs to another complaint, and so does its clock."""
        for report in self.filtered(lambda r: r.state == "sent"):
            origin = report._timer_origin()
            change.was(report, "complaint_id")._sla_cancel(
                ["manufacturer"], origin=origin
            )
            report.complaint_id._sla_start(
                ["manufacturer"], report.date_sent, origin=origin
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        for report in self:
            if report.state != "draft":
                raise UserError(
                    self.env._(
                        "“%(report)s” was sent and must be kept. Cancel it instead.",
                        report=report.name,
                    )
                )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_send(self):
        """It has gone to the factory; the answer is due from now on.

        :raise UserError: when it does not say what is reported and to whom
        """
        now = fields.Datetime.now()
        for report in self:
            report._check_state("draft")
            if not report.description or not (report.recipient_id or report.contact):
                raise UserError(
                    self.env._(
                        "“%(report)s”: enter what is reported, and to whom.",
                        report=report.name,
                    )
                )
            report._write_by_method({"state": "sent", "date_sent": now})
            report.complaint_id._sla_start(
                ["manufacturer"], now, origin=report._timer_origin()
            )
        return True

    def action_answered(self):
        """The factory has answered.

        :raise UserError: without the answer
        """
        now = fields.Datetime.now()
        for report in self:
            report._check_state("sent")
            if not (report.answer or "").strip():
                raise UserError(
                    self.env._(
                        "“%(report)s”: enter the manufacturer's answer.",
                        report=report.name,
                    )
                )
            report._write_by_method({"state": "answered", "date_answer": now})
            report.complaint_id._sla_stop(
                ["manufacturer"], now, origin=report._timer_origin()
            )
        return True

    def action_cancel(self):
        """Sent by mistake, or no longer needed."""
        for report in self:
            report._check_state("draft", "sent")
            report._write_by_method({"state": "cancelled"})
            report.complaint_id._sla_cancel(
                ["manufacturer"], origin=report._timer_origin()
            )
        return True

    def _check_state(self, *states):
        self.ensure_one()
        if self.state not in states:
            raise UserError(
                self.env._(
                    "“%(report)s” is already “%(state)s”.",
                    report=self.name,
                    state=self._state_label(),
                )
            )

    def _measuring_user(self):
        # whose complaint it is counts, whoever may see it
        known = self.sudo()
        complaints = known.complaint_id._measuring_user()
        measuring = known.filtered(
            lambda report: (
                report.user_id == self.env.user or report.complaint_id in complaints
            )
        )
        return measuring.with_env(self.env)

    def _with_kept_tasks(self):
        # see _measuring_user
        known = self.sudo()
        complaints = known.complaint_id.with_env(self.env)._with_kept_tasks()
        kept = known.filtered(lambda report: report.complaint_id in complaints)
        return super()._with_kept_tasks() | kept.with_env(self.env)
