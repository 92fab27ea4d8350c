from odoo import fields, models


class ResCompany(models.Model):
    """How a shop claims warranty work from its manufacturer."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_warranty_claims = fields.Boolean(
        "Warranty Claims",
        default=True,
        help="Warranty work is not invoiced at the settlement. It waits as a claim, "
        "and what the manufacturer has approved is invoiced.",
    )
    dealer_claim_days = fields.Integer(
        "Claim Within (days)",
        default=30,
        required=True,
        help="How long after the repair the manufacturer takes a claim.",
    )
    dealer_claim_labour_rate = fields.Float(
        "Labour Rate of the Manufacturer",
        help="Without tax, for one standard hour. 0: labour is claimed at the price of "
        "the order.",
    )
    dealer_claim_part_markup = fields.Float(
        "Mark-up on Warranty Parts (%)",
        help="On the cost of the part. 0: parts are claimed at the price of the order.",
    )
    dealer_health_file = fields.Boolean(
        "Electronic Health Files",
        help="A shop of the first or second class uploads each settled repair to the "
        "transport authority.",
    )
    dealer_old_part_days = fields.Integer(
        "Keep Old Parts (days)",
        default=90,
        required=True,
        help="Replaced warranty parts wait this long for the manufacturer.",
    )

    _dealer_claim_days_positive = models.Constraint(
        "CHECK(dealer_claim_days > 0 AND dealer_old_part_days >= 0)",
        "A claim is made within some days, and old parts are kept for some days.",
    )
    _dealer_claim_rates_positive = models.Constraint(
        "CHECK(dealer_claim_labour_rate >= 0 AND dealer_claim_part_markup >= 0)",
        "The labour rate and the mark-up of the manufacturer cannot be negative.",
    )
