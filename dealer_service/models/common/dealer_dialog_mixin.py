from odoo import api, models
from odoo.exceptions import UserError


class DealerDialogMixin(models.AbstractModel):
    """A dialog about several records, each of which its user may see.

    Reading a many2many leaves out what the user may not see: the dialog would do
    nothing to it, and say so to nobody.
    """

    _name = "dealer.dialog.mixin"
    _description = "Dialog About Records"

    @api.model_create_multi
    def create(self, vals_list):
        dialogs = super().create(vals_list)
        dialogs._check_subjects()
        return dialogs

    def write(self, vals):
        result = super().write(vals)
        self._check_subjects()
        return result

    def _check_subjects(self):
        """
        :raise AccessError: for a record that the user may not see
        :raise UserError: for a dialog about nothing
        """
        names = [
            name
            for name, field in self._fields.items()
            if field.type == "many2many" and field.required
        ]
        self.flush_recordset(names)
        self.invalidate_recordset(names)
        for dialog in self:
            for name in names:
                # all of them, those included that the user may not see
                subjects = dialog.sudo()[name].with_env(self.env)
                if not subjects:
                    raise UserError(
                        self.env._(
                            "“%(field)s” is empty: choose what this is about.",
                            field=self._fields[name]._description_string(self.env),
                        )
                    )
                subjects.check_access("read")
        self.invalidate_recordset(names)
