from odoo import fields, models


class DealerKeptRecord(models.Model):
    """What is still kept of somebody who was forgotten: why, and until when."""

    _name = "dealer.kept.record"
    _description = "Kept by Law"
    _order = "date_until desc, id"
    _rec_name = "retention_id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="cascade"
    )
    retention_id = fields.Many2one(
        "dealer.retention", "Documents", required=True, index=True, ondelete="restrict"
    )
    legal_basis = fields.Char(related="retention_id.legal_basis")
    row_count = fields.Integer(
        "Records",
        help="Number of visits, orders, lines and other records that are kept.",
    )
    date_until = fields.Date("Until", required=True, index=True)
