from odoo import api, models

from ...tools import work_time
from ..common.dealer_reception_states import BOOKED_STATES

#: How urgent the readiness of the parts is.
PARTS_KINDS = {
    "needed": "danger",
    "ordered": "warning",
    "here": "info",
    "laid_out": "success",
}


class DealerJob(models.Model):
    """The cars that are expected stand on the board of their day (预约车辆)."""

    _name = "dealer.job"
    _inherit = "dealer.job"

    @api.model
    def _board_bookings(self, company, day, by):
        """The appointments of a day whose cars have not come yet.

        :return: list of dicts as of blocks, with ``is_booking``; nobody moves them here
        """
        tz = company._dealer_tz()
        span = work_time.day_span(day, tz)
        visits = self.env["dealer.reception"].search(
            [
                ("company_id", "=", company.id),
                ("state", "in", BOOKED_STATES),
                ("date_appointment", "<", span[1]),
                ("date_appointment_end", ">", span[0]),
            ],
            order="date_appointment, id",
        )
        return [visit._board_booking(day, tz, by) for visit in visits]


class DealerReception(models.Model):
    """An appointment as the workshop sees it."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    def _board_booking(self, day, tz, by):
        self.ensure_one()
        reserved = {
            "bay": self.prepared_bay_id,
            "technician": self.prepared_technician_id,
        }
        start, stop = (
            work_time.to_wall(moment, day, tz)
            for moment in (self.date_appointment, self.date_appointment_end)
        )
        return {
            "id": -self.id,
            "is_booking": True,
            "reception_id": self.id,
            "row_id": reserved[by].id or 0,
            "plate": self.license_plate or self.partner_id.name or self.name,
            "car": self.vehicle_id.model_id.name or "",
            "name": self.package_id.name or "",
            "technician": reserved["technician"].name or "",
            "bay": reserved["bay"].name or "",
            "state": self.state,
            "state_label": self._state_label(),
            "is_waiting": self.is_waiting,
            "parts_label": dict(
                self._fields["parts_state"]._description_selection(self.env)
            ).get(self.parts_state, ""),
            "parts_kind": PARTS_KINDS.get(self.parts_state, ""),
            "start": start,
            "stop": max(stop, start + 1),
        }

    def _reserved_for_work(self):
        """Whom and which bay the appointment has kept free, for its first jobs."""
        self.ensure_one()
        if self.job_ids:
            return {}
        return {
            "technician_id": self.prepared_technician_id.id,
            "bay_id": self.prepared_bay_id.id,
        }
