from odoo import models

from ...tools import groups
from .dealer_followup import OPEN_STATES


class DealerFollowup(models.Model):
    """A customer who was promised a call gets it, whoever is away."""

    _name = "dealer.followup"
    _inherit = "dealer.followup"

    def _release_promises(self, now):
        """What colleagues who are away have promised for now goes to the pool: whoever
        asks for the next call gets it."""
        away = self._callers_away(self.env.companies)
        if not away:
            return
        # a caller sees no calls of a colleague; which of them are due is looked at here
        promised = self.sudo().search(
            [
                ("company_id", "in", self.env.companies.ids),
                ("user_id", "in", [user.id for user in away]),
                ("state", "in", OPEN_STATES),
                ("is_promised", "=", True),
                ("next_try_at", "<=", now),
            ]
        )
        promised._write_by_method({"user_id": False})

    def _callers_away(self, shops):
        """Callers of these shops who are away: ``{user: last day}``"""
        # who calls for the shop need not be everybody's to read
        callers = (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("all_group_ids", "in", self.env.ref(groups.CALLER).id),
                    ("company_ids", "in", shops.ids),
                ]
            )
        )
        return callers._dealer_away()
