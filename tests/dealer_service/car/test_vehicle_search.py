"""One box finds a car, whatever is typed, and always through an index."""

from odoo.tests import new_test_user, users
from odoo.tools import SQL

from ...common import DealerServiceCase


class TestVehicleSearch(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bringer = cls.make_partner(name="李小明", phone="+86 139 5531 9876")
        cls.vehicle.write({"vin_sn": "LVVDB11B5RD045678", "contact_id": cls.bringer.id})
        cls.other = cls.make_vehicle(
            license_plate="皖B·C5678",
            vin_sn="LVVDB11B9RD099999",
            owner_id=cls.make_partner(name="Anna Schmidt", phone="0553-3112233").id,
        )

    def find(self, text, model="fleet.vehicle"):
        found = self.env[model].name_search(text)
        return self.env[model].browse([record_id for record_id, _name in found])

    @users("advisor")
    def test_plate_is_found_in_any_spelling(self):
        for text in (
            "皖B·A1234",
            "皖BA1234",
            "皖b a1234",
            "皖Ｂ－Ａ１２３４",
            "皖BA12",
            "A1234",
            "1234",
            "a12",
        ):
            with self.subTest(text=text):
                self.assertEqual(self.find(text), self.vehicle)

    @users("advisor")
    def test_vin_and_its_last_characters(self):
        for text in ("LVVDB11B5RD045678", "lvvdb11b5rd045678", "RD045678", "045678"):
            with self.subTest(text=text):
                self.assertEqual(self.find(text), self.vehicle)

    @users("advisor")
    def test_owner_and_bringer_by_name(self):
        for text in ("王建国", "建国", "王建", "李小明", "小明"):
            with self.subTest(text=text):
                self.assertEqual(self.find(text), self.vehicle)
        for text in ("schmidt", "Anna S", "chmid"):
            with self.subTest(text=text):
                self.assertEqual(self.find(text), self.other)

    @users("advisor")
    def test_phone_in_any_form(self):
        for text in (
            "13805531234",
            "138 0553 1234",
            "+8613805531234",
            "1380553",
            "9876",
        ):
            with self.subTest(text=text):
                self.assertEqual(self.find(text), self.vehicle)
        self.assertEqual(self.find("0553 3112233"), self.other)

    @users("advisor")
    def test_what_fits_nothing_finds_nothing(self):
        for text in ("皖B·Z9999", "99990000", "赵", "不存在", "%", "___"):
            with self.subTest(text=text):
                self.assertFalse(self.find(text))

    @users("advisor")
    def test_exact_name_for_imports(self):
        found = self.env["fleet.vehicle"].name_search("皖ba1234", operator="=")
        self.assertEqual([row[0] for row in found], self.vehicle.ids)

    @users("advisor")
    def test_name_of_a_car_finds_it_as_an_export_calls_it(self):
        for text in (self.vehicle.display_name, "皖b·a1234 王建国"):
            with self.subTest(text=text):
                self.assertEqual(self.find(text), self.vehicle)
        exact = self.env["fleet.vehicle"].name_search(
            self.vehicle.display_name, operator="="
        )
        self.assertEqual([row[0] for row in exact], self.vehicle.ids)

    @users("advisor")
    def test_signs_in_the_name_of_a_company_do_not_count(self):
        self.other.owner_id.name = "安途汽车租赁（芜湖）有限公司"
        for text in ("汽车租赁(芜湖)", "租赁（芜湖）", "安途·租赁"):
            with self.subTest(text=text):
                self.assertEqual(self.find(text), self.other)
        self.assertFalse(self.find("租赁(合肥)"))

    @users("advisor")
    def test_visit_is_found_like_its_car(self):
        visit = self.make_reception().with_env(self.env)
        self.make_reception(vehicle_id=self.other.id, partner_id=self.other.owner_id.id)
        for text in (visit.name, visit.name[-5:], "皖b a1234", "建国", "13805531234"):
            with self.subTest(text=text):
                self.assertEqual(self.find(text, "dealer.reception"), visit)

    @users("advisor")
    def test_customer_is_found_by_plate_and_phone(self):
        Partner = self.env["res.partner"]
        for text in ("皖ba1234", "13805531234", "建国"):
            with self.subTest(text=text):
                found = Partner.search([("customer_search", "ilike", text)])
                self.assertIn(self.customer, found)
                self.assertNotIn(self.other.owner_id, found)

    def test_own_fleet_is_found_as_fleet_finds_it(self):
        user = new_test_user(
            self.env,
            "fleet_officer",
            "fleet.fleet_group_user,dealer_service.group_dealer_service_user",
        )
        own = self.env["fleet.vehicle"].create(
            {
                "is_customer_vehicle": False,
                "model_id": self.model.id,
                "license_plate": "皖B·00001",
            }
        )
        found = self.env["fleet.vehicle"].with_user(user).name_search("Tiggo")
        self.assertEqual([row[0] for row in found], own.ids)

    def test_every_way_is_served_by_an_index(self):
        """With sequential scans made expensive, no plan needs one."""
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        vehicles = self.env["fleet.vehicle"].with_user(self.advisor)
        for text in ("皖BA12", "A1234", "045678", "建国", "schmidt", "13805531234"):
            domain = [
                ("display_name", "ilike", text),
                ("is_customer_vehicle", "=", True),
            ]
            query = vehicles._search(domain, limit=8)
            rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
            plan = "\n".join(row[0] for row in rows)
            with self.subTest(text=text):
                self.assertNotIn("Seq Scan on fleet_vehicle", plan)
                self.assertNotIn("Seq Scan on res_partner", plan)
