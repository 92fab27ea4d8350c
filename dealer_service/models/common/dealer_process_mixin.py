from odoo import api, fields, models
from odoo.exceptions import UserError


class Change:
    """What one write has changed: what was written, and what was there before."""

    def __init__(self, records, vals, names):
        self.vals = vals
        fields = records._fields
        # rows of a list are changed in themselves: written is changed
        self._written = {
            name for name in names & set(vals) if fields[name].type.endswith("2many")
        }
        kept = [name for name in names if not fields[name].type.endswith("2many")]
        # what follows from a change does so whatever its author may read
        known = records.sudo()
        self._before = {
            record.id: {name: record[name] for name in kept} for record in known
        }

    def was(self, record, name):
        """The value of the field ``name`` before the write."""
        return self._before[record.id][name]

    def by_former(self, records, name):
        """The records by the value of the field ``name`` before the write."""
        return records.grouped(lambda record: self.was(record, name))

    def names(self, record):
        """The watched fields that have another value than before."""
        # as above: whatever the author of the change may read
        record, before = record.sudo(), self._before[record.id]
        return self._written | {name for name in before if record[name] != before[name]}


class DealerProcessMixin(models.AbstractModel):
    """A record whose state follows from a process, not from whoever writes it.

    What follows from what is written down in tables: ordered rows, to which each addon
    adds its own. See decision 0004.
    """

    _name = "dealer.process.mixin"
    _description = "Record with a Process"
    _inherit = "dealer.recorded.mixin"

    #: Every permitted move: pairs of states (from, to).
    _transitions = frozenset()

    # ------------------------------------------------------------------
    # TABLES
    # ------------------------------------------------------------------

    @api.model
    def _guards(self):
        """What is asked before somebody writes.

        :return: rows of (names of fields, name of a method that is handed the values)
        """
        return self._rows_of("_GUARDS")

    @api.model
    def _completions(self):
        """What completes the values of new records.

        :return: names of methods that are handed the list of values, to change it
        """
        return self._rows_of("_COMPLETIONS")

    @api.model
    def _intake(self):
        """What follows once records are created.

        :return: names of methods
        """
        return self._rows_of("_INTAKE")

    @api.model
    def _consequences(self):
        """What follows once a value has changed.

        :return: rows of (names of fields, name of a method). It is called on the
            records in which one of the fields has another value than before, with the
            :class:`Change`.
        """
        return self._rows_of("_CONSEQUENCES")

    @api.model
    def _leave_steps(self):
        """What is done or asked before records leave their state.

        :return: rows of (states to go to, name of a method that is handed the target)
        """
        return self._rows_of("_LEAVE_STEPS")

    @api.model
    def _enter_steps(self):
        """What follows once records have entered a state.

        :return: rows of (states, name of a method)
        """
        return self._rows_of("_ENTER_STEPS")

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for method in records._intake():
            getattr(records, method)()
        return records

    @api.model
    def _complete(self, vals_list):
        for method in self._completions():
            getattr(self, method)(vals_list)

    def write(self, vals):
        rows = [
            row for row in self._consequences() if not vals.keys().isdisjoint(row[0])
        ]
        if not rows:
            return super().write(vals)
        names = {name for watched, _method in rows for name in watched}
        change = Change(self, vals, names)
        result = super().write(vals)
        # once, before anything follows: what a row changes itself is a write of its own
        news = {record.id: change.names(record) for record in self}
        for watched, method in rows:
            changed = self.filtered(
                lambda record, watched=watched: not news[record.id].isdisjoint(watched)
            )
            if changed:
                getattr(changed, method)(change)
        return result

    def _check_direct_write(self, vals):
        """Refuse what only the process records, and ask the guards.

        :raise UserError: for the state and for figures that follow from it
        """
        if "state" in vals and self._transitions:
            raise UserError(
                self.env._(
                    "%(records)s: the state is set by the process. Use the buttons "
                    "instead of writing it.",
                    records=self._names(),
                )
            )
        self._check_recorded(vals)
        for names, method in self._guards():
            if not vals.keys().isdisjoint(names):
                getattr(self, method)(vals)

    # ------------------------------------------------------------------
    # THE PROCESS
    # ------------------------------------------------------------------

    def _leave_for(self, target):
        """Do and ask what stands before these records go to ``target``."""
        for targets, method in self._leave_steps():
            if target in targets:
                getattr(self, method)(target)

    def _enter(self, state):
        """Let follow what follows for records that have entered ``state``."""
        for states, method in self._enter_steps():
            if state in states:
                getattr(self, method)()

    def _check_move(self, target):
        """:raise UserError: when one of the records cannot go to ``target``"""
        for record in self:
            if (record.state, target) not in self._transitions:
                record._check_not_there(target)
                raise UserError(
                    self.env._(
                        "%(record)s cannot go from “%(old)s” to “%(new)s”. If your "
                        "page shows something else, reload it.",
                        record=record.display_name,
                        old=record._state_label(),
                        new=record._state_label(target),
                    )
                )

    def _check_not_there(self, target):
        """:raise UserError: when somebody was faster, and the page is out of date"""
        self.ensure_one()
        if self.state != target:
            return
        raise UserError(
            self.env._(
                "%(record)s is already “%(state)s” (last changed by %(user)s, "
                "%(time)s). Reload the page.",
                **self._last_change(),
            )
        )

    def _last_change(self):
        """What a record is by now, and who made it so: for whom a page is old."""
        self.ensure_one()
        # who was faster is no secret to whoever may press the same button
        last = self.sudo()
        return {
            "record": self.display_name,
            "state": self._state_label(),
            "user": last.write_uid.name,
            "time": self._format_local(last.write_date),
        }

    def _state_label(self, state=None):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return labels.get(state or self.state, state)

    def _format_local(self, date):
        """``date`` (UTC) as the user reads it, to the minute.

        Who has no time zone reads that of the shop.
        """
        record = self
        if not (self.env.context.get("tz") or self.env.user.tz):
            company = self.company_id[:1] or self.env.company
            record = self.with_context(tz=company._dealer_tz().zone)
        return f"{fields.Datetime.context_timestamp(record, date):%Y-%m-%d %H:%M}"

    def _for_reader(self, user=None):
        """These records in the words of who reads what is written about them.

        Crons and incoming mails have no language, a customer's page has the customer's.

        :param user: the colleague who reads it; nobody in particular: the shop
        """
        company = self.company_id[:1] or self.env.company
        # who reads it is up to the process, not to what the current user may see
        reader = (user or company).sudo().partner_id
        return self.with_context(
            lang=reader.lang or self.env.lang,
            tz=(user and reader.tz) or company._dealer_tz().zone,
        )
