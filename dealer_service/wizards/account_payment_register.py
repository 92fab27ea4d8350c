from odoo import api, fields, models


class AccountPaymentRegister(models.TransientModel):
    """The dialog of a payment, for the invoices of visits."""

    _name = "account.payment.register"
    _inherit = "account.payment.register"

    dealer_reference = fields.Char("Number on the Slip")

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
