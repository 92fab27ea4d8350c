from odoo import api, models
from odoo.exceptions import UserError


class DealerDialogMixin(models.AbstractModel):
    """A dialog about records, each of which its user may see.

    What a dialog shows of them is read with all rights where it is related, and reading
    a many2many leaves out what the user may not see: the dialog would do nothing to it,
    and say so to nobody.
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
        fields = [
            field
            for field in self._fields.values()
            if field.type in ("many2one", "many2many")
            and field.store
            and field.name not in models.MAGIC_COLUMNS
        ]
        many = [field.name for field in fields if field.type == "many2many"]
        self.flush_recordset(many)
        self.invalidate_recordset(many)
        for dialog in self:
            for field in fields:
                # all of them, those included that the user may not see
                subjects = dialog.sudo()[field.name].with_env(self.env)
                if subjects:
                    subjects.check_access("read")
                if field.type == "many2many" and field.required and not subjects:
                    raise UserError(
                        self.env._(
                            "“%(field)s” is empty: choose what this is about.",
                            field=field._description_string(self.env),
                        )
                    )
        self.invalidate_recordset(many)
