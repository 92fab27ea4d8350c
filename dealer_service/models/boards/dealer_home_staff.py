from odoo import api, models
from odoo.fields import Domain

from ...tools import groups

SHEETS = "dealer_service.dealer_staff_sheet_action"
MINE = "dealer_service.dealer_staff_sheet_action_mine"


class DealerHome(models.AbstractModel):
    """The own month, and whose month is to be discussed."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    @api.model
    def _staff_tiles(self, roles=("advisor", "technician"), judge=groups.MANAGER):
        """The tiles of an app.

        :param roles: whose sheets are discussed there
        :param judge: XML id of the group that discusses them
        """
        of_app = Domain("role", "in", roles)
        return [
            {
                "key": "staff_give",
                "domain": of_app
                & Domain("state", "=", "draft")
                & Domain("is_over", "=", True),
                "label": self.env._("Sheets to Discuss"),
                "help": self.env._("A month is over: talk about it with each person."),
                "kind": "info",
                "model": "dealer.staff.sheet",
                "action": SHEETS,
                "group": judge,
            },
            {
                "key": "staff_mine",
                "domain": of_app
                & Domain("state", "=", "given")
                & Domain("user_id", "=", self.env.uid),
                "label": self.env._("My Month, Discussed"),
                "help": self.env._("Read it, and add a word of your own if you like."),
                "kind": "muted",
                "model": "dealer.staff.sheet",
                "action": MINE,
            },
        ]
