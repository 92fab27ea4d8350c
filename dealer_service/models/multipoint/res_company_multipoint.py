from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """How long and how large a video of an inspection may be."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_video_seconds = fields.Integer(
        "Longest Video of an Inspection (s)", default=20
    )
    dealer_video_mb = fields.Integer(
        "Largest Video of an Inspection (MB)",
        default=20,
        help="A phone writes about 1 MB a second at 720p, and 2 MB at 1080p.",
    )

    @api.constrains("dealer_video_seconds", "dealer_video_mb")
    def _check_dealer_video(self):
        for company in self:
            if not 1 <= company.dealer_video_seconds <= 120:
                raise ValidationError(
                    self.env._("A video of an inspection lasts 1 to 120 seconds.")
                )
            if not 1 <= company.dealer_video_mb <= 60:
                raise ValidationError(
                    self.env._("A video of an inspection may have 1 to 60 MB.")
                )
