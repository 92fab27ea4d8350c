"""A discount on the total goes with the whole; and it is no work."""

from odoo.fields import Command
from odoo.tests import users

from odoo.addons.dealer_service.models.orders.sale_order_consent import ConsentRefused

from .test_consent import ConsentCase


class TestDiscount(ConsentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.discount(cls.order)
        cls.labour_line, cls.part_line, cls.discount_line = cls.order.order_line

    @classmethod
    def discount(cls, order, amount=100.0):
        """A fixed amount off, by the dialog of Odoo."""
        cls.env["sale.order.discount"].create(
            {
                "sale_order_id": order.id,
                "discount_type": "amount",
                "discount_amount": amount,
            }
        ).action_apply_discount()

    @users("advisor")
    def test_discount_is_not_agreed_to_without_what_it_was_given_on(self):
        for declined in (
            self.part_line,
            self.discount_line,
            self.labour_line + self.discount_line,
        ):
            with self.subTest(declined.mapped("name")):
                with self.assertRaisesRegex(ConsentRefused, "discount on the total"):
                    self.agree(declined=dict.fromkeys(declined.ids))
        self.agree()
        self.assertEqual(self.order.consent_amount, 680.0)

    @users("advisor")
    def test_who_wants_nothing_gets_no_discount_either(self):
        self.agree(declined=dict.fromkeys((self.labour_line + self.part_line).ids))
        self.assertEqual(self.order.state, "cancel")
        self.assertEqual(self.order.amount_total, 0.0)

    @users("advisor")
    def test_discount_is_not_offered_again_as_declined_work(self):
        self.agree(declined=dict.fromkeys(self.order.order_line.ids))
        works = self.env["dealer.declined.work"].search([])
        self.assertEqual(
            sorted(works.mapped("name")), sorted(["更换前制动片 工时", "前制动片"])
        )

    @users("advisor")
    def test_reduction_offered_by_itself_may_be_agreed_to(self):
        line = {"product_id": self.part.id, "price_unit": -50.0}
        order = self.make_order(
            self.reception, order_line=[Command.create(line)]
        ).with_env(self.env)
        self.agree(order)
        self.assertEqual(order.consent_amount, -50.0)

    @users("advisor")
    def test_nobody_has_to_carry_out_a_discount(self):
        self.assertEqual(self.discount_line.dealer_kind, "fee")
        by_hand = {"product_id": self.labour.id, "price_unit": -20.0}
        self.order.order_line = [Command.create(by_hand)]
        self.bring_to(self.reception, "authorized")
        self.assertEqual(
            self.reception.job_ids.sale_line_id, self.labour_line, "a job for it"
        )


class TestNothingOffered(ConsentCase):
    """An optional line has no quantity until somebody wants it."""

    @users("advisor")
    def test_line_without_quantity_is_neither_decided_nor_work(self):
        line = self.order.order_line[0]
        self.order.order_line = [
            Command.create(
                {
                    "display_type": "line_section",
                    "name": "Optional",
                    "is_optional": True,
                    "sequence": 50,
                }
            ),
            Command.create(
                {
                    "product_id": self.labour.id,
                    "product_uom_qty": 0.0,
                    "sequence": 51,
                }
            ),
        ]
        self.bring_to(self.reception, "authorized")
        self.assertEqual(self.order.order_line[-1].dealer_decision, "pending")
        self.assertEqual(self.reception.job_ids.sale_line_id, line)
        self.assertEqual(len(self.reception._settlement_rows()), 2)
