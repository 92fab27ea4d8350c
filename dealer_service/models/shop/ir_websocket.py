from odoo import api, models

from ...tools import groups
from .res_company_live import BOARDS_CHANNEL

#: Who has a live board: the desk, the workshop, and the cashier's counter.
BOARD_GROUPS = f"{groups.ADVISOR},{groups.TECHNICIAN},account.group_account_invoice"


class IrWebsocket(models.AbstractModel):
    """Who shows a live board listens to the own shops."""

    _name = "ir.websocket"
    _inherit = "ir.websocket"

    @api.model
    def _build_bus_channel_list(self, channels):
        # before the others add records, which do not compare with a text
        is_asked = BOARDS_CHANNEL in channels
        channels = super()._build_bus_channel_list(
            [channel for channel in channels if channel != BOARDS_CHANNEL]
        )
        if is_asked and self.env.user.has_groups(BOARD_GROUPS):
            channels += [
                (company, BOARDS_CHANNEL) for company in self.env.user.company_ids
            ]
        return channels
