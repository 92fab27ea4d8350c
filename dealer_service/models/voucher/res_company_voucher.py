from odoo import fields, models


class ResCompany(models.Model):
    """For how long a voucher is good."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_voucher_days = fields.Integer(
        "Vouchers Valid For (days)",
        default=365,
        required=True,
        help="From the day of issue, unless another day is chosen for the voucher.",
    )

    _dealer_voucher_days_positive = models.Constraint(
        "CHECK(dealer_voucher_days > 0)", "A voucher is valid for some days."
    )
