from odoo import fields, models


class DealerCustomerManner(models.Model):
    """How a customer is (性格), and how such a customer is met.

    Chosen once, read wherever somebody meets the customer: at the arrival and in a
    call. Care rules and audiences can go by it.
    """

    _name = "dealer.customer.manner"
    _description = "Manner of Customers"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char("Manner", required=True, translate=True)
    advice = fields.Char(
        "How to Meet It", translate=True, help="One sentence for whoever receives."
    )
    active = fields.Boolean(default=True)


class ResPartner(models.Model):
    """How this customer is."""

    _name = "res.partner"
    _inherit = "res.partner"

    # written about the customer, not for the customer: hidden from the portal
    manner_id = fields.Many2one(
        "dealer.customer.manner",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
        help="How this customer is: whoever receives or calls is told how to meet it.",
    )

    def _manner_words(self):
        """How to meet this customer, in one line; empty where nobody noted it."""
        manner = self.manner_id
        return ": ".join(filter(None, (manner.name, manner.advice)))
