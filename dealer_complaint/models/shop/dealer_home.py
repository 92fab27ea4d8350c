from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.dealer_service.tools.work_time import day_span

from ...tools import groups
from ..common.dealer_complaint_states import OPEN_STATES, VOID_STATES

COMPLAINTS = "dealer_complaint.dealer_complaint_action"


class DealerHome(models.AbstractModel):
    """The home of the complaint desk: which clock runs out, and the month."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    @api.model
    def _home_apps(self):
        return {
            **super()._home_apps(),
            "complaint": {
                "name": self.env._("Complaints"),
                "group": groups.HANDLER,
                "manager": groups.OFFICER,
            },
        }

    @api.model
    def _home_ways(self, app):
        ways = super()._home_ways(app)
        if app == "complaint":
            ways.append(
                {
                    "key": "complain",
                    "label": self.env._("New Complaint"),
                    "help": self.env._("Write down what a customer says"),
                    "icon": "fa-bullhorn",
                    "hotkey": "c",
                    "action": "dealer_complaint.dealer_complaint_action_new",
                }
            )
        return ways

    @api.model
    def _home_tiles(self, app):
        tiles = super()._home_tiles(app)
        if app == "complaint":
            tiles += self._clock_tiles() + self._desk_tiles()
            tiles += self._staff_tiles(("handler",), groups.MANAGER)
        return tiles

    # ------------------------------------------------------------------
    # TILES
    # ------------------------------------------------------------------

    def _is_open(self):
        """What is owed is owed, also where the complaint itself is finished."""
        return Domain("state", "in", OPEN_STATES) | Domain("sla_deadline", "!=", False)

    def _clock_tiles(self):
        is_open = self._is_open()
        running = is_open & Domain("sla_state", "in", ("ok", "warning", "breached"))
        shop = self.env.company
        tomorrow = shop._dealer_day(fields.Datetime.now()) + timedelta(days=1)
        _begin, after_tomorrow = day_span(tomorrow, shop._dealer_tz())
        shared = {
            "model": "dealer.complaint",
            "action": COMPLAINTS,
            "mine": Domain([("user_id", "in", (self.env.uid, False))]),
        }
        return [
            {
                **shared,
                "key": "missed",
                "domain": is_open & Domain("sla_state", "=", "breached"),
                "label": self.env._("Time Limit Missed"),
                "help": self.env._(
                    "A time limit has been missed. Act now, it still matters."
                ),
                "kind": "danger",
            },
            {
                **shared,
                "key": "due_soon",
                "domain": is_open & Domain("sla_state", "=", "warning"),
                "label": self.env._("Due Soon"),
                "help": self.env._("The time limit expires soon."),
                "kind": "warning",
            },
            {
                **shared,
                "key": "due_tomorrow",
                "domain": is_open
                & Domain("sla_state", "in", ("ok", "warning"))
                & Domain("sla_deadline", "<", after_tomorrow),
                "label": self.env._("Due Today and Tomorrow"),
                "help": self.env._(
                    "What expires in this shift and the next: who takes it?"
                ),
                "kind": "info",
            },
            {
                **shared,
                "key": "contact",
                "domain": running & Domain("sla_metric", "=", "contact"),
                "label": self.env._("To Phone"),
                "help": self.env._(
                    "The customer is waiting for the first call from the "
                    "responsible person."
                ),
                "kind": "danger",
            },
            {
                **shared,
                "key": "feedback",
                "domain": running & Domain("sla_metric", "=", "feedback"),
                "label": self.env._("To Give Feedback"),
                "help": self.env._(
                    "The customer is to be told about the progress or the result."
                ),
                "kind": "info",
            },
            {
                **shared,
                "key": "remedy",
                "domain": running & Domain("sla_metric", "=", "remedy"),
                "label": self.env._("To Carry Out"),
                "help": self.env._(
                    "The customer was told what he gets, and is waiting for it."
                ),
                "kind": "info",
            },
            {
                **shared,
                "key": "callback",
                "domain": Domain([("state", "=", "resolved")]),
                "label": self.env._("To Call Back"),
                "help": self.env._("Resolved: ask whether the customer is satisfied."),
                "kind": "info",
            },
            {
                **shared,
                "key": "major",
                "domain": is_open & Domain("grade", "=", "major"),
                "label": self.env._("Major Complaints"),
                "help": self.env._(
                    "Injury, media, authorities, or many similar complaints."
                ),
                "kind": "danger",
            },
            {
                **shared,
                "key": "open",
                "domain": is_open,
                "label": self.env._("Open Complaints"),
                "help": self.env._("Everything that is not closed."),
                "kind": "muted",
            },
        ]

    def _desk_tiles(self):
        is_open = self._is_open()
        shop = self.env.company
        today = shop._dealer_day(fields.Datetime.now())
        _begin, tonight = day_span(today, shop._dealer_tz())
        return [
            {
                "key": "next_step",
                "domain": is_open & Domain("next_step_date", "<", tonight),
                "mine": Domain([("next_step_user_id", "=", self.env.uid)]),
                "label": self.env._("Next Steps Due"),
                "help": self.env._(
                    "What somebody in the shop was to have done by tonight."
                ),
                "kind": "warning",
                "model": "dealer.complaint",
                "action": COMPLAINTS,
            },
            {
                "key": "loan_cars",
                # finished complaints, too: a car that is out is out
                "domain": Domain(
                    "action_ids",
                    "any",
                    [
                        ("kind", "=", "loan_car"),
                        ("state", "=", "done"),
                        ("date_returned", "=", False),
                        ("date_due_back", "<", tonight),
                    ],
                ),
                "label": self.env._("Loan Cars Due Back"),
                "help": self.env._("A car that was lent is due back by tonight."),
                "kind": "warning",
                "model": "dealer.complaint",
                "action": COMPLAINTS,
            },
            {
                "key": "pause_asked",
                "domain": Domain("pause_request_ids.state", "=", "asked"),
                "label": self.env._("Pauses to Decide"),
                "help": self.env._(
                    "A colleague requests a pause; until it is decided, the time "
                    "limits keep running."
                ),
                "kind": "warning",
                "model": "dealer.complaint",
                "action": COMPLAINTS,
                "group": groups.OFFICER,
            },
            {
                "key": "handover",
                "domain": is_open
                & Domain("handover_state", "=", "pending")
                & Domain("handover_user_id", "=", self.env.uid),
                "label": self.env._("Offered to Me"),
                "help": self.env._("Accept or refuse: the clock keeps running."),
                "kind": "warning",
                "model": "dealer.complaint",
                "action": COMPLAINTS,
            },
            {
                "key": "heard",
                "domain": is_open
                & Domain("date_offered", "!=", False)
                & Domain("user_id", "=", False),
                "label": self.env._("Heard in the Shop"),
                "help": self.env._(
                    "A colleague has recorded it, and is waiting for the desk to take "
                    "it over."
                ),
                "kind": "danger",
                "model": "dealer.complaint",
                "action": COMPLAINTS,
            },
            {
                "key": "unassigned",
                "domain": is_open & Domain("user_id", "=", False),
                "label": self.env._("Nobody Is Responsible"),
                "help": self.env._(
                    "Assign someone who is responsible to the customer."
                ),
                "kind": "danger",
                "model": "dealer.complaint",
                "action": COMPLAINTS,
                "group": groups.OFFICER,
            },
            {
                "key": "mails",
                "domain": Domain([("state", "=", "open")]),
                "label": self.env._("Mails to Review"),
                "help": self.env._("A program sent them: is one of them a complaint?"),
                "kind": "warning",
                "model": "dealer.complaint.mail",
                "action": "dealer_complaint.dealer_complaint_mail_action",
            },
            {
                "key": "manufacturer",
                "domain": Domain([("state", "=", "sent")]),
                "label": self.env._("Awaiting the Manufacturer"),
                "help": self.env._(
                    "Reports that were sent but have not been answered."
                ),
                "kind": "info",
                "model": "dealer.manufacturer.report",
                "action": "dealer_complaint.dealer_manufacturer_report_action",
            },
            {
                "key": "answers",
                "domain": Domain(
                    [
                        ("state", "in", ("received", "accepted")),
                        ("date_replied", "=", False),
                        ("date_answer_due", "<=", today + timedelta(days=2)),
                    ]
                ),
                "label": self.env._("Answers to Authorities"),
                "help": self.env._(
                    "Our answer is due within three days, or overdue: the day stands "
                    "in the letter."
                ),
                "kind": "danger",
                "model": "dealer.external.case",
                "action": "dealer_complaint.dealer_external_case_action",
            },
            {
                "key": "external",
                "domain": Domain([("state", "in", ("received", "accepted"))]),
                "label": self.env._("External Cases"),
                "help": self.env._(
                    "Open at 12315, the consumer association or a court."
                ),
                "kind": "warning",
                "model": "dealer.external.case",
                "action": "dealer_complaint.dealer_external_case_action",
            },
        ]

    # ------------------------------------------------------------------
    # MONTH
    # ------------------------------------------------------------------

    @api.model
    def _home_month(self, app, month):
        part = super()._home_month(app, month)
        if app != "complaint":
            return part
        now, before = (self._complaint_figures(month, previous) for previous in (0, 1))
        limits = {
            "action": "dealer_complaint.dealer_sla_report_action",
            "domain": self._in_month("date_start", month),
        }
        received = {"action": COMPLAINTS, "domain": self._received(month)}
        labels = {
            "received": [self.env._("Complaints Received"), "", "down"],
            "met": [self.env._("Time Limits Met"), "%", "up"],
            "closed": [self.env._("Complaints Closed"), "", "up"],
        }
        opens = {
            "received": received,
            "met": limits,
            "closed": {"action": COMPLAINTS, "domain": self._closed(month)},
        }
        return {
            **part,
            "figures": self._figures(labels, now, before, opens),
            "charts": [{**self._complaint_chart(month), **received}],
        }

    def _received(self, month, previous=False):
        return self._in_month("date_received", month, previous) & Domain(
            "state", "not in", VOID_STATES
        )

    def _closed(self, month, previous=False):
        return self._in_month("date_closed", month, previous) & Domain(
            "state", "=", "closed"
        )

    def _complaint_figures(self, month, previous):
        complaints = self.env["dealer.complaint"]
        # the very figures that open behind it
        [[met, missed]] = self.env["dealer.sla.report"]._read_group(
            self._in_month("date_start", month, previous),
            [],
            ["met:sum", "missed:sum"],
        )
        met, missed = met or 0, missed or 0
        return {
            "received": complaints.search_count(self._received(month, previous)),
            "met": self._percent(met, met + missed),
            "closed": complaints.search_count(self._closed(month, previous)),
        }

    def _complaint_chart(self, month):
        lines = [
            (self.env._("Received"), "danger", "date_received", self._received(month)),
            (self.env._("Closed"), "success", "date_closed", self._closed(month)),
        ]
        return {
            "key": "flow",
            "label": self.env._("Complaints received and closed by day"),
            "days": self._day_labels(month),
            "datasets": self._datasets("dealer.complaint", lines, month),
        }
