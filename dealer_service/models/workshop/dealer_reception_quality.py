from odoo import api, fields, models
from odoo.exceptions import UserError

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
        """Open the next check of the visit, to be signed."""
        self.ensure_one()
        level = self.env.context.get("dealer_quality_level")
        return open_dialog(
            self.env["dealer.quality.check"],
            self.env._("Quality Check"),
            reception_id=self.id,
            level=level or self._next_quality_level() or "final",
            result=self.env.context.get("dealer_quality_result", "pass"),
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
