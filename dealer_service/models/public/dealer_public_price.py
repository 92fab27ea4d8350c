from odoo import api, fields, models

from ..orders.product_template import DEALER_KINDS

#: A package is work and parts at one price.
KINDS = [("package", "Common Jobs"), *DEALER_KINDS]


class DealerPublicPrice(models.Model):
    """What a shop tells everybody the price of (公示价格): a package, work or a part.

    There is no second price list: the price is what an estimate of today asks for one
    of it, taxes included.
    """

    _name = "dealer.public.price"
    _description = "Published Price"
    _check_company_auto = True
    _order = "sequence, id"

    company_id = fields.Many2one(
        "res.company",
        "Shop",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        "Work or Part",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain="[('sale_ok', '=', True)]",
    )
    package_id = fields.Many2one(
        "sale.order.template",
        "Service Package",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )
    kind = fields.Selection(KINDS, compute="_compute_kind", store=True, precompute=True)
    hours = fields.Float("Standard Hours", compute="_compute_hours")
    currency_id = fields.Many2one(related="company_id.currency_id")
    price = fields.Monetary(
        "Price (tax included)",
        compute="_compute_price",
        help="What an estimate of today asks for one of it.",
    )
    rate = fields.Monetary(
        "Per Hour", compute="_compute_price", help="Of work with standard hours."
    )

    _product_uniq = models.UniqueIndex(
        "(company_id, product_id) WHERE product_id IS NOT NULL",
        "This work or part is already published.",
    )
    _package_uniq = models.UniqueIndex(
        "(company_id, package_id) WHERE package_id IS NOT NULL",
        "This package is already published.",
    )

    _check_one_thing = models.Constraint(
        "CHECK((product_id IS NULL) <> (package_id IS NULL))",
        "A published price is that of one thing: choose either a package, or work or "
        "a part.",
    )

    @api.depends("product_id.name", "package_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.package_id.name or row.product_id.name

    @api.depends("product_id.dealer_kind", "package_id")
    def _compute_kind(self):
        for row in self:
            row.kind = "package" if row.package_id else row.product_id.dealer_kind

    @api.depends("product_id.dealer_hours", "package_id.dealer_hours")
    def _compute_hours(self):
        for row in self:
            row.hours = (row.package_id or row.product_id).dealer_hours

    @api.depends("product_id", "package_id", "company_id")
    def _compute_price(self):
        prices = self._estimate_prices()
        for row in self:
            row.price = prices.get(row, 0.0)
            is_work = row.kind == "labour" and row.hours
            row.rate = row.price / row.hours if is_work else 0.0

    def _estimate_prices(self):
        """What an estimate of today asks for one of each, by row.

        The lines are those of an order that is never stored: price list, taxes and
        rounding are those of every estimate.
        """
        prices = {}
        for company in self.company_id:
            mine = self.filtered(lambda row, shop=company: row.company_id == shop)
            goods = mine.filtered("product_id")
            order = mine._blank_order(company)
            order.order_line = [
                fields.Command.create(
                    {"product_id": row.product_id.id, "product_uom_qty": 1}
                )
                for row in goods
            ]
            lines = zip(goods, order.order_line, strict=True)
            prices |= {row: line.price_total for row, line in lines}
            for row in mine.filtered("package_id"):
                order = mine._blank_order(company)
                order.sale_order_template_id = row.package_id._origin
                order._onchange_sale_order_template_id()
                prices[row] = order.amount_total
        return prices

    def _blank_order(self, company):
        # whoever looks at the shop's page has no rights on orders
        orders = self.env["sale.order"].sudo().with_company(company)
        # the shop itself stands for a customer at home of whom nothing is known
        return orders.new(
            {"company_id": company.id, "partner_id": company.partner_id.id}
        )

    def _posted(self):
        """The row as everybody reads it."""
        self.ensure_one()
        origins = dict(
            self.env["product.template"]
            ._fields["dealer_part_origin"]
            ._description_selection(self.env)
        )
        money = self.company_id._public_money
        is_part = self.kind == "part"
        return {
            "name": self.display_name,
            "hours": f"{self.hours:g}" if self.hours else "",
            "rate": money(self.rate) if self.rate else "",
            "origin": origins.get(is_part and self.product_id.dealer_part_origin, ""),
            "price": money(self.price),
        }
