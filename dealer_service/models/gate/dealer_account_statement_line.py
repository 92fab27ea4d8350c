from odoo import api, fields, models


class DealerAccountStatementLine(models.Model):
    """One entry of a statement, in the words it was printed with."""

    _name = "dealer.account.statement.line"
    _description = "Line of a Statement"
    _inherit = "dealer.recorded.mixin"
    _order = "statement_id desc, sequence, id"
    _RECORDED_FIELDS = frozenset(
        {
            "amount",
            "balance",
            "date",
            "kind",
            "name",
            "plate",
            "reference",
            "sequence",
            "statement_id",
            "visit",
        }
    )

    statement_id = fields.Many2one(
        "dealer.account.statement",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="statement_id.company_id", store=True, precompute=True, index=True
    )
    partner_id = fields.Many2one(
        related="statement_id.partner_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer()
    date = fields.Date(required=True)
    kind = fields.Selection(
        [
            ("bill", "Invoice"),
            ("credit", "Credit Note"),
            ("payment", "Payment"),
            ("refund", "Paid Back"),
            ("late", "Entered or Corrected Since the Last Statement"),
            ("other", "Other Entry"),
        ],
        "What",
        required=True,
    )
    name = fields.Char("Number")
    plate = fields.Char()
    visit = fields.Char()
    reference = fields.Char(help="Tax invoice, or number on the slip.")
    amount = fields.Monetary(help="Above zero: owed. Below: paid or credited.")
    balance = fields.Monetary("Owed After It", aggregator=None)

    def _drop(self):
        """Replaced while nobody has it in hand."""
        # see the statement
        self.sudo().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open(self):
        self.statement_id._check_open()
