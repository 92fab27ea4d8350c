from odoo import api, models


class ResourceCalendarAttendance(models.Model):
    """Opening hours: running timers follow their edits."""

    _name = "resource.calendar.attendance"
    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        attendances._dealer_replan()
        return attendances

    def write(self, vals):
        self._dealer_replan()
        result = super().write(vals)
        self._dealer_replan()
        return result

    @api.ondelete(at_uninstall=False)
    def _dealer_replan_on_unlink(self):
        self._dealer_replan()

    def unlink(self):
        calendars = self.calendar_id
        result = super().unlink()
        if not self.env.context.get("dealer_calendar_write"):
            # no constraint runs when the last row goes by itself
            calendars.exists()._dealer_in_use()._dealer_check_usable()
        return result

    def _dealer_replan(self):
        self.env["dealer.sla.replan"]._queue_calendars(
            [(calendar.id, False) for calendar in self.calendar_id]
        )


class ResourceCalendarLeaves(models.Model):
    """Holidays of the house: running timers follow their edits. Holidays of one
    employee do not close the house."""

    _name = "resource.calendar.leaves"
    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._dealer_replan()
        return leaves

    def write(self, vals):
        self._dealer_replan()
        result = super().write(vals)
        self._dealer_replan()
        return result

    @api.ondelete(at_uninstall=False)
    def _dealer_replan_on_unlink(self):
        self._dealer_replan()

    def _dealer_replan(self):
        self.env["dealer.sla.replan"]._queue_calendars(
            [
                (leave.calendar_id.id, leave.company_id.id)
                for leave in self
                if not leave.resource_id and leave.time_type == "leave"
            ]
        )
