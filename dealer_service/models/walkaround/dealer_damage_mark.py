from odoo import api, fields, models

from ..common.picture import check_picture

ZONES = [
    ("front", "Front"),
    ("rear", "Rear"),
    ("left", "Left Side"),
    ("right", "Right Side"),
    ("top", "Top"),
]
KINDS = [
    ("scratch", "Scratch"),
    ("dent", "Dent"),
    ("crack", "Crack"),
    ("chip", "Stone Chip"),
    ("rust", "Rust"),
    ("missing", "Missing Part"),
    ("other", "Other"),
]
SEVERITIES = [("light", "Light"), ("medium", "Medium"), ("heavy", "Heavy")]


class DealerDamageMark(models.Model):
    """One damage, marked on the drawing of the car (环检标记)."""

    _name = "dealer.damage.mark"
    _description = "Damage Mark"
    _inherit = ["dealer.label.mixin"]
    _order = "inspection_id, zone, id"
    _rec_name = "kind"

    inspection_id = fields.Many2one(
        "dealer.inspection", "Sheet", required=True, index=True, ondelete="cascade"
    )
    reception_id = fields.Many2one(
        related="inspection_id.reception_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        related="inspection_id.company_id", store=True, precompute=True, index=True
    )
    zone = fields.Selection(ZONES, required=True, default="front")
    x = fields.Float(
        required=True, default=50.0, help="Percent of the drawing's width, from left."
    )
    y = fields.Float(
        required=True, default=50.0, help="Percent of the drawing's height, from top."
    )
    kind = fields.Selection(KINDS, required=True, default="scratch")
    severity = fields.Selection(SEVERITIES, required=True, default="light")
    note = fields.Char()
    photo = fields.Image(max_width=1920, max_height=1920)

    _check_position = models.Constraint(
        "CHECK(x BETWEEN 0 AND 100 AND y BETWEEN 0 AND 100)",
        "A mark must lie inside the drawing: between 0 and 100 percent in both "
        "directions.",
    )

    @api.constrains("photo")
    def _check_photo(self):
        check_picture(self, "photo")

    @api.model_create_multi
    def create(self, vals_list):
        """Marks may name their visit only: they go on its current sheet."""
        for vals in vals_list:
            if not vals.get("inspection_id") and vals.get("reception_id"):
                reception = self.env["dealer.reception"].browse(
                    vals.pop("reception_id")
                )
                vals["inspection_id"] = reception._open_inspection().id
        marks = super().create(vals_list)
        marks._check_sheet_open()
        # the record of the process, whoever walks around the car
        marks.sudo().reception_id._begin_walk_around()
        return marks

    def write(self, vals):
        self._check_sheet_open()
        result = super().write(vals)
        if "inspection_id" in vals:
            self._check_sheet_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        self._check_sheet_open()

    def _check_sheet_open(self):
        """:raise UserError: when a sheet of the marks has been signed"""
        self.inspection_id._check_open()
