"""The workshop board is worked with a finger, a mouse and a keyboard."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.dealer_service.tools.work_time import from_wall

from ..dealer_service.workshop.workshop_case import WorkshopCase
from .devtools import DevToolsCase


@tagged("post_install", "-at_install")
class TestWorkshopBoard(WorkshopCase, DevToolsCase):
    touch_enabled = True

    def setUp(self):
        super().setUp()
        # 10:00 of today in the shop, which may be tomorrow elsewhere
        today = self.company._dealer_day(fields.Datetime.now())
        self.start = from_wall(today, 600, self.company._dealer_tz())
        self.job = self.make_job(
            self.make_visit(),
            bay_id=self.bay.id,
            technician_id=self.mechanic.id,
            date_planned_start=self.start,
        )
        self.waiting = self.make_job(self.make_visit(), name="Oil change")
        self.block = f".o_board_block[data-job-id='{self.job.id}']"
        self.card = f".o_tray_card[data-job-id='{self.waiting.id}']"
        self.other_row = f".o_board_line[data-row-id='{self.other_bay.id}']"

    def open_board(self):
        return self.open_page("/odoo/workshop-board", login="advisor")

    def wait_label(self, page, text):
        selector = self.block.replace("'", '"')
        page.wait(
            f"document.querySelector('{selector}')"
            f".getAttribute('aria-label').includes('{text}')"
        )

    def test_keys_move_the_focused_block_by_slot_and_row(self):
        with self.open_board() as page:
            page.wait_for(self.block)
            page.js(f'document.querySelector("{self.block}").focus()')
            page.key("ArrowRight")
            self.wait_label(page, "10:15–11:15")
            page.wait(
                f'document.activeElement === document.querySelector("{self.block}")'
            )
            page.key("ArrowDown")
            self.wait_label(page, "Bay 2")
        self.job.invalidate_recordset()
        self.assertEqual(
            self.job.date_planned_start, self.start + timedelta(minutes=15)
        )
        self.assertEqual(self.job.bay_id, self.other_bay)

    def test_finger_drags_a_block_to_another_bay(self):
        with self.open_board() as page:
            page.drag(self.block, self.other_row, right=0.7, down=0.5)
            self.wait_label(page, "Bay 2")
        self.job.invalidate_recordset()
        self.assertEqual(self.job.bay_id, self.other_bay)
        self.assertGreater(self.job.date_planned_start, self.start)

    def test_what_a_hand_dragged_by_mistake_goes_back(self):
        with self.open_board() as page:
            page.drag(self.block, self.other_row, right=0.7, down=0.5)
            self.wait_label(page, "Bay 2")
            page.tap(".o_notification_buttons button")
            self.wait_label(page, "10:00–11:00")
            page.wait("!document.querySelector('.o_notification')")
        self.job.invalidate_recordset()
        self.assertEqual(self.job.date_planned_start, self.start)
        self.assertEqual(self.job.bay_id, self.bay)

    def test_finger_drags_a_job_out_of_the_tray_by_its_handle(self):
        with self.open_board() as page:
            page.drag(f"{self.card} .o_drag_handle", self.other_row, 0.4, 0.5)
            page.wait_for(f".o_board_block[data-job-id='{self.waiting.id}']")
        self.waiting.invalidate_recordset()
        self.assertEqual(self.waiting.bay_id, self.other_bay)
        self.assertTrue(self.waiting.date_planned_start)

    def test_tap_opens_the_panel_beside_the_board_and_enter_saves(self):
        with self.open_board() as page:
            page.tap(self.block)
            page.wait("document.activeElement.id === 'o_panel_technician'")
            page.wait_for(self.block)
            page.js(
                "for (const [id, value] of"
                f" [['o_panel_technician', {self.colleague.id}],"
                f" ['o_panel_bay', {self.other_bay.id}], ['o_panel_time', '13:30']]) {{"
                " const input = document.getElementById(id); input.value = value;"
                " for (const kind of ['input', 'change'])"
                " input.dispatchEvent(new Event(kind, {bubbles: true})); }"
            )
            page.key("Enter")
            self.wait_label(page, "13:30–14:30")
            page.wait("!document.querySelector('.o_board_panel')")
            page.wait_for(self.card)
        self.job.invalidate_recordset()
        self.assertEqual(self.job.technician_id, self.colleague)
        self.assertEqual(self.job.bay_id, self.other_bay)
        self.assertEqual(
            self.job.date_planned_start, self.start + timedelta(minutes=210)
        )

    def test_panel_leads_to_the_visit_and_escape_closes_it(self):
        with self.open_board() as page:
            page.tap(self.block)
            page.wait_for(".o_board_panel")
            page.key("Escape")
            page.wait("!document.querySelector('.o_board_panel')")
            page.tap(f"{self.card} strong")
            page.tap(".o_panel_visit")
            page.wait_for(".o_dealer_reception_form")

    def test_nine_bays_are_seen_on_a_screen_of_800(self):
        for number in range(3, 10):
            self.make_bay(name=f"Bay {number}")
        with self.open_board() as page:
            page.wait_for(self.block)
            bottom = page.js(
                "document.querySelector('.o_board_plan').getBoundingClientRect().top +"
                " [...document.querySelectorAll('.o_board_line[data-row-id]')]"
                ".slice(0, 9).reduce((sum, row) => sum + row.offsetHeight, 0) + 30"
            )
        self.assertLessEqual(bottom, 800)

    def test_everything_to_be_touched_is_large_enough(self):
        with self.open_board() as page:
            page.wait_for(self.card)
            small = page.js(
                "[...document.querySelectorAll('.o_board_head button, .o_drag_handle,"
                " .o_board_block')].filter((element) => {"
                " const box = element.getBoundingClientRect();"
                " return box.width < 44 || box.height < 44;"
                " }).map((element) => element.className).join()"
            )
        self.assertEqual(small, "")

    def test_plate_of_a_booked_hour_is_one_line_and_the_panel_keeps_its_fields(self):
        car = self.make_vehicle(license_plate="皖B·J1089")
        self.make_reception(
            vehicle_id=car.id,
            date_appointment=self.start + timedelta(hours=4),
            planned_hours=0.8,
        )
        with self.open_board() as page:
            page.wait_for(".o_board_booking strong")
            lines = page.js(
                "(() => { const words = document.createRange();"
                " words.selectNodeContents("
                "document.querySelector('.o_board_booking strong'));"
                " return new Set([...words.getClientRects()].filter((box) => box.width)"
                ".map((box) => Math.round(box.top))).size; })()"
            )
            page.tap(self.block)
            page.wait_for("#o_panel_time")
            right = page.js(
                "document.getElementById('o_panel_time').getBoundingClientRect().right"
                " - document.querySelector('.o_board_panel')"
                ".getBoundingClientRect().right"
            )
        self.assertEqual(lines, 1)
        self.assertLess(right, 0, "the time lies inside of the panel")
