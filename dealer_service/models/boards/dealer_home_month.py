from odoo import api, fields, models
from odoo.fields import Domain


class DealerHome(models.AbstractModel):
    """The month of the service department: cars, money, promises kept."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    @api.model
    def _home_month(self, app, month):
        part = super()._home_month(app, month)
        if app != "service":
            return part
        now, before = (self._service_figures(month, previous) for previous in (0, 1))
        report = {
            "action": "dealer_service.dealer_reception_report_action",
            "domain": self._in_month("date", month),
        }
        labels = {
            "visits": [self.env._("Cars Received"), "", "up"],
            "promise": [self.env._("Promises Kept"), "%", "up"],
            "shown": [self.env._("Appointments Kept"), "%", "up"],
            "comeback": [self.env._("Comeback Rate"), "%", "down"],
            "settled": [self.env._("Settled Amount"), "money", "up"],
        }
        return {
            **part,
            "figures": self._figures(labels, now, before, report),
            "charts": [{**self._promise_chart(month), **report}],
        }

    def _came(self, month, previous=False):
        """The visits of the month whose car came."""
        return self._in_month("date_planned", month, previous) & Domain(
            "date_arrived", "!=", False
        )

    def _service_figures(self, month, previous):
        receptions = self.env["dealer.reception"]
        came = self._came(month, previous)
        total = receptions._read_group(came, [], ["__count", "settled_total:sum"])
        visits, settled = total[0]
        promised = came & self._promise_decided()
        kept = dict(
            receptions._read_group(promised, ["is_first_promise_kept"], ["__count"])
        )
        # of the visits of the old system nobody knows which were comebacks
        measured = came & Domain("past_number", "=", False)
        came_back = dict(receptions._read_group(measured, ["is_comeback"], ["__count"]))
        booked = dict(
            receptions._read_group(
                self._in_month("date_planned", month, previous)
                & Domain("date_appointment", "!=", False)
                & Domain("state", "not in", ("booked", "prepared", "cancelled")),
                ["state"],
                ["__count"],
            )
        )
        came_to = sum(booked.values()) - booked.get("no_show", 0)
        return {
            "visits": visits,
            "promise": self._percent(kept.get(True, 0), sum(kept.values())),
            "shown": self._percent(came_to, sum(booked.values())),
            "comeback": self._percent(came_back.get(True, 0), sum(came_back.values())),
            "settled": settled or 0.0,
        }

    def _promise_decided(self):
        """First promises that are kept or broken; broken ones from that time on, also
        while the car is still here."""
        return (
            Domain("date_promised_first", "!=", False)
            & Domain("state", "not in", ("left", "cancelled"))
            & (
                Domain("date_ready", "!=", False)
                | Domain("date_promised_first", "<", fields.Datetime.now())
            )
        )

    def _promise_chart(self, month):
        came = self._came(month)
        ready = came & Domain("date_ready", "!=", False)
        promised = came & self._promise_decided()
        parts = [
            (
                self.env._("Promise Kept"),
                "success",
                "date_planned",
                promised & Domain("is_first_promise_kept", "=", True),
            ),
            (
                self.env._("Promise Broken"),
                "danger",
                "date_planned",
                promised & Domain("is_first_promise_kept", "=", False),
            ),
            (
                self.env._("Without a Promise"),
                "muted",
                "date_planned",
                ready & Domain("date_promised_first", "=", False),
            ),
            (
                self.env._("Still Here"),
                "info",
                "date_planned",
                came & Domain("date_ready", "=", False) & ~self._promise_decided(),
            ),
        ]
        return {
            "key": "promises",
            "label": self.env._("Cars by day, and the first promise"),
            "days": self._day_labels(month),
            "datasets": self._datasets("dealer.reception", parts, month),
        }
