from odoo import fields, models


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
