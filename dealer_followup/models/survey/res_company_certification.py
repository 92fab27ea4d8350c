from odoo import fields, models


class ResCompany(models.Model):
    """When a shop is told that a certificate runs out."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_certificate_days = fields.Integer(
        "Certificates Run Out Within (days)",
        default=60,
        help="So long before its end a certificate counts as running out.",
    )

    _check_dealer_certificate_days = models.Constraint(
        "CHECK(dealer_certificate_days >= 0)",
        "The days before the end of a certificate are not below zero.",
    )
