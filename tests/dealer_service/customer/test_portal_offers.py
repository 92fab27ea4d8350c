"""A customer who signs in reads the offers made to him: no drafts, no notes."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ...common import DealerServiceCase


@tagged("standard", "post_install", "-at_install")
class TestPortalOffers(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_reception(state="arrived")
        cls.owner = new_test_user(cls.env, "owner", "base.group_portal")
        cls.owner.partner_id = cls.customer
        cls.owner.company_ids, cls.owner.company_id = cls.company, cls.company
        cls.bring_to(cls.visit, "authorized")
        cls.agreed = cls.visit.order_ids
        cls.draft, cls.shared, cls.declined, cls.withdrawn = (
            cls.make_order(
                cls.visit,
                cls.make_product(name, "labour", 100.0),
                dealer_reason=f"found: {name}",
                dealer_urgency="safety",
            )
            for name in ("制动液", "雨刮片", "四轮定位", "空调滤芯")
        )
        cls.shared.action_share_link()
        desk = cls.declined.with_user(cls.advisor)
        lines = {line.id: "price" for line in desk.order_line}
        desk.action_record_consent("phone", "王建国", declined=lines)
        cls.withdrawn.action_cancel()

    def test_drafts_are_not_the_customers_to_read(self):
        mine = self.env["sale.order"].with_user(self.owner)
        found = mine.search([("reception_id", "=", self.visit.id)])
        self.assertEqual(set(found), set(self.agreed + self.shared + self.declined))
        lines = mine.env["sale.order.line"].search([("order_id", "!=", False)])
        self.assertEqual(set(lines.order_id & self.visit.order_ids), set(found))
        for hidden in (self.draft, self.withdrawn):
            for record in (hidden, hidden.order_line):
                with self.subTest(record), self.assertRaises(AccessError):
                    record.with_user(self.owner).read(["name"])

    def test_words_and_grading_of_the_shop_are_not_the_customers_to_read(self):
        shared = self.shared.with_user(self.owner)
        self.assertTrue(shared.amount_total)
        for name in ("dealer_reason", "dealer_urgency"):
            with self.subTest(name):
                self.assertNotIn(name, shared.fields_get())
                with self.assertRaises(AccessError):
                    shared.read([name])
                with self.assertRaises(AccessError):
                    shared.search([(name, "!=", False)])
                self.assertTrue(self.shared.with_user(self.advisor)[name])

    def test_sales_without_a_visit_are_read_as_ever(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create({"name": "x", "display_type": "line_note"})
                ],
            }
        )
        self.assertTrue(order.with_user(self.owner).read(["name"]))
        self.assertTrue(order.order_line.with_user(self.owner).read(["name"]))
