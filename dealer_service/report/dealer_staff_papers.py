from odoo import models


class DealerStaffSheet(models.Model):
    """What the printed sheet of a month shows. Called by its template."""

    _name = "dealer.staff.sheet"
    _inherit = ["dealer.staff.sheet", "dealer.paper.mixin"]

    def _paper_label(self, name):
        """The word for the value of a selection."""
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")

    def _paper_month(self):
        return f"{self.date_from:%Y-%m}"

    def _paper_total(self):
        """The points; in words where too little was measured."""
        if self.is_small:
            return self.env._("too few values for a total")
        return f"{self.points:.1f}"

    def _paper_cover(self):
        """On how much of the weights the points rest."""
        return self.env._(
            "The points rest on %s %% of the weights.", f"{self.cover:.0f}"
        )
