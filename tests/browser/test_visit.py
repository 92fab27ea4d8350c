"""A visit through the real screens, by an advisor who has no right on Fleet."""

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..dealer_service.workshop.workshop_case import WorkshopCase


@tagged("standard", "post_install", "-at_install")
class TestVisit(WorkshopCase, HttpCase):
    """Everybody in Chinese, on the own device."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inspector = cls.make_user("inspector", "technician")
        users = cls.advisor | cls.technician | cls.colleague_user | cls.inspector
        users.write({"lang": "zh_CN", "tour_enabled": False})
        cls.mechanic.name, cls.colleague.name = "李师傅", "王师傅"
        cls.open_around_the_clock()
        labour = cls.make_product("小保养工时", price=160.0, dealer_hours=0.8)
        oil = cls.make_product("机油 4L", "part", 298.0)
        cls.package = cls.env["sale.order.template"].create(
            {
                "name": "小保养套餐",
                "sale_order_template_line_ids": [
                    Command.create({"product_id": labour.id}),
                    Command.create({"product_id": oil.id}),
                ],
            }
        )
        cls.company.write(
            {"dealer_reserve_walkin_hours": 0, "dealer_reserve_supplement_hours": 0}
        )

    def test_a_car_goes_through_the_screens(self):
        self.assertFalse(self.advisor.has_group("fleet.fleet_group_user"))
        self.start_tour(
            "/odoo/appointments", "dealer_visit_book", login="advisor", timeout=240
        )
        visit = self.env["dealer.reception"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        self.assertEqual(visit.state, "prepared")
        self.assertEqual(visit.package_id, self.package)
        self.start_tour(
            "/odoo/arrival", "dealer_visit_receive", login="advisor", timeout=240
        )
        self.assertEqual(visit.state, "authorized")
        self.assertEqual(visit.estimate_total, 458.0)
        self.assertEqual(visit.inspection_id.state, "signed")

        self.assertEqual(visit.job_ids.technician_id, self.mechanic)
        self.start_tour(
            "/odoo/my-jobs", "dealer_visit_work", login="technician", timeout=240
        )
        self.assertEqual(visit.state, "quality")
        for login in ("technician", "colleague", "inspector"):
            self.start_tour(
                "/odoo/cars-to-check", "dealer_visit_check", login=login, timeout=240
            )
        self.assertTrue(visit.date_passed)

        self.start_tour(
            "/odoo/visits", "dealer_visit_hand_over", login="advisor", timeout=240
        )
        self.assertEqual(visit.state, "delivered")
        self.assertEqual(visit.settled_total, 458.0)
        self.assertEqual(self.vehicle.last_odometer, 23_456)
