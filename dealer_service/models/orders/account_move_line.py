from odoo import api, fields, models

from ...tools import groups

#: What was done for the customer, as the settlement told it, and what follows from it.
_DONE = (
    "account_id",
    "deductible_amount",
    "display_type",
    "extra_tax_data",
    "move_id",
    "name",
    "product_id",
    "product_uom_id",
    "quantity",
    "sale_line_ids",
)
#: What it costs. Accounting may still change a draft, with a reason: see ``_post``.
_PRICE = (
    "amount_currency",
    "balance",
    "credit",
    "debit",
    "discount",
    "price_unit",
    "tax_ids",
)
#: Whose debt it is, in which money, of which day, and what paid it.
_TIED = (
    "currency_id",
    "date",
    "full_reconcile_id",
    "matching_number",
    "partner_id",
    "payment_id",
    "statement_line_id",
)
#: Lines that follow from the others: what is due, and the taxes.
_DERIVED = ("payment_term", "tax", "rounding", "epd", "cogs", "discount")


class AccountMoveLine(models.Model):
    """A line of a settlement's invoice says what was settled.

    Whoever collects the money leaves nothing out and adds nothing; another price is
    accounting's, needs the reason for the difference, and none is possible once it is
    posted. A service
    manager takes the invoice back with “Correct the Settlement”.
    """

    _name = "account.move.line"
    _inherit = ["account.move.line", "dealer.recorded.mixin"]
    _RECORDED_FIELDS = frozenset({"dealer_reduction"})
    # a credit note takes it back with the rest
    _CHOSEN_FIELDS = frozenset({"dealer_reduction"})

    dealer_reduction = fields.Selection(
        [
            ("discount", "Discount"),
            ("rounding", "Rounded Off"),
            ("voucher", "Voucher"),
        ],
        "Taken Off at Settlement",
        readonly=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_as_settled()
        return lines

    def _check_direct_write(self, vals):
        tied = [name for name in _TIED if name in vals]
        for name in tied:
            # of the lines that follow from the others as well
            self._would_change(vals, name).move_id._check_as_settled()
        done = [name for name in _DONE if name in vals]
        price = [name for name in _PRICE if name in vals]
        if not self.env.su and (done or price or tied):
            lines = self.filtered("move_id.reception_id")
            # nobody explains the difference of a visit that ended early
            fixed = lines.filtered(
                lambda line: (
                    line.move_id.state != "draft"
                    # who takes the money does not say how much it is
                    or not groups.keeps_books(self.env)
                    or line.move_id.move_type == "out_refund"
                    # what was promised to the customer is not taken back
                    or line.dealer_reduction
                    # the cashier has no rights on visits
                    or line.move_id.sudo().reception_id.date_left
                )
            )
            for meant, names in ((lines, done), (fixed, price)):
                for name in names:
                    meant._would_change(vals, name)._check_as_settled()
            taken = self.filtered("move_id.origin_payment_id")
            for name in (*done, *price, *tied):
                changed = taken._would_change(vals, name)
                changed.move_id.origin_payment_id._check_stays()
        return super()._check_direct_write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settled(self):
        self._check_as_settled()

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
        lines.move_id._check_gives_back()
