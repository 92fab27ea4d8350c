"""Two counters redeem the same voucher: one of them does.

Two real connections to PostgreSQL, each with a transaction that commits, as two workers
of a server have them. What the test creates is committed and removed again.
"""

from contextlib import contextmanager

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("standard", "post_install", "-at_install")
class TestVoucherConcurrency(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            partner = env["res.partner"].create({"name": "Concurrent Customer"})
            voucher = env["dealer.voucher"].create(
                {"partner_id": partner.id, "amount": 50.0, "reason": "concurrent"}
            )
            self.voucher_id, self.partner_id = voucher.id, partner.id
        self.addCleanup(self.remove_created)

    def remove_created(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["dealer.voucher"].browse(self.voucher_id).unlink()
            env["res.partner"].browse(self.partner_id).unlink()

    @contextmanager
    def counter(self):
        """The voucher in a transaction of its own, whose snapshot is taken."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            voucher = env["dealer.voucher"].browse(self.voucher_id)
            self.assertEqual(voucher.state, "issued")
            yield voucher

    def test_the_second_looks_again_and_finds_it_redeemed(self):
        with self.counter() as late:
            with self.counter() as early:
                early._claim()
                early._write_by_method({"state": "redeemed"})
                early.env.flush_all()
            # Odoo runs the request again for this error
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.SerializationFailure),
            ):
                late._claim()
            late.env.cr.rollback()
            late.env.invalidate_all()
            late._claim()
            self.assertEqual(late.state, "redeemed")
