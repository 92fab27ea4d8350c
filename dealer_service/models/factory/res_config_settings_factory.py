from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What a shop and its manufacturer have agreed to."""

    _name = "res.config.settings"
    _inherit = "res.config.settings"

    dealer_warranty_claims = fields.Boolean(
        related="company_id.dealer_warranty_claims", readonly=False
    )
    dealer_claim_days = fields.Integer(
        related="company_id.dealer_claim_days", readonly=False
    )
    dealer_claim_labour_rate = fields.Float(
        related="company_id.dealer_claim_labour_rate", readonly=False
    )
    dealer_claim_part_markup = fields.Float(
        related="company_id.dealer_claim_part_markup", readonly=False
    )
    dealer_health_file = fields.Boolean(
        related="company_id.dealer_health_file", readonly=False
    )
    dealer_old_part_days = fields.Integer(
        related="company_id.dealer_old_part_days", readonly=False
    )
