from datetime import timedelta

from odoo import fields, models


class ResUsers(models.Model):
    """Who is away: by *Absences and Closing Days*, where leave that Odoo's own time off
    grants stands, too."""

    _name = "res.users"
    _inherit = "res.users"

    def _dealer_away(self, moment=None):
        """Those of these users who are away.

        :param datetime moment: default: now
        :return: ``{user: last day of the absence, in the shop}``
        """
        moment = moment or fields.Datetime.now()
        # that a colleague is away is known to whoever works in the shop
        leaves = self.env["resource.calendar.leaves"].sudo()
        away = {}
        for leave in leaves.search(
            [
                ("resource_id.user_id", "in", self.ids),
                ("date_from", "<=", moment),
                ("date_to", ">", moment),
            ],
            order="date_to",
        ):
            user = self.browse(leave.resource_id.user_id.id)
            # a leave that ends at midnight ends with the day before
            last = leave.date_to - timedelta(seconds=1)
            away[user] = self.env.company._dealer_day(last)
        return away
