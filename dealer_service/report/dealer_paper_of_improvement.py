from odoo import models


class DealerImprovement(models.Model):
    """What the sheet of an improvement shows. Called by its template."""

    _name = "dealer.improvement"
    _inherit = ["dealer.improvement", "dealer.paper.mixin"]

    def _paper_label(self, name):
        """The word for the value of a selection."""
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")

    def _paper_days(self, first, last):
        """A period in words; without an end, or without both, what there is of it."""
        days = [self._paper_day(day) for day in (first, last) if day]
        return " – ".join(days)

    def _paper_value(self, value, count):
        """A value with its unit, and from how many it is; "–" of none."""
        return f"{self._read_value(value)} (n = {count})" if count else "–"

    def _paper_change(self):
        """The difference to the baseline, and between what it lies."""
        if not (self.final_count and self.baseline_count):
            return "–"
        low, high = (f"{bound:+.1f}" for bound in (self.change_low, self.change_high))
        return f"{self.change_value:+.1f} {self.unit} (95 %: {low} … {high})"
