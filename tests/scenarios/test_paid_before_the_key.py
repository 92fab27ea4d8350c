"""From the deposit to the gate, a shift's takings, a customer who pays by the month.

The figures are judged by what the ledger and Odoo's payments say, in SQL: none of the
fields of the suite is asked.
"""

from odoo.addons.dealer_service.models.gate.dealer_gate_pass import PassRefused
from odoo.addons.dealer_service.models.gate.dealer_reception_release import KeyHeld

from .story import StoryCase


class TestPaidBeforeTheKey(StoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"dealer_pay_first": True, "dealer_gate_pass": True})
        journals = cls.env["account.journal"]
        cls.wechat = journals.create({"name": "微信收款", "code": "WX", "type": "bank"})
        cls.cash = journals.search(
            [("company_id", "=", cls.company.id), ("type", "=", "cash")], limit=1
        )
        cls.gate = cls.env["dealer.gate.device"].create({"name": "北门"})

    # ------------------------------------------------------------------
    # THE ORACLE
    # ------------------------------------------------------------------

    def money(self):
        """By way to pay: what came in and what went out, by Odoo's payments alone."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT journal_id,
                      SUM(CASE payment_type WHEN 'inbound' THEN amount ELSE 0 END),
                      SUM(CASE payment_type WHEN 'outbound' THEN amount ELSE 0 END)
                 FROM account_payment
                WHERE create_uid = %s AND company_id = %s
                  AND state IN ('in_process', 'paid')
                GROUP BY journal_id""",
            [self.cashier.id, self.company.id],
        )
        return {
            row[0]: (float(row[1]), float(row[2])) for row in self.env.cr.fetchall()
        }

    def owed(self, partner):
        """What the ledger says that a customer owes."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT COALESCE(SUM(line.balance), 0)
                 FROM account_move_line line
                 JOIN account_account account ON account.id = line.account_id
                WHERE account.account_type = 'asset_receivable'
                  AND line.parent_state = 'posted' AND line.partner_id = %s""",
            [partner.id],
        )
        return float(self.env.cr.fetchone()[0])

    # ------------------------------------------------------------------
    # WHAT PEOPLE DO
    # ------------------------------------------------------------------

    def way(self, journal):
        moves = self.env["account.move"].with_user(self.cashier)
        [way] = [
            way
            for way in moves.get_cashier_board()["methods"]
            if way["label"] == journal.name
        ]
        return way["id"]

    def take_deposit(self, visit, journal, amount):
        payments = self.env["account.payment"].with_user(self.cashier)
        way = self.way(journal)
        return payments.browse(payments.action_take_deposit(visit.id, way, amount))

    def take(self, visit, journal, amount=None):
        bill = visit.sudo().invoice_ids.with_user(self.cashier)
        return bill.action_take_payment(self.way(journal), amount)

    def repair(self, visit, *products):
        """From the walk-around to the settlement: all but the key."""
        self.walk_around(visit, 20_000)
        self.agree(visit, *products)
        self.authorize_visit(visit)
        self.work(visit)
        self.tick(visit)
        visit.action_finish()
        self.check_quality(visit)
        self.tick(visit)
        visit.action_ready()
        self.tick(visit)
        visit.action_open_settlement()
        visit.action_settle()

    def hand_over(self, visit):
        self.tick(visit)
        visit.action_deliver("司机代取")

    def passes(self, visit):
        return visit.sudo().gate_pass_ids.mapped("reason")

    def count_the_till(self):
        tills = self.env["dealer.cash.closing"].with_user(self.cashier)
        till = tills.browse(tills.action_count()["res_id"])
        for line in till.line_ids:
            line.counted = line.expected
        till.action_close()
        return till

    # ------------------------------------------------------------------
    # THE STORIES
    # ------------------------------------------------------------------

    def test_a_shift_with_deposit_road_test_split_payment_and_refund(self):
        # A customer pays 100 in advance by WeChat; the car is driven for a test.
        visit = self.arrive_by_plate("A1234")
        self.take_deposit(visit, self.wechat, 100.0)
        out = visit.action_send_out("road_test").sudo()
        out._let_out(self.gate)
        with self.assertRaisesRegex(PassRefused, "was used at"):
            out._let_out(self.gate)
        out._let_in(self.gate)
        self.assertEqual(out.state, "back")

        # The car is ready, 576 of 676 are still to be paid: it stays.
        self.repair(visit, self.oil, self.filter, self.pads, self.pads_labour)
        with self.assertRaisesRegex(KeyHeld, "576.00"):
            self.hand_over(visit)
        self.assertEqual(self.passes(visit), ["road_test"])
        self.assertIn("376", self.take(visit, self.cash, 200.0)["due"])
        with self.assertRaisesRegex(KeyHeld, "376.00"):
            self.hand_over(visit)
        self.assertEqual(self.take(visit, self.wechat), {"due": False})
        self.hand_over(visit)
        self.assertEqual(sorted(self.passes(visit)), ["delivered", "road_test"])
        self.assertEqual(self.owed(self.customer), 0.0)

        # Somebody else cancels, and has the deposit back.
        other = self.make_partner(name="何静")
        booking = self.make_reception(
            vehicle_id=self.make_vehicle(
                license_plate="皖B·K5555", owner_id=other.id
            ).id
        )
        deposit = self.take_deposit(booking, self.cash, 300.0)
        booking.action_cancel()
        deposit.action_return_deposit("客户取消")
        self.assertEqual(self.owed(other), 0.0)

        # The shift comes to what Odoo's payments come to, by way.
        till = self.count_the_till()
        money = self.money()
        self.assertEqual(
            money, {self.wechat.id: (476.0, 0.0), self.cash.id: (500.0, 300.0)}
        )
        rows = {
            line.sudo().journal_id.id: (line.taken, line.given)
            for line in till.line_ids
        }
        self.assertEqual(rows, money)
        self.assertEqual(till.taken, 676.0)
        self.assertEqual(till.difference, 0.0)
        # one deposit went back, the other is a part of the 676
        self.assertEqual(till.deposit, 100.0)

    def test_a_customer_by_the_month_until_the_statement(self):
        fleet = self.make_partner(name="芜湖物流有限公司", is_company=True)
        fleet.dealer_credit_limit = 300.0
        cars = self.make_vehicle(license_plate="皖B·F0001", owner_id=fleet.id)
        cars += self.make_vehicle(license_plate="皖B·F0002", owner_id=fleet.id)

        # The first car leaves on account, within the limit.
        first = self.arrive_by_plate("F0001")
        self.repair(first, self.oil, self.filter)
        self.hand_over(first)
        self.assertEqual(first.key_release, "credit")
        # The second would exceed it: it stays until that bill is paid.
        second = self.arrive_by_plate("F0002")
        self.repair(second, self.pads)
        with self.assertRaisesRegex(KeyHeld, "300.00"):
            self.hand_over(second)
        self.take(second, self.wechat)
        self.hand_over(second)
        self.assertFalse(second.key_release)

        # The month: what is owed by the ledger, car by car.
        day = self.company._dealer_today()
        statement = self.env["dealer.account.statement"].create(
            {
                "partner_id": fleet.id,
                "date_from": day.replace(day=1),
                "date_to": day,
            }
        )
        statement.action_refresh()
        self.assertEqual(self.owed(fleet), 128.0)
        self.assertEqual(statement.closing, 128.0)
        self.assertEqual(
            {line.plate for line in statement.line_ids if line.plate},
            {"皖B·F0001", "皖B·F0002"},
        )
        # Paid by transfer, nothing is owed.
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": fleet.id,
                "amount": 128.0,
                "journal_id": self.wechat.id,
            }
        )
        payment.action_post()
        lines = (payment.move_id | first.sudo().invoice_ids).line_ids
        lines.filtered(lambda line: line.account_type == "asset_receivable").reconcile()
        self.assertEqual(self.owed(fleet), 0.0)
        self.assertEqual(first.sudo().settlement_state, "paid")
        self.assertEqual(fleet.sudo().dealer_credit_used, 0.0)
