from odoo import api, models


class DealerLabelMixin(models.AbstractModel):
    """Records that are named by a choice: they are called by its label, in the language
    of the reader, and not by the key that is stored."""

    _name = "dealer.label.mixin"
    _description = "Named by a Choice"

    @api.depends_context("lang")
    @api.depends(lambda self: (self._rec_name,) if self._rec_name else ())
    def _compute_display_name(self):
        labels = dict(self._fields[self._rec_name]._description_selection(self.env))
        for record in self:
            record.display_name = labels.get(record[self._rec_name])
