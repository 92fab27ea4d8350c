from odoo import api, models

from .res_company_live import LANE_NOTIFICATION

#: What the customer has still to decide shows on the board of the lane.
LANE_FIELDS = {"state", "consent_date", "reception_id"}


class SaleOrder(models.Model):
    """An offer or a decision changes what the car in the lane needs next."""

    _name = "sale.order"
    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._notify_lane()
        return orders

    def write(self, vals):
        result = super().write(vals)
        if LANE_FIELDS.intersection(vals):
            self._notify_lane()
        return result

    def _notify_lane(self):
        shown = self.filtered("reception_id")
        shown.company_id._send_board_change(LANE_NOTIFICATION)
