from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..common.dealer_reception_states import IN_HOUSE_STATES


class DealerReception(models.Model):
    """Care of the customer who waits here: told in time how far the work is."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    care_ids = fields.One2many("dealer.waiting.care", "reception_id", "Waiting Care")
    date_progress_due = fields.Datetime(
        "Next Progress Report",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="When the waiting customer should next be told about the progress.",
    )
    date_untold_from = fields.Datetime(
        "Longest Without a Report, From",
        copy=False,
        readonly=True,
        help="The waiting customer heard longest nothing between these two reports; "
        "the arrival counts as the first, the car being ready as the last.",
    )
    date_untold_to = fields.Datetime(
        "Longest Without a Report, To", copy=False, readonly=True
    )
    is_progress_due = fields.Boolean(
        "Progress Report Due",
        compute="_compute_is_progress_due",
        search="_search_is_progress_due",
    )

    @api.depends("date_progress_due")
    def _compute_is_progress_due(self):
        now = fields.Datetime.now()
        for reception in self:
            due = reception.date_progress_due
            reception.is_progress_due = bool(due and due <= now)

    def _search_is_progress_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("date_progress_due", "<=", fields.Datetime.now())

    def _refresh_progress_due(self, _change=None):
        """Set when each waiting customer is to be told next; none when not waiting."""
        now = fields.Datetime.now()
        waiting = self.filtered(
            lambda r: (
                r.is_waiting
                and r.state in IN_HOUSE_STATES
                and r.state not in ("ready", "settled")
            )
        )
        told = waiting._last_progress_reports() if waiting else {}
        for reception in self:
            due = False
            if reception in waiting:
                last = told.get(reception) or reception.date_arrived or now
                due = last + timedelta(
                    minutes=reception.company_id.dealer_progress_minutes
                )
            if due != reception.date_progress_due:
                reception._write_by_method({"date_progress_due": due})

    def _check_told_before(self, vals):
        """:raise UserError: for a customer who was not told in time, and waits"""
        if self.env.su:
            return
        for reception in self._would_change(vals, "is_waiting"):
            if reception.is_waiting and reception.is_progress_due:
                raise UserError(
                    self.env._(
                        "%(visit)s: the waiting customer should have been told at "
                        "%(time)s how far the work is. Report the progress first, "
                        "then say that nobody waits.",
                        visit=reception.name,
                        time=reception._format_local(reception.date_progress_due),
                    )
                )

    def _last_progress_reports(self):
        """When each of these customers was last told how far the work is."""
        return dict(
            self.env["dealer.waiting.care"]._read_group(
                [
                    ("reception_id", "in", self.ids),
                    ("kind", "=", "progress"),
                    ("is_done", "=", True),
                ],
                ["reception_id"],
                ["date:max"],
            )
        )

    def _keep_longest_silence(self):
        """Who waited here for the car: between which reports he heard longest nothing.

        Only reports that were entered when they were made count.
        """
        waiting = self.filtered(lambda visit: visit.is_waiting and visit.date_arrived)
        if not waiting:
            return
        self.env["dealer.waiting.care"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (id) id, date_trunc('second', before),
                        date_trunc('second', told)
                FROM (
                    SELECT id, told, LAG(told) OVER (PARTITION BY id ORDER BY told)
                        AS before
                    FROM (
                        SELECT * FROM unnest(%(ids)s, %(arrived)s::timestamp[])
                            AS came (id, told)
                        UNION ALL
                        SELECT reception_id, date FROM dealer_waiting_care
                        WHERE reception_id = ANY(%(ids)s) AND kind = 'progress'
                            AND is_done AND is_stamped
                        UNION ALL
                        SELECT id, %(now)s::timestamp FROM unnest(%(ids)s) AS id
                    ) moments
                ) gaps
                WHERE before IS NOT NULL
                ORDER BY id, told - before DESC, told""",
                ids=waiting.ids,
                arrived=waiting.mapped("date_arrived"),
                now=fields.Datetime.now(),
            )
        )
        for visit, start, stop in rows:
            self.browse(visit)._write_by_method(
                {"date_untold_from": start, "date_untold_to": stop}
            )

    def action_report_progress(self):
        """The waiting customer was told how far the work is. Arms the next report."""
        for reception in self:
            if not reception.is_waiting:
                raise UserError(
                    self.env._(
                        "%(visit)s: no customer is waiting here.", visit=reception.name
                    )
                )
        self.env["dealer.waiting.care"].create(
            [{"reception_id": reception.id, "kind": "progress"} for reception in self]
        )
        return True
