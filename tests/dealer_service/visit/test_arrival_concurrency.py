"""Two tablets let the same car arrive at the same moment: one visit.

Two real connections to PostgreSQL, each with a transaction that commits, as two workers
of a server have them. What the test creates is committed and removed again.
"""

import threading

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service import model as service_model
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("standard", "post_install", "-at_install")
class TestArrivalConcurrency(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        with cls.registry.cursor() as cr:
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
                    "license_plate": "皖Z·CONC1",
                    "owner_id": partner.id,
                }
            )
            cls.car_id = car.id
            cls.created = [
                (record._name, record.id) for record in (car, model, brand, partner)
            ]
        cls.addClassCleanup(cls.remove_created)

    @classmethod
    def remove_created(cls):
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            visits = env["dealer.reception"].search([("vehicle_id", "=", cls.car_id)])
            # a visit that has begun is never deleted by the application
            cr.execute("DELETE FROM dealer_reception WHERE id = ANY(%s)", (visits.ids,))
            env.invalidate_all()
            for model, record_id in cls.created:
                env[model].browse(record_id).unlink()

    def arrive(self, visits, ready):
        """One request of the web client, with the retries of the server."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            # the snapshot of the transaction is taken before either has arrived
            env["fleet.vehicle"].browse(self.car_id).read(["license_plate"])
            ready.wait(timeout=20)

            def request():
                visit = env["fleet.vehicle"].browse(self.car_id)._arrive()
                return visit.id

            visits.append(service_model.retrying(request, env))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_tablets_make_one_visit(self):
        visits, ready = [], threading.Barrier(2)
        tablets = [
            threading.Thread(target=self.arrive, args=(visits, ready)) for _ in range(2)
        ]
        for tablet in tablets:
            tablet.start()
        for tablet in tablets:
            tablet.join(timeout=60)
        self.assertEqual(len(visits), 2)
        self.assertEqual(len(set(visits)), 1)
