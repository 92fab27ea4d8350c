from odoo import models


class ResourceCalendarAttendance(models.Model):
    """Opening hours: running timers follow their edits."""

    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "dealer.sla.replan.mixin"]

    def unlink(self):
        calendars = self.calendar_id
        result = super().unlink()
        if not self.env.context.get("dealer_calendar_write"):
            # no constraint runs when the last row goes by itself
            calendars.exists()._dealer_in_use()._dealer_check_usable()
        return result

    def _dealer_replan_keys(self):
        return [(calendar.id, False) for calendar in self.calendar_id]


class DealerWorkday(models.Model):
    """Make-up workdays: running timers follow their edits."""

    _name = "dealer.workday"
    _inherit = ["dealer.workday", "dealer.sla.replan.mixin"]

    def _dealer_replan_keys(self):
        return [(day.calendar_id.id, day.company_id.id) for day in self]


class ResourceCalendarLeaves(models.Model):
    """Holidays of the house: running timers follow their edits. Holidays of one
    employee do not close the house."""

    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "dealer.sla.replan.mixin"]

    def _dealer_replan_keys(self):
        return [
            (leave.calendar_id.id, leave.company_id.id)
            for leave in self
            if not leave.resource_id and leave.time_type == "leave"
        ]
