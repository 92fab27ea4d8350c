"""Units on papers and pages are those of the trade."""

from ...common import DealerServiceCase


class TestUnits(DealerServiceCase):
    def unit(self, kind, **values):
        """The unit of a line with a product of a kind, in Chinese."""
        visit = self.make_reception(state="arrived", odometer=1000)
        product = self.make_product("Thing", kind, 100.0, **values)
        order = self.make_order(visit, product)
        line = order.order_line.with_context(lang="zh_CN")
        self.assertEqual(line._paper_row()["unit"], line._unit_label())
        return line._unit_label()

    def test_what_odoo_counts_in_units(self):
        self.assertEqual(self.unit("part"), "件")
        self.assertEqual(self.unit("labour"), "项")
        self.assertEqual(self.unit("fee"), "项")

    def test_labour_sold_by_the_hour(self):
        hour = self.env.ref("uom.product_uom_hour").id
        self.assertEqual(self.unit("labour", uom_id=hour), "工时")

    def test_other_units_keep_their_name(self):
        litre = self.env.ref("uom.product_uom_litre")
        name = litre.with_context(lang="zh_CN").name
        self.assertEqual(self.unit("part", uom_id=litre.id), name)
