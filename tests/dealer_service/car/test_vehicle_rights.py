"""Who sees which cars: advisors, technicians, fleet officers, the portal."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, users

from ...common import DealerServiceCase


class TestVehicleRights(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own_car = cls.env["fleet.vehicle"].create(
            {
                "is_customer_vehicle": False,
                "model_id": cls.model.id,
                "license_plate": "皖B·00001",
            }
        )
        cls.officer = new_test_user(cls.env, "officer", "fleet.fleet_group_user")
        cls.both = new_test_user(
            cls.env,
            "both",
            "fleet.fleet_group_user,dealer_service.group_dealer_service_user",
        )

    def cars(self):
        known = self.vehicle + self.own_car
        return self.env["fleet.vehicle"].search([("id", "in", known.ids)])

    @users("advisor", "technician")
    def test_dealer_sees_customers_cars_only(self):
        self.assertEqual(self.cars(), self.vehicle)
        self.assertTrue(self.vehicle.with_env(self.env).read(["license_plate"]))
        with self.assertRaises(AccessError):
            self.own_car.with_env(self.env).read(["license_plate"])

    @users("both")
    def test_both_roles_keep_both_worlds(self):
        self.assertEqual(self.cars(), self.vehicle + self.own_car)

    @users("officer")
    def test_fleet_officer_keeps_the_own_fleet(self):
        self.assertIn(self.own_car, self.cars())

    @users("technician")
    def test_technician_reads_but_does_not_write(self):
        car = self.vehicle.with_env(self.env)
        with self.assertRaises(AccessError):
            car.write({"color": "red"})

    @users("advisor")
    def test_advisor_writes_but_does_not_delete(self):
        car = self.vehicle.with_env(self.env)
        car.write({"color": "red"})
        with self.assertRaises(AccessError):
            car.unlink()

    @users("advisor", "technician", "manager")
    def test_every_view_of_a_car_opens_without_fleet_rights(self):
        Vehicle = self.env["fleet.vehicle"]
        for view_type in ("form", "list", "kanban"):
            view = Vehicle.get_view(view_type=view_type)
            names = Vehicle.get_views([(view["id"], view_type)])["models"]
            fields_shown = names["fleet.vehicle"]["fields"]
            self.vehicle.with_env(self.env).web_read(
                {name: {} for name in fields_shown}
            )
        self.assertEqual(
            self.vehicle.with_env(self.env).get_formview_id(),
            self.env.ref("dealer_service.fleet_vehicle_view_form").id,
        )

    def test_card_of_another_shop_is_invisible_with_all_that_hangs_on_it(self):
        shop = self.env["res.company"].create({"name": "Other Shop"})
        car = self.make_vehicle(license_plate="皖B·2", company_id=shop.id)
        reading = self.env["dealer.odometer.reading"].create(
            {"vehicle_id": car.id, "value": 100}
        )
        for record in (car, reading, car.ownership_ids):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(self.advisor).read(["display_name"])
        car.company_id = False
        for record in (car, reading, car.ownership_ids):
            with self.subTest(model=record._name):
                self.assertTrue(record.with_user(self.advisor).read(["display_name"]))

    @users("manager")
    def test_car_with_visits_is_not_deleted(self):
        car = self.vehicle.with_env(self.env)
        visit = self.make_reception()
        visit.action_cancel()
        visit.active = False
        with self.assertRaisesRegex(UserError, visit.name):
            car.unlink()
        self.make_vehicle(license_plate="皖B·3").with_env(self.env).unlink()

    def test_fleet_screens_show_the_own_fleet_only(self):
        for name in (
            "fleet_vehicle_action",
            "fleet_vehicle_odometer_action",
            "fleet_vehicle_odometer_reporting_action",
            "fleet_vehicle_log_contract_action",
            "fleet_vehicle_log_services_action",
            "fleet_costs_reporting_action",
        ):
            action = self.env.ref(f"fleet.{name}")
            self.assertIn("is_customer_vehicle", action.domain, name)
        form = self.env["fleet.vehicle"].with_user(self.officer).get_view()
        self.assertNotEqual(
            form["id"], self.env.ref("dealer_service.fleet_vehicle_view_form").id
        )

    def test_nobody_writes_to_the_driver_of_a_customers_car(self):
        mail = self.env.ref("fleet.action_fleet_vehicle_send_mail")
        for user, is_offered in ((self.advisor, False), (self.officer, True)):
            actions = self.env["ir.actions.actions"].with_user(user)
            offered = actions.get_bindings("fleet.vehicle").get("action", ())
            with self.subTest(user.login):
                ids = [action["id"] for action in offered]
                self.assertEqual(mail.id in ids, is_offered)

    @users("advisor")
    def test_model_is_made_of_what_was_typed(self):
        models = self.env["fleet.vehicle.model"]
        model = models.browse(models.name_create("eQ7")[0])
        self.assertEqual((model.name, model.brand_id), ("eQ7", self.model.brand_id))
        other = models.browse(models.name_create("星途/揽月")[0])
        self.assertEqual((other.name, other.brand_id.name), ("揽月", "星途"))
        again = models.browse(models.name_create("星途 / 凌云")[0])
        self.assertEqual(again.brand_id, other.brand_id)
        for name in ("", "/", "星途/ "):
            with self.subTest(name), self.assertRaisesRegex(UserError, "brand, too"):
                models.name_create(name)

    def test_fleet_counts_and_opens_the_own_cars_of_a_model(self):
        model = self.model.with_user(self.officer)
        self.assertEqual(model.vehicle_count, 1)
        action = model.action_model_vehicle()
        cars = self.env["fleet.vehicle"].with_user(self.officer)
        domain = [*action["domain"], ("model_id", "=", model.id)]
        self.assertEqual(cars.search(domain), self.own_car)
        self.assertIs(action["context"]["default_is_customer_vehicle"], False)
        self.own_car.active = False
        model.invalidate_recordset()
        self.assertEqual(model.vehicle_count, 0)

    def test_cost_report_has_no_row_for_customers_cars(self):
        self.own_car.acquisition_date = "2026-01-01"
        self.env.flush_all()
        report = self.env["fleet.vehicle.cost.report"]
        cars = report.search([]).vehicle_id
        self.assertIn(self.own_car, cars)
        self.assertNotIn(self.vehicle, cars)


class TestPortalRights(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = cls.make_portal_user("portal_wang", cls.customer)
        cls.buyer = cls.make_partner(name="新车主", phone="13900001111")
        cls.portal_buyer = cls.make_portal_user("portal_buyer", cls.buyer)
        cls.visit = cls.make_reception(state="arrived")

    @classmethod
    def make_portal_user(cls, login, partner):
        return cls.env["res.users"].create(
            {
                "login": login,
                "partner_id": partner.id,
                "group_ids": [Command.set([cls.env.ref("base.group_portal").id])],
            }
        )

    def sees(self, user, record):
        found = record.with_user(user).search([("id", "=", record.id)])
        return bool(found)

    def test_portal_sees_own_car_and_visit(self):
        self.assertTrue(self.sees(self.portal, self.vehicle))
        self.assertTrue(self.sees(self.portal, self.visit))
        self.assertFalse(self.sees(self.portal_buyer, self.vehicle))
        self.assertFalse(self.sees(self.portal_buyer, self.visit))

    def test_portal_of_the_bringer_sees_the_car(self):
        self.vehicle.contact_id = self.buyer
        self.assertTrue(self.sees(self.portal_buyer, self.vehicle))

    def test_new_owner_never_sees_papers_of_the_former(self):
        order = self.env["sale.order"].create({"partner_id": self.customer.id})
        order.action_confirm()
        self.vehicle.owner_id = self.buyer
        self.assertTrue(self.sees(self.portal_buyer, self.vehicle))
        self.assertFalse(self.sees(self.portal_buyer, self.visit))
        car = self.vehicle.with_user(self.portal_buyer)
        for name in ("reception_ids", "reception_count"):
            with self.assertRaises(AccessError):
                car.read([name])
        self.assertFalse(self.sees(self.portal_buyer, order))
        with self.assertRaises(AccessError):
            car.read(["ownership_ids"])
        # the former owner keeps his papers, not the car
        self.assertFalse(self.sees(self.portal, self.vehicle))
        self.assertTrue(self.sees(self.portal, self.visit))

    def test_portal_does_not_read_habits(self):
        self.customer.habits = "does not like waiting"
        for name in ("habits", "manner_id"):
            with self.assertRaises(AccessError):
                self.customer.with_user(self.portal).read([name])

    def test_staff_see_the_whole_history_of_the_car(self):
        self.vehicle.owner_id = self.buyer
        car = self.vehicle.with_user(self.advisor)
        self.assertEqual(car.reception_ids, self.visit)
        self.assertEqual(car.reception_count, 1)
