"""Where a part is, as the warehouse knows it: run by test_beside_modules.py.

Needs ``sale_stock``, which the suite does not depend on.
"""

from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import new_test_user

from ..workshop.workshop_case import NINE, WorkshopCase

DAY = timedelta(days=1)
TOMORROW = NINE + DAY
LATE = "dealer_service.mail_activity_type_parts_late"
HERE = "dealer_service.mail_activity_type_parts_here"


class StockCase(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NINE))
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        ) or cls.env["stock.warehouse"].create(
            {"name": "配件库", "code": "PJ", "company_id": cls.company.id}
        )
        cls.shelf = cls.env["stock.location"].create(
            {
                "name": "A-03-2",
                "usage": "internal",
                "location_id": cls.warehouse.lot_stock_id.id,
            }
        )
        cls.part = cls.make_product("前制动片", "part", 480.0)
        cls.part.is_storable = True
        cls.cron = cls.env.ref("dealer_service.ir_cron_dealer_service_stock")
        cls.visit = cls.make_booked(TOMORROW)
        cls.need = cls.make_need(cls.visit)

    @classmethod
    def make_booked(cls, when):
        plate = f"皖B·S{when:%d%H}0"
        car = cls.make_vehicle(license_plate=plate)
        return cls.make_reception(
            date_appointment=when, vehicle_id=car.id, planned_hours=0.1
        )

    @classmethod
    def make_need(cls, visit, quantity=1):
        return cls.env["dealer.part.need"].create(
            {
                "reception_id": visit.id,
                "product_id": cls.part.id,
                "quantity": quantity,
            }
        )

    def put_in_stock(self, quantity):
        self.env["stock.quant"]._update_available_quantity(
            self.part, self.shelf, quantity
        )

    def await_part(self, quantity, when):
        """What a purchase brings: a receipt that is confirmed."""
        move = self.env["stock.move"].create(
            {
                "product_id": self.part.id,
                "product_uom_qty": quantity,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
                "picking_type_id": self.warehouse.in_type_id.id,
                "company_id": self.company.id,
                "date": when,
            }
        )
        move._action_confirm()
        move.date = when
        return move

    def receive(self, move):
        move.write({"quantity": move.product_uom_qty, "picked": True})
        move._action_done()

    def follow(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def states(self, *needs):
        return [(need.state, need.date_expected) for need in needs]


class TestPartsOfTheWarehouse(StockCase):
    def test_part_in_stock_is_here_and_its_bin_is_told(self):
        self.follow()
        self.assertEqual(self.need.state, "needed")
        self.put_in_stock(2)
        self.follow()
        self.assertEqual((self.need.state, self.need.is_from_stock), ("here", True))
        self.assertEqual(self.need.date_here, NINE)
        self.assertEqual(self.visit.parts_state, "here")
        self.need.invalidate_recordset(["place"])
        self.assertIn("A-03-2", self.need.with_user(self.advisor).place)

    def test_who_comes_first_has_the_last_one(self):
        """The sum of what the visits are told never exceeds what there is."""
        later = self.make_booked(TOMORROW + timedelta(hours=4))
        second = self.make_need(later)
        third = self.make_need(self.make_booked(TOMORROW + DAY))
        self.put_in_stock(1)
        self.await_part(1, NINE + 2 * DAY)
        self.follow()
        day = (NINE + 2 * DAY).date()
        self.assertEqual(
            self.states(self.need, second, third),
            [("here", False), ("ordered", day), ("needed", False)],
        )
        self.visit.with_user(self.advisor).action_cancel()
        self.follow()
        self.assertEqual((second + third).mapped("state"), ["here", "ordered"])

    def test_customer_whose_part_comes_too_late_is_asked_for_another_day(self):
        move = self.await_part(1, TOMORROW + DAY)
        self.follow()
        self.assertTrue(self.visit.is_parts_late)
        [task] = self.visit.activity_search([LATE])
        self.assertEqual(task.user_id, self.advisor)
        # the supplier moves the day
        move.date = NINE + timedelta(hours=4)
        self.follow()
        self.assertFalse(self.visit.is_parts_late)
        self.assertFalse(self.visit.activity_search([LATE]))

    def test_who_waits_for_the_part_is_told_once_when_it_arrives(self):
        move = self.await_part(1, NINE + timedelta(hours=4))
        self.follow()
        self.assertEqual(self.need.state, "ordered")
        self.receive(move)
        self.follow()
        self.assertEqual(self.need.state, "here")
        self.follow()
        self.assertEqual(len(self.visit.activity_search([HERE])), 1)

    def test_part_that_is_gone_is_needed_again(self):
        self.put_in_stock(1)
        self.follow()
        self.put_in_stock(-1)
        self.follow()
        self.assertEqual((self.need.state, self.need.date_here), ("needed", False))

    def test_what_a_hand_has_said_is_kept_until_the_warehouse_knows_more(self):
        self.need.with_user(self.advisor).action_here()
        self.follow()
        self.assertEqual((self.need.state, self.need.is_from_stock), ("here", False))

    def test_order_reserves_and_hands_out(self):
        self.put_in_stock(3)
        visit = self.make_reception(
            state="arrived",
            vehicle_id=self.make_vehicle(license_plate="皖B·S9999").id,
        )
        order = self.make_order(visit, self.make_product("更换"), self.part)
        order.order_line[1].product_uom_qty = 2
        order.with_user(self.advisor).action_record_consent("phone", "王建国")
        self.bring_to(visit, "authorized")
        need = self.make_need(visit, 2)
        second = self.make_need(self.make_booked(TOMORROW + timedelta(hours=2)), 2)
        order.picking_ids.action_assign()
        self.follow()
        self.assertEqual((need.state, need.quantity_reserved), ("here", 2))
        self.assertEqual(
            (self.need.state, second.state), ("here", "needed"), "one is left"
        )
        picking = order.picking_ids
        picking.move_ids.write({"quantity": 2, "picked": True})
        picking._action_done()
        self.follow()
        self.assertEqual((need.state, need.quantity_reserved), ("laid_out", 0))
        self.assertTrue(need.date_laid_out)

    def test_parts_are_looked_for_as_soon_as_they_are_listed(self):
        self.put_in_stock(5)
        order = self.make_order(
            self.make_reception(
                state="arrived",
                vehicle_id=self.make_vehicle(license_plate="皖B·S8888").id,
            ),
            self.part,
        )
        visit = order.reception_id.with_user(self.advisor)
        visit.action_list_parts()
        self.assertEqual(visit.part_ids.state, "here")

    def test_advisor_needs_no_right_on_the_warehouse(self):
        self.put_in_stock(1)
        advisor = new_test_user(
            self.env,
            login="parts-advisor",
            groups="dealer_service.group_dealer_service_user",
            company_id=self.company.id,
        )
        needs = self.env["dealer.part.need"].with_user(advisor)
        needs.action_from_stock()
        self.assertEqual(self.need.state, "here")
        view = self.env.ref("dealer_service.dealer_part_need_view_list")
        arch = needs.get_view(view.id, "list")["arch"]
        self.assertIn("action_from_stock", arch)
        self.assertIn('name="place"', arch)
        pick = self.env["dealer.pick.list"].with_user(advisor).create({})
        [visit] = pick._paper_visits()
        self.assertIn("A-03-2", visit["parts"][0]["place"])

    def test_another_shop_sees_nothing_of_this_warehouse(self):
        shop = self.env["res.company"].create({"name": "Another Shop"})
        self.put_in_stock(1)
        here = self.need._stock_locations(shop)
        self.assertEqual(self.need._stock_arrivals(here, shop), {})
        self.assertNotEqual(here, self.need._stock_locations(self.company))
