from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

# An object of this process: no remote caller can put it into a context.
_BY_METHOD = object()


class DealerRecordedMixin(models.AbstractModel):
    """A record with facts that nobody types: its methods write them, through
    :meth:`_write_by_method`. See decision 0010."""

    _name = "dealer.recorded.mixin"
    _description = "Record with Facts"

    #: Whether nobody at all writes what is recorded, not even a program with all
    #: rights, and not even the value that is there.
    _is_sealed = False

    @api.model
    @ormcache("self._name", "table")
    def _rows_of(self, table):
        """The rows of one table, those of the lowest addon first.

        Each class of a model names its own rows in an attribute; they are added to
        those of the classes below. Whoever has to work out a row, or to put it
        between others, extends the method of the table instead.
        """
        parts = reversed(type(self).__mro__)
        return tuple(row for part in parts for row in vars(part).get(table, ()))

    @api.model
    def _recorded_fields(self):
        """Names of the fields that only methods write."""
        return frozenset(self._rows_of("_RECORDED_FIELDS"))

    @api.model
    def _chosen_fields(self):
        """Those of them that whoever enters a record may choose for it."""
        return frozenset(self._rows_of("_CHOSEN_FIELDS"))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        if not self._is_by_method() and (self._is_sealed or not self.env.su):
            self._check_entered(vals_list)
        self._complete(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if not self._is_by_method():
            self._check_direct_write(vals)
        return super().write(vals)

    @api.model
    def _complete(self, vals_list):
        """Complete the values of new records, once what was entered is judged."""

    @api.model
    def _check_entered(self, vals_list):
        """Nobody enters a record with what is only recorded.

        :raise AccessError: for who may enter none at all
        :raise UserError: naming the first such field that is more than its default
        """
        # a copy is made on the record it is taken of
        self.browse().check_access("create")
        recorded = self._recorded_fields() - self._chosen_fields()
        given = {name for vals in vals_list for name in recorded.intersection(vals)}
        usual = self.browse().default_get(sorted(given)) if given else {}
        for name in sorted(given):
            if any(
                vals.get(name) and vals[name] != usual.get(name) for vals in vals_list
            ):
                raise UserError(
                    self.env._(
                        "“%(field)s” is recorded by the process and cannot be "
                        "entered by hand.",
                        field=self._field_label(name),
                    )
                )

    def _check_direct_write(self, vals):
        """What is asked before somebody else than a method writes."""
        self._check_recorded(vals)

    def _check_recorded(self, vals):
        """:raise UserError: for what only methods write"""
        if self.env.su and not self._is_sealed:
            return
        for name in sorted(self._recorded_fields().intersection(vals)):
            if self._is_sealed or self._would_change(vals, name):
                raise UserError(
                    self.env._(
                        "%(records)s: “%(field)s” is recorded by the process and "
                        "cannot be changed by hand. Use the buttons instead.",
                        records=self._names(),
                        field=self._field_label(name),
                    )
                )

    def _would_change(self, vals, name):
        """The records to which ``vals`` give another value in the field ``name``."""
        field = self._fields[name]
        if field.type.endswith("2many"):
            return self
        value = field.convert_to_record(field.convert_to_cache(vals[name], self), self)
        # the value counts, whoever may read it
        return self.filtered(lambda record: record.sudo()[name] != value)

    def _names(self):
        # whoever may write a record is told its name
        return ", ".join(self.sudo().mapped("display_name"))

    # ------------------------------------------------------------------
    # BY METHOD
    # ------------------------------------------------------------------

    def _by_method(self):
        """These records, open to what only the process writes."""
        return self.with_context(**{f"{self._table}_method": _BY_METHOD})

    def _is_by_method(self):
        return self.env.context.get(f"{self._table}_method") is _BY_METHOD

    def _write_by_method(self, vals):
        """Write what the process itself records."""
        return self._by_method().write(vals) if self else True

    @api.model
    def _create_by_method(self, vals_list):
        """Create records with what the process itself records."""
        return self._by_method().create(vals_list).with_env(self.env)

    def _field_label(self, name):
        return self._fields[name]._description_string(self.env)
