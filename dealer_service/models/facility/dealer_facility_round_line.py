from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.picture import check_picture


class DealerFacilityRoundLine(models.Model):
    """How one point was found on one round, and when it was mended."""

    _name = "dealer.facility.round.line"
    _description = "Point of a Round"
    _inherit = ["dealer.recorded.mixin"]
    _order = "round_id desc, sequence, id"
    _RECORDED_FIELDS = frozenset(
        {"round_id", "point_id", "date_mended", "mended_by_id"}
    )
    _CHOSEN_FIELDS = frozenset({"round_id", "point_id"})

    round_id = fields.Many2one(
        "dealer.facility.round", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="round_id.company_id", store=True, precompute=True, index=True
    )
    date = fields.Datetime(related="round_id.date", store=True, precompute=True)
    date_done = fields.Datetime(related="round_id.date_done", store=True)
    point_id = fields.Many2one(
        "dealer.facility.point", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="point_id.sequence", store=True, precompute=True)
    area = fields.Selection(related="point_id.area", store=True, precompute=True)
    result = fields.Selection([("good", "In Order"), ("bad", "Not in Order")])
    note = fields.Char("What Is Wrong")
    photo = fields.Image(max_width=1920, max_height=1920)
    date_mended = fields.Datetime("Mended On", readonly=True, copy=False)
    mended_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )

    _point_uniq = models.UniqueIndex(
        "(round_id, point_id)", "A point is looked at once on a round."
    )
    _open_idx = models.Index(
        "(company_id) WHERE result = 'bad' AND date_mended IS NULL"
    )

    @api.depends("point_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.point_id.name

    @api.constrains("photo")
    def _check_photo(self):
        check_picture(self, "photo")

    def write(self, vals):
        if not self._is_by_method():
            self.round_id._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_round(self):
        if not self.env.su:
            raise UserError(
                self.env._(
                    "%s belongs to the round: say how it was found.",
                    self[:1].display_name,
                )
            )

    def action_good(self):
        """It is as it should be."""
        self.write({"result": "good"})
        return True

    def action_bad(self):
        """It is not; the form asks what is wrong."""
        self.write({"result": "bad"})
        return True

    def action_mended(self):
        """What was bad is in order again, from now on."""
        self.check_access("write")
        for line in self:
            if line.result != "bad" or not line.date_done or line.date_mended:
                raise UserError(
                    self.env._(
                        "%s: only what a finished round has found bad, and nobody has "
                        "mended, is marked as mended.",
                        line.display_name,
                    )
                )
        now = fields.Datetime.now()
        self._write_by_method({"date_mended": now, "mended_by_id": self.env.uid})
        return True
