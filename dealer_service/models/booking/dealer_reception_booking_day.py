from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools import groups
from ...tools.arguments import DAY, arguments
from ...tools.work_time import to_wall
from ..common.dealer_reception_states import BOOKED_STATES

#: Work of a late slot goes on in the next days; a long weekend lies between.
OVERNIGHT_DAYS = 14


class DealerReception(models.Model):
    """The day of the shop as the booking screen shows it."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    @api.model
    @arguments(day=DAY)
    def get_booking_day(self, day=None):
        """Advisors, slots, visits and capacity of one day of the current company.

        Minutes count from midnight of that day on the shop's clock, so that a screen
        anywhere shows the time of the shop.

        :param str day: ISO date; empty: today, where the shop is
        :rtype: dict
        :raise AccessError: outside of the service; customers may read their own visits
        """
        self._check_staff()
        company = self.env.company
        now = fields.Datetime.now()
        today = company._dealer_day(now)
        day = fields.Date.to_date(day) or today
        tz = company._dealer_tz()
        book = company._dealer_book(day, day + timedelta(days=OVERNIGHT_DAYS))
        shown = [slot for slot in book.slots if slot.start < book.days[0].end]
        info = book.days[0]

        def minute(moment):
            return to_wall(moment, day, tz)

        visits = self._visits_of_day(company, info)
        advisors = company._dealer_advisors()
        # whoever has a visit has a row, also a manager who helps out
        advisors |= visits.advisor_id.sudo()
        return {
            "day": fields.Date.to_string(day),
            "today": fields.Date.to_string(today),
            "now": minute(now) if day == today else None,
            "timezone": tz.zone,
            "shop": company.name,
            "opening": [[minute(start), minute(end)] for start, end in info.opening],
            "slot_minutes": company.dealer_slot_minutes,
            "slots": [
                {
                    "utc": fields.Datetime.to_string(slot.start),
                    "start": minute(slot.start),
                    "end": minute(slot.end),
                    "taken": slot.taken,
                    "limit": slot.limit,
                    "is_past": slot.start < now,
                }
                for slot in shown
            ],
            "advisors": [
                {
                    "id": advisor.id,
                    "name": advisor.name,
                    "cells": self._cells_of_advisor(book, shown, advisor.id),
                }
                for advisor in advisors
            ]
            + [
                {
                    "id": False,
                    "name": self.env._("No advisor yet"),
                    "cells": self._cells_of_advisor(book, shown, False),
                }
            ],
            "visits": [visit._booking_day_values(minute) for visit in visits],
            "capacity": company._dealer_capacity_values(info),
            "warnings": company._dealer_booking_warnings(info),
            "can_overbook": self.env.user.has_group(groups.MANAGER),
        }

    @api.model
    def _check_staff(self):
        """:raise AccessError: for customers, who have rights on their own visits"""
        group = groups.TECHNICIAN
        if not self.env.su and not self.env.user.has_group(group):
            raise AccessError(
                self.env._("Only service staff of the shop can see its bookings.")
            )

    @api.model
    def _visits_of_day(self, company, info):
        return self.search(
            [
                ("company_id", "=", company.id),
                ("date_appointment", "<", info.end),
                ("date_appointment_end", ">=", info.start),
                ("state", "!=", "cancelled"),
            ],
            order="date_appointment, id",
        )

    @api.model
    def _cells_of_advisor(self, book, slots, advisor_id):
        """For each slot: empty when a visit could be booked, else why not."""
        hours = self.env.company.dealer_default_hours
        cells = []
        for slot in slots:
            refusal = book.refusal(slot.start, hours, advisor_id)
            cells.append(refusal.code if refusal else "")
        return cells

    def _booking_day_values(self, minute):
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "plate": self.license_plate or "",
            "customer": (self.contact_id or self.partner_id).name or "",
            "wish": " / ".join(self.concern_ids.mapped("name")),
            "advisor_id": self.advisor_id.id,
            "start": minute(self.date_appointment),
            "end": minute(self.date_appointment_end or self.date_appointment),
            "hours": self.planned_hours,
            "state": self.state,
            "state_label": self._state_label(),
            "is_overdue": self.is_overdue,
            "is_overbooked": self.is_overbooked,
            "is_waiting": self.is_waiting,
            "can_move": self.state in BOOKED_STATES,
        }
