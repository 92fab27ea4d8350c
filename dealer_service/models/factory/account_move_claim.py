from odoo import fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """An invoice to the manufacturer is what it has approved, and ends its claims."""

    _name = "account.move"
    _inherit = "account.move"

    def _check_may_post(self):
        """:raise UserError: for what the manufacturer has not approved"""
        # who posts invoices need not have rights on claims
        for move in self.sudo():
            if move.move_type == "out_invoice" and move.dealer_payer == "warranty":
                claims = move.invoice_line_ids.dealer_claim_line_id.claim_id
                for claim in claims:
                    move._check_approved(claim)
        return super()._check_may_post()

    def _check_approved(self, claim):
        """:raise UserError: for another amount than was approved, or another payer"""
        self.ensure_one()
        lines = self.invoice_line_ids.filtered(
            lambda line: line.dealer_claim_line_id.claim_id == claim
        )
        billed = sum(lines.mapped("price_subtotal"))
        payer = claim.order_id.partner_invoice_id.commercial_partner_id
        money = claim.currency_id
        if money.compare_amounts(billed, claim.amount_approved):
            raise UserError(
                self.env._(
                    "%(claim)s: the manufacturer has approved %(approved)s, and this "
                    "invoice says %(billed)s. Correct its lines, or delete the draft "
                    "and invoice the claim again.",
                    claim=claim.name,
                    approved=money.format(claim.amount_approved),
                    billed=money.format(billed),
                )
            )
        if self.commercial_partner_id != payer:
            raise UserError(
                self.env._(
                    "%(claim)s was approved by %(payer)s: nobody else is invoiced "
                    "for it.",
                    claim=claim.name,
                    payer=payer.display_name,
                )
            )

    def _was_posted(self):
        """What was approved in full is over once it is invoiced."""
        # who posts invoices need not have rights on claims
        claims = self.sudo().invoice_line_ids.dealer_claim_line_id.claim_id
        claims._settle_when_done()
        return super()._was_posted()


class AccountMoveLine(models.Model):
    """What a line of a claim became: the manufacturer's share, and the shop's."""

    _name = "account.move.line"
    _inherit = "account.move.line"
    _RECORDED_FIELDS = frozenset({"dealer_claim_line_id"})
    # a credit note takes it back with the rest
    _CHOSEN_FIELDS = frozenset({"dealer_claim_line_id"})

    dealer_claim_line_id = fields.Many2one(
        "dealer.warranty.claim.line",
        "Warranty Claim",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )

    def _copy_data_extend_business_fields(self, values):
        """A credit note is about the same claim; a copy of an invoice is about none."""
        result = super()._copy_data_extend_business_fields(values)
        values["dealer_claim_line_id"] = self.dealer_claim_line_id.id
        return result

    def _is_second_share(self):
        """Whether the manufacturer has paid for the same work on another invoice."""
        self.ensure_one()
        line = self.dealer_claim_line_id
        return bool(
            line and line.amount_approved and self.move_id.dealer_payer != "warranty"
        )
