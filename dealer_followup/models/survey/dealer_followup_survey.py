import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..call.dealer_followup import OPEN_STATES


class DealerFollowup(models.Model):
    """The questionnaire of a follow-up: begun once, asked or sent, handed in once."""

    _name = "dealer.followup"
    _inherit = "dealer.followup"

    has_survey = fields.Boolean("Has a Questionnaire", compute="_compute_has_survey")
    survey_state = fields.Selection(
        related="survey_input_id.state", string="Questionnaire Status"
    )
    survey_has_index = fields.Boolean(related="survey_input_id.dealer_has_index")
    survey_index = fields.Float(
        related="survey_input_id.dealer_index", string="Satisfaction Index"
    )
    survey_has_nps = fields.Boolean(related="survey_input_id.dealer_has_nps")
    survey_nps = fields.Integer(
        related="survey_input_id.dealer_nps", string="Recommends Us"
    )
    survey_model_id = fields.Many2one(
        related="survey_input_id.dealer_csi_model_id", string="Weights Used"
    )
    is_unhappy = fields.Boolean(
        "Unhappy Answer",
        readonly=True,
        copy=False,
        help="The answers are below the shop's thresholds.",
    )

    @api.depends("rule_id.survey_id")
    def _compute_has_survey(self):
        for task in self:
            task.has_survey = bool(task.rule_id.survey_id)

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_open_survey(self):
        """The questionnaire on a page of its own, asked question by question."""
        self.ensure_one()
        answer = self._begin_survey()
        self._check_survey_open()
        if answer.deadline and answer.deadline < fields.Datetime.now():
            # the link has expired for the customer, who is on the line now
            answer.deadline = False
        return {
            "type": "ir.actions.act_url",
            "url": answer.get_start_url(),
            "target": "new",
        }

    def action_view_answers(self):
        """What the customer answered."""
        self.ensure_one()
        answer = self.survey_input_id.sudo()  # callers read no questionnaires
        if answer.state != "done":
            raise UserError(self.env._("This questionnaire has not been answered yet."))
        return {
            "type": "ir.actions.act_url",
            "url": answer.get_print_url(),
            "target": "new",
        }

    # ------------------------------------------------------------------
    # BEGIN
    # ------------------------------------------------------------------

    def _begin_survey(self):
        """The answers of this follow-up, begun when there are none yet.

        :return: ``survey.user_input`` with all rights: callers fill in questionnaires,
            they do not manage them
        :raise UserError: for a rule without a questionnaire
        """
        self.ensure_one()
        self.check_access("write")
        survey = self.rule_id.survey_id.sudo()  # see above
        if not survey:
            raise UserError(self.env._("This care rule has no questionnaire."))
        if not self.survey_input_id:
            lang = self.env["res.lang"]._lang_get(self.partner_id.lang)
            answer = survey._create_answer(
                partner=self.partner_id,
                check_attempts=False,
                invite_token=str(uuid.uuid4()),
                dealer_company_id=self.company_id.id,
                lang_id=lang.id,
            )
            self._write_by_method({"survey_input_id": answer.id})
        return self.survey_input_id.sudo()  # see above

    def _check_survey_open(self):
        """:raise UserError: when the questionnaire was handed in"""
        for task in self:
            if task.survey_input_id.sudo().state == "done":  # see _begin_survey
                raise UserError(
                    self.env._(
                        "%s: the questionnaire has already been answered.",
                        task.display_name,
                    )
                )

    def _end_survey_link(self):
        """The link of a task that has ended leads nowhere."""
        # links of colleagues' tasks too
        pending = self.sudo().survey_input_id.filtered(
            lambda answer: answer.state != "done"
        )
        pending.deadline = fields.Datetime.now()

    # ------------------------------------------------------------------
    # ANSWERED
    # ------------------------------------------------------------------

    def _survey_answered(self, answer):
        """The questionnaire was handed in: score it, end the task, hear criticism.

        What a caller fills in while talking is settled by the call sheet; what the
        customer sends ends the task here.

        :param answer: ``survey.user_input`` that has been scored
        """
        by_customer = not self.env.user._is_internal()
        words = answer.env.context.get("dealer_survey_words") or answer._dealer_words()
        for task in self:
            if by_customer and task.state in OPEN_STATES:
                task._record(
                    self.env.ref("dealer_followup.result_answered"),
                    note=words,
                    channel=task.survey_channel or "wechat",
                )
            causes = task.company_id._dealer_low_answers(*answer._dealer_judged())
            if causes:
                task._hear_criticism(words, causes, answer)

    def _hear_criticism(self, words, causes, answer):
        """A complaint, or a call that asks what was wrong, as the shop has decided."""
        self.ensure_one()
        self._write_by_method({"is_unhappy": True})
        text = "\n".join(filter(None, (words, *causes)))
        if self.complaint_id or self.company_id.dealer_unhappy_action == "complaint":
            self._open_complaint(text)
            return
        # whoever answers has no rights on rules and tasks
        rule = self.env.ref("dealer_followup.care_rule_unhappy").sudo()
        rule._create_by_hand(
            self.partner_id,
            vehicle=self.vehicle_id,
            company=self.company_id,
            key=f"survey:{answer.id}",
            visit_id=self.visit_id.id,
            note=text,
        )
