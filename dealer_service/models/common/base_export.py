from odoo import models
from odoo.exceptions import UserError

from ...tools.field_values import is_of_suite

#: What the name of a field says of it.
_SECRETS = ("secret", "token")


class Base(models.AbstractModel):
    """Secrets leave by no file.

    ``exportable=False`` hides a field in the dialog of the export alone: whoever asks
    for it by its name gets it.
    """

    _inherit = "base"

    def export_data(self, fields_to_export):
        """
        :raise UserError: for a link or a key of ours that acts as a customer or a shop
        """
        for path in fields_to_export:
            model = self
            for name in path.split("/"):
                field = model._fields.get(name)
                if not field:
                    break
                if model._is_secret(field):
                    raise UserError(
                        self.env._(
                            "“%s” is a key: it is in no file.",
                            field._description_string(self.env),
                        )
                    )
                if not field.relational:
                    break
                model = self.env[field.comodel_name]
        return super().export_data(fields_to_export)

    def _is_secret(self, field):
        """Whether a field of ours lets whoever has it act as somebody else."""
        is_ours = is_of_suite(type(self)) or (field._module or "").startswith("dealer_")
        is_named = any(word in field.name for word in _SECRETS)
        return is_ours and (not field.exportable or is_named)
