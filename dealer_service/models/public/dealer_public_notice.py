from odoo import fields, models
from odoo.fields import Domain


class DealerPublicNotice(models.Model):
    """What a shop tells everybody besides its prices: how to complain, what the law
    gives to customers, and who outside listens to them."""

    _name = "dealer.public.notice"
    _description = "Public Notice"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char("Title", required=True, translate=True)
    kind = fields.Selection(
        [
            ("complaint", "How to Complain"),
            ("parts", "Kinds of Parts"),
            ("rights", "Rights of Customers"),
            ("outside", "Hotlines Outside"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    text = fields.Text(translate=True)
    phone = fields.Char("Telephone")
    source = fields.Char(
        translate=True, help="The rule or the office behind it, with its year."
    )
    date_from = fields.Date("Shown From")
    date_to = fields.Date("Shown Until", help="The last day on which it is shown.")
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self._default_group_company_id(),
        help="Empty: for every shop of the group.",
    )
    active = fields.Boolean(default=True)

    _check_days = models.Constraint(
        "CHECK(date_from <= date_to)", "A notice cannot end before it begins."
    )

    def _shown(self, company, day):
        """The notices that a shop shows on a day."""
        return self.search(
            Domain("company_id", "in", [False, company.id])
            & (Domain("date_from", "=", False) | Domain("date_from", "<=", day))
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
        )
