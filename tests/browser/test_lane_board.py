"""The lane is the same on every screen: a second browser sees a move at once."""

import time

from odoo import fields
from odoo.tests import tagged

from ..common import DealerServiceCase
from .live import LiveCase

#: What the design promises for a second browser, in seconds.
SEEN_WITHIN = 2.0


@tagged("post_install", "-at_install")
class TestLaneBoard(DealerServiceCase, LiveCase):
    browser_size = "1024x768"
    touch_enabled = True

    def setUp(self):
        super().setUp()
        self.colleague = self.make_user("second_advisor", "user")
        (self.advisor | self.colleague).tour_enabled = False
        self.visit = self.make_reception(
            state="arrived", odometer=12000, is_waiting=True
        )
        self.visit.date_promised = fields.Datetime.add(
            fields.Datetime.now(), hours=1, minutes=30
        )

    def test_second_browser_sees_a_move_within_two_seconds(self):
        with self.open_pages(
            ("/odoo/visits", "advisor"), ("/odoo/visits", "second_advisor")
        ) as (first, second):
            for page in (first, second):
                page.wait_for(".o_lane_next")
                page.wait("document.querySelector('.o_lane_next').innerText == 'Greet'")
            first.tap(".o_lane_next")
            first.wait(
                "document.querySelector('.o_lane_next').innerText == 'Walk-around'"
            )
            begun = time.monotonic()
            second.wait(
                "document.querySelector('.o_lane_next').innerText == 'Walk-around'"
            )
            self.assertLess(time.monotonic() - begun, SEEN_WITHIN)

    def test_card_tells_the_promise_in_words_and_is_made_for_a_thumb(self):
        with self.open_pages(("/odoo/visits", "advisor")) as (page,):
            page.wait_for("[data-promise='on_time']")
            self.assertIn("On Time", page.text(".o_promise"))
            self.assertRegex(page.text(".o_promise"), r"1 h (29|30) min left")
            badge = ".o_kanban_record .badge:not(.o_dealer_step)"
            self.assertIn("Waiting", page.text(badge))
            height = page.js(
                "document.querySelector('.o_lane_next').getBoundingClientRect().height"
            )
            self.assertGreaterEqual(height, 44)


@tagged("post_install", "-at_install")
class TestLaneOnTheDesk(DealerServiceCase, LiveCase):
    browser_size = "1280x800"

    def test_every_step_of_the_day_is_in_sight(self):
        self.advisor.tour_enabled = False
        visits = self.make_reception(state="arrived", odometer=12000)
        self.bring_to(visits, "delivered")
        self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·B2345").id, state="arrived"
        )
        self.advisor.lang = "zh_CN"
        booked = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·C2345").id
        )
        here = {"date_appointment": fields.Datetime.now(), "is_overbooked": True}
        booked._write_by_method(here)
        with self.open_pages(("/odoo/visits", "advisor")) as (page,):
            page.wait_for("[data-promise]")
            self.assertGreaterEqual(page.count(".o_kanban_group"), 10)
            # nor does a card reach into the next column
            beyond = page.js(
                "[...document.querySelectorAll('.o_kanban_group')].filter((column) => {"
                " const edge = (each) => each.getBoundingClientRect().right;"
                " const cards = [...column.querySelectorAll('.o_kanban_record')];"
                " return Math.max(edge(column), ...cards.map(edge))"
                " > Math.min(innerWidth, edge(column)); }).length"
            )
            self.assertEqual(beyond, 0)
            # nor do its words
            cut = page.js(
                "[...document.querySelectorAll('.o_lane_appointment')]"
                ".filter((line) => { const range = new Range();"
                " range.selectNodeContents(line);"
                " const card = line.closest('.o_kanban_record');"
                " return range.getBoundingClientRect().right"
                " > card.getBoundingClientRect().right; })"
                ".map((line) => line.innerText)"
            )
            self.assertEqual(page.count(".o_lane_appointment"), 1)
            self.assertEqual(cut, [])

    def test_plate_stands_in_one_line_and_the_model_below_it(self):
        self.advisor.tour_enabled = False
        model = self.model.copy({"name": "瑞虎8 PLUS 鲲鹏e+ 尊贵版"})
        self.bring_to(self.make_reception(state="arrived"), "delivered")
        plates = ("皖B·C3196", "皖B·D67247", "粤Z·1234港")
        for plate in plates:
            car = self.make_vehicle(license_plate=plate, model_id=model.id)
            self.make_reception(vehicle_id=car.id, state="arrived")
        with self.open_pages(("/odoo/visits", "advisor")) as (page,):
            page.wait_for(".o_lane_plate")
            for width in (1280, 1200, 1024, 768):
                page.send(
                    "Emulation.setDeviceMetricsOverride",
                    width=width,
                    height=800,
                    deviceScaleFactor=1,
                    mobile=False,
                )
                page.wait_frames(4)
                cut = page.js(
                    "[...document.querySelectorAll('.o_lane_plate, .o_lane_model')]"
                    ".filter((line) => { const range = new Range();"
                    " range.selectNodeContents(line);"
                    " const text = range.getBoundingClientRect();"
                    " const card = line.closest('.o_kanban_record')"
                    ".getBoundingClientRect();"
                    " const lines = text.height"
                    " / parseFloat(getComputedStyle(line).fontSize);"
                    " return lines > 1.9 || (text.right > card.right"
                    " && line.matches('.o_lane_plate')); })"
                    ".map((line) => line.innerText)"
                )
                with self.subTest(width=width):
                    self.assertEqual(cut, [])
                    for plate in plates:
                        self.assertIn(plate, page.text(".o_kanban_renderer"))
