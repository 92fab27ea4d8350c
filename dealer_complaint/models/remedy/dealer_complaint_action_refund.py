from odoo import fields, models
from odoo.tools import formatLang


class DealerComplaintAction(models.Model):
    """A refund gives back what was invoiced, with the taxes it was invoiced with.

    The amount of the remedy is what the customer gets, taxes included. It is a draft:
    accounting looks at it and posts it.
    """

    _name = "dealer.complaint.action"
    _inherit = "dealer.complaint.action"

    def _invoice_to_credit(self):
        """The invoice of the visit that the customer pays, where there is one; else the
        amount is credited without any."""
        complaint = self.complaint_id
        visit = complaint.reception_id
        # who complains may have brought the car of who pays; the insurer and the
        # factory are given nothing back here
        family = (complaint.partner_id + visit.partner_id).commercial_partner_id
        invoices = visit.invoice_ids.filtered(
            lambda move: (
                move.move_type == "out_invoice"
                and move.state == "posted"
                and move.dealer_payer in (False, "customer")
                and move.commercial_partner_id in family
                and move.company_id == self.company_id
                and move.currency_id == self.currency_id
            )
        )
        return invoices.sorted(
            lambda move: (
                move.commercial_partner_id
                == complaint.partner_id.commercial_partner_id,
                move.amount_total,
                move.id,
            ),
            reverse=True,
        )[:1]

    def _is_within_limit(self):
        """Money that is given back for no invoice is a manager's to give."""
        # the handler need not see the books
        if self.kind == "refund" and not self.sudo()._invoice_to_credit():
            return False
        return super()._is_within_limit()

    def _credit(self, invoice):
        """A draft credit note over the amount of the remedy.

        :raise UserError: for more than is left of the invoice
        """
        currency = invoice.currency_id
        credited = sum(
            invoice.reversal_move_ids.filtered(lambda m: m.state != "cancel").mapped(
                "amount_total"
            )
        )
        left = invoice.amount_total - credited
        if currency.compare_amounts(self.cost, left) > 0:
            self._refuse(
                self.env._(
                    "Of invoice %(invoice)s over %(total)s, no more than %(left)s can "
                    "be refunded.",
                    invoice=invoice.name,
                    total=formatLang(
                        self.env, invoice.amount_total, currency_obj=currency
                    ),
                    left=formatLang(self.env, left, currency_obj=currency),
                )
            )
        move = invoice._reverse_moves(
            [
                {
                    "ref": self._reference(),
                    "invoice_origin": self.complaint_id.name,
                    "invoice_date": fields.Date.context_today(self),
                }
            ]
        )
        share = self.cost / invoice.amount_total
        if currency.compare_amounts(self.cost, invoice.amount_total):
            for line in move.invoice_line_ids:
                if line.display_type == "product":
                    line.price_unit *= share
            self._meet_amount(move)
        return move

    def _meet_amount(self, move):
        """Prices have two decimals and taxes are rounded: what is missing to the amount
        that was promised stands first in the largest line, the last cent in the tax."""
        currency = move.currency_id
        lines = move.invoice_line_ids.filtered(lambda x: x.display_type == "product")
        largest = lines.sorted(lambda line: (abs(line.price_total), line.id))[-1:]
        missing = self.cost - move.amount_total
        if not currency.is_zero(missing) and largest.price_total and largest.quantity:
            largest.price_unit *= 1 + missing / largest.price_total
        missing = currency.round(self.cost - move.amount_total)
        tax = move.line_ids.filtered("tax_line_id").sorted("id")[-1:]
        if not currency.is_zero(missing) and tax:
            sign = 1 if tax.amount_currency > 0 else -1
            tax.amount_currency += sign * missing
