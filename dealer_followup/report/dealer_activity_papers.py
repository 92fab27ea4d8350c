from odoo import models
from odoo.tools import format_amount


class DealerActivity(models.Model):
    """What the summary of an activity shows. Called by its template."""

    _name = "dealer.activity"
    _inherit = ["dealer.activity", "dealer.paper.mixin"]

    def _paper_money(self, amount):
        return format_amount(self.env, amount, self.currency_id)

    def _paper_label(self, name):
        """The word for the value of a selection."""
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")

    def _paper_effect_line(self):
        """How long visits count as the effect of the activity."""
        return self.env._(
            "%(days)s days after the end, until %(date)s",
            days=self.effect_days,
            date=self._paper_day(self.effect_end),
        )

    def _paper_subsidy_line(self):
        """What the factory pays, and how much of it for each car."""
        if not self.subsidy_per_car:
            return self.env._("Manufacturer Subsidy")
        return self.env._(
            "Manufacturer Subsidy, with %(amount)s per car served",
            amount=self._paper_money(self.subsidy_per_car),
        )

    def _paper_budget(self):
        """Costs first, then what the factory paid."""
        labels = dict(
            self.env["dealer.activity.budget"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        lines = self.budget_ids.sorted(lambda line: (line.kind == "subsidy", line.id))
        return [
            {
                "kind": labels[line.kind],
                "name": line.name,
                "planned": self._paper_money(line.planned),
                "actual": self._paper_money(line.actual),
                "note": line.note or "",
                "is_subsidy": line.kind == "subsidy",
            }
            for line in lines
        ]

    def _paper_stops(self):
        """The route in its order, with what was reported."""
        stops = self.env["dealer.activity.stop"].search([("activity_id", "=", self.id)])
        labels = dict(stops._fields["state"]._description_selection(self.env))
        return [
            {
                "when": self._paper_time(stop.date_start),
                "name": stop.name,
                "address": stop.address or "",
                "phone": stop.phone or "",
                "car": stop.vehicle_id.display_name or "",
                "who": stop.user_id.name or "",
                "is_done": stop.state != "planned",
                "state": labels[stop.state],
                "report": stop.report or "",
            }
            for stop in stops
        ]

    def _paper_exclusions(self):
        """Why how many were left out, the most frequent reason first."""
        groups = self.env["dealer.activity.invitee"]._read_group(
            [("activity_id", "=", self.id), ("state", "=", "excluded")],
            ["exclusion"],
            ["__count"],
        )
        labels = dict(
            self.env["dealer.activity.invitee"]
            ._fields["exclusion"]
            ._description_selection(self.env)
        )
        rows = sorted(groups, key=lambda row: -row[1])
        return [(labels.get(reason, "–"), count) for reason, count in rows]

    def _paper_share(self, part, whole):
        """``part`` of ``whole`` in percent, "–" of nothing."""
        return f"{100.0 * part / whole:.1f} %" if whole else "–"
