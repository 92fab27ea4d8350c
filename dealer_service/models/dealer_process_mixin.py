from odoo import fields, models
from odoo.exceptions import UserError

# An object of this process: no remote caller can put it into a context.
_BY_METHOD = object()


class DealerProcessMixin(models.AbstractModel):
    """A record whose state follows from a process, not from whoever writes it.

    Its methods write through :meth:`_write_by_method`; ``write`` and ``create`` of the
    record ask :meth:`_is_by_method` and refuse what only the process records.
    """

    _name = "dealer.process.mixin"
    _description = "Record With a Process"

    #: Every permitted move: pairs of states (from, to).
    _transitions = frozenset()

    def _by_method(self):
        """These records, open to what only the process writes."""
        return self.with_context(**{f"{self._table}_method": _BY_METHOD})

    def _is_by_method(self):
        return self.env.context.get(f"{self._table}_method") is _BY_METHOD

    def _write_by_method(self, vals):
        """Write what the process itself records."""
        return self._by_method().write(vals) if self else True

    def _check_move(self, target):
        """:raise UserError: when one of the records cannot go to ``target``"""
        for record in self:
            if (record.state, target) not in self._transitions:
                raise UserError(
                    self.env._(
                        "%(record)s cannot go from “%(old)s” to “%(new)s”.",
                        record=record.display_name,
                        old=record._state_label(),
                        new=record._state_label(target),
                    )
                )

    def _state_label(self, state=None):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return labels.get(state or self.state, state)

    def _field_label(self, name):
        return self._fields[name]._description_string(self.env)

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
