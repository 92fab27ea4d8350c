from odoo import api, models
from odoo.tools import SQL


class DealerFollowup(models.Model):
    """Many follow-ups at once, as the rules plan them."""

    _name = "dealer.followup"
    _inherit = "dealer.followup"

    @api.model
    def _create_planned(self, rows):
        """Create follow-ups by one statement, without those that are there already.

        Values are those of ``create``, but only fields that are columns count. When
        something waits for every new record – an automation rule – it is ``create``
        that makes them.

        :param list rows: dicts of values; keys that are no field are ignored
        :raise psycopg2.errors.SerializationFailure: when another transaction has just
            made one of them, so that it cannot be seen in this one
        :return: the new follow-ups
        """
        if not rows:
            return self.browse()
        if getattr(type(self).create, "origin", None):
            return self._create_one_by_one(rows)
        columns = self._planned_columns(rows)
        self.env.cr.execute(
            SQL(
                """INSERT INTO dealer_followup (%(names)s, create_uid, write_uid,
                    create_date, write_date)
                SELECT planned.*, %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC',
                    now() AT TIME ZONE 'UTC'
                FROM unnest(%(values)s) AS planned
                ON CONFLICT (rule_id, COALESCE(vehicle_id, 0), anchor_key) DO NOTHING
                RETURNING id""",
                names=SQL(", ").join(SQL.identifier(name) for name in columns),
                values=SQL(", ").join(columns.values()),
                uid=self.env.uid,
            )
        )
        tasks = self.browse(row[0] for row in self.env.cr.fetchall())
        self._tell_planned(tasks, columns)
        return tasks

    def _create_one_by_one(self, rows):
        """What ``create`` can make, without those that are there already."""
        known = {
            (task.rule_id.id, task.vehicle_id.id, task.anchor_key)
            for task in self.search_fetch(
                [
                    ("rule_id", "in", [row["rule_id"] for row in rows]),
                    ("anchor_key", "in", [row["anchor_key"] for row in rows]),
                ],
                ["rule_id", "vehicle_id", "anchor_key"],
            )
        }
        return self.create(
            [
                {name: value for name, value in row.items() if name in self._fields}
                for row in rows
                if (row["rule_id"], row["vehicle_id"] or False, row["anchor_key"])
                not in known
            ]
        )

    def _planned_columns(self, rows):
        """The values of each column, as an array of its type."""
        defaults = {
            name: value
            for name, value in self._add_missing_default_values({}).items()
            if self._fields[name].column_type and value not in (False, None)
        }
        columns = {}
        for name in sorted({*defaults, *rows[0]}):
            field = self._fields.get(name)
            if not field or not field.store or not field.column_type:
                continue
            default = defaults.get(name)
            values = [row.get(name, default) for row in rows]
            if field.type != "boolean":
                values = [None if value is False else value for value in values]
            columns[name] = SQL(
                "%s::%s[]", values, SQL.identifier(field.column_type[0])
            )
        return columns

    def _tell_planned(self, tasks, columns):
        """What hangs on the new records: stored computes, and lists in the cache."""
        for name in columns:
            for inverse in self.pool.field_inverses[self._fields[name]]:
                self.env[inverse.model_name].invalidate_model([inverse.name], False)
        for field in self._fields.values():
            if not (field.store and field.compute) or field.name in columns:
                continue
            if field.related and field.related.split(".")[0] not in columns:
                continue  # nothing to take it from
            self.env.add_to_compute(field, tasks)
