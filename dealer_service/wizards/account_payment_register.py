from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..tools import groups

#: Letters of what stands on a slip.
_MAX_REFERENCE = 100


class AccountPaymentRegister(models.TransientModel):
    """The dialog of a payment, for the invoices of visits."""

    _name = "account.payment.register"
    _inherit = "account.payment.register"

    dealer_reference = fields.Char("Number on the Slip")

    @api.constrains("dealer_reference")
    def _check_reference(self):
        for register in self:
            if len(register.dealer_reference or "") > _MAX_REFERENCE:
                raise ValidationError(
                    self.env._(
                        "The number on the slip has %(length)s letters; %(most)s are "
                        "kept at most.",
                        length=len(register.dealer_reference),
                        most=_MAX_REFERENCE,
                    )
                )

    def _create_payments(self):
        """Money is given back for a credit note, and no more than it says."""
        if self.payment_type != "outbound" or groups.keeps_books(self.env):
            return super()._create_payments()
        notes = self.line_ids.move_id
        owed = -sum(self.line_ids.mapped("amount_residual"))
        if (
            set(notes.mapped("move_type")) != {"out_refund"}
            or self.currency_id != self.company_id.currency_id
            or self.currency_id.compare_amounts(self.amount, owed) > 0
        ):
            raise AccessError(
                self.env._(
                    "Only what a credit note says is given back. Ask accounting for "
                    "anything else."
                )
            )
        payments = self.env["account.payment"]._by_method()
        given = super(
            AccountPaymentRegister, self.with_env(payments.env)
        )._create_payments()
        return given.with_env(self.env)

    def _create_payment_vals_from_wizard(self, batch_result):
        values = super()._create_payment_vals_from_wizard(batch_result)
        if self.dealer_reference:
            values["payment_reference"] = self.dealer_reference
        return values

    @api.model
    def default_get(self, fields):
        """Money is of the day of the till, wherever the clock of the user stands."""
        values = super().default_get(fields)
        for _command, _id, ids in values.get("line_ids", []):
            lines = self.env["account.move.line"].browse(ids)
            if visited := lines.move_id.filtered("reception_id"):
                values["payment_date"] = visited.company_id[:1]._dealer_today()
        return values
