from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import groups


class DealerActivity(models.Model):
    """The way of a service car, or from household to household."""

    _name = "dealer.activity"
    _inherit = "dealer.activity"

    stop_ids = fields.One2many(
        "dealer.activity.stop", "activity_id", "Stops on the Way"
    )
    stops_done = fields.Integer(compute="_compute_stops")
    stops_planned = fields.Integer("Stops to Come", compute="_compute_stops")

    @api.depends("stop_ids.state")
    def _compute_stops(self):
        counts = {
            (activity.id, state): count
            for activity, state, count in self.env["dealer.activity.stop"]._read_group(
                [("activity_id", "in", self.ids)],
                ["activity_id", "state"],
                ["__count"],
            )
        }
        for activity in self:
            number = activity._origin.id
            activity.stops_planned = counts.get((number, "planned"), 0)
            activity.stops_done = sum(
                counts.get((number, state), 0) for state in ("done", "not_met")
            )

    def action_fill_stops(self):
        """A household for everybody who has agreed to be visited, by address.

        :raise UserError: when nobody has, or all are on the route
        """
        self.ensure_one()
        self.check_access("write")
        known = self.stop_ids.partner_id
        rows = self._rows("coming").filtered(lambda row: row.partner_id not in known)
        firsts = rows.grouped("partner_id").items()
        if not firsts:
            raise UserError(
                self.env._(
                    "%s: nobody else has agreed to be visited. Invite, and record "
                    "who says yes.",
                    self.name,
                )
            )
        ordered = sorted(
            firsts,
            key=lambda pair: tuple(
                pair[0][name] or "" for name in ("zip", "city", "street")
            ),
        )
        times = self._stop_times(len(self.stop_ids), len(ordered))
        # whoever leads the activity without the role names the team on each stop
        leader = self.user_id.filtered(lambda user: user.has_group(groups.CALLER))
        self.env["dealer.activity.stop"].create(
            [
                {
                    "activity_id": self.id,
                    "partner_id": partner.id,
                    "vehicle_id": rows.vehicle_id[:1].id,
                    "date_start": start,
                    "date_end": end,
                    "user_id": leader.id,
                }
                for (partner, rows), (start, end) in zip(ordered, times, strict=True)
            ]
        )
        return True

    def action_view_stops(self):
        """The stops of this activity, in their order."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_followup.dealer_activity_stop_action"
        )
        action["domain"] = [("activity_id", "=", self.id)]
        action["context"] = {"default_activity_id": self.id}
        return action

    def _stop_times(self, skip, count):
        """When the next stops are, one after another within the hours of each day."""
        own = self.env["dealer.activity.kind"]._of(self.kind, self.company_id)
        length = timedelta(minutes=max(own.stop_minutes or 0, 1))
        hours = (self.date_end - self.date_start) % timedelta(days=1)
        each_day = max(1, (hours or timedelta(days=1)) // length)
        for number in range(skip, skip + count):
            day, place = divmod(number, each_day)
            start = self.date_start + timedelta(days=day) + place * length
            yield start, start + length

    def _move_stops(self, change):
        """Another day: the stops to come go with it."""
        for activity in self:
            delta = activity.date_start - change.was(activity, "date_start")
            for stop in activity.stop_ids.filtered(lambda s: s.state == "planned"):
                end = stop.date_end and stop.date_end + delta
                stop.write({"date_start": stop.date_start + delta, "date_end": end})

    def _page_stops(self):
        """The public stops of a service car: when, where."""
        if self.kind not in ("roving", "scenic"):
            return []
        return [
            {
                "when": self.company_id._dealer_format(stop.date_start),
                "name": stop.name,
                "address": stop.address,
            }
            for stop in self.stop_ids
            if not stop.partner_id
        ]
