"""Every employee may read products in Odoo, prices included. A technician may not."""

from odoo import api, models

from ...tools import groups

#: Whoever has one of these works with prices; a technician has none of them.
PRICE_GROUPS = (
    groups.ADVISOR,
    "sales_team.group_sale_salesman",
    "account.group_account_readonly",
    "account.group_account_invoice",
    "product.group_product_manager",
    "base.group_system",
)


class DealerPriceAccess(models.AbstractModel):
    """Takes the price fields of a model away from who is a technician only."""

    _name = "dealer.price.access"
    _description = "Prices Are Not for Technicians"
    _inherit = "dealer.field.access"

    _dealer_price_fields = frozenset()

    @api.model
    def _has_field_access(self, field, operation):
        return super()._has_field_access(field, operation) and (
            field.name not in self._dealer_price_fields or self._sees_prices()
        )

    @api.model
    def _sees_prices(self):
        """Whether the user may know prices. Others than technicians are not judged."""
        user = self.env.user
        return (
            self.env.su
            or not user.has_group(groups.TECHNICIAN)
            or any(user.has_group(group) for group in PRICE_GROUPS)
        )


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "dealer.price.access"]

    _dealer_price_fields = frozenset({"list_price", "standard_price", "tax_string"})


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "dealer.price.access"]

    _dealer_price_fields = frozenset(
        {"list_price", "lst_price", "standard_price", "price_extra", "tax_string"}
    )


class ProductPricelistItem(models.Model):
    _name = "product.pricelist.item"
    _inherit = ["product.pricelist.item", "dealer.price.access"]

    _dealer_price_fields = frozenset(
        {
            "fixed_price",
            "percent_price",
            "price",
            "price_discount",
            "price_markup",
            "price_max_margin",
            "price_min_margin",
            "price_surcharge",
        }
    )


class ProductSupplierinfo(models.Model):
    _name = "product.supplierinfo"
    _inherit = ["product.supplierinfo", "dealer.price.access"]

    _dealer_price_fields = frozenset({"price", "price_discounted", "discount"})


class ProductTemplateAttributeValue(models.Model):
    _name = "product.template.attribute.value"
    _inherit = ["product.template.attribute.value", "dealer.price.access"]

    _dealer_price_fields = frozenset({"price_extra"})


class ProductCombo(models.Model):
    _name = "product.combo"
    _inherit = ["product.combo", "dealer.price.access"]

    _dealer_price_fields = frozenset({"base_price"})


class ProductComboItem(models.Model):
    _name = "product.combo.item"
    _inherit = ["product.combo.item", "dealer.price.access"]

    _dealer_price_fields = frozenset({"lst_price", "extra_price"})
