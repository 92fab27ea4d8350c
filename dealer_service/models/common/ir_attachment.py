from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.field_values import is_ours

#: What is written of a file without touching it.
_HARMLESS = {"access_token"}


class IrAttachment(models.Model):
    """Odoo keeps pictures of records as files, which whoever may write the record may
    write beside it. A signature is drawn by the customer, and a signed photo stays.

    The field writes its file with all rights, after the record has had its say.
    """

    _name = "ir.attachment"
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._check_not_kept()
        return files

    def write(self, vals):
        if _HARMLESS.issuperset(vals):
            return super().write(vals)
        self._check_not_kept()
        result = super().write(vals)
        # neither before nor after it
        self._check_not_kept()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        self._check_not_kept()

    def _check_not_kept(self):
        """:raise AccessError: for the value of a field, or what a customer agreed to"""
        if self.env.su:
            return
        # what it belongs to counts, not what the writer may see of it
        files = self.sudo()
        kept = files.filtered(lambda file: file._is_dealer_value())
        if kept:
            raise AccessError(
                self.env._(
                    "“%(file)s” belongs to a field of %(record)s. Change it there: "
                    "what the customer has signed stays as it is.",
                    file=kept[0].name,
                    record=self.env["ir.model"]._get(kept[0].res_model).name,
                )
            )
        agreed = (files - kept)._agreed_orders()
        if agreed:
            raise AccessError(
                self.env._(
                    "The customer agreed to %(orders)s with these photos in view. "
                    "They stay as they are.",
                    orders=", ".join(agreed.mapped("name")),
                )
            )

    def _is_dealer_value(self):
        """Whether the file is the value of a field of ours or of an order."""
        self.ensure_one()
        model = self.env.get(self.res_model) if self.res_field else None
        if model is None or self.res_field not in model._fields:
            return False
        return self.res_model == "sale.order" or is_ours(model._fields[self.res_field])

    def _agreed_orders(self):
        """The orders that show these files, and that a customer has agreed to."""
        return self.env["sale.order"].search(
            [("dealer_photo_ids", "in", self.ids), ("consent_date", "!=", False)]
        )
