from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import ormcache

from ...tools.field_values import (
    check_links,
    check_values,
    is_of_suite,
    is_reckoned,
    is_reckoned_by_odoo,
    kinds_of,
)
from ...tools.refusal import NotOneRecord

#: What the name of a secret says of it.
_SECRETS = ("secret", "token")
#: Types of fields whose value a cell of a file can say.
_COMPARED = {
    "boolean",
    "char",
    "date",
    "datetime",
    "float",
    "integer",
    "many2one",
    "monetary",
    "selection",
    "text",
}


class Base(models.AbstractModel):
    """What nobody hands in is refused in words, for fields of ours.

    Values that no field can have: what our models do on ``create`` and ``write`` before
    Odoo's own begins with the same look, see ``tools/field_values.py``. Values that
    the program reckons itself: Odoo keeps them from being typed in a form, and takes
    them from any other client. Records that the user may not see: a form tells the name
    of whatever it is handed, and all that follows from it. None or several records, for
    a method that does something to one: a button has one, other clients have any.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        check_values(self, vals_list)
        given = {name for vals in vals_list for name in vals}
        # Odoo drops those that are reckoned before the record is there
        self._check_reckoned(
            name
            for name in given
            if not getattr(self._fields.get(name), "precompute", False)
        )
        return super().create(vals_list)

    def write(self, vals):
        check_values(self, [vals])
        self._check_reckoned(vals)
        if vals.get("company_id") and not self.env.su and is_of_suite(type(self)):
            self._check_moved_into(vals["company_id"])
        return super().write(vals)

    def _check_moved_into(self, company_id):
        """Odoo asks where a record is, not where it is moved to.

        :raise AccessError: for a shop that is not the user's
        """
        if company_id not in self.env.user.company_ids.ids:
            raise AccessError(
                self.env._("You may not move a record into a shop that is not yours.")
            )

    def _load_records_write(self, values):
        """See ``base``; what a file says of a record as it is already changes nothing.

        Who exports a table, changes a column and imports it again means that column.
        What is mended by an upgrade is written where it differs, see
        ``tools/upgrade/shipped_rows.py``: guards of a row need not mind what stays.
        """
        if self.env.context.get("dealer_mends"):
            wanted = self.new(values, origin=self)
            values = {
                name: value
                for name, value in values.items()
                if self._fields[name].convert_to_write(wanted[name], wanted)
                != self._fields[name].convert_to_write(self[name], self)
            }
            return super()._load_records_write(values) if values else None
        if self.env.context.get("import_file"):
            values = {
                name: value
                for name, value in values.items()
                if not self._is_said_already(name, value)
            }
        return super()._load_records_write(values)

    def _is_said_already(self, name, value):
        """Whether a cell of an import says what is on record."""
        field = self._fields.get(name)
        if not field or field.type not in _COMPARED or field.translate:
            return False
        if not self._has_field_access(field, "read"):
            return False
        said = field.convert_to_cache(value, self, validate=False)
        return (field.convert_to_record(said, self) or False) == (self[name] or False)

    @api.private
    def ensure_one(self):
        try:
            return super().ensure_one()
        except ValueError as error:
            if not is_of_suite(type(self)):
                raise
            raise NotOneRecord(
                self.env._(
                    "%(model)s: this is done to one record at a time, not to "
                    "%(count)s.",
                    model=self.env["ir.model"]._get(self._name).name,
                    count=len(self),
                )
            ) from error

    def onchange(self, values, field_names, fields_spec):
        check_values(self, [values])
        check_links(self, values)
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def default_get(self, fields):
        """A default of the caller is no way around: what is reckoned has none."""
        reckoned = self._reckoned_names()
        values = super().default_get([name for name in fields if name not in reckoned])
        if any(key.startswith("default_") for key in self.env.context):
            given = {
                name: value
                for name, value in values.items()
                if f"default_{name}" in self.env.context
            }
            check_values(self, [given])
            check_links(self, given)
        return values

    @api.model
    @ormcache("self._name", cache="stable")
    def _kinds_of_values(self):
        """What the values of the fields of ours have to be, by name of the field."""
        return kinds_of(self)

    @api.model
    @ormcache("self._name", cache="stable")
    def _reckoned_names(self):
        return frozenset(
            name for name, field in self._fields.items() if is_reckoned(field)
        )

    @api.model
    @ormcache("self._name", cache="stable")
    def _amounts_of_odoo(self):
        """The amounts that Odoo's own models work out, by their names."""
        return tuple(
            name
            for name, field in self._fields.items()
            if is_reckoned_by_odoo(field) and field.type == "monetary"
        )

    def _check_reckoned(self, names):
        """:raise UserError: for a value that follows from others"""
        if self.env.su:
            return
        for name in sorted(names):
            field = self._fields.get(name)
            if self._is_reckoned(field):
                # whoever may write a record is told its name
                known = ", ".join(self.sudo().mapped("display_name"))
                raise UserError(
                    self.env._(
                        "%(record)s: “%(field)s” is worked out by the program and "
                        "cannot be written. Change what it follows from.",
                        record=known or self.env["ir.model"]._get(self._name).name,
                        field=field._description_string(self.env),
                    )
                )

    def _is_reckoned(self, field):
        """Whether nobody hands in a value of ``field`` for these records."""
        return is_reckoned(field)

    # ------------------------------------------------------------------
    # FILES
    # ------------------------------------------------------------------

    def _export_rows(self, fields, **options):
        """Secrets leave by no file: ``exportable=False`` hides a field in the dialog
        alone, and whoever asks for it by its name gets it.

        :raise UserError: for a link or a key of ours that acts as a customer or a shop
        """
        for path in fields:
            field = path and self._fields.get(path[0])
            if field and self._is_secret(field):
                raise UserError(
                    self.env._(
                        "“%s” is a key: it is in no file.",
                        field._description_string(self.env),
                    )
                )
        return super()._export_rows(fields, **options)

    def _is_secret(self, field):
        """Whether a field of ours lets whoever has it act as somebody else."""
        is_named = any(word in field.name for word in _SECRETS)
        if field.exportable and not is_named:
            return False
        return is_of_suite(type(self)) or (field._module or "").startswith("dealer_")
