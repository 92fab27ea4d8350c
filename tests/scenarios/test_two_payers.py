"""The manufacturer pays one part of the visit, the customer the other."""

from .story import StoryCase


class TestTwoPayers(StoryCase):
    def test_warranty_and_customer_get_an_invoice_each(self):
        factory = self.make_partner(name="奇瑞汽车股份有限公司")
        self.company.dealer_warranty_partner_id = factory
        visit = self.arrive_by_plate("A1234")
        self.walk_around(visit, 20_000, "空调不制冷，顺便做保养。")

        # One order for each payer, both agreed to by the customer.
        own = self.agree(visit, self.oil, self.filter)
        warranty = self.agree(visit, self.pads_labour, dealer_payer="warranty")
        self.assertEqual(warranty.partner_invoice_id, factory)
        self.authorize_visit(visit)
        self.work(visit)
        self.finish(visit)

        invoices = visit.invoice_ids
        self.assertEqual(len(invoices), 2)
        by_payer = {invoice.partner_id: invoice.amount_total for invoice in invoices}
        self.assertEqual(by_payer, {self.customer: 128.0, factory: 180.0})
        self.assertEqual(own.invoice_ids | warranty.invoice_ids, invoices)
        self.assertEqual(visit.settled_total, 308.0)
