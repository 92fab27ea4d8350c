"""The customer pays, signs for the car and gets the key; cashier and advisor."""

from odoo.tests import new_test_user, tagged

from ...common import DealerServiceCase
from .walk_case import DESK, TABLET, WalkCase


@tagged("post_install", "-at_install")
class TestDelivery(WalkCase, DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.bring_to(cls.make_reception(state="arrived"), "settled")
        cls.tick(cls.visit)
        till = new_test_user(
            cls.env, login="till", groups="account.group_account_invoice"
        )
        till.write({"lang": "zh_CN", "tour_enabled": False})

    def test_from_the_counter_to_the_key(self):
        people = (
            ("/odoo", "till", DESK),
            (f"/odoo/visits/{self.visit.id}", "advisor", TABLET),
        )
        with self.walk(*people) as (cashier, advisor):
            with cashier.job("Take the payment"):
                cashier.press(".o_cashier_car", "A1234")
                cashier.press(".o_cashier_method")
                cashier.press(".o_cashier_take", "200.00")
            cashier.sees("A1234", inside=".o_cashier_taken")
            with advisor.job("Hand over the key, signed for and rated"):
                advisor.press("button[name=action_open_delivery]")
                advisor.draw(".modal .o_dealer_drawn_signature canvas")
                advisor.press(".modal button[name=action_deliver]")
                advisor.press(".modal button[name=action_smile_good]")
            advisor.is_rid_of(".modal")
            advisor.is_at("delivered")
        self.visit.invalidate_recordset()
        self.assertEqual(self.visit.settlement_state, "paid")
        self.assertTrue(self.visit.is_delivery_signed)
        self.assertEqual(self.visit.smile, "5")
