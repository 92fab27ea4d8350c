from odoo import api, fields, models

from ...tools import groups
from ..orders.sale_order import DEALER_PAYERS

LINE_KINDS = [
    ("labour", "Labour"),
    ("part", "Part"),
    ("sundry", "Sundry"),
]


class DealerPastLine(models.Model):
    """Work or a part of a visit of the old system. No order, no invoice, no move.

    The take-over writes it, nobody changes it: see decision 0036.
    """

    _name = "dealer.past.line"
    _description = "Line of a Past Visit"
    _inherit = ["dealer.recorded.mixin"]
    _order = "reception_id, sequence, id"
    _is_sealed = True
    _RECORDED_FIELDS = frozenset(
        {
            "amount",
            "code",
            "company_id",
            "date",
            "kind",
            "name",
            "payer",
            "price",
            "product_id",
            "quantity",
            "reception_id",
            "sequence",
            "system_id",
            "technician",
            "unit",
        }
    )

    reception_id = fields.Many2one(
        "dealer.reception",
        "Visit",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    # the take-over says both: to find them is slower than to write them
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_visit_facts",
        compute_sudo=True,
        store=True,
        precompute=True,
        readonly=False,
        index=True,
    )
    vehicle_id = fields.Many2one(related="reception_id.vehicle_id")
    # not related: of a related currency Odoo makes a record for each amount it stores
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        compute_sudo=True,
        # sums in reports ask for it
        store=True,
        precompute=True,
    )
    date = fields.Datetime(
        "Date of Handover",
        compute="_compute_visit_facts",
        compute_sudo=True,
        store=True,
        precompute=True,
        readonly=False,
        index=True,
    )
    sequence = fields.Integer(readonly=True)
    kind = fields.Selection(LINE_KINDS, required=True, readonly=True)
    code = fields.Char(
        readonly=True, help="Number of the part or of the labour, in the old system."
    )
    name = fields.Char("Description", required=True, readonly=True)
    product_id = fields.Many2one(
        "product.product",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The product with this number, if there was one at the take-over.",
    )
    system_id = fields.Many2one(
        "dealer.vehicle.system",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    quantity = fields.Float(digits="Product Unit", readonly=True)
    unit = fields.Char(readonly=True)
    price = fields.Monetary(
        "Unit Price", readonly=True, aggregator=None, groups=groups.ADVISOR
    )
    amount = fields.Monetary(
        readonly=True, groups=groups.ADVISOR, help="As it was charged, taxes included."
    )
    payer = fields.Selection(DEALER_PAYERS, required=True, readonly=True)
    technician = fields.Char(readonly=True)

    @api.depends("reception_id.company_id", "reception_id.date_delivered")
    def _compute_visit_facts(self):
        for line in self:
            line.company_id = line.reception_id.company_id
            line.date = line.reception_id.date_delivered

    @api.depends("company_id")
    def _compute_currency_id(self):
        for line in self:
            line.currency_id = line.company_id.currency_id
