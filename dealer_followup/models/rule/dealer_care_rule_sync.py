from odoo import models
from odoo.tools import SQL

from .dealer_care_rule import YEARLY_SOURCES


class DealerCareRule(models.Model):
    """Open follow-ups keep in step with their cause."""

    _name = "dealer.care.rule"
    _inherit = "dealer.care.rule"

    def _sync(self, vehicles=None):
        """Let open tasks follow their cause: another day, or no cause any more.

        :param vehicles: only tasks of these cars
        """
        self.ensure_one()
        self.env.flush_all()
        tasks = self.env["dealer.followup"]
        if self.source == "manual":
            return
        for zone, shops in self._shops().grouped(lambda c: c._dealer_tz().zone).items():
            today = shops[0]._dealer_today()
            for task_id, day, partner_id in self._changed(zone, shops, today, vehicles):
                task = tasks.browse(task_id)
                if day is None:
                    task._close("cancelled", "cause_gone")
                else:
                    # what was tried keeps its day, not a customer who was wrong
                    kept = day if task.state == "todo" else task.anchor_date
                    task._follow(kept, partner_id)

    def _changed(self, zone, shops, today, vehicles=None):
        """Open tasks whose cause has another day or customer now.

        :return: rows (id of the task, day or None, customer)
        """
        if self.source in YEARLY_SOURCES:
            return self._changed_yearly(shops, vehicles)
        source = self._source(today, today, zone)
        return self.env.execute_query(
            SQL(
                """SELECT f.id, cause.anchor, cause.partner_id FROM dealer_followup f
                LEFT JOIN LATERAL (
                    SELECT %(anchor)s AS anchor, %(partner)s AS partner_id
                    FROM %(tables)s
                    WHERE %(task)s AND %(key)s = f.anchor_key AND %(where)s
                ) cause ON TRUE
                WHERE f.rule_id = %(rule)s AND f.state IN ('todo', 'waiting')
                AND f.company_id IN %(shops)s AND f.anchor_date IS NOT NULL
                AND %(some)s AND (f.anchor_date IS DISTINCT FROM cause.anchor
                    OR f.partner_id IS DISTINCT FROM cause.partner_id)""",
                anchor=source.anchor,
                partner=source.partner,
                tables=source.tables,
                task=source.task,
                key=source.key,
                where=source.where,
                rule=self.id,
                shops=tuple(shops.ids),
                some=SQL("f.vehicle_id IN %s", tuple(vehicles.ids))
                if vehicles
                else SQL("TRUE"),
            )
        )
