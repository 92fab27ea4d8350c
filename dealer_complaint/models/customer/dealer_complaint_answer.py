from hashlib import sha256

from odoo import fields, models
from odoo.tools import SQL, LazyTranslate, plaintext2html

from odoo.addons.dealer_service.tools.refusal import NamedRefusal

from .dealer_complaint_portal import same_secret

_lt = LazyTranslate(__name__)

MAX_WORDS = 2000
_AGREED = _lt("The customer agreed: carry it out")
_NOT_AGREED = _lt("The customer did not agree: find another way")


class AnswerRefused(NamedRefusal):
    """Why an answer cannot be recorded, in a sentence the customer may read."""


class DealerComplaint(models.Model):
    """The customer answers the proposal himself: once, about what he saw.

    The answer is bound to the proposal by a fingerprint of its text and of the moment
    it was made. Who answers on the phone is recorded by the handler, as ever.
    """

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    date_answered = fields.Datetime("Customer Answered On", readonly=True, copy=False)
    answer_words = fields.Text("In the Customer's Words", readonly=True, copy=False)
    answer_version = fields.Char(
        readonly=True,
        copy=False,
        help="Fingerprint of the proposal the customer answered.",
    )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _forget_answer(self):
        """It was to an earlier proposal; what was said stays in the contacts."""
        answered = self.filtered("date_answered")
        answered._write_by_method(
            {"decision_answer": False, "date_answered": False, "answer_words": False}
        )

    def _end_answer_todos(self):
        """The step that is taken is what an answer gave somebody to do."""
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        words = {
            self.with_context(lang=code).env._(summary)
            for code in languages
            for summary in (_AGREED, _NOT_AGREED)
        }
        # they are on the list of whoever is responsible, whoever takes the step
        todos = self.sudo().activity_ids.filtered(lambda todo: todo.summary in words)
        if todos:
            todos.action_feedback()

    def _proposal_version(self):
        """Fingerprint of the proposal as it stands now."""
        self.ensure_one()
        facts = (self.id, self.cycle, self.date_proposed, self.proposal)
        return sha256(repr(facts).encode()).hexdigest()[:32]

    def _is_answer_open(self):
        """Whether a proposal waits for the customer's answer."""
        self.ensure_one()
        return (
            self.state == "proposed"
            and bool((self.proposal or "").strip())
            and not self.decision_answer
        )

    def _portal_proposal(self):
        """The proposal and its answer, as the customer's page shows them."""
        self.ensure_one()
        if self.state not in ("proposed", "resolved", "closed") or not self.proposal:
            return None
        return {
            "text": self.proposal,
            "is_open": self._is_answer_open(),
            "version": self._proposal_version(),
            "answer": self.decision_answer,
            "answered": self.date_answered
            and self.company_id._dealer_format(self.date_answered),
        }

    def _wait_for_others(self):
        """Let one transaction at a time decide about the complaint.

        A write that changes nothing: the second transaction waits for the first, fails,
        is run again by Odoo and finds what the first one has done.
        """
        self.ensure_one()
        self.flush_recordset()
        self.env.cr.execute(
            SQL("UPDATE dealer_complaint SET id = id WHERE id = %s", self.id)
        )
        self.invalidate_recordset()

    def _answer_by_customer(self, answer, version, words="", is_staff=False):
        """Record what the customer answered on the page; a second time does nothing.

        :param str answer: ``accepted`` or ``refused``
        :param str version: fingerprint of the proposal that was shown
        :param str words: the customer's own; needed for a refusal
        :param bool is_staff: somebody of the shop has the page open, who answers for
            nobody
        :raise AnswerRefused: for staff, when there is nothing to answer, the proposal
            has changed meanwhile, or a refusal has no reason
        """
        if is_staff:
            raise AnswerRefused(
                self.env._(
                    "Only the customer can answer here. Record on the complaint "
                    "what the customer told you."
                )
            )
        self._wait_for_others()
        if version and same_secret(self.answer_version, version):
            # the second tap, or the second device: what was answered stands
            return
        if not self._is_answer_open():
            raise AnswerRefused(self.env._("There is nothing to answer at the moment."))
        if not same_secret(self._proposal_version(), version):
            raise AnswerRefused(
                self.env._(
                    "The proposal has changed since you opened it. Please read it"
                    " again."
                )
            )
        words = (words or "").strip()[:MAX_WORDS]
        if answer == "refused" and not words:
            raise AnswerRefused(self.env._("Please tell us why you do not agree."))
        if answer not in ("accepted", "refused"):
            raise AnswerRefused(self.env._("Please choose one of the answers."))
        self._write_by_method(
            {
                "decision_answer": answer,
                "answer_version": version,
                "date_answered": fields.Datetime.now(),
                "answer_words": words or False,
            }
        )
        if answer == "accepted":
            self._after_accepted(words)
        else:
            self._after_refused(words)

    def _after_accepted(self, words):
        """The result is told and agreed on; now it is to be done."""
        self.ensure_one()
        self._decide_as_agreed()
        self._record_answer("decision", words or self.env._("Agreed to the proposal."))
        self._ask_responsible(_AGREED, words)

    def _after_refused(self, words):
        """It goes on: the customer still waits for a result."""
        self.ensure_one()
        self._record_answer("other", words)
        self._set_state("investigating")
        self._ask_responsible(_NOT_AGREED, words)

    def _record_answer(self, kind, words):
        self.env["dealer.complaint.contact"].create(
            {
                "complaint_id": self.id,
                "kind": kind,
                "channel": "message",
                "direction": "in",
                "date": fields.Datetime.now(),
                "user_id": (self.user_id or self.env.ref("base.user_root")).id,
                "summary": words,
                "is_shared": True,
            }
        )

    def _ask_responsible(self, summary, note=None, at_most=3):
        """Put something on the list of who is responsible, else of the officers; what
        is there already is not put there again.

        :param summary: not yet translated: it is read in the language of the colleague
        :param int at_most: of so many officers
        """
        self.ensure_one()
        users = self.user_id.filtered("active") or self.env[
            "dealer.sla.level"
        ]._members("officer", self.company_id)
        # the customer, who causes it, gives nobody anything to do himself
        complaint = self.sudo()
        for user in users[:at_most]:
            reader = complaint._for_reader(user)
            words = reader.env._(summary)
            known = complaint.activity_ids.filtered(
                lambda a, user=user, words=words: (
                    a.summary == words and a.user_id == user
                )
            )
            if not known:
                reader.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=words,
                    note=note and plaintext2html(note),
                    user_id=user.id,
                )
