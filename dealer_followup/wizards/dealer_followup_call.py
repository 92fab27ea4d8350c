from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.dealer_complaint.models.complaint.dealer_complaint import (
    OPEN_STATES as OPEN_COMPLAINT,
)
from odoo.addons.dealer_service.tools.actions import open_form

from ..models.call.dealer_followup import OPEN_STATES

#: After how long somebody who has no time now is called again.
PROPOSED_WAIT = timedelta(hours=2)
LAST_VISITS = 3
LAST_CALLS = 3


class DealerFollowupCall(models.TransientModel):
    """The sheet of one call: who, which car, why now, what to say, how it ended."""

    _name = "dealer.followup.call"
    _description = "Call Sheet"
    _inherit = "dealer.process.mixin"
    _is_sealed = True
    # what was said is on it until the call is recorded, next week at the latest
    _transient_max_hours = 7 * 24.0
    # what follows from the call itself: the button with the number tells it
    _RECORDED_FIELDS = _CHOSEN_FIELDS = frozenset({"attempt_id", "offered_ids"})

    followup_ids = fields.Many2many(
        "dealer.followup",
        string="Settled by This Call",
        help="Remove follow-ups that were not discussed.",
    )
    # everything this customer was to be called about when the sheet was opened
    offered_ids = fields.Many2many(
        "dealer.followup", "dealer_followup_call_offered_rel", readonly=True
    )
    has_rest = fields.Boolean(compute="_compute_has_rest")
    followup_id = fields.Many2one("dealer.followup", compute="_compute_followup_id")
    partner_id = fields.Many2one(related="followup_id.partner_id")
    contact_name = fields.Char(related="followup_id.contact_name")
    contact_phone = fields.Char(related="followup_id.contact_phone")
    company_id = fields.Many2one(related="followup_id.company_id")
    briefing = fields.Html(compute="_compute_briefing", sanitize=False)
    warning = fields.Html(compute="_compute_briefing", sanitize=False)
    script = fields.Html(compute="_compute_script", sanitize=False)
    has_survey = fields.Boolean(compute="_compute_followup_id")

    # the call that this sheet tells the end of, as soon as it was dialled
    attempt_id = fields.Many2one("dealer.followup.attempt", readonly=True)
    date_dialled = fields.Datetime("Dialled", related="attempt_id.date")
    result_id = fields.Many2one(
        "dealer.followup.result",
        "How Did the Call End?",
        domain="[('is_for_calls', '=', True)]",
    )
    needs_time = fields.Boolean(related="result_id.needs_time")
    opens_complaint = fields.Boolean(related="result_id.opens_complaint")
    asks_optout = fields.Boolean(related="result_id.asks_optout")
    promised_at = fields.Datetime("Call Again At")
    note = fields.Text("In the Customer's Own Words")

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("followup_ids")
    def _compute_followup_id(self):
        for sheet in self:
            sheet.followup_id = sheet.followup_ids.sorted(
                lambda task: (task.priority, task.expire_date, task._origin.id)
            )[:1]
            sheet.has_survey = bool(sheet.followup_ids.rule_id.survey_id)

    @api.depends("followup_ids", "offered_ids")
    def _compute_has_rest(self):
        for sheet in self:
            sheet.has_rest = bool(
                sheet.offered_ids._origin - sheet.followup_ids._origin
            )

    @api.depends("followup_ids")
    def _compute_briefing(self):
        render = self.env["ir.qweb"]._render
        for sheet in self:
            sheet.briefing = sheet.warning = False
            if not sheet.followup_ids:
                continue
            facts = sheet._briefing_facts()
            sheet.briefing = render("dealer_followup.call_briefing", facts)
            partner = facts["partner"]
            if facts["complaints"] or partner.is_phone_wrong or partner.no_care:
                sheet.warning = render("dealer_followup.call_warning", facts)

    @api.depends("followup_ids")
    def _compute_script(self):
        for sheet in self:
            tasks = sheet.followup_ids._origin
            parts = [
                (task, task.rule_id._render_field("script", task.ids)[task.id])
                for task in tasks
                if task.rule_id.script
            ]
            sheet.script = self.env["ir.qweb"]._render(
                "dealer_followup.call_script",
                {"greeting": sheet._greeting(), "parts": parts},
            )

    @api.depends("contact_name", "followup_ids")
    def _compute_display_name(self):
        for sheet in self:
            plates = dict.fromkeys(sheet.followup_ids.mapped("license_plate"))
            names = [sheet.contact_name, *plates]
            sheet.display_name = " · ".join(filter(None, names))

    @api.onchange("result_id")
    def _onchange_result_id(self):
        """Propose the time that is agreed on most often: it need only be confirmed."""
        if self.needs_time and not self.promised_at and self.company_id:
            later = fields.Datetime.now() + PROPOSED_WAIT
            proposed = self.company_id._dealer_next_call(later)
            self.promised_at = proposed.replace(second=0, microsecond=0)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def _briefing_facts(self):
        """Who, which car, why now, and what was before."""
        self.ensure_one()
        tasks = self.followup_ids._origin
        partner = tasks.partner_id[:1]
        cars = tasks.vehicle_id or partner.vehicle_ids
        # the caller sees that there is a complaint, a visit or another call, of the
        # whole shop, without the rights of those who work on them; what another shop
        # has heard from the same customer stays there
        env = self.sudo().env
        of_the_shop = Domain("company_id", "in", tasks.company_id.ids)
        complaints = env["dealer.complaint"].search(
            of_the_shop
            & Domain("state", "in", OPEN_COMPLAINT)
            & (
                Domain("partner_id", "=", partner.id)
                | Domain("vehicle_id", "in", cars.ids)
            )
        )
        calls = env["dealer.followup.attempt"].search(
            of_the_shop & Domain("partner_id", "=", partner.id),
            limit=LAST_CALLS,
        )
        visits = env["dealer.reception"].search(
            of_the_shop
            & Domain("vehicle_id", "in", cars.ids)
            & Domain("state", "=", "delivered")
            & (
                Domain("partner_id", "=", partner.id)
                | Domain("contact_id", "=", partner.id)
            ),
            order="date_delivered desc",
            limit=LAST_VISITS,
        )
        return {
            "tasks": tasks,
            "task_lines": {task.id: self._task_line(task) for task in tasks},
            "partner": partner,
            "reach_line": self._reach_line(partner),
            "cars": cars,
            "owner_lines": {car.id: car._owner_line(partner) for car in cars},
            "car_facts": {car.id: self._car_facts(car) for car in cars},
            "forecasts": {car.id: car._forecast_line() for car in cars},
            "visits": visits,
            "visit_lines": {visit.id: self._visit_line(visit) for visit in visits},
            "complaints": complaints,
            "complaint_lines": {
                complaint.id: self._complaint_line(complaint)
                for complaint in complaints
            },
            "calls": calls,
            "call_lines": {call.id: self._call_line(call) for call in calls},
            "labels": self._labels(),
        }

    def _labels(self):
        """Chinese or English words of the selections the briefing shows."""
        return {
            name: dict(self.env[model]._fields[name]._description_selection(self.env))
            for model, name in (
                ("res.partner", "preferred_contact_time"),
                ("res.partner", "preferred_channel"),
                ("dealer.followup", "purpose"),
            )
        }

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_dial(self):
        """Check once more, record the call, hand the number to the telephone.

        :raise UserError: when the number must not be dialled now
        """
        self._check_mine()
        self._check_covered()
        self._check_allowed()
        attempt = self.followup_ids._begin_attempt()
        self._write_by_method({"attempt_id": attempt.id})
        return {
            "type": "ir.actions.client",
            "tag": "dealer_service.dial",
            "params": {"phone": self.contact_phone},
        }

    def action_save(self):
        """Record the call and go back to the list."""
        return self._save_and_tell(self._my_list)

    def action_save_and_next(self):
        """Record the call and open the sheet of the next customer."""
        return self._save_and_tell(self.action_next)

    def action_next(self):
        """The sheet of the next customer; my list, when nobody is to be called."""
        return self.env["dealer.followup"].action_next_call()

    def action_save_and_continue(self):
        """Record the call so far; the same customer has more to say on the rest."""
        return self._save_and_tell(self._continue)

    def _continue(self):
        rest = (self.offered_ids - self.followup_ids).filtered(
            lambda task: task.state in OPEN_STATES
        )
        if not rest:
            return self.action_next()
        # the line is still mine
        rest.sudo()._write_by_method(
            {"claimed_at": fields.Datetime.now(), "claim_user_id": self.env.uid}
        )
        attempt = rest._begin_attempt(self.attempt_id.date)
        attempt._write_by_method(
            {
                "is_undialled": self.attempt_id.is_undialled,
                "stated_reason": self.attempt_id.stated_reason,
            }
        )
        return rest._open_sheet(attempt_id=attempt.id)

    def action_put_back(self):
        """Somebody else may call, or I later: nothing was dialled.

        :raise UserError: when the number was dialled
        """
        self._check_mine()
        if self.attempt_id:
            raise UserError(
                self.env._(
                    "%(name)s was dialled: record how the call ended.",
                    name=self.contact_name,
                )
            )
        self.followup_ids._release_number()
        self.offered_ids.filtered(
            lambda task: (
                task.state in OPEN_STATES
                and task.rule_id.assignment == "pool"
                and not task.is_promised
            )
        ).action_release()
        return self._my_list()

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _my_list(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_followup.dealer_followup_action_mine"
        )
        # behind a notice the client shows the help as plain text
        return {**action, "target": "main", "help": False}

    def _open(self):
        self.ensure_one()
        return open_form(self, self.env._("Call"), target="main")

    def _save(self):
        """Record the call; pressed twice, it is recorded once.

        What was said in a call that was dialled here is never lost: not when the hours
        end meanwhile, when a colleague has the number by now, or when the follow-up
        was closed. A call dialled without the button is made now, by the same rules.
        """
        self.ensure_one()
        # a colleague may have the follow-ups by now
        sheet = self.sudo()
        if sheet.attempt_id.result_id:
            return sheet.attempt_id
        self._check_covered()
        if not sheet.followup_ids:
            raise UserError(self.env._("There is nothing left to record in this call."))
        if not sheet.attempt_id:
            self._check_mine()
            self.followup_ids.check_access("write")
            self._check_allowed()
            self._check_proof()
        attempt = sheet.followup_ids._record(
            self.result_id,
            note=self.note,
            promised_at=self.promised_at if self.needs_time else False,
            attempt=sheet.attempt_id,
            stated_reason=self.stated_reason,
        )
        self._write_by_method({"attempt_id": attempt.id})
        return attempt

    def _check_covered(self):
        """One call is about the follow-ups of one customer: those it was opened with.

        :raise AccessError: for others, which somebody has put on the sheet
        """
        # a colleague may have the follow-ups by now
        sheet = self.sudo()
        if sheet.followup_ids - sheet.offered_ids:
            raise AccessError(
                self.env._(
                    "This call did not cover all of these follow-ups: open "
                    "another call sheet."
                )
            )

    def _check_mine(self):
        """:raise UserError: when the sheet is empty or somebody else has the number"""
        if not self.followup_ids:
            raise UserError(self.env._("There is nothing left to record in this call."))
        for task in self.followup_ids:
            if task.claim_user_id and task.claim_user_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "%(task)s is being called by %(user)s.",
                        task=task.display_name,
                        # the name of a colleague is no secret
                        user=task.claim_user_id.sudo().name,
                    )
                )

    def _check_allowed(self):
        """Hours, limits, consent: as they are now, not when the list was made."""
        tasks = self.followup_ids
        tasks._check_calling_time()
        tasks._check_dial(fields.Datetime.now())
        labels = dict(tasks._fields["close_reason"]._description_selection(self.env))
        for task, block in tasks._judged("call").items():
            if block:
                raise UserError(
                    self.env._(
                        "%(task)s cannot be called now: %(reason)s. Remove it from "
                        "this call.",
                        task=task.display_name,
                        reason=labels[block.reason],
                    )
                )
