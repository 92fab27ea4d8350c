"""The pick list of a day: what is laid out, visit by visit (拣货单)."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form

from ...papers import PaperCase
from ..workshop.workshop_case import NINE, WorkshopCase

DAY = timedelta(days=1)
TOMORROW = NINE + DAY


class PickListCase(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NINE))
        cls.early, cls.late, cls.other = (
            cls.make_reception(
                date_appointment=when,
                vehicle_id=cls.make_vehicle(license_plate=plate).id,
                planned_hours=0.1,
            )
            for when, plate in (
                (TOMORROW, "皖B·P1001"),
                (TOMORROW + timedelta(hours=5), "皖B·P1002"),
                (TOMORROW + DAY, "皖B·P1003"),
            )
        )
        cls.parts = cls.env["dealer.part.need"].create(
            [
                {"reception_id": visit.id, "name": name, "quantity": quantity}
                for visit, name, quantity in (
                    (cls.late, "空调滤芯", 1),
                    (cls.early, "机油", 4.5),
                    (cls.early, "机油滤芯", 1),
                    (cls.other, "火花塞", 4),
                )
            ]
        )
        cls.filter, cls.oil, cls.oil_filter, cls.plugs = cls.parts
        cls.oil.action_here()

    def dialog(self, user=None, **values):
        picks = self.env["dealer.pick.list"].with_user(user or self.advisor)
        return picks.create(values)


class TestPickList(PickListCase):
    def test_it_is_of_tomorrow_by_the_time_at_which_the_cars_come(self):
        dialog = self.dialog()
        self.assertEqual(dialog.date, TOMORROW.date())
        counts = dialog.visit_count, dialog.part_count, dialog.missing_count
        self.assertEqual(counts, (2, 3, 2))
        self.assertEqual(
            [
                (visit["time"], visit["plate"], [p["name"] for p in visit["parts"]])
                for visit in dialog._paper_visits()
            ],
            [
                ("09:00", "皖B·P1001", ["机油", "机油滤芯"]),
                ("14:00", "皖B·P1002", ["空调滤芯"]),
            ],
        )

    def test_over_a_day_on_which_the_shop_is_closed_it_is_of_the_next_open_one(self):
        with freeze_time(NINE + 5 * DAY):
            self.assertEqual(self.dialog().date, (NINE + 7 * DAY).date())

    def test_a_shop_without_fixed_hours_has_a_tomorrow_too(self):
        self.company.dealer_calendar_id = False
        self.assertEqual(self.dialog().date, TOMORROW.date())

    def test_what_is_laid_out_or_not_needed_is_on_it_no_more(self):
        self.oil.action_lay_out()
        self.late.with_user(self.advisor).action_cancel()
        self.assertEqual(self.dialog()._needs(), self.oil_filter)

    def test_car_that_comes_back_for_its_part_is_on_it(self):
        away = self.make_visit("authorized")
        motor = self.env["dealer.part.need"].create(
            {
                "reception_id": away.id,
                "name": "天窗电机",
                "date_expected": NINE.date(),
            }
        )
        motor.action_order()
        mine = away.with_user(self.advisor)
        mine.action_drive_away("王建国", "phone")
        self.assertNotIn(motor, self.dialog()._needs())
        mine.date_return = TOMORROW + timedelta(hours=2)
        dialog = self.dialog()
        self.assertIn(motor, dialog._needs())
        [visit] = [v for v in dialog._paper_visits() if v["is_away"]]
        self.assertEqual(visit["time"], "11:00")

    def test_another_day_is_chosen_in_the_dialog(self):
        self.parts.flush_recordset()
        action = self.parts.with_user(self.advisor).action_pick_list()
        self.assertEqual(action["target"], "new")
        with Form(self.env["dealer.pick.list"].with_user(self.advisor)) as form:
            self.assertEqual(form.part_count, 3)
            form.date = (TOMORROW + DAY).date()
            self.assertEqual((form.visit_count, form.part_count), (1, 1))
        report = form.record.action_print()
        self.assertEqual(report["report_name"], "dealer_service.paper_pick_list")

    def test_without_a_warehouse_nobody_is_shown_its_columns(self):
        for view in ("", "_visit"):
            view_id = self.env.ref(
                f"dealer_service.dealer_part_need_view_list{view}"
            ).id
            arch = self.parts.get_view(view_id, "list")["arch"]
            for name in ("place", "quantity_reserved", "action_from_stock"):
                self.assertNotIn(name, arch)
        # and its job has nothing to do
        before = self.parts.read(["state"])
        with self.enter_registry_test_mode():
            self.env.ref(
                "dealer_service.ir_cron_dealer_service_stock"
            ).method_direct_trigger()
        self.parts.action_from_stock()
        self.assertEqual(self.parts.read(["state"]), before)

    def test_technician_prints_none(self):
        for step in (
            self.parts.with_user(self.technician).action_pick_list,
            lambda: self.dialog(self.technician),
            self.parts.with_user(self.technician).action_from_stock,
        ):
            with self.assertRaises(AccessError):
                step()

    def test_parts_of_another_shop_are_on_no_list(self):
        shop = self.env["res.company"].create({"name": "Another Shop"})
        self.advisor.company_ids = [(4, shop.id)]
        dialog = self.dialog(company_id=shop.id)
        self.assertFalse(dialog._needs())


class TestPickListPaper(PickListCase, PaperCase):
    def test_it_is_printed_visit_by_visit(self):
        paper = self.print_paper("dealer_service.action_paper_pick_list", self.dialog())
        self.assertNoEmptyPage(paper)
        text = self.read_text(paper)
        for words in ("2026-03-03", "09:00", "皖B·P1001", "机油滤芯", "4.5", "Needed"):
            self.assertIn(words, text)
        self.assertNotIn("火花塞", text)
        self.assertLess(text.index("P1001"), text.index("P1002"))

    def test_a_full_day_has_its_head_on_each_page(self):
        self.parts.create(
            [
                {"reception_id": self.early.id, "name": f"标准件{number:02}"}
                for number in range(45)
            ]
        )
        paper = self.print_paper("dealer_service.action_paper_pick_list", self.dialog())
        self.assertGreater(self.count_pages(paper), 1)
        self.assertNoEmptyPage(paper)
        for page in self.read_text(paper).split("\f")[:-1]:
            self.assertIn("Where It Is", page)
