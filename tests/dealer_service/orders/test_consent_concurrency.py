"""A line comes to the offer at the moment in which the customer decides about it.

Two real connections to PostgreSQL, each with a transaction that commits, as two workers
of a server have them. What the test creates is committed and removed again.
"""

from contextlib import contextmanager

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from odoo.addons.dealer_service.models.orders.sale_order_consent import ConsentRefused


@tagged("standard", "post_install", "-at_install")
class TestConsentConcurrency(BaseCase):
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
                    "license_plate": "皖Z·CONC2",
                    "owner_id": partner.id,
                }
            )
            work = env["product.product"].create(
                {"name": "Work", "type": "service", "list_price": 100, "taxes_id": []}
            )
            visit = env["dealer.reception"].create(
                {"vehicle_id": car.id, "partner_id": partner.id, "state": "arrived"}
            )
            order = env["sale.order"].create(
                {
                    "reception_id": visit.id,
                    "order_line": [Command.create({"product_id": work.id})],
                }
            )
            self.order_id, self.work_id, self.visit_id = order.id, work.id, visit.id
            self.created = [
                (record._name, record.id) for record in (car, model, brand, partner)
            ]
        self.addCleanup(self.remove_created)

    def remove_created(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            # what was put to a customer is never deleted by the application
            cr.execute("DELETE FROM sale_order WHERE id = %s", (self.order_id,))
            cr.execute("DELETE FROM dealer_reception WHERE id = %s", (self.visit_id,))
            env.invalidate_all()
            env["product.product"].browse(self.work_id).product_tmpl_id.unlink()
            for model, record_id in self.created:
                env[model].browse(record_id).unlink()

    @contextmanager
    def request(self):
        """The order in a transaction of its own, whose snapshot is taken."""
        with self.registry.cursor() as cr:
            order = api.Environment(cr, SUPERUSER_ID, {})["sale.order"].browse(
                self.order_id
            )
            order.order_line.mapped("name")
            yield order

    def add_free_line(self, order):
        order.write(
            {
                "order_line": [
                    Command.create({"product_id": self.work_id, "price_unit": 0.0})
                ]
            }
        )
        order.env.flush_all()

    def decide(self, order):
        order.action_record_consent("in_person", "王建国")
        order.env.flush_all()

    def assertConsentIsWhole(self):  # noqa: N802
        """The consent covers every line there is, or there is none."""
        with self.request() as order:
            if order.consent_date:
                self.assertTrue(order._is_consent_valid())
                self.assertEqual(
                    set(order.order_line.mapped("dealer_decision")), {"approved"}
                )

    def test_line_committed_since_the_decider_looked_makes_him_look_again(self):
        with self.request() as decider:
            with self.request() as writer:
                self.add_free_line(writer)
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.SerializationFailure),
            ):
                self.decide(decider)
            decider.env.cr.rollback()
        with self.request() as decider:
            self.decide(decider)
        self.assertConsentIsWhole()

    def test_line_that_is_being_added_refuses_the_decision(self):
        with self.request() as decider, self.request() as writer:
            self.add_free_line(writer)
            with self.assertRaises(ConsentRefused):
                self.decide(decider)
            decider.env.cr.rollback()
        self.assertConsentIsWhole()

    def test_line_added_since_the_decision_finds_the_consent(self):
        with self.request() as writer:
            with self.request() as decider:
                self.decide(decider)
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.SerializationFailure),
            ):
                self.add_free_line(writer)
            writer.env.cr.rollback()
        with self.request() as writer:
            with self.assertRaises(UserError):
                self.add_free_line(writer)
            writer.env.cr.rollback()
        self.assertConsentIsWhole()

    def test_note_changed_or_deleted_meanwhile_makes_the_decider_look_again(self):
        with self.request() as writer:
            writer.order_line = [
                Command.create({"display_type": "line_note", "name": "Terms"})
            ]
        for change in (
            lambda line: line.write({"name": "Other terms"}),
            lambda line: line.unlink(),
        ):
            with self.request() as decider:
                with self.request() as writer:
                    change(writer.order_line.filtered("display_type"))
                with (
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(psycopg2.errors.SerializationFailure),
                ):
                    self.decide(decider)
                decider.env.cr.rollback()
