from odoo import api, models
from odoo.exceptions import UserError

from ...tools.field_values import check_values, is_reckoned


class Base(models.AbstractModel):
    """What nobody hands in is refused in words, for fields of ours.

    Values that no field can have: what our models do on ``create`` and ``write`` before
    Odoo's own begins with the same look, see ``tools/field_values.py``. Values that
    the program reckons itself: Odoo keeps them from being typed in a form, and takes
    them from any other client.
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
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        check_values(self, [values])
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def default_get(self, fields):
        """A default of the caller is no way around: what is reckoned has none."""
        return super().default_get(
            [name for name in fields if not is_reckoned(self._fields.get(name))]
        )

    def _check_reckoned(self, names):
        """:raise UserError: for a value that follows from others"""
        if self.env.su:
            return
        for name in sorted(names):
            field = self._fields.get(name)
            if is_reckoned(field):
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
