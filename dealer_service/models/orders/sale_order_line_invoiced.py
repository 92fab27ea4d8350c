from odoo import api, models


class SaleOrderLine(models.Model):
    """What is invoiced of a line, what is still to be, and in which unit."""

    _name = "sale.order.line"
    _inherit = "sale.order.line"

    @api.depends("invoice_lines.price_subtotal")
    def _compute_qty_invoiced(self):
        return super()._compute_qty_invoiced()

    def _prepare_qty_invoiced(self):
        """Who gets 100 of 800 back has the work, and has paid for it.

        Odoo counts the quantity of every credit note as not invoiced any more.
        """
        quantities = super()._prepare_qty_invoiced()
        for line in self:
            if line.reception_id and not line.is_downpayment:
                quantities[line] += line._qty_credited_in_price()
        return quantities

    @api.depends("dealer_not_supplied")
    def _compute_qty_to_invoice(self):
        """What the shop could not supply stays agreed to, but nobody pays for it.

        What it has issued of the line is paid.
        """
        result = super()._compute_qty_to_invoice()
        for line in self.filtered("dealer_not_supplied"):
            line.qty_to_invoice = line.qty_delivered - line.qty_invoiced
        return result

    @api.depends("dealer_not_supplied")
    def _compute_invoice_status(self):
        result = super()._compute_invoice_status()
        for line in self.filtered("dealer_not_supplied"):
            line.invoice_status = "to invoice" if line.qty_to_invoice else "invoiced"
        return result

    def _qty_credited_in_price(self):
        """The quantity on credit notes that take back the price and not the work.

        Once they have given back everything, nothing is invoiced any more.
        """
        self.ensure_one()
        living = self._get_invoice_lines().filtered(
            lambda line: line.parent_state != "cancel"
        )
        credits = living.filtered(lambda line: line.move_id.move_type == "out_refund")
        billed = living - credits
        if not credits:
            return 0.0
        amount, quantity = self._billed(billed)
        back, credited = self._billed(credits)
        if self.currency_id.compare_amounts(back, amount) >= 0:
            return credited - quantity
        in_price = 0.0
        for credit in credits:
            invoice = credit.move_id.reversed_entry_id
            source = billed.filtered(lambda line, m=invoice: line.move_id == m)
            amount, quantity = self._billed(source or billed)
            back, credited = self._billed(credit)
            whole = amount * credited / quantity if quantity else 0.0
            if self.currency_id.compare_amounts(back, whole) < 0:
                in_price += credited
        return in_price

    def _billed(self, invoice_lines):
        """Amount without taxes, positive, and quantity in the unit of the order."""
        self.ensure_one()
        return abs(sum(invoice_lines.mapped("price_subtotal"))), sum(
            line.product_uom_id._compute_quantity(line.quantity, self.product_uom_id)
            for line in invoice_lines
        )

    def _unit_label(self):
        """The unit of this line: Odoo counts in “Units” whatever has no other."""
        self.ensure_one()
        unit, kind = self.product_uom_id, self.dealer_kind
        # not by env.ref, which asks the database each time
        known = self.env["ir.model.data"]._xmlid_to_res_id
        if unit.id == known("uom.product_uom_unit"):
            return self.env._("pcs") if kind == "part" else self.env._("item(s)")
        if kind == "labour" and unit.id == known("uom.product_uom_hour"):
            return self.env._("hours of labour")
        return unit.name
