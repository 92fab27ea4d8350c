from odoo import models


class DealerReception(models.Model):
    """What work order and settlement sheet show. Called by their templates."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    def _paper_orders(self, kind):
        """The orders of one kind, the oldest first: living ones, and what was signed by
        a customer who left."""
        return self.order_ids.filtered(
            lambda order: (
                order.dealer_kind == kind
                and (order.state != "cancel" or order.consent_date)
            )
        ).sorted(lambda order: (order.date_order, order.id))

    def _paper_left_line(self):
        """When and why the customer left early, in one sentence."""
        self.ensure_one()
        if not self.date_left:
            return ""
        labels = dict(self._fields["leaving_reason"]._description_selection(self.env))
        return self.env._(
            "Left early on %(date)s (%(reason)s); what was not done by then is neither "
            "carried out nor billed.",
            date=self._paper_time(self.date_left),
            reason=labels.get(self.leaving_reason, ""),
        )

    def _paper_of_orders(self, orders):
        """What the work order says of the visit: as it was agreed to last.

        :param orders: the orders on the paper
        :return: dict ``visit`` and ``warranties``, see ``sale.order._paper``
        """
        agreed = orders.filtered("consent_date").sorted("consent_date")
        order = agreed[-1:] or orders[:1]
        if order:
            return order._paper()
        return {
            "visit": self._paper_facts(),
            "warranties": self._paper_warranties().mapped("display_name"),
        }

    def _paper_warranty_line(self, warranties):
        """The warranties of a paper in one sentence, in the language it is printed in.

        :param list warranties: their names, as the paper keeps them
        """
        if not warranties:
            return ""
        return self.env._(
            "%(warranties)s, whichever comes first, from the day the car left "
            "the shop.",
            warranties="; ".join(warranties),
        )

    def _paper_warranties(self):
        """The repair warranties that cover the work of this visit."""
        products = self._living_orders().order_line.product_id
        warranties = products.repair_warranty_id
        if not warranties:
            warranties = self.env["dealer.repair.warranty"]._default_for(
                self.company_id
            )
        return warranties.sorted("sequence")

    def _paper_bank(self):
        """The account of the shop that customers pay to: bank, then number."""
        return self.company_id._paper_bank()

    def _paper_capitals(self, amount):
        """``amount`` in words; yuan in Chinese capitals."""
        return self.currency_id._dealer_in_words(amount)

    def _paper_final_check(self):
        """The last final inspection that was passed; empty before."""
        return self.quality_check_ids.filtered(
            lambda check: check.level == "final" and check.result == "pass"
        ).sorted("date")[-1:]

    def _paper_certificate_number(self):
        """Number of the certificate of quality (出厂合格证), once it is passed."""
        check = self._paper_final_check()
        return f"{self.name}-HG{check.round + 1}" if check else ""

    def _paper_settlement_signature(self):
        """The customer's signature under the settlement, if it is for these amounts."""
        is_signed = self._is_settlement_signed()
        return {
            "signature": is_signed and self.settlement_signature,
            "name": self.settlement_signed_by if is_signed else "",
            "date": self._paper_time(is_signed and self.date_settlement_signed),
        }

    def _paper_technicians(self):
        """Names of those who worked on the car."""
        return ", ".join(self.job_ids.technician_id.mapped("name"))


class ResCompany(models.Model):
    """What papers say of the shop. Called by their templates."""

    _name = "res.company"
    _inherit = "res.company"

    def _paper_bank(self):
        """The account that customers pay to: bank, then number."""
        # printed for the customer, whoever of the shop prints it
        account = self.sudo().partner_id.bank_ids[:1]
        return " ".join(filter(None, (account.bank_id.name, account.acc_number)))
