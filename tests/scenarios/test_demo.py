"""The demo is a believable Chinese dealership: what the README promises is there."""

from odoo.addons.dealer_service.models.dealer_reception_states import STATES

from ..demo import DemoCase


class TestDemo(DemoCase):
    def test_dealership_is_staffed_and_its_customers_are_valid(self):
        env = self.env
        group = env.ref("dealer_service.group_dealer_service_user")
        advisors = env.company.dealer_advisor_ids
        self.assertEqual(len(advisors), 4)
        self.assertTrue(all(group in user.all_group_ids for user in advisors))
        for role in ("technician", "bay"):
            found = env["resource.resource"].search([("dealer_role", "=", role)])
            self.assertEqual(len(found), 8, role)
        cars = env["fleet.vehicle"].search([("is_customer_vehicle", "=", True)])
        self.assertEqual(len(cars), 60)
        self.assertEqual(len(cars.owner_id), 60)
        for car in cars:
            self.assertFalse(car.vin_warning, car.vin_sn)
            self.assertFalse(car.plate_warning, car.license_plate)
            self.assertTrue(car.owner_id.phone_key, car.owner_id.name)

    def test_visits_are_in_every_state(self):
        visits = self.env["dealer.reception"].search([])
        self.assertEqual(set(visits.mapped("state")), {state for state, _l in STATES})
        booked = visits.filtered(lambda visit: visit.state in ("booked", "prepared"))
        for visit in booked:
            self.assertGreater(visit.date_appointment, visit.date_booked)

    def test_every_role_can_log_in(self):
        for login in ("advisor1", "manager", "controller", "inspector", "tech1"):
            self.authenticate(login, login)
            page = self.make_jsonrpc_request("/web/session/get_session_info")
            self.assertEqual(page["username"], login)
