"""Two colleagues press the same button of a visit at the same moment.

Two real connections to PostgreSQL, each with a transaction that commits, as two workers
of a server have them. What the test creates is committed and removed again.
"""

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("standard", "post_install", "-at_install")
class TestMoveConcurrency(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            partner = env["res.partner"].create({"name": "Concurrent Customer"})
            brand = env["fleet.vehicle.model.brand"].create({"name": "Concurrent"})
            model = env["fleet.vehicle.model"].create(
                {"name": "Tiggo", "brand_id": brand.id}
            )
            car = env["fleet.vehicle"].create(
                {
                    "is_customer_vehicle": True,
                    "model_id": model.id,
                    "license_plate": "皖Z·CONC3",
                    "owner_id": partner.id,
                }
            )
            visit = env["dealer.reception"].create(
                {"vehicle_id": car.id, "partner_id": partner.id, "state": "arrived"}
            )
            visit._write_by_method({"state": "ready"})
            self.visit_id = visit.id
            self.created = [
                (record._name, record.id) for record in (car, model, brand, partner)
            ]
        self.addCleanup(self.remove_created)

    def remove_created(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cr.execute("DELETE FROM dealer_reception WHERE id = %s", (self.visit_id,))
            env.invalidate_all()
            for model, record_id in self.created:
                env[model].browse(record_id).unlink()

    def visit(self, cr):
        """The visit in a transaction of its own, whose snapshot is taken."""
        visit = api.Environment(cr, SUPERUSER_ID, {})["dealer.reception"].browse(
            self.visit_id
        )
        visit.mapped("state")
        return visit

    def test_second_settlement_is_asked_again_and_told_that_it_is_done(self):
        with self.registry.cursor() as late:
            loser = self.visit(late)
            with self.registry.cursor() as first:
                self.visit(first).action_settle()
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.SerializationFailure),
            ):
                loser.action_settle()
                late.flush()
            late.rollback()
            # the server runs the request again
            with self.assertRaisesRegex(UserError, "Settled"):
                self.visit(late).action_settle()
            late.rollback()
