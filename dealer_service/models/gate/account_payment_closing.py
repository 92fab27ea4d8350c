from odoo import fields, models


class AccountPayment(models.Model):
    """Which shift has counted the money."""

    _name = "account.payment"
    _inherit = "account.payment"
    _RECORDED_FIELDS = frozenset({"dealer_closing_id"})

    dealer_closing_id = fields.Many2one(
        "dealer.cash.closing",
        "Takings",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    _dealer_uncounted_idx = models.Index(
        "(create_uid, create_date) WHERE dealer_closing_id IS NULL"
    )

    def _is_deposit(self):
        """Whether it was taken, or given back, without a bill."""
        return False
