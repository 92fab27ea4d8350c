"""Everybody at the own screen: what needs me now, and one tap from there."""

from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tests.common import _registry_test_lock

from ..followup_common import DealerFollowupCase
from .devtools import DevToolsCase


class RolesCase(DealerFollowupCase, DevToolsCase):
    touch_enabled = True

    def setUp(self):
        super().setUp()
        self.env["res.users"].search([]).tour_enabled = False
        self.visit = self.make_reception(
            state="arrived", odometer=12000, is_waiting=True
        )
        self.visit.date_promised = fields.Datetime.now() + timedelta(hours=2)

    def tile(self, key):
        return f"[data-tile='{key}']"

    def wait_count(self, page, key, count):
        page.wait_for(self.tile(key))
        page.wait(
            f"""document.querySelector("{self.tile(key)} .o_home_count")"""
            f".innerText == '{count}'"
        )


@tagged("post_install", "-at_install")
class TestOnTheTablet(RolesCase):
    browser_size = "768x1024"

    def test_advisor_goes_from_the_figure_to_the_car_and_greets(self):
        with self.open_page("/odoo/service-home", login="advisor") as page:
            self.wait_count(page, "greet", 1)
            page.tap(self.tile("greet"))
            page.wait_for(".o_lane_next")
            self.assertIn("A1234", page.text(".o_kanban_record"))
            page.tap(".o_lane_next")
            # greeted: it is no longer among those who are to be greeted
            page.wait("!document.querySelector('.o_lane_next')")
        self.visit.invalidate_recordset()
        self.assertTrue(self.visit.date_greeted)

    def test_advisor_logs_in_and_begins_with_the_car_at_the_door(self):
        with self.open_page("/odoo", login="advisor") as page:
            page.wait_for("[data-way='arrive']")
            page.tap("[data-way='arrive']")
            page.wait_for(".modal .o_dealer_arrival_query input")
            page.click(".modal .btn-close")
            page.wait("!document.querySelector('.modal')")
            page.tap("[data-way='book']")
            page.wait_for(".modal .o_dealer_booking_form")

    def test_controller_goes_from_the_figure_to_the_workshop_board(self):
        self.bring_to(self.visit, "authorized")
        self.visit.job_ids.date_planned_start = False
        with self.open_page("/odoo/service-home", login="advisor") as page:
            self.wait_count(page, "unplanned", 1)
            page.tap(self.tile("unplanned"))
            page.wait_for(".o_tray_card")

    def test_technician_sees_own_jobs_and_no_price(self):
        self.bring_to(self.visit, "working")
        mechanic = self.make_technician(self.technician)
        self.visit.job_ids.technician_id = mechanic
        with self.open_page("/odoo/my-jobs", login="technician") as page:
            page.wait("document.querySelector('.o_kanban_record')")
            text = page.text(".o_kanban_renderer")
            self.assertIn("A1234", text)
            self.assertNotIn("200.00", text)
            self.assertEqual(
                page.count("[data-menu-xmlid='dealer_service.dealer_home_menu']"), 0
            )


@tagged("post_install", "-at_install")
class TestAtTheDesk(RolesCase):
    browser_size = "1280x800"
    touch_enabled = False

    def test_officer_sees_which_customer_waits_for_a_call(self):
        self.make_complaint()
        with self.open_page("/odoo/complaint-home", login="officer") as page:
            self.wait_count(page, "contact", 1)
            page.click(self.tile("contact"))
            page.wait_for(".o_data_row")
            self.assertIn("Brake noise", page.text(".o_data_row"))

    def test_caller_goes_from_the_figure_to_the_calls(self):
        # the other car stands in the workshop
        car = self.make_vehicle(license_plate="皖B·B0009")
        self.make_task(user_id=self.caller.id, vehicle_id=car.id)
        with self.open_page("/odoo/follow-up-home", login="caller") as page:
            self.wait_count(page, "now", 1)
            self.assertEqual(page.count(".o_home_months"), 0)
            page.click(self.tile("now"))
            page.wait_for(".o_data_row")

    def test_change_of_a_figure_stands_apart_from_what_it_was_last_month(self):
        # the month is that of the shop, also on its first night
        day = self.company._dealer_today() - relativedelta(months=1)
        last_month = self.company._dealer_to_utc(datetime.combine(day, time(0, 1)))
        for plate in ("皖B·B0001", "皖B·B0002", "皖B·B0003"):
            car = self.make_vehicle(license_plate=plate)
            self.make_reception(
                vehicle_id=car.id, state="arrived", date_arrived=last_month
            )
        with self.open_page("/odoo/service-home", login="manager") as page:
            page.wait_for("[data-figure='visits']")
            self.assertEqual(page.text("[data-figure='visits'] .o_home_value"), "1")
            change = page.text("[data-figure='visits'] .o_home_change")
            self.assertEqual(change.strip(), "2")
            self.assertEqual(
                page.text("[data-figure='visits'] .o_home_previous"), "Last month: 3"
            )
            self.assertEqual(page.count("[data-figure='visits'] .fa-arrow-down"), 1)

    def test_manager_has_the_month_of_all_three_apps_at_a_glance(self):
        self.manager.group_ids += self.env.ref(
            "dealer_complaint.group_dealer_complaint_manager"
        ) | self.env.ref("dealer_followup.group_dealer_followup_manager")
        self.make_complaint()
        with self.open_page("/odoo/service-home", login="manager") as page:
            page.wait_for("[data-chart='promises'] canvas")
            months = page.js(
                "[...document.querySelectorAll('[data-month]')]"
                ".map((month) => month.dataset.month)"
            )
            self.assertEqual(set(months), {"service", "complaint", "followup"})
            page.wait(
                "document.querySelector('[data-chart=promises] canvas').height > 50"
            )
            self.assertIn(
                "Still Here: ",
                page.js(
                    "document.querySelector('[data-chart=promises] canvas')"
                    ".getAttribute('aria-label')"
                ),
            )
            page.click("[data-figure='visits']")
            page.wait_for(".o_pivot_view, .o_pivot")


@tagged("post_install", "-at_install")
class TestOnThePhone(RolesCase):
    browser_size = "390x844"

    def setUp(self):
        super().setUp()
        self.bring_to(self.visit, "authorized")
        self.visit._portal_ensure_token()
        self.link = f"/my/visits/{self.visit.id}?access_token={self.visit.access_token}"

    def test_advisor_reads_the_home_on_the_phone(self):
        with self.open_page("/odoo/service-home", login="advisor") as page:
            self.wait_count(page, "in_house", 1)
            width = page.js("document.documentElement.scrollWidth")
        self.assertLessEqual(width, 390, "nothing is wider than the screen")

    def test_customer_signs_in_and_finds_the_own_car(self):
        user = new_test_user(self.env, login="owner", groups="base.group_portal")
        user.partner_id = self.customer
        with self.open_page("/my/visits", login="owner") as page:
            page.tap(".list-group-item")
            page.wait_for(".o_dealer_visit_live")
            self.assertIn("A1234", page.text(".o_dealer_visit_live h1"))
            self.assertTrue(page.count("a.o_dealer_paper[href*='/papers/order']"))
            self.assertLessEqual(page.js("document.documentElement.scrollWidth"), 390)

    def test_link_follows_the_visit_live_without_a_login(self):
        with self.open_page(self.link) as page:
            page.wait_for(".o_dealer_visit_live [aria-current]")
            self.assertIn(
                "Authorized", page.text(".o_dealer_visit_live [aria-current]")
            )
            # the page goes on asking meanwhile: one after the other
            with _registry_test_lock:
                self.visit.action_start()
                self.cr.flush()
                self.cr.clear()
            page.js("document.dispatchEvent(new Event('visibilitychange'))")
            page.wait(
                "document.querySelector('.o_dealer_visit_live [aria-current]')"
                ".innerText.includes('In Progress')"
            )

    def test_wrong_link_shows_nothing_of_the_visit(self):
        with self.open_page(self.link[:-4] + "0000") as page:
            page.wait("document.readyState === 'complete'")
            text = page.text("body")
        self.assertNotIn("A1234", text)
        self.assertNotIn(self.visit.name, text)
