from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import work_time

#: How far ahead the next open day of a shop is looked for.
DAYS_AHEAD = 14


class DealerPickList(models.TransientModel):
    """The parts of one day, visit by visit, for whoever lays them out (配件拣货单)."""

    _name = "dealer.pick.list"
    _description = "Pick List"
    _inherit = ["dealer.dialog.mixin", "dealer.paper.mixin"]

    company_id = fields.Many2one(
        "res.company", "Shop", required=True, default=lambda self: self.env.company
    )
    date = fields.Date("Day", required=True, default=lambda self: self._next_open_day())
    visit_count = fields.Integer("Visits", compute="_compute_counts")
    part_count = fields.Integer("Parts to Lay Out", compute="_compute_counts")
    missing_count = fields.Integer("Not Here Yet", compute="_compute_counts")

    @api.model
    def _next_open_day(self):
        """Tomorrow, or the day on which the shop opens again."""
        company = self.env.company
        tomorrow = company._dealer_today() + timedelta(days=1)
        last = tomorrow + timedelta(days=DAYS_AHEAD)
        try:
            book = company._dealer_book(tomorrow, last, only_opening=True)
        except UserError:
            # a shop without fixed hours
            return tomorrow
        return next((day.date for day in book.days if day.opening), tomorrow)

    @api.depends("date", "company_id")
    def _compute_counts(self):
        for pick in self:
            needs = pick._needs()
            pick.visit_count = len(needs.reception_id)
            pick.part_count = len(needs)
            pick.missing_count = len(
                needs.filtered(lambda need: need.state in ("needed", "ordered"))
            )

    def action_print(self):
        """Print what is still to be laid out, as the warehouse has it now."""
        self.ensure_one()
        needs = self._needs()
        if needs.has_access("write"):
            needs._follow_stock()
        report = self.env.ref("dealer_service.action_paper_pick_list")
        return report.report_action(self, config=False)

    def _needs(self):
        """The parts of that day that lie with no technician yet."""
        self.ensure_one()
        if not self.date:
            return self.env["dealer.part.need"]
        tz = self.company_id._dealer_tz()
        start = work_time.from_wall(self.date, 0, tz)
        stop = work_time.from_wall(self.date + work_time.DAY, 0, tz)
        needs = self.env["dealer.part.need"]
        return needs.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("needed", "ordered", "here")),
                "|",
                "&",
                ("date_appointment", ">=", start),
                ("date_appointment", "<", stop),
                # a car that was away comes back
                "&",
                "&",
                ("reception_id.is_away", "=", True),
                ("reception_id.date_return", ">=", start),
                ("reception_id.date_return", "<", stop),
            ]
        )

    # ------------------------------------------------------------------
    # THE PAPER
    # ------------------------------------------------------------------

    def _paper_foot(self):
        return self._paper_day(self.date)

    def _paper_visits(self):
        """The visits of the day in the order in which they come, with their parts."""
        needs = self._needs()
        rows = []
        for visit, parts in needs.grouped("reception_id").items():
            comes = visit.date_return if visit.is_away else visit.date_appointment
            rows.append(
                {
                    "comes": comes,
                    "time": visit._paper_time(comes)[-5:],
                    "is_away": visit.is_away,
                    "plate": visit.license_plate or "",
                    "model": visit.vehicle_id.model_id.display_name or "",
                    "number": visit.name,
                    "package": visit.package_id.name or "",
                    "bay": visit.prepared_bay_id.name or "",
                    "advisor": visit.advisor_id.name or "",
                    "parts": [need._paper_part() for need in parts],
                }
            )
        return sorted(rows, key=lambda row: (row["comes"], row["number"]))
