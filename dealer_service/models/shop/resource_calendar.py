from odoo import models
from odoo.fields import Domain

from .res_users_zone import SIGNS_IN


class ResourceCalendar(models.Model):
    """The opening hours of a shop are kept; see ``ResCompany._dealer_opening``."""

    _name = "resource.calendar"
    _inherit = ["resource.calendar", "dealer.cached.mixin"]

    def write(self, vals):
        if "tz" not in vals:
            return super().write(vals)
        # which shops are open by these hours does not depend on who edits them
        shops = (
            self.env["res.company"]
            .sudo()
            .search(
                Domain("dealer_calendar_id", "in", self.ids)
                | Domain("resource_calendar_id", "in", self.ids)
            )
        )
        if self.env.context.get("dealer_signs_in") is SIGNS_IN and not all(
            shop.dealer_tz or shop._goes_by(vals["tz"])
            for shop in shops
            if shop._dealer_calendar() in self
        ):
            # whoever signs in from abroad has not said where the shop is
            return True
        with shops._dealer_zone_watched():
            return super().write(vals)


class ResourceCalendarAttendance(models.Model):
    """A line of the opening hours."""

    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "dealer.cached.mixin"]


class ResourceCalendarLeaves(models.Model):
    """A holiday of the shop, or the leave of one person."""

    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "dealer.cached.mixin"]

    def _is_kept(self):
        """Holidays are; the leave of one person is read whenever it is asked for."""
        return any(not leave.resource_id for leave in self)
