from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.i18n import format_list

from ...tools.odometer import MAX_READING

LEVELS = [
    ("self", "Self Check"),
    ("team", "Team Check"),
    ("final", "Final Inspection"),
]


class DealerQualityCheck(models.Model):
    """One level of the three-level check of a car (三级检验). A record is for ever."""

    _name = "dealer.quality.check"
    _description = "Quality Check"
    _order = "date desc, id desc"
    _rec_name = "reception_id"

    reception_id = fields.Many2one(
        "dealer.reception",
        "Visit",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('state', '=', 'quality')]",
    )
    company_id = fields.Many2one(
        related="reception_id.company_id", store=True, precompute=True, index=True
    )
    level = fields.Selection(
        LEVELS, required=True, default=lambda self: self._default_level()
    )
    result = fields.Selection(
        [("pass", "Passed"), ("fail", "Failed")], required=True, default="pass"
    )
    user_id = fields.Many2one(
        "res.users",
        "Inspector",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    round = fields.Integer(
        readonly=True,
        help="How often the car had gone back to the workshop before this check.",
    )
    note = fields.Text()
    failed_job_ids = fields.Many2many(
        "dealer.job",
        "dealer_quality_check_failed_job_rel",
        string="Failed Jobs",
        domain="[('reception_id', '=', reception_id)]",
        help="These jobs go back to their technicians as rework.",
    )
    odometer_out = fields.Integer(
        "Odometer after Road Test (km)",
        aggregator=None,
        help="Empty: no road test.",
    )
    road_test_km = fields.Integer("Road Test (km)", compute="_compute_road_test_km")

    failure_words = fields.Text(related="reception_id.failure_words")

    _level_idx = models.Index("(reception_id, round, level)")

    @api.model
    def _default_level(self):
        reception = self.env["dealer.reception"].browse(
            self.env.context.get("default_reception_id")
        )
        return reception._next_quality_level() or "final" if reception else "self"

    @api.depends("odometer_out", "reception_id.odometer")
    def _compute_road_test_km(self):
        for check in self:
            check.road_test_km = (
                check.odometer_out - check.reception_id.odometer
                if check.odometer_out
                else 0
            )

    @api.constrains("odometer_out", "reception_id")
    def _check_odometer_out(self):
        for check in self:
            if not 0 <= check.odometer_out <= MAX_READING:
                raise ValidationError(
                    self.env._(
                        "%(visit)s: %(km)s km is not an odometer reading.",
                        visit=check.reception_id.display_name,
                        km=check.odometer_out,
                    )
                )
            if check.odometer_out and check.odometer_out < check.reception_id.odometer:
                raise ValidationError(
                    self.env._(
                        "%(visit)s arrived with %(km_in)s km on the odometer: it "
                        "cannot show %(km_out)s km after the road test.",
                        visit=check.reception_id.display_name,
                        km_in=check.reception_id.odometer,
                        km_out=check.odometer_out,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        checks = self.browse()
        for vals in vals_list:
            # one by one: each check decides what the next one may be
            vals = self._prepare_record(vals)
            check = super().create([vals])
            # the levels are judged by all jobs and logs of the visit, not by one's own
            judged = check.sudo()
            judged._check_allowed()
            judged._apply()
            checks += check
        return checks

    @api.model
    def _prepare_record(self, vals):
        vals = {"user_id": self.env.uid, **vals, "date": fields.Datetime.now()}
        if not self.env.su and vals["user_id"] != self.env.uid:
            raise UserError(
                self.env._(
                    "Everyone signs their own checks; nobody can sign for someone else."
                )
            )
        # inspectors need not have the right to write the visit; the record rule on the
        # check itself decides which visits they may inspect
        receptions = self.env["dealer.reception"].sudo()
        reception = receptions.browse(vals.get("reception_id"))
        return {**vals, "round": reception and reception._quality_round()}

    def write(self, vals):
        """A check is signed: nothing of it can be rewritten."""
        if vals:
            raise UserError(
                self.env._(
                    "A recorded quality check cannot be changed or deleted. Record "
                    "another one instead."
                )
            )
        return super().write(vals)

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _words_of_failure(self):
        """What whoever checks the car again has to look at: note, jobs, when."""
        self.ensure_one()
        jobs = format_list(self.env, self.failed_job_ids.mapped("name"))
        return (self.note, jobs, self.company_id._dealer_format(self.date))

    def _check_allowed(self):
        """The order of the levels, and who may sign which.

        :raise UserError: saying what is missing or who else has to sign
        """
        self.ensure_one()
        reception = self.reception_id
        if reception.state != "quality" and not (
            self.level == "self" and reception.state == "working"
        ):
            raise UserError(
                self.env._(
                    "%(visit)s is “%(state)s”: inspections are recorded during the "
                    "quality check.",
                    visit=reception.display_name,
                    state=reception._state_label(),
                )
            )
        foreign = self.failed_job_ids - reception.job_ids
        if foreign:
            raise UserError(
                self.env._(
                    "“%(job)s” belongs to another visit.", job=foreign[0].display_name
                )
            )
        self._check_inspector()
        if self.result == "pass":
            self._check_pass()
        elif reception.job_ids and not self.failed_job_ids:
            raise UserError(
                self.env._(
                    "%(visit)s: select the jobs that failed, so that they go back "
                    "to the right technicians.",
                    visit=reception.display_name,
                )
            )

    def _check_inspector(self):
        reception = self.reception_id
        if reception._may_sign(self.level, self.user_id):
            return
        names = {
            "user": self.user_id.name,
            "visit": reception.display_name,
        }
        if self.level == "self":
            raise UserError(
                self.env._(
                    "%(user)s has not worked on %(visit)s. Only technicians who "
                    "have may sign the self check.",
                    **names,
                )
            )
        if self.level == "team":
            raise UserError(
                self.env._(
                    "%(user)s has signed the self check of %(visit)s. A "
                    "colleague must sign the team check.",
                    **names,
                )
            )
        raise UserError(
            self.env._(
                "%(user)s has worked on %(visit)s. The final inspection must be "
                "done by someone who has not.",
                **names,
            )
        )

    def _check_pass(self):
        reception = self.reception_id
        reception._check_jobs_done()
        levels = dict(self._fields["level"]._description_selection(self.env))
        for level, _label in LEVELS:
            if level == self.level:
                return
            if not self._passed(level):
                raise UserError(
                    self.env._(
                        "%(visit)s: “%(lower)s” comes before “%(level)s” and has not"
                        " been passed yet.",
                        visit=reception.display_name,
                        lower=levels[level],
                        level=levels[self.level],
                    )
                )

    def _passed(self, level):
        """The passed checks of one level in the current round of the visit."""
        return self.reception_id._passed_checks(level)

    def _apply(self):
        """A failed check sends the car back; the passed final one lets it go."""
        self.ensure_one()
        reception = self.reception_id
        if self.result == "fail":
            if reception.state == "quality":
                reception._fail_jobs(self.failed_job_ids)
            else:
                self.failed_job_ids._reopen()
        elif self.level == "final":
            reception.action_pass()
