from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import groups
from ...tools.call_hours import is_calling_time, next_calling_time
from ..call.dealer_followup import OPEN_STATES

TASKS = "dealer_followup.dealer_followup_action"
#: So long a call that was dialled may still be going on.
ON_THE_PHONE = timedelta(minutes=15)


class DealerHome(models.AbstractModel):
    """The home of the callers: whom to call now, and the month."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    @api.model
    def _home_apps(self):
        return {
            **super()._home_apps(),
            "followup": {
                "name": self.env._("Follow-up"),
                "group": groups.CALLER,
                "manager": groups.MANAGER,
            },
        }

    @api.model
    def _home_ways(self, app):
        ways = super()._home_ways(app)
        if app == "followup":
            ways.append(
                {
                    "key": "next_call",
                    "label": self.env._("Next Call"),
                    "help": self._hours_begin()
                    or self.env._("The most urgent customer nobody is calling"),
                    "icon": "fa-phone",
                    "hotkey": "n",
                    "action": "dealer_followup.ir_actions_server_next_call",
                }
            )
        return ways

    @api.model
    def _home_tiles(self, app):
        tiles = super()._home_tiles(app)
        if app == "followup":
            tiles += self._call_tiles() + self._care_tiles() + self._new_car_tiles()
            tiles += self._staff_tiles(("caller",), groups.MANAGER)
        return tiles + self._certificate_tiles(app)

    # ------------------------------------------------------------------
    # TILES
    # ------------------------------------------------------------------

    def _call_tiles(self):
        now = fields.Datetime.now()
        today = self.env.company._dealer_day(now)
        begin = self._hours_begin()
        open_calls = Domain("state", "in", OPEN_STATES)
        on_hold = Domain("is_on_hold", "=", True)
        of_today = open_calls & Domain("due_date", "<=", today)
        due = of_today & ~on_hold
        away = self.env["dealer.followup"]._callers_away(self.env.company)
        shared = {
            "model": "dealer.followup",
            "action": TASKS,
            "mine": Domain([("user_id", "in", (self.env.uid, False))]),
        }
        return [
            {
                **shared,
                "key": "now",
                "domain": due
                & Domain("channel", "=", "call")
                & Domain("next_try_at", "<=", now),
                "label": self.env._("To Call") if begin else self.env._("To Call Now"),
                "help": begin or self.env._("Due and ready to be called now."),
                "kind": "info",
            },
            {
                **shared,
                "key": "promised",
                "domain": due & Domain("is_promised", "=", True),
                "label": self.env._("Promised Calls"),
                "help": self.env._(
                    "The customer was promised a call at a certain time."
                ),
                "kind": "warning",
            },
            {
                **shared,
                "key": "promised_away",
                "mine": None,
                "group": groups.MANAGER,
                "domain": due
                & Domain("is_promised", "=", True)
                & Domain("user_id", "in", [user.id for user in away]),
                "label": self.env._("Promised by Colleagues Who Are Away"),
                "help": self.env._(
                    "The customer waits for the call, and whoever promised it is "
                    "away: whoever asks for the next call gets it when it is due."
                ),
                "kind": "danger",
            },
            {
                "key": "no_result",
                "model": "dealer.followup.attempt",
                "action": "dealer_followup.dealer_followup_attempt_action",
                "mine": Domain("user_id", "=", self.env.uid),
                "domain": Domain("channel", "=", "call")
                & Domain("result_id", "=", False)
                & Domain("date", "<", now - ON_THE_PHONE),
                "label": self.env._("Dialled, Result Missing"),
                "help": self.env._("How did these calls end? Open the next call."),
                "kind": "warning",
            },
            {
                **shared,
                "key": "expiring",
                "domain": due & Domain("expire_date", "<=", today + timedelta(days=2)),
                "label": self.env._("Last Days"),
                "help": self.env._("Expires within two days."),
                "kind": "danger",
            },
            {
                **shared,
                "key": "later",
                "domain": of_today & (Domain("next_try_at", ">", now) | on_hold),
                "label": self.env._("Later"),
                "help": self.env._(
                    "The next attempt is later, or what keeps from calling must end "
                    "first: the car is in the workshop, a visit is booked or a "
                    "complaint is open."
                ),
                "kind": "muted",
            },
            {
                **shared,
                "key": "write",
                "domain": due & Domain("channel", "!=", "call"),
                "label": self.env._("Messages and Letters"),
                "help": self.env._("Not reached by phone for days: write instead."),
                "kind": "info",
            },
            {
                **shared,
                "key": "done_today",
                "domain": self._closed_since(today) & Domain("state", "=", "done"),
                "label": self.env._("Done Today"),
                "help": self.env._("Follow-ups closed with a result today."),
                "kind": "muted",
            },
        ]

    def _hours_begin(self):
        """When customers may be called again; nothing while they may be called."""
        shop = self.env.company
        local = shop._dealer_to_local(fields.Datetime.now())
        hours = shop._dealer_call_spans()
        if is_calling_time(local, hours):
            return None
        return self.env._(
            "Calling hours begin at %(time)s.",
            time=f"{next_calling_time(local, hours):%H:%M}",
        )

    def _care_tiles(self):
        return [
            {
                "key": "unassigned",
                "domain": Domain(
                    [
                        ("state", "in", OPEN_STATES),
                        ("user_id", "=", False),
                        ("due_date", "<=", "today"),
                    ]
                ),
                "label": self.env._("Unassigned Calls"),
                "help": self.env._("Due, but not assigned to a caller."),
                "kind": "info",
                "model": "dealer.followup",
                "action": TASKS,
                "group": groups.MANAGER,
            },
            {
                "key": "broken_rules",
                "domain": Domain([("last_error", "!=", False)]),
                "label": self.env._("Care Rules With an Error"),
                "help": self.env._("These rules created no follow-ups last night."),
                "kind": "danger",
                "model": "dealer.care.rule",
                "action": "dealer_followup.dealer_care_rule_action",
                "group": groups.MANAGER,
            },
        ]

    def _new_car_tiles(self):
        """What is handed over today; what is late already, in red."""
        month = self._this_month()
        planned = Domain("state", "=", "planned")
        shared = {
            "model": "dealer.new.car.delivery",
            "action": "dealer_followup.dealer_new_car_delivery_action",
            "mine": Domain("user_id", "=", self.env.uid),
        }
        return [
            {
                **shared,
                "key": "new_cars_late",
                "domain": planned & Domain("is_late", "=", True),
                "label": self.env._("New Cars Late"),
                "help": self.env._("The promised time is over, the car is not."),
                "kind": "danger",
            },
            {
                **shared,
                "key": "new_cars_today",
                "domain": planned
                & Domain("is_late", "=", False)
                & Domain("date_promised", "<", month.stop),
                "label": self.env._("New Cars Today"),
                "help": self.env._("New cars to be handed over today."),
                "kind": "info",
            },
        ]

    def _closed_since(self, day):
        month = self._this_month()
        return (
            Domain("company_id", "in", self.env.companies.ids)
            & Domain("date_closed", ">=", month.stop - timedelta(days=1))
            & Domain("date_closed", "<", month.stop)
        )

    # ------------------------------------------------------------------
    # MONTH
    # ------------------------------------------------------------------

    @api.model
    def _home_month(self, app, month):
        part = super()._home_month(app, month)
        if app != "followup":
            return part
        now, before = (self._care_figures(month, previous) for previous in (0, 1))
        labels = {
            "done": [self.env._("Follow-ups Done"), "", "up"],
            "reached": [self.env._("Reach Rate"), "%", "up"],
            "converted": [self.env._("Visits Won"), "", "up"],
            "complaints": [self.env._("Led to a Complaint"), "", "down"],
        }
        opens = {"action": TASKS, "domain": self._ended(month)}
        return {
            **part,
            "figures": self._figures(labels, now, before, opens),
            "charts": [{**self._care_chart(month), **opens}],
        }

    def _ended(self, month, previous=False):
        return self._in_month("date_closed", month, previous) & Domain(
            "state", "in", ("done", "failed", "expired")
        )

    def _care_figures(self, month, previous):
        tasks = self.env["dealer.followup"]
        ended = self._ended(month, previous)
        states = dict(tasks._read_group(ended, ["state"], ["__count"]))
        return {
            "done": states.get("done", 0),
            "reached": self._percent(states.get("done", 0), sum(states.values())),
            "converted": tasks.search_count(
                self._in_month("date_closed", month, previous)
                & Domain("reception_id", "!=", False)
            ),
            "complaints": tasks.search_count(
                ended & Domain("complaint_id", "!=", False)
            ),
        }

    def _care_chart(self, month):
        closed = self._in_month("date_closed", month)
        done = Domain("state", "=", "done")
        missed = Domain("state", "in", ("failed", "expired"))
        not_reached = self.env._("Not Reached or Too Late")
        bars = [
            (self.env._("Done"), "success", "date_closed", closed & done),
            (not_reached, "muted", "date_closed", closed & missed),
        ]
        return {
            "key": "calls",
            "label": self.env._("Follow-ups closed by day"),
            "days": self._day_labels(month),
            "datasets": self._datasets("dealer.followup", bars, month),
        }
