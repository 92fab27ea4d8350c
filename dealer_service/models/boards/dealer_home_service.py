from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import groups, work_time
from ..common.dealer_reception_states import CAR_IS_HERE, IN_HOUSE_STATES

VISITS = "dealer_service.dealer_reception_action"


class DealerHome(models.AbstractModel):
    """The home of the service department: the lane, the workshop, the month."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    @api.model
    def _home_apps(self):
        return {
            **super()._home_apps(),
            "service": {
                "name": self.env._("Service"),
                "group": groups.ADVISOR,
                "manager": groups.MANAGER,
            },
        }

    @api.model
    def _home_ways(self, app):
        ways = super()._home_ways(app)
        if app == "service":
            ways += [
                {
                    "key": "arrive",
                    "label": self.env._("A Car Has Arrived"),
                    "help": self.env._("Plate, name or phone"),
                    "icon": "fa-car",
                    "hotkey": "a",
                    "action": "dealer_service.dealer_arrival_action",
                },
                {
                    "key": "book",
                    "label": self.env._("Book an Appointment"),
                    "help": self.env._("The next free slot, while on the phone"),
                    "icon": "fa-calendar-plus-o",
                    "hotkey": "b",
                    "action": "dealer_service.dealer_booking_action",
                },
            ]
        return ways

    @api.model
    def _home_tiles(self, app):
        tiles = super()._home_tiles(app)
        if app == "service":
            tiles += self._lane_tiles() + self._away_tiles()
            tiles += self._appointment_tiles() + self._online_tiles()
            tiles += self._workshop_tiles() + self._parts_tiles() + self._guest_tiles()
            tiles += (
                self._improvement_tiles() + self._staff_tiles() + self._message_tiles()
            )
        return tiles

    # ------------------------------------------------------------------
    # TILES
    # ------------------------------------------------------------------

    def _lane_tiles(self):
        here = CAR_IS_HERE
        shared = {
            "model": "dealer.reception",
            "action": VISITS,
            "mine": Domain([("advisor_id", "in", (self.env.uid, False))]),
        }
        return [
            {
                **shared,
                "key": "greet",
                "domain": Domain(
                    [("state", "=", "arrived"), ("date_greeted", "=", False)]
                ),
                "label": self.env._("To Greet"),
                "help": self.env._("In the lane, and nobody has greeted them yet."),
                "kind": "danger",
            },
            {
                **shared,
                "key": "late",
                "domain": here & Domain("promise_state", "=", "late"),
                "label": self.env._("Late"),
                "help": self.env._("The promised time has passed. Call the customer."),
                "kind": "danger",
            },
            {
                **shared,
                "key": "at_risk",
                "domain": here & Domain("promise_state", "=", "at_risk"),
                "label": self.env._("At Risk"),
                "help": self.env._("The promised time is near, the car is not ready."),
                "kind": "warning",
            },
            {
                **shared,
                "key": "progress",
                "domain": here & Domain("is_progress_due", "=", True),
                "label": self.env._("Waiting Customers to Inform"),
                "help": self.env._(
                    "They are waiting on site and have had no news for a while."
                ),
                "kind": "warning",
            },
            {
                "key": "decide",
                "domain": Domain(
                    [
                        ("state", "in", ("draft", "sent")),
                        ("consent_date", "=", False),
                        ("reception_id.state", "in", IN_HOUSE_STATES),
                    ]
                ),
                "label": self.env._("To Be Decided"),
                "help": self.env._("Estimates and supplements without an answer."),
                "kind": "warning",
                "model": "sale.order",
                "action": "dealer_service.sale_order_action_dealer",
                "mine": Domain(
                    [("reception_id.advisor_id", "in", (self.env.uid, False))]
                ),
            },
            {
                **shared,
                "key": "hand_over",
                "domain": Domain([("state", "in", ("ready", "settled"))]),
                "label": self.env._("To Hand Over"),
                "help": self.env._("Ready: settle, explain, walk to the car."),
                "kind": "success",
            },
            {
                **shared,
                "key": "left",
                "domain": Domain("state", "=", "left")
                & Domain("settlement_state", "in", ("open", "draft", "posted")),
                "label": self.env._("Left, Not Settled"),
                "help": self.env._("Drove away, and what was done is not paid yet."),
                "kind": "danger",
                "action": "dealer_service.dealer_reception_action_left",
            },
            {
                **shared,
                "key": "in_house",
                "domain": here,
                "label": self.env._("On Site"),
                "help": self.env._("Every car between arrival and handover."),
                "kind": "muted",
            },
        ]

    def _appointment_tiles(self):
        now = fields.Datetime.now()
        tz = self.env.company._dealer_tz()
        today = work_time.local_date(now, tz)
        midnight, next_midnight = (
            work_time.from_wall(today + timedelta(days=days), 0, tz) for days in (1, 2)
        )
        shared = {
            "model": "dealer.reception",
            "mine": Domain([("advisor_id", "in", (self.env.uid, False))]),
        }
        return [
            {
                **shared,
                "key": "not_come",
                "domain": Domain([("is_overdue", "=", True)]),
                "label": self.env._("Did Not Come"),
                "help": self.env._("Past the grace period: call or rebook."),
                "kind": "warning",
                "action": "dealer_service.dealer_reception_action_overdue",
            },
            {
                **shared,
                "key": "expected",
                "domain": Domain(
                    [
                        ("state", "in", ("booked", "prepared")),
                        ("date_appointment", ">=", now),
                        ("date_appointment", "<", midnight),
                    ]
                ),
                "label": self.env._("Still to Come Today"),
                "help": self.env._("Booked for later today."),
                "kind": "info",
                "action": VISITS,
            },
            {
                **shared,
                "key": "parts",
                "domain": Domain("state", "in", ("booked", "prepared"))
                & Domain("is_parts_late", "=", True),
                "label": self.env._("Parts Come Too Late"),
                "help": self.env._(
                    "A part comes after the appointment: ask for another day."
                ),
                "kind": "danger",
                "action": "dealer_service.dealer_reception_action_prepare",
            },
            {
                **shared,
                "key": "prepare",
                "domain": Domain(
                    [
                        ("state", "=", "booked"),
                        ("date_appointment", ">=", now),
                        ("date_appointment", "<", next_midnight),
                    ]
                ),
                "label": self.env._("To Prepare"),
                "help": self.env._(
                    "Appointments until tomorrow that still lack parts, a bay, a "
                    "technician or the car's history."
                ),
                "kind": "info",
                "action": "dealer_service.dealer_reception_action_prepare",
            },
        ]

    def _workshop_tiles(self):
        today = fields.Date.context_today(self)
        return [
            {
                "key": "check",
                "domain": Domain(
                    [("state", "=", "quality"), ("date_passed", "=", False)]
                ),
                "label": self.env._("Cars to Check"),
                "help": self.env._("The work is done, the final check is not."),
                "kind": "info",
                "model": "dealer.reception",
                "action": "dealer_service.dealer_reception_action_quality",
            },
            {
                "key": "unplanned",
                "domain": self.env["dealer.job"]._tray_domain(),
                "label": self.env._("Unscheduled Jobs"),
                "help": self.env._("Agreed work that has not been scheduled."),
                "kind": "warning",
                "model": "dealer.job",
                "action": "dealer_service.dealer_workshop_board_action",
            },
            {
                "key": "paused",
                "domain": Domain([("state", "=", "paused")]),
                "label": self.env._("Paused Jobs"),
                "help": self.env._("Paused: parts, a tool, the customer's answer."),
                "kind": "warning",
                "model": "dealer.job",
                "action": "dealer_service.dealer_job_action",
            },
            {
                "key": "declined",
                "domain": Domain(
                    [
                        ("is_safety", "=", True),
                        ("state", "=", "open"),
                        ("remind_date", "<=", today),
                    ]
                ),
                "label": self.env._("Declined Safety Work"),
                "help": self.env._("Safety work a customer declined: remind them now."),
                "kind": "warning",
                "model": "dealer.declined.work",
                "action": "dealer_service.dealer_declined_work_action",
            },
        ]

    def _improvement_tiles(self):
        return [
            {
                "key": "improvements",
                "domain": Domain("state", "=", "running"),
                "label": self.env._("Improvements in Progress"),
                "help": self.env._(
                    "Changes that are being measured. Those whose time is over come "
                    "first: judge them."
                ),
                "kind": "info",
                "model": "dealer.improvement",
                "action": "dealer_service.dealer_improvement_action",
                "group": groups.MANAGER,
                "mine": Domain("user_id", "=", self.env.uid),
            },
        ]
