from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

from ...tools.actions import open_dialog
from .dealer_quality_check import LEVELS

# Marks the failed check that sends a visit back. An object of this process: no remote
# caller can pass it.
_BY_CHECK = object()


class DealerReception(models.Model):
    """The three-level quality check of the visit, and the way back to the workshop."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    quality_check_ids = fields.One2many(
        "dealer.quality.check", "reception_id", "Quality Checks"
    )
    resume_count = fields.Integer(
        "Back to Work",
        copy=False,
        readonly=True,
        help="How often additional work took the car out of the quality check. This "
        "is not rework: nothing had failed.",
    )
    quality_level = fields.Selection(
        LEVELS,
        "Next Check",
        compute="_compute_quality_level",
        help="The next level to be passed. Empty: all levels are passed.",
    )
    quality_owed_by = fields.Char(
        "To Be Signed By",
        compute="_compute_quality_owed_by",
        help="Who may sign the next check.",
    )
    is_quality_mine = fields.Boolean(
        compute="_compute_is_quality_mine",
        help="The user may sign the next check.",
    )
    failure_words = fields.Text(
        "What Failed Before",
        compute="_compute_failure_words",
        # whoever checks the car looks at all that failed, not at own jobs
        compute_sudo=True,
        help="Each failed check of the visit: its note and its jobs, the last one "
        "first.",
    )

    @api.depends(
        "state",
        "rework_count",
        "resume_count",
        "quality_check_ids.level",
        "quality_check_ids.result",
        "quality_check_ids.round",
    )
    def _compute_quality_level(self):
        for reception in self:
            reception.quality_level = (
                reception._next_quality_level()
                if reception.state in ("working", "quality")
                else False
            )

    @api.depends("quality_level", "job_ids.technician_id")
    def _compute_quality_owed_by(self):
        for reception in self:
            level = reception.quality_level
            reception.quality_owed_by = level and reception._signers_of(level)

    @api.depends("quality_level", "job_ids.technician_id")
    @api.depends_context("uid")
    def _compute_is_quality_mine(self):
        for reception in self:
            level = reception.quality_level
            reception.is_quality_mine = bool(level) and reception._may_sign(
                level, self.env.user
            )

    @api.depends("quality_check_ids.result", "quality_check_ids.note")
    def _compute_failure_words(self):
        for reception in self:
            failed = reception.quality_check_ids.filtered(
                lambda check: check.result == "fail"
            )
            reception.failure_words = "\n".join(
                " · ".join(filter(None, check._words_of_failure())) for check in failed
            )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_pass(self):
        """The final inspection was passed. It has to be on record, with its levels."""
        for reception in self:
            if reception.state == "quality" and not reception._passed_checks("final"):
                raise UserError(
                    self.env._(
                        "%(visit)s: no final inspection has been passed since the work"
                        " was finished. Record it with “Quality Check”.",
                        visit=reception.display_name,
                    )
                )
        return super().action_pass()

    def action_fail(self):
        """Back to the workshop with all jobs, on record as a failed final inspection.

        A quality check that names the failed jobs sends back only these.
        """
        if self.env.context.get("dealer_failed_check") is _BY_CHECK:
            return super().action_fail()
        self.env["dealer.quality.check"].check_access("create")
        for reception in self:
            reception._check_move("working")
            # by the button nobody named a job, so the record says: all of them
            checks = self.env["dealer.quality.check"].sudo()
            checks.create(
                {
                    "reception_id": reception.id,
                    "level": "final",
                    "result": "fail",
                    "user_id": self.env.uid,
                    "failed_job_ids": [(6, 0, reception.job_ids.ids)],
                }
            )
        return True

    def action_check_quality(self):
        """Open the check that the user may sign.

        :raise UserError: when somebody else has to sign the next one first
        """
        self.ensure_one()
        self.check_access("read")
        result = self.env.context.get("dealer_quality_result", "pass")
        level = self._next_quality_level() or "final"
        if not self._may_sign(level, self.env.user):
            if result == "pass":
                raise UserError(
                    self.env._(
                        "%(visit)s: “%(level)s” comes next and is to be signed by "
                        "%(people)s.",
                        visit=self.display_name,
                        level=dict(
                            self._fields["quality_level"]._description_selection(
                                self.env
                            )
                        )[level],
                        people=self._signers_of(level),
                    )
                )
            # a fault is told by whoever finds it, at the level that is his
            level = next(
                level
                for level, _label in reversed(LEVELS)
                if self._may_sign(level, self.env.user)
            )
        return open_dialog(
            self.env["dealer.quality.check"],
            self.env._("Quality Check"),
            reception_id=self.id,
            level=level,
            result=result,
        )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _quality_round(self):
        """How often the car has gone back to the workshop, for whatever reason."""
        self.ensure_one()
        return self.rework_count + self.resume_count

    def _passed_checks(self, level):
        """Passed checks of one level since the car last came out of the workshop."""
        self.ensure_one()
        return self.quality_check_ids.filtered(
            lambda check: (
                check.level == level
                and check.result == "pass"
                and check.round == self._quality_round()
            )
        )

    def _next_quality_level(self):
        """The lowest level that is not passed; ``False`` when all are."""
        self.ensure_one()
        for level, _label in LEVELS:
            if not self._passed_checks(level):
                return level
        return False

    def _workers(self):
        """The users who worked, or are to work, on this visit."""
        self.ensure_one()
        # who worked on the car is asked about the whole visit, not about own jobs
        jobs = self.sudo().job_ids
        return jobs.technician_id.user_id | jobs.log_ids.technician_id.user_id

    def _may_sign(self, level, user):
        """Whether ``user`` may sign a check of this level."""
        self.ensure_one()
        if level == "team":
            return user not in self._passed_checks("self").user_id
        workers = self._workers()
        if level == "self":
            return not workers or user in workers
        return user not in workers

    def _signers_of(self, level):
        """In words, who may sign a check of this level."""
        self.ensure_one()
        if level == "final":
            return self.env._("somebody who has not worked on the car")
        if level == "team":
            # whose signature it is stands on the record that all of them read
            signed = self.sudo()._passed_checks("self").user_id
            names = format_list(self.env, signed.mapped("name"))
            return self.env._("a colleague of %(people)s", people=names)
        names = self._workers().mapped("name")
        return (
            format_list(self.env, names, "or") if names else self.env._("a technician")
        )

    def _fail_jobs(self, jobs):
        """Send the car back to the workshop; the named jobs are rework."""
        self.ensure_one()
        self.with_context(dealer_failed_check=_BY_CHECK).action_fail()
        jobs._reopen()

    def _resume_work(self):
        """More work was agreed to while the car was inspected: it goes back to the
        workshop. Nothing has failed, and all of it is inspected once it is done.
        """
        # a customer who agrees by his link has no rights on the visit
        for visit in self.sudo().filtered(lambda r: r.state == "quality"):
            visit._write_by_method(
                {"resume_count": visit.resume_count + 1, "date_passed": False}
            )
            visit._set_state("working")
            shop = visit._for_reader()
            shop._message_log(
                body=shop.env._("Back to the workshop: more work was agreed to.")
            )
