from odoo import api, models

#: What the customer agreed to and was told by the settlement.
_SETTLED = (
    "product_id",
    "product_uom_id",
    "quantity",
    "price_unit",
    "discount",
    "tax_ids",
    "sale_line_ids",
    "move_id",
)
#: Lines that follow from the others: what is due, and the taxes.
_DERIVED = ("payment_term", "tax", "rounding", "epd", "cogs", "discount")


class AccountMoveLine(models.Model):
    """A line of a settlement's invoice is as it was settled, draft or posted.

    Whoever collects the money changes no price. A service manager takes the invoice
    back with “Correct the Settlement”.
    """

    _name = "account.move.line"
    _inherit = "account.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_as_settled()
        return lines

    def write(self, vals):
        changed = [name for name in _SETTLED if name in vals]
        if changed:
            self.filtered(
                lambda line: any(line._would_differ(vals, name) for name in changed)
            )._check_as_settled()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settled(self):
        self._check_as_settled()

    def _would_differ(self, vals, name):
        field = self._fields[name]
        if field.type == "many2many":
            return True
        value = field.convert_to_record(field.convert_to_cache(vals[name], self), self)
        return self[name] != value

    def _check_as_settled(self):
        """:raise UserError: for a line of what was settled"""
        if self.env.su:
            return
        lines = self.filtered(
            lambda line: (
                line.display_type not in _DERIVED and not line.move_id._is_by_method()
            )
        )
        lines.move_id._check_as_settled()
