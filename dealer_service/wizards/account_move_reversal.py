from odoo import models
from odoo.exceptions import UserError


class AccountMoveReversal(models.TransientModel):
    """Money of a visit is given back for a reason, which the credit note tells."""

    _name = "account.move.reversal"
    _inherit = "account.move.reversal"

    def reverse_moves(self, is_modify=False):
        """See Odoo.

        :raise UserError: for the invoice of a visit, without a reason
        """
        of_visits = self.move_ids.filtered("reception_id")
        if of_visits and not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "%(invoices)s: enter why the customer gets money back.",
                    invoices=", ".join(of_visits.mapped("display_name")),
                )
            )
        return super().reverse_moves(is_modify)
