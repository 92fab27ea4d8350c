"""Whether the parts of an appointment are here in time, and who is told (履约准备)."""

from datetime import timedelta

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tests import users
from odoo.tools.safe_eval import safe_eval

from ..workshop.workshop_case import NINE, WorkshopCase

TOMORROW = NINE + timedelta(days=1)
LATE = "dealer_service.mail_activity_type_parts_late"
HERE = "dealer_service.mail_activity_type_parts_here"


class TestParts(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NINE))
        cls.disc = cls.make_product("前制动盘", "part")
        cls.pads = cls.make_product("前制动片", "part")
        cls.package = cls.env["sale.order.template"].create(
            {
                "name": "制动套餐",
                "sale_order_template_line_ids": [
                    Command.create({"product_id": cls.make_product("更换").id}),
                    Command.create({"product_id": cls.disc.id, "product_uom_qty": 2}),
                    Command.create({"product_id": cls.pads.id}),
                ],
            }
        )
        cls.visit = cls.make_reception(
            date_appointment=TOMORROW, package_id=cls.package.id, planned_hours=1.0
        )
        cls.visit.with_user(cls.advisor).action_list_parts()

    def part(self, product):
        return self.visit.part_ids.filtered(lambda part: part.product_id == product)

    def tasks(self, kind):
        return self.visit.activity_search([kind])

    def test_parts_of_the_package_are_listed_once(self):
        self.assertRecordValues(
            self.visit.part_ids,
            [
                {"name": "前制动盘", "quantity": 2.0, "state": "needed"},
                {"name": "前制动片", "quantity": 1.0, "state": "needed"},
            ],
        )
        self.visit.action_list_parts()
        self.assertEqual(len(self.visit.part_ids), 2)
        self.assertEqual(self.visit.parts_state, "needed")

    @users("advisor")
    def test_the_part_that_is_farthest_away_counts(self):
        visit = self.visit.with_env(self.env)
        disc, pads = visit.part_ids
        pads.action_here()
        self.assertEqual(visit.parts_state, "needed")
        disc.action_here()
        self.assertEqual(visit.parts_state, "here")
        self.assertTrue(visit.is_parts_checked, "what is recorded need not be ticked")
        visit.part_ids.action_lay_out()
        self.assertEqual(visit.parts_state, "laid_out")

    @users("advisor")
    def test_nobody_orders_without_the_day_on_which_it_comes(self):
        with self.refused(UserError, "enter in “Expected On” the day"):
            self.part(self.disc).with_env(self.env).action_order()

    @users("advisor")
    def test_state_is_recorded_by_the_buttons(self):
        part = self.part(self.disc).with_env(self.env)
        with self.refused(UserError, "cannot be changed by hand"):
            part.state = "laid_out"
        part.action_here()
        with self.refused(UserError, "already"):
            part.action_here()
        part.action_take_back()
        self.assertEqual((part.state, part.date_here), ("needed", False))

    @users("advisor")
    def test_what_lies_in_the_shop_is_not_another_part(self):
        part = self.part(self.disc).with_env(self.env)
        part.quantity = 3.0
        part.action_lay_out()
        for rewrite in (
            lambda: part.write({"quantity": 99.0}),
            lambda: part.write({"name": "别的"}),
            lambda: part.write({"product_id": self.pads.id}),
            part.unlink,
        ):
            with self.refused(UserError, "Needed Again"):
                rewrite()
        part.action_take_back()
        part.quantity = 2.0
        part.unlink()

    @users("advisor")
    def test_a_part_has_a_name_and_a_visit_that_goes_on(self):
        parts = self.env["dealer.part.need"]
        for name in ("   ", "刹" * 10_001):
            with self.refused(UserError, "is not a name"):
                parts.create({"reception_id": self.visit.id, "name": name})
        self.visit._write_by_method({"state": "cancelled"})
        with self.refused(UserError, "is over"):
            parts.create({"reception_id": self.visit.id, "name": "雨刮片"})

    def test_a_technician_reads_what_is_needed_and_moves_nothing(self):
        part = self.part(self.disc).with_user(self.technician)
        self.assertFalse(part.search([]), "of cars that are not his he reads none")
        self.make_job(self.visit, technician_id=self.mechanic.id)
        self.assertEqual(part.name, "前制动盘")
        for step in (part.action_here, part.action_take_back):
            with self.refused(AccessError, "Needed Part"):
                step()

    def test_customer_is_asked_for_another_day_before_he_comes_in_vain(self):
        """A booked visit whose part is missing, and that comes a day later."""
        disc = self.part(self.disc).with_user(self.advisor)
        self.part(self.pads).action_here()
        disc.date_expected = TOMORROW.date() + timedelta(days=1)
        disc.action_order()
        self.assertTrue(self.visit.is_parts_late)
        self.assertEqual(self.tasks(LATE).user_id, self.advisor)
        words = self.visit.with_user(self.advisor).parts_text
        for told in ("王建国", "前制动盘", "2026-03-04"):
            self.assertIn(told, words)
        late = self.env["dealer.home"].with_user(self.advisor)._appointment_tiles()
        [tile] = [tile for tile in late if tile["key"] == "parts"]
        self.assertIn(self.visit, self.visit.search(tile["domain"]))

        # the customer comes two days later, and nobody is asked any more
        self.visit.with_user(self.advisor).action_reschedule(TOMORROW + timedelta(2))
        self.assertFalse(self.visit.is_parts_late)
        self.assertFalse(self.tasks(LATE))

        # what was awaited has come: the customer is told
        disc.action_here()
        self.assertEqual(self.tasks(HERE).user_id, self.advisor)
        self.assertIn("are here", self.visit.with_user(self.advisor).parts_text)

    def test_board_of_tomorrow_says_whether_the_parts_are_here(self):
        jobs = self.env["dealer.job"].with_user(self.advisor)
        [booking] = jobs.get_board_data("2026-03-03")["bookings"]
        self.assertEqual(
            (booking["parts_label"], booking["parts_kind"]), ("Parts Missing", "danger")
        )

    def test_parts_of_another_shop_are_not_seen(self):
        shop = self.env["res.company"].create({"name": "Another Shop"})
        self.advisor.write(
            {"company_ids": [Command.set(shop.ids)], "company_id": shop.id}
        )
        parts = self.env["dealer.part.need"].with_user(self.advisor)
        self.assertFalse(parts.search([("reception_id", "=", self.visit.id)]))

    def test_the_list_opens_with_what_is_needed_today_and_tomorrow(self):
        today = self.make_reception(date_appointment=NINE, package_id=self.package.id)
        today.with_user(self.advisor).action_list_parts()
        later = self.make_reception(
            date_appointment=NINE + timedelta(days=2), package_id=self.package.id
        )
        later.with_user(self.advisor).action_list_parts()
        action = self.env.ref("dealer_service.dealer_part_need_action")
        search = etree.fromstring(
            self.env["dealer.part.need"].get_view(view_type="search")["arch"]
        )
        domain = Domain.AND(
            safe_eval(search.find(f".//filter[@name='{name}']").get("domain"))
            for name in ("open", "by_tomorrow")
        )
        opened = safe_eval(action.context)
        self.assertTrue(
            opened["search_default_open"] and opened["search_default_by_tomorrow"]
        )
        listed = self.env["dealer.part.need"].search(domain).reception_id
        self.assertEqual(listed & (self.visit | today | later), self.visit | today)
