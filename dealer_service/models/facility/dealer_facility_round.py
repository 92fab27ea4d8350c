from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.actions import open_form


class DealerFacilityRound(models.Model):
    """The daily round through the rooms (设施巡检): who looked at what, and how it was.

    A finished round stays as it is. What was found bad stays open until it is mended.
    """

    _name = "dealer.facility.round"
    _description = "Facility Round"
    _inherit = ["dealer.recorded.mixin"]
    _order = "date desc, id desc"
    _rec_name = "date"
    _RECORDED_FIELDS = frozenset({"company_id", "date", "date_done", "user_id"})
    _CHOSEN_FIELDS = frozenset({"company_id"})

    company_id = fields.Many2one(
        "res.company",
        "Shop",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    date = fields.Datetime("Begun On", required=True, readonly=True, copy=False)
    date_done = fields.Datetime("Finished On", readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users",
        "Done By",
        required=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    note = fields.Char()
    line_ids = fields.One2many("dealer.facility.round.line", "round_id", "Points")
    good_percent = fields.Float(
        "In Order (%)",
        digits=(5, 1),
        compute="_compute_result",
        store=True,
        aggregator="avg",
        help="Of the points that were looked at.",
    )
    bad_count = fields.Integer("Not in Order", compute="_compute_result", store=True)
    open_count = fields.Integer("Still to Mend", compute="_compute_result", store=True)

    _open_idx = models.Index("(company_id) WHERE open_count > 0")

    @api.depends("line_ids.result", "line_ids.date_mended")
    def _compute_result(self):
        for walk in self:
            seen = walk.line_ids.filtered("result")
            bad = seen.filtered(lambda line: line.result == "bad")
            good = len(seen) - len(bad)
            walk.good_percent = 100.0 * good / len(seen) if seen else 0.0
            walk.bad_count = len(bad)
            walk.open_count = len(bad.filtered(lambda line: not line.date_mended))

    @api.depends("date", "company_id")
    @api.depends_context("tz")
    def _compute_display_name(self):
        for walk in self:
            walk.display_name = walk.company_id._dealer_format(walk.date)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _complete(self, vals_list):
        """It is the round of whoever begins it, now, over all points of the shop."""
        result = super()._complete(vals_list)
        points = self.env["dealer.facility.point"]
        for vals in vals_list:
            vals.setdefault("date", fields.Datetime.now())
            vals.setdefault("user_id", self.env.uid)
            company = vals.get("company_id") or self.env.company.id
            if not vals.get("line_ids"):
                mine = points.search([("company_id", "in", [False, company])])
                vals["line_ids"] = [
                    fields.Command.create({"point_id": point.id}) for point in mine
                ]
        return result

    def write(self, vals):
        if {"company_id", "line_ids", "note"} & vals.keys():
            self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        self._check_open()

    def _check_open(self):
        """:raise UserError: for a round that is finished"""
        for walk in self:
            if walk.date_done and not walk._is_by_method() and not self.env.su:
                raise UserError(
                    self.env._(
                        "The round of %s is finished and stays as it is. What is "
                        "mended is marked line by line.",
                        walk.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_begin(self):
        """Begin a round, or go on with the own one that is not finished."""
        self.check_access("read")
        known = self.search(
            [
                ("company_id", "=", self.env.company.id),
                ("user_id", "=", self.env.uid),
                ("date_done", "=", False),
            ],
            limit=1,
        )
        return open_form(known or self.create({}), self.env._("Facility Round"))

    def action_finish(self):
        """Everything was looked at; what is bad has words or a photo."""
        self.check_access("write")
        for walk in self:
            walk._check_open()
            missing = walk.line_ids.filtered(lambda line: not line.result)
            if missing or not walk.line_ids:
                raise UserError(
                    self.env._(
                        "Not looked at yet: %s.",
                        ", ".join(missing.mapped("point_id.name")) or "–",
                    )
                )
            mute = walk.line_ids.filtered(
                lambda line: line.result == "bad" and not (line.note or line.photo)
            )
            if mute:
                raise UserError(
                    self.env._(
                        "Say what is wrong, or take a photo: %s.",
                        ", ".join(mute.mapped("point_id.name")),
                    )
                )
            walk._write_by_method({"date_done": fields.Datetime.now()})
        return True
