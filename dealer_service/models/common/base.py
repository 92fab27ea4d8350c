from odoo import api, models

from ...tools.field_values import check_values


class Base(models.AbstractModel):
    """Values that no field can have are refused in words, for fields of ours.

    What our models do on ``create`` and ``write`` before Odoo's own begins with the
    same look: see ``tools/field_values.py``.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        check_values(self, vals_list)
        return super().create(vals_list)

    def write(self, vals):
        check_values(self, [vals])
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        check_values(self, [values])
        return super().onchange(values, field_names, fields_spec)
