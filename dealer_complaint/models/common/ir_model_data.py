from odoo import api, models


class IrModelData(models.Model):
    """Rows of ours that the program works with are archived, not deleted."""

    _name = "ir.model.data"
    _inherit = "ir.model.data"

    @api.model
    def _dealer_needed_rows(self):
        return super()._dealer_needed_rows() | {
            "dealer_complaint.ir_cron_dealer_complaint_replan",
            "dealer_complaint.ir_cron_dealer_complaint_tick",
            "dealer_complaint.partner_unknown",
            "dealer_complaint.seq_dealer_complaint",
        }
