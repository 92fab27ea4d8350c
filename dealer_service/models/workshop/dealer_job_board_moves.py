from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import work_time
from ...tools.arguments import DAY, RECORD, TEXT, arguments, between
from .dealer_job_board import TRAY_STATES


class DealerJob(models.Model):
    """How jobs are moved on the board: dragged, or in the panel beside it."""

    _name = "dealer.job"
    _inherit = "dealer.job"

    @arguments(date=DAY, minute=between(-1440, 4320), by=TEXT, resource_id=RECORD)
    def action_plan_on_board(self, date, minute, by="bay", resource_id=None):
        """Put the job on the board, or back into the tray.

        :param str date: the day as ``YYYY-MM-DD``
        :param minute: minute on the shop's clock; ``None`` or ``False`` takes the job
            out of the plan
        :param str by: what ``resource_id`` is, ``bay`` or ``technician``
        :param int resource_id: the row; ``0`` for none
        :raise UserError: for a job that is done, or goes back into the tray while
            somebody works on it, or before it is agreed to
        """
        self._check_controller()
        role_field = self._board_role_field(by)
        for job in self:
            if job.state == "done":
                raise UserError(
                    self.env._("%(job)s is already done.", job=job.display_name)
                )
            if minute is None or minute is False:
                job._check_not_worked_on()
                job._check_waits_in_tray()
                job.write({"date_planned_start": False})
                continue
            if not date:
                raise UserError(
                    self.env._("Choose the day of %(job)s.", job=job.display_name)
                )
            start = work_time.from_wall(
                fields.Date.to_date(date), minute, job._workshop_tz()
            )
            vals = {"date_planned_start": start}
            # a running job keeps its technician unless it is really given to another
            if resource_id is not None and (job[role_field].id or 0) != resource_id:
                vals[role_field] = resource_id or False
            job.write(vals)
        return True

    def _check_not_worked_on(self):
        if self.state == "working":
            raise UserError(
                self.env._(
                    "%(job)s is being worked on and cannot be unscheduled. Pause it "
                    "first, or move it to another time.",
                    job=self.display_name,
                )
            )

    def _check_waits_in_tray(self):
        """Taken off the plan, a job that is not agreed to would be on no list."""
        if self.reception_id.state not in TRAY_STATES or not (
            self.state == "paused" or self.is_approved
        ):
            raise UserError(
                self.env._(
                    "%(job)s has not been agreed to yet, and only agreed work can "
                    "go back to “To Be Planned”. Move it to another time until the "
                    "customer has decided.",
                    job=self.display_name,
                )
            )

    @arguments(date=DAY, minute=between(-1440, 4320))
    @arguments(technician_id=RECORD, bay_id=RECORD)
    def action_assign_on_board(
        self, date, minute=None, technician_id=None, bay_id=None
    ):
        """Plan the jobs as the panel says.

        :param str date: the day as ``YYYY-MM-DD``
        :param minute: minute on the shop's clock; without one the time stays
        :param int technician_id: ``0`` for nobody; without one the technician stays
        :param int bay_id: ``0`` for none; without one the bay stays
        :raise UserError: for a job that is done
        """
        self._check_controller()
        wanted = {"technician_id": technician_id, "bay_id": bay_id}
        for job in self:
            if job.state == "done":
                raise UserError(
                    self.env._("%(job)s is already done.", job=job.display_name)
                )
            # a running job keeps its technician unless it is really given to another
            vals = {
                name: resource_id or False
                for name, resource_id in wanted.items()
                if type(resource_id) is not bool
                and resource_id not in (None, job[name].id or 0)
            }
            if date and minute is not None and minute is not False:
                vals["date_planned_start"] = work_time.from_wall(
                    fields.Date.to_date(date), minute, job._workshop_tz()
                )
            if vals:
                job.write(vals)
        return True
