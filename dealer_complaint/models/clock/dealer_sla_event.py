from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

EVENT_KINDS = [
    ("warned", "Warning Sent"),
    ("breached", "Missed"),
    ("escalated", "Escalated"),
    ("rescinded", "Rescinded"),
    ("recovered", "Recovered"),
]


class DealerSlaEvent(models.Model):
    """A fact about a timer. Appended once for each key, never changed.

    ``date`` is when it became true – not when somebody noticed.
    """

    _name = "dealer.sla.event"
    _description = "SLA Event"
    _inherit = ["dealer.label.mixin"]
    _order = "date desc, id desc"
    _rec_name = "kind"

    timer_id = fields.Many2one(
        "dealer.sla.timer", required=True, index=True, ondelete="cascade"
    )
    complaint_id = fields.Many2one(
        "dealer.complaint", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    kind = fields.Selection(EVENT_KINDS, required=True)
    level_id = fields.Many2one(
        "dealer.sla.level",
        "Escalation Level",
        index="btree_not_null",
        ondelete="set null",
    )
    level_key = fields.Integer(required=True, default=0)
    epoch = fields.Integer(
        required=True,
        help="Increases when the deadline moves and notices become due again.",
    )
    date = fields.Datetime(required=True)
    date_noticed = fields.Datetime("Noticed On", required=True)
    late_seconds = fields.Integer(
        help="Seconds between the event and its notice.", aggregator="max"
    )
    is_superseded = fields.Boolean(
        help="A higher level was due at the same time; whom both address was told of"
        " that one only."
    )

    _key_uniq = models.UniqueIndex("(timer_id, kind, level_key, epoch)")

    def write(self, vals):
        if vals:
            raise UserError(self.env._("A recorded event cannot be changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        raise UserError(self.env._("A recorded event cannot be deleted."))

    def _append(self, rows):
        """Insert facts; those that are known already are left alone.

        :param rows: list of dicts ``timer, kind, level, epoch, date, now, superseded``
        :return: the rows that were new, each with its ``event_id``
        """
        if not rows:
            return []
        self.env["dealer.sla.timer"].flush_model()
        columns = zip(
            *(
                (
                    row["timer"].id,
                    row["timer"].complaint_id.id,
                    row["timer"].company_id.id,
                    row["kind"],
                    row["level"].id or None,
                    row["level"].id or 0,
                    row["epoch"],
                    row["date"],
                    row["now"],
                    max(0, int((row["now"] - row["date"]).total_seconds())),
                    bool(row.get("superseded")),
                )
                for row in rows
            ),
            strict=True,
        )
        # in the order in which it happened
        inserted = self.env.execute_query(
            SQL(
                """INSERT INTO dealer_sla_event (timer_id, complaint_id, company_id,
                       kind, level_id, level_key, epoch, date, date_noticed,
                       late_seconds, is_superseded)
                   SELECT timer_id, complaint_id, company_id, kind, level_id,
                       level_key, epoch, date, date_noticed, late_seconds,
                       is_superseded
                     FROM unnest(%s::int[], %s::int[], %s::int[], %s::varchar[],
                         %s::int[], %s::int[], %s::int[], %s::timestamp[],
                         %s::timestamp[], %s::int[], %s::bool[])
                     WITH ORDINALITY AS fact (timer_id, complaint_id, company_id,
                         kind, level_id, level_key, epoch, date, date_noticed,
                         late_seconds, is_superseded, place)
                    ORDER BY place
                   ON CONFLICT DO NOTHING
                   RETURNING id, timer_id, kind, level_key, epoch""",
                *map(list, columns),
            )
        )
        self.invalidate_model()
        by_key = {tuple(key): event_id for event_id, *key in inserted}
        new = []
        for row in rows:
            key = (row["timer"].id, row["kind"], row["level"].id or 0, row["epoch"])
            event_id = by_key.pop(key, None)
            if event_id:
                new.append({**row, "event_id": event_id})
        return new
