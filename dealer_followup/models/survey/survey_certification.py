from odoo import api, fields, models
from odoo.exceptions import UserError

#: What follows from the answers to an exam, and whose exam it is.
_RESULT = frozenset(
    {
        "end_datetime",
        "partner_id",
        "predefined_question_ids",
        "scoring_percentage",
        "scoring_success",
        "scoring_total",
        "state",
        "survey_id",
        "test_entry",
        "user_input_line_ids",
    }
)
#: The same of an invitation, which says for whom and for what it is.
_RESULT_OF_NEW = _RESULT - {
    "partner_id",
    "predefined_question_ids",
    "survey_id",
    "test_entry",
}


class SurveySurvey(models.Model):
    """An exam, and how long its certificate is worth something."""

    _name = "survey.survey"
    _inherit = "survey.survey"

    dealer_valid_months = fields.Integer(
        "Certificate Valid for (months)",
        help="From the day of the exam. 0: without end. It counts for certificates "
        "that are held already, too.",
    )

    _check_dealer_valid_months = models.Constraint(
        "CHECK(dealer_valid_months BETWEEN 0 AND 600)",
        "A certificate is valid for 1 to 600 months, or with 0 without end.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        # the certificates of every shop count, whoever asks
        held = self.env["survey.user_input"].sudo()
        if held.search_count(held._passed_domain(self), limit=1):
            raise UserError(
                self.env._(
                    "Somebody holds this certificate, so the exam cannot be deleted. "
                    "Archive it instead."
                )
            )

    def _dealer_invite(self, users):
        """Mail each of these users a link to the exam, by Odoo's own invitation.

        Who has a link that was not used yet gets it again.
        """
        self.ensure_one()
        template = self.env.ref("survey.mail_template_user_input_invite")
        for exam in self._dealer_open_exams(users):
            invites = self.env["survey.invite"].with_context(
                lang=exam.partner_id.lang or self.env.lang,
                default_email_layout_xmlid="mail.mail_notification_light",
            )
            invites.create(
                {
                    "survey_id": self.id,
                    "partner_ids": exam.partner_id.ids,
                    "template_id": template.id,
                }
            )._send_mail(exam)

    def _dealer_open_exams(self, users, check_attempts=False):
        """The exams that these users have not finished; new ones for the others."""
        self.ensure_one()
        exams = (
            self.env["survey.user_input"]
            .search(
                [
                    ("survey_id", "=", self.id),
                    ("partner_id", "in", users.partner_id.ids),
                    ("state", "!=", "done"),
                    ("test_entry", "=", False),
                    "|",
                    ("deadline", "=", False),
                    ("deadline", ">", fields.Datetime.now()),
                ],
                order="id desc",
            )
            .filtered(lambda exam: not exam.survey_time_limit_reached)
        )
        found = self.env["survey.user_input"]
        for user in users:
            mine = exams.filtered(
                lambda exam, user=user: exam.partner_id == user.partner_id
            )
            found += mine[:1] or self._create_answer(
                user=user, check_attempts=check_attempts
            )
        return found


class SurveyUserInput(models.Model):
    """An exam is judged by its answers, and by nobody's hand."""

    _name = "survey.user_input"
    _inherit = "survey.user_input"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_finished(self):
        # passed or failed it is counted, whoever may read it
        if self.sudo()._dealer_finished_exams():
            raise UserError(self.env._("A finished exam cannot be deleted."))

    def _dealer_finished_exams(self):
        """Those that were handed in, without what somebody only tries out."""
        return self.filtered(
            lambda answer: (
                answer.survey_id.certification
                and answer.state == "done"
                and not answer.test_entry
            )
        )

    @api.model
    def _passed_domain(self, surveys):
        return [
            ("survey_id", "in", surveys.ids),
            ("survey_id.certification", "=", True),
            ("state", "=", "done"),
            ("scoring_success", "=", True),
            ("test_entry", "=", False),
        ]

    @api.model
    def _check_dealer_new_exam(self, vals):
        """:raise UserError: for an exam that begins with its result"""
        typed = _RESULT_OF_NEW & vals.keys()
        if vals.get("state") == "new":
            typed -= {"state"}
        if self.env.su or not typed:
            return
        # who invites to an exam need not read it
        survey = self.env["survey.survey"].sudo().browse(vals.get("survey_id"))
        if survey.certification:
            self._raise_dealer_exam()

    def _check_dealer_exam(self, vals):
        """:raise UserError: for a result of an exam that somebody types"""
        if self.env.su or not _RESULT & vals.keys():
            return
        # as above
        surveys = self.sudo().survey_id
        if vals.get("survey_id"):
            surveys += surveys.browse(vals["survey_id"])
        if any(surveys.mapped("certification")):
            self._raise_dealer_exam()

    @api.model
    def _raise_dealer_exam(self):
        raise UserError(
            self.env._(
                "An exam is judged by its answers: its result cannot be entered by "
                "hand."
            )
        )
