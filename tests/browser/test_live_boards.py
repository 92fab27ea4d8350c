"""Boards are live and keep calm: one reading a burst, nothing torn out of a hand."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.dealer_service.models.shop.res_company_live import (
    BOARDS_CHANNEL,
    LANE,
    NEWS,
    WORKSHOP,
)
from odoo.addons.dealer_service.tools.work_time import from_wall

from ..dealer_service.workshop.workshop_case import WorkshopCase
from .live import LiveCase

#: Counts the answers to one question of the page.
COUNT_READINGS = """
    window.readings = 0;
    odoo.loader.modules.get("@web/core/network/rpc").rpcBus.addEventListener(
        "RPC:RESPONSE",
        ({ detail }) => {
            window.readings += detail.data.params.method === "METHOD";
        }
    );
"""
#: A page that is not in front. No tab can cover the only one of a headless browser.
PUT = """
    Object.defineProperty(document, "hidden", { configurable: true, get: () => VALUE });
    document.dispatchEvent(new Event("visibilitychange"));
"""


@tagged("post_install", "-at_install")
class TestLiveBoards(WorkshopCase, LiveCase):
    touch_enabled = True

    def setUp(self):
        super().setUp()
        # tomorrow may be a Sunday
        sunday = {"name": "Open", "dayofweek": "6", "hour_from": 8, "hour_to": 18}
        self.calendar.attendance_ids = [Command.create(sunday)]
        today = self.company._dealer_day(fields.Datetime.now())
        self.start = from_wall(today, 600, self.company._dealer_tz())
        self.job = self.make_job(
            self.make_visit(), bay_id=self.bay.id, date_planned_start=self.start
        )
        self.block = f".o_board_block[data-job-id='{self.job.id}']"
        self.other_row = f".o_board_line[data-row-id='{self.other_bay.id}']"

    def tomorrow_at_ten(self):
        tomorrow = self.company._dealer_day(fields.Datetime.now()) + timedelta(days=1)
        return from_wall(tomorrow, 600, self.company._dealer_tz())

    def tell(self, board, times=1):
        """What that many changes of colleagues tell, together."""
        with self.registry.cursor() as cursor:
            for _change in range(times):
                self.env(cr=cursor)["bus.bus"]._sendone(
                    (self.company, BOARDS_CHANNEL),
                    NEWS,
                    {"company_id": self.company.id, "boards": [board], "visits": []},
                )

    def listen(self, page, board, method):
        """Count the readings of a page, from when it hears its first news."""
        page.js(COUNT_READINGS.replace("METHOD", method))
        for _attempt in range(50):
            self.tell(board)
            page.wait_frames(30)
            if page.js("readings"):
                break
        self.settle(page)
        page.js("readings = 0")

    def settle(self, page):
        """Let news arrive and be read: the half of a second that a user waits, too."""
        page.wait_frames(40)

    def colleague_adds_a_job(self):
        job = self.make_job(self.make_visit(), name="Oil change")
        self.env.flush_all()
        self.env.cr.clear()
        self.tell(WORKSHOP)
        return f".o_tray_card[data-job-id='{job.id}']"

    def test_changes_that_come_together_are_read_once(self):
        with self.open_pages(("/odoo/workshop-board", "advisor")) as (page,):
            page.wait_for(self.block)
            self.listen(page, WORKSHOP, "get_board_data")
            self.tell(WORKSHOP, times=5)
            page.wait("readings")
            self.settle(page)
            self.assertEqual(page.js("readings"), 1)

    def test_change_during_a_drag_waits_until_the_hand_is_empty(self):
        with self.open_pages(("/odoo/workshop-board", "advisor")) as (page,):
            page.wait_for(self.block)
            self.listen(page, WORKSHOP, "get_board_data")
            x, y = page.place(self.other_row, 0.7, 0.5)
            page.touch("touchStart", page.place(self.block))
            page.touch("touchMove", (x - 40, y - 10))
            page.touch("touchMove", (x, y))
            page.wait_for(".o_board_ghost")
            card = self.colleague_adds_a_job()
            self.settle(page)
            self.assertEqual(page.js("readings"), 0)
            self.assertEqual(page.count(f"{self.block}.o_dragged"), 1)
            page.touch("touchEnd")
            page.wait_for(card)
            page.wait(f'document.querySelector("{self.other_row} {self.block}")')
        self.job.invalidate_recordset()
        self.assertEqual(self.job.bay_id, self.other_bay)

    def test_card_of_the_tray_is_planned_where_the_finger_is(self):
        waiting = self.make_job(self.make_visit(), name="Oil change")
        card = f".o_tray_card[data-job-id='{waiting.id}']"
        with self.open_pages(("/odoo/workshop-board", "advisor")) as (page,):
            page.wait_for(card)
            x, y = page.place(self.other_row, 0.3, 0.5)
            page.touch("touchStart", page.place(card))
            page.wait_frames(40)
            page.touch("touchMove", (x + 300, y))
            page.wait_for(".o_board_drop")
            page.touch("touchMove", (x, y))
            page.wait("document.querySelector('.o_board_drop').innerText === '11:00'")
            page.touch("touchEnd")
            page.wait_for(f".o_board_block[data-job-id='{waiting.id}']")
        waiting.invalidate_recordset()
        self.assertEqual(waiting.date_planned_start, self.start + timedelta(hours=1))

    def test_page_that_is_not_in_front_is_read_when_it_is_again(self):
        with self.open_pages(("/odoo/workshop-board", "advisor")) as (page,):
            page.wait_for(self.block)
            self.listen(page, WORKSHOP, "get_board_data")
            page.js(PUT.replace("VALUE", "true"))
            card = self.colleague_adds_a_job()
            self.tell(WORKSHOP, times=3)
            self.settle(page)
            self.assertEqual(page.js("readings"), 0)
            page.js(PUT.replace("VALUE", "false"))
            page.wait_for(card)
            self.settle(page)
            self.assertEqual(page.js("readings"), 1)

    def test_booking_of_a_colleague_appears_in_the_day_within_two_seconds(self):
        at = self.tomorrow_at_ten()
        with self.open_pages(("/odoo/appointments", "advisor")) as (page,):
            page.tap("[data-hotkey=n]")
            page.wait_for(".o_dealer_cell")
            self.listen(page, LANE, "get_booking_day")
            visit = self.make_reception(date_appointment=at, planned_hours=1.0)
            self.env.flush_all()
            self.env.cr.clear()
            self.tell(LANE)
            page.wait_for(f".o_dealer_visit[data-visit='{visit.id}']", within=2_000)

    def test_finger_that_rests_drags_a_visit_to_another_hour(self):
        self.company.dealer_advisor_ids = self.advisor
        at = self.tomorrow_at_ten()
        visit = self.make_reception(date_appointment=at, planned_hours=1.0)
        bar = f".o_dealer_visit[data-visit='{visit.id}']"
        with self.open_pages(("/odoo/appointments", "advisor")) as (page,):
            page.tap("[data-hotkey=n]")
            page.wait_for(bar)
            later = str(at + timedelta(hours=1))
            cell = (
                f".o_dealer_cell[data-advisor='{self.advisor.id}'][data-utc='{later}']"
            )
            x, y = page.place(cell, 0.5, 0.9)
            page.touch("touchStart", page.place(bar))
            page.wait_frames(40)
            page.touch("touchMove", (x - 20, y))
            page.touch("touchMove", (x, y))
            page.wait_for(".o_dealer_target")
            page.touch("touchEnd")
            page.wait_for(".o_notification .o_notification_buttons button")
        visit.invalidate_recordset()
        self.assertEqual(visit.date_appointment, at + timedelta(hours=1))
