"""Two cashiers, two guards, a shift that is closed while money comes in.

Real connections to PostgreSQL, each with a transaction that commits, as two workers of
a server have them. What the test creates is committed and removed again.
"""

import threading
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.service import model as service_model
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

MARK = "Concurrent Gate"
PRICE = 100.0


@tagged("standard", "post_install", "-at_install")
class TestGateConcurrency(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.remove_created)
        with self.connection() as env:
            partner = env["res.partner"].create({"name": MARK})
            brand = env["fleet.vehicle.model.brand"].create({"name": MARK})
            model = env["fleet.vehicle.model"].create(
                {"name": MARK, "brand_id": brand.id}
            )
            car = env["fleet.vehicle"].create(
                {
                    "is_customer_vehicle": True,
                    "model_id": model.id,
                    "license_plate": "皖Z·CONC7",
                    "owner_id": partner.id,
                }
            )
            visit = env["dealer.reception"].create(
                {"vehicle_id": car.id, "state": "arrived"}
            )
            gates = env["dealer.gate.device"].create(
                [{"name": f"{MARK} {number}"} for number in range(2)]
            )
            gate_pass = visit.action_send_out("road_test")
            bill = env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": partner.id,
                    "reception_id": visit.id,
                    "dealer_payer": "customer",
                    "invoice_line_ids": [
                        Command.create(
                            {"name": MARK, "price_unit": PRICE, "tax_ids": False}
                        )
                    ],
                }
            )
            self.partner_id, self.bill_id = partner.id, bill.id
            self.gate_ids, self.pass_id = gates.ids, gate_pass.id
            self.way = env["account.move"].get_cashier_board()["methods"][0]["id"]
            # what others have taken before is none of this shift
            tills = env["dealer.cash.closing"]
            closing = tills.browse(tills.action_count()["res_id"])
            self.count(closing)
            closing.action_close()
            self.closing_id = closing.id

    def remove_created(self):
        with self.connection() as env:
            mine = [("partner_id.name", "=", MARK)]
            env["account.payment.register"].search(mine).unlink()
            payments = env["account.payment"].search(mine)
            payments.action_draft()
            payments.unlink()
            bills = env["account.move"].search(mine)
            bills.filtered(lambda bill: bill.state != "draft").button_draft()
            bills.with_context(force_delete=True).unlink()
            closings = env["dealer.cash.closing"].search(
                [("id", ">=", self.closing_id), ("user_id", "=", SUPERUSER_ID)]
            )
            env["account.payment"].search(
                [("dealer_closing_id", "in", closings.ids)]
            )._write_by_method({"dealer_closing_id": False})
            closings.unlink()
            env["dealer.gate.pass"].search(
                [("reception_id.partner_id.name", "=", MARK)]
            ).unlink()
            env["dealer.gate.device"].search([("name", "=like", f"{MARK}%")]).unlink()
            visits = env["dealer.reception"].search(mine)
            # a visit that has begun is never deleted by the application
            env.cr.execute(
                "DELETE FROM dealer_reception WHERE id = ANY(%s)", (visits.ids,)
            )
            env.invalidate_all()
            env["fleet.vehicle"].search([("model_id.name", "=", MARK)]).unlink()
            env["fleet.vehicle.model"].search([("name", "=", MARK)]).unlink()
            env["fleet.vehicle.model.brand"].search([("name", "=", MARK)]).unlink()
            env["res.partner"].search([("name", "=", MARK)]).unlink()

    @contextmanager
    def connection(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    @staticmethod
    def count(closing):
        for line in closing.line_ids:
            line.counted = line.expected

    def together(self, *jobs):
        """Each job as a request of its own, with the retries of the server."""
        ready, results = threading.Barrier(len(jobs)), [None] * len(jobs)

        def run(number, job):
            try:
                with self.connection() as env:
                    # the snapshot is taken before anybody has done anything
                    env["res.partner"].browse(self.partner_id).read(["name"])
                    ready.wait(timeout=20)
                    results[number] = service_model.retrying(lambda: job(env), env)
            except UserError as error:
                results[number] = error

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return results

    def take(self, env, amount=None):
        return (
            env["account.move"]
            .browse(self.bill_id)
            .action_take_payment(self.way, amount)
        )

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_cashiers_take_the_money_once(self):
        results = self.together(self.take, self.take)
        refused = [result for result in results if isinstance(result, UserError)]
        self.assertEqual(len(refused), 1, results)
        self.assertIn("taken the money already", str(refused[0]))
        with self.connection() as env:
            payments = env["account.payment"].search([("partner_id.name", "=", MARK)])
            self.assertEqual(payments.mapped("amount"), [PRICE])
            self.assertEqual(
                env["account.move"].browse(self.bill_id).amount_residual, 0.0
            )

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_desks_give_a_deposit_back_once(self):
        with self.connection() as env:
            visit = env["dealer.reception"].create({"partner_id": self.partner_id})
            payments = env["account.payment"]
            deposit_id = payments.action_take_deposit(visit.id, self.way, PRICE)

        def give_back(env):
            return env["account.payment"].browse(deposit_id).action_return_deposit(MARK)

        results = self.together(give_back, give_back)
        refused = [result for result in results if isinstance(result, UserError)]
        self.assertEqual(len(refused), 1, results)
        self.assertIn("Nothing is left", str(refused[0]))
        with self.connection() as env:
            payments = env["account.payment"].search([("partner_id.name", "=", MARK)])
            self.assertEqual(
                payments.sorted("id").mapped("payment_type"), ["inbound", "outbound"]
            )

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_gates_let_a_car_out_once(self):
        def let_out(gate_id):
            def job(env):
                gate = env["dealer.gate.device"].browse(gate_id)
                env["dealer.gate.pass"].browse(self.pass_id)._let_out(gate)
                return gate_id

            return job

        results = self.together(*map(let_out, self.gate_ids))
        refused = [result for result in results if isinstance(result, UserError)]
        self.assertEqual(len(refused), 1, results)
        [gate_id] = [result for result in results if result in self.gate_ids]
        with self.connection() as env:
            gate_pass = env["dealer.gate.pass"].browse(self.pass_id)
            self.assertEqual(gate_pass.state, "out")
            self.assertEqual(gate_pass.device_out_id.id, gate_id)

    def open_till(self, env):
        tills = env["dealer.cash.closing"]
        return tills.browse(tills.action_count()["res_id"])

    def test_money_that_comes_while_a_shift_is_closed_is_in_the_next_one(self):
        with self.connection() as env:
            self.take(env, 40.0)
        with self.connection() as env:
            closing = self.open_till(env)
            self.count(closing)
            closing_id = closing.id
        with self.connection() as late:
            # taken, and not committed yet
            self.take(late, 25.0)
            late.flush_all()
            with self.connection() as env:
                closing = env["dealer.cash.closing"].browse(closing_id)
                self.assertEqual(closing.taken, 40.0)
                closing.action_close()
        with self.connection() as env:
            closed = env["dealer.cash.closing"].browse(closing_id)
            self.assertEqual(closed.payment_ids.mapped("amount"), [40.0])
            following = self.open_till(env)
            self.assertEqual(following.taken, 25.0)

    def test_money_that_has_come_since_the_count_is_counted_first(self):
        with self.connection() as env:
            closing = self.open_till(env)
            self.count(closing)
            closing_id = closing.id
        with self.connection() as env:
            self.take(env, 25.0)
        with self.connection() as env:
            closing = env["dealer.cash.closing"].browse(closing_id)
            with self.assertRaisesRegex(UserError, "come in since"):
                closing.action_close()

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_shift_is_closed_once_by_whoever_presses_twice(self):
        with self.connection() as env:
            self.take(env, 40.0)
        with self.connection() as env:
            closing = self.open_till(env)
            self.count(closing)
            closing_id = closing.id

        def close(env):
            return env["dealer.cash.closing"].browse(closing_id).action_close()

        results = self.together(close, close)
        self.assertEqual(results.count(True), 1, results)
        self.assertEqual(sum(isinstance(r, UserError) for r in results), 1)
