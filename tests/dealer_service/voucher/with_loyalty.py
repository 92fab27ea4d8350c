"""A voucher is a gift card of Odoo as well: run by test_beside_modules.py on a database
of its own.

Needs ``loyalty``, which the suite does not depend on.
"""

from odoo.exceptions import UserError
from odoo.tests import users

from .voucher_case import VoucherCase


class TestGiftCards(VoucherCase):
    def setUp(self):
        super().setUp()
        # the one that comes with Odoo
        self.env["loyalty.program"].search([]).active = False
        self.program = self.env["loyalty.program"].create(
            {
                "name": "代金券",
                "program_type": "gift_card",
                "company_id": self.company.id,
            }
        )

    def ready(self, *orders):
        """The warehouse is beside us as well: it hands out what was agreed to."""
        visit = super().ready(*orders)
        moves = self.reception.sudo().order_ids.picking_ids.move_ids
        for move in moves:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        moves.picking_id._action_done()
        return visit

    def card(self, voucher):
        return self.env["loyalty.card"].browse(voucher.card_ref)

    @users("manager")
    def test_amount_is_a_card_of_the_program_of_the_shop(self):
        voucher = self.make_voucher()
        card = self.card(voucher).sudo()
        self.assertEqual(voucher.card_model, "loyalty.card")
        self.assertEqual(
            (card.program_id, card.partner_id, card.points, card.expiration_date),
            (self.program, self.customer, 100.0, voucher.date_until),
        )
        # its code is on the paper
        self.assertEqual(voucher._paper_code(), card.code)
        service = self.make_voucher(kind="service", product_id=self.labour.id)
        self.assertFalse(service.card_ref)

    @users("advisor")
    def test_settlement_takes_all_of_the_card_and_gives_it_back(self):
        voucher = self.make_voucher(amount=1000.0)
        card = self.card(voucher).sudo()
        self.settle_with(voucher)
        self.assertEqual((voucher.redeemed_amount, card.points), (780.0, 0.0))
        self.assertEqual(card.history_ids[0].used, 1000.0)
        visit = self.reception.with_user(self.manager)
        visit.action_correct_settlement("工时录错")
        self.assertEqual((voucher.state, card.points), ("issued", 1000.0))
        visit.action_invoice_again()
        self.assertEqual((voucher.state, card.points), ("redeemed", 0.0))

    @users("advisor")
    def test_what_another_counter_has_taken_is_gone(self):
        voucher = self.make_voucher()
        card = self.card(voucher).sudo()
        card.points = 30.0
        self.assertEqual(self.settle_with(voucher).amount_total, 750.0)
        used = self.make_voucher()
        self.card(used).sudo().points = 0.0
        other = self.bring_to(self.make_reception(state="arrived"), "ready")
        self.tick(other)
        with self.assertRaisesRegex(UserError, "takes nothing off"):
            other.with_env(self.env)._redeem(used.with_env(self.env))

    @users("manager")
    def test_withdrawn_voucher_leaves_nothing_on_the_card(self):
        voucher = self.make_voucher()
        voucher.with_env(self.env).action_withdraw("金额录错")
        self.assertEqual(self.card(voucher).sudo().points, 0.0)

    @users("manager")
    def test_deleted_card_and_no_program_are_no_error(self):
        voucher = self.make_voucher()
        self.card(voucher).sudo().unlink()
        self.assertEqual(voucher._amount_left(), 100.0)
        self.env["loyalty.program"].sudo().search([]).active = False
        self.assertFalse(self.make_voucher().card_ref)
