from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...tools import groups


class DealerWarrantyClaim(models.Model):
    """What was approved is invoiced to the manufacturer, the rest to the shop itself.

    One invoice to the manufacturer for all claims that are chosen: it settles by the
    month. None of the invoices belongs to the visit: its settlement is over, and says
    what was asked.
    """

    _name = "dealer.warranty.claim"
    _inherit = "dealer.warranty.claim"

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_invoice(self):
        """Draft invoices to the manufacturers, of what they have approved.

        :raise AccessError: for who neither keeps books nor runs the service department
        :raise UserError: for a claim without an answer, and when nothing is left
        """
        self.check_access("read")
        if not groups.keeps_books(self.env):
            raise AccessError(
                self.env._(
                    "Only accounting and service managers invoice the manufacturer."
                )
            )
        self._claim_row()
        due = self.filtered(lambda claim: claim._is_to_invoice())
        for claim in self:
            if claim.state in ("draft", "submitted"):
                raise UserError(
                    self.env._(
                        "%(claim)s is “%(state)s”: the manufacturer has not answered.",
                        claim=claim.name,
                        state=claim._state_label(),
                    )
                )
        if not due:
            raise UserError(
                self.env._("What was approved of these claims is invoiced already.")
            )
        # who may invoice claims need not have rights on all orders and invoices
        moves = self.env["account.move"].sudo()
        for key, claims in due.sudo().grouped(lambda one: one._invoice_key()).items():
            own = moves.with_company(key[0])
            moves |= own.create(claims._factory_invoice_values())
        return moves.with_env(self.env)._get_records_action(
            name=self.env._("Invoices to the Manufacturer")
        )

    def action_settle(self):
        """The shop bears what the manufacturer does not: the claim is over.

        :raise UserError: for everybody but a service manager, while the invoice of what
            was approved is not posted, and while nobody has said who bears the rest
        """
        self.check_access("write")
        self._check_decides()
        self._claim_row()
        for claim in self:
            claim._check_move("settled")
            if claim._is_to_invoice():
                raise UserError(
                    self.env._(
                        "%s: invoice what was approved to the manufacturer first.",
                        claim.name,
                    )
                )
            if claim.invoice_state == "draft":
                raise UserError(
                    self.env._(
                        "%s: the invoice to the manufacturer is a draft. Have it "
                        "posted first.",
                        claim.name,
                    )
                )
            for line in claim._rest_lines():
                if not line.rest_to:
                    raise UserError(
                        self.env._(
                            "%(claim)s: who bears the %(amount)s of “%(line)s” that "
                            "the manufacturer does not pay? It is internal or "
                            "goodwill; the customer has not agreed to it.",
                            claim=claim.name,
                            amount=claim.currency_id.format(line.amount_rest),
                            line=line.display_name,
                        )
                    )
        for claim in self:
            claim._bear_rest()
        return self._write_by_method(
            {"state": "settled", "date_settled": fields.Datetime.now()}
        )

    def action_view_claim_invoices(self):
        """The invoices of these claims, to whomever."""
        self.check_access("read")
        moves = self.line_ids.move_line_ids.move_id
        return moves._get_records_action(name=self.env._("Invoices"))

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _is_to_invoice(self):
        """Whether the manufacturer owes something that is on no living invoice."""
        self.ensure_one()
        return (
            self.state in ("answered", "settled")
            and not self.currency_id.is_zero(self.amount_approved)
            and not self._factory_bills()
        )

    def _rest_lines(self):
        return self.line_ids.filtered(
            lambda line: not line.currency_id.is_zero(line.amount_rest)
        )

    def _settle_when_done(self):
        """Nobody has to decide about a claim that was approved in full: it is over
        with its invoice."""
        done = self.filtered(
            lambda claim: (
                claim.state == "answered"
                and claim.invoice_state in ("posted", "paid")
                and not claim._rest_lines()
            )
        )
        done._write_by_method(
            {"state": "settled", "date_settled": fields.Datetime.now()}
        )

    def _invoice_key(self):
        """Claims with the same key stand on one invoice."""
        self.ensure_one()
        order = self.order_id
        return (
            self.company_id,
            order.partner_invoice_id,
            order.fiscal_position_id,
            order.payment_term_id,
        )

    def _factory_invoice_values(self):
        """The invoice to a manufacturer, of all these claims."""
        order = self.order_id[:1]
        lines = self.line_ids.filtered("amount_approved")
        return {
            **self._invoice_values(order.partner_invoice_id, "warranty"),
            "fiscal_position_id": order.fiscal_position_id.id,
            "invoice_payment_term_id": order.payment_term_id.id,
            "invoice_line_ids": [
                Command.create(line._invoice_line_values(line.amount_approved))
                for line in lines
            ],
        }

    def _bear_rest(self):
        """Invoices to the shop itself, of what it bears."""
        self.ensure_one()
        shop = self.company_id
        payers = {
            "internal": shop.dealer_internal_partner_id,
            "goodwill": shop.dealer_goodwill_partner_id,
        }
        # as at the settlement: who decides writes no invoices by hand
        moves = self.env["account.move"].sudo().with_company(shop)
        for bearer, lines in self._rest_lines().grouped("rest_to").items():
            payer = payers[bearer] or shop.partner_id
            moves.create(
                {
                    **self._invoice_values(payer, bearer),
                    # what was sold is not everybody's to read
                    "invoice_line_ids": [
                        Command.create(line._invoice_line_values(line.amount_rest))
                        for line in lines.sudo()
                    ],
                }
            )

    def _invoice_values(self, partner, payer):
        shop = self.company_id
        return {
            "move_type": "out_invoice",
            "company_id": shop.id,
            "currency_id": shop.currency_id.id,
            "partner_id": partner.id,
            "invoice_origin": ", ".join(self.mapped("name")),
            "dealer_payer": payer,
            "team_id": self.order_id[:1].team_id.id,
        }


class DealerWarrantyClaimLine(models.Model):
    """What of a line is invoiced, and at which price."""

    _name = "dealer.warranty.claim.line"
    _inherit = "dealer.warranty.claim.line"

    def _invoice_line_values(self, amount):
        """A line of an invoice that comes to ``amount`` without tax."""
        self.ensure_one()
        sold = self.sale_line_id
        claim = self.claim_id
        values = sold._prepare_invoice_line(quantity=self.quantity)
        return {
            **values,
            "name": f"{claim.display_name}: {self.name}",
            "price_unit": self._price_for(amount),
            "discount": 0.0,
            "extra_tax_data": False,
            "dealer_claim_line_id": self.id,
        }

    def _price_for(self, amount):
        """The price of one unit by which the line comes to ``amount`` without tax."""
        taxes = self.sale_line_id.tax_ids
        quantity = self.quantity or 1.0
        if not any(taxes.flatten_taxes_hierarchy().mapped("price_include")):
            return amount / quantity
        # large, so that rounding to the cent does not matter
        sample = 1_000_000.0
        net = taxes.compute_all(sample, currency=self.currency_id)["total_excluded"]
        return amount / quantity * sample / net
