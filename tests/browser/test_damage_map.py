"""The walk-around on the tablet: marked with a finger, frozen by the signature."""

import base64
import io
import os
import tempfile

from PIL import Image

from odoo.tests import tagged

from ..common import DealerServiceCase
from ..signature import SIGNATURE
from .devtools import DevToolsCase

LEFT = '.o_damage_zone[data-zone="left"] .o_damage_drawing'
MARK = ".o_damage_mark"
DIRTY = ".o_form_status_indicator_buttons:not(.invisible)"
SAVE = f"{DIRTY} .o_form_button_save"


class DamageMapCase(DealerServiceCase, DevToolsCase):
    browser_size = "768x1024"
    touch_enabled = True

    def setUp(self):
        super().setUp()
        self.reception = self.make_reception(state="arrived", odometer=41234)

    def open_sheet(self):
        """The page of the walk-around, as the advisor."""
        return self.open_page(f"/odoo/visits/{self.reception.id}", login="advisor")

    def show_sheet(self, page):
        # the messages below come last and move the page once more
        page.wait_for(".o-mail-Chatter .o-mail-Message")
        page.tap(".nav-link[name='inspection']")
        page.wait_for(".o_damage_map")
        page.wait(
            "[...document.querySelectorAll('.o_damage_drawing img')]"
            ".every((image) => image.complete && image.naturalWidth)"
        )

    def save(self, page):
        page.tap(SAVE)
        page.wait(f"!document.querySelector('{DIRTY}')")

    def make_mark(self, **values):
        return self.env["dealer.damage.mark"].create(
            {"reception_id": self.reception.id, "zone": "left", **values}
        )


@tagged("standard", "post_install", "-at_install")
class TestDamageMapByTouch(DamageMapCase):
    def test_tap_marks_where_the_finger_was(self):
        with self.open_sheet() as page:
            self.show_sheet(page)
            page.tap(LEFT, 0.3, 0.6)
            page.wait_for(".o_damage_editor")
            page.tap('.o_damage_kind[data-kind="dent"]')
            page.wait_for(f'{MARK}[data-kind="dent"]')
            page.tap('.o_damage_severities [data-severity="heavy"]')
            page.wait_for(f'{MARK}[data-severity="heavy"]')
            self.save(page)
        mark = self.reception.mark_ids
        self.assertEqual(
            (mark.zone, mark.kind, mark.severity), ("left", "dent", "heavy")
        )
        self.assertAlmostEqual(mark.x, 30, delta=1)
        self.assertAlmostEqual(mark.y, 60, delta=1)

    def test_double_tap_makes_one_mark(self):
        with self.open_sheet() as page:
            self.show_sheet(page)
            page.tap(LEFT, 0.3, 0.6)
            page.tap(LEFT, 0.3, 0.6)
            page.tap(LEFT, 0.7, 0.6)
            page.wait(f"document.querySelectorAll('{MARK}').length === 2")
            self.save(page)
        self.assertEqual(len(self.reception.mark_ids), 2)

    def test_drag_moves_the_mark_and_undo_brings_it_back(self):
        mark = self.make_mark(x=30, y=50)
        with self.open_sheet() as page:
            self.show_sheet(page)
            page.drag(MARK, LEFT, 0.7, 0.4)
            page.wait(f"parseFloat(document.querySelector('{MARK}').style.left) > 65")
            page.tap(".o_damage_undo:enabled")
            page.wait(f"parseFloat(document.querySelector('{MARK}').style.left) === 30")
            page.drag(MARK, LEFT, 0.6, 0.4)
            page.wait(f"parseFloat(document.querySelector('{MARK}').style.left) > 55")
            self.save(page)
        mark.invalidate_recordset()
        self.assertAlmostEqual(mark.x, 60, delta=1)
        self.assertAlmostEqual(mark.y, 40, delta=1)

    def test_removed_mark_comes_back_whole(self):
        # a picture of its own: the workers share one store of files, by content
        picture = io.BytesIO()
        Image.effect_noise((16, 16), 60).save(picture, "PNG")
        photo = base64.b64encode(picture.getvalue())
        self.make_mark(x=30, y=50, kind="rust", note="左前门", photo=photo)
        with self.open_sheet() as page:
            self.show_sheet(page)
            page.tap(MARK)
            page.tap(".o_damage_delete")
            page.wait(f"!document.querySelector('{MARK}')")
            page.tap(".o_damage_undo:enabled")
            page.wait_for(MARK)
            page.wait_for(".o_damage_photo img")
            self.save(page)
        mark = self.reception.mark_ids
        self.assertEqual((mark.kind, mark.note, mark.x), ("rust", "左前门", 30))
        self.assertTrue(mark.photo)

    def test_photo_is_scaled_down_before_it_is_sent(self):
        self.make_mark(x=30, y=50)
        with tempfile.NamedTemporaryFile(suffix=".jpg", delete=False) as file:
            Image.effect_noise((4000, 3000), 60).save(file, "JPEG", quality=95)
        self.addCleanup(os.unlink, file.name)
        with self.open_sheet() as page:
            self.show_sheet(page)
            page.tap(MARK)
            page.wait_for(".o_damage_camera")
            page.choose_file(".o_damage_map input[type=file]", file.name)
            page.wait_for(".o_damage_photo img")
            self.save(page)
        photo = base64.b64decode(self.reception.mark_ids.photo)
        self.assertEqual(Image.open(io.BytesIO(photo)).size, (1600, 1200))
        self.assertLess(len(photo), os.path.getsize(file.name) / 3)

    def test_zoomed_side_is_marked_at_the_same_place(self):
        with self.open_sheet() as page:
            self.show_sheet(page)
            small = page.js(f"document.querySelector('{LEFT}').clientWidth")
            page.tap('.o_damage_zone[data-zone="left"] .o_damage_zoom')
            page.wait_for('.o_damage_zone.o_damage_zoomed[data-zone="left"]')
            large = page.js(f"document.querySelector('{LEFT}').clientWidth")
            self.assertGreater(large, small * 1.8)
            page.tap(LEFT, 0.25, 0.5)
            page.wait_for(MARK)
            self.save(page)
        self.assertAlmostEqual(self.reception.mark_ids.x, 25, delta=1)

    def test_fuel_gauge_is_set_with_a_finger(self):
        with self.open_sheet() as page:
            self.show_sheet(page)
            self.assertEqual(page.text(".o_fuel_value"), "not recorded")
            page.tap(".o_fuel_bar", 0.75, 0.5)
            page.wait("document.querySelector('.o_fuel_bar').ariaValueNow === '75'")
            self.save(page)
        self.reception.invalidate_recordset()
        self.assertEqual(self.reception.fuel_level, 75)

    def test_lamps_are_switched_with_a_finger(self):
        lamp = self.env["dealer.warning.lamp"].search([], limit=1)
        with self.open_sheet() as page:
            self.show_sheet(page)
            page.wait_for(".o_lamp_tiles .btn")
            page.tap(".o_lamp_tiles .btn")
            page.wait_for(".o_lamp_tiles .btn-warning")
            self.save(page)
        self.reception.invalidate_recordset()
        self.assertEqual(self.reception.lamp_ids, lamp)

    def test_touch_targets_are_large_enough(self):
        self.make_mark()
        with self.open_sheet() as page:
            self.show_sheet(page)
            page.tap(MARK)
            page.wait_for(".o_damage_editor")
            small = page.js(
                "[...document.querySelectorAll('.o_damage_map button,"
                " .o_fuel_bar, .o_lamp_tiles button')].map((e) => [e.className,"
                " e.getBoundingClientRect()]).filter(([, b]) => b.height < 43.5"
                " || b.width < 43.5).map(([name]) => name)"
            )
        self.assertEqual(small, [])

    def test_signed_sheet_is_frozen(self):
        self.make_mark(x=30, y=50)
        self.reception.inspection_id.action_sign(SIGNATURE, "王建国")
        with self.open_sheet() as page:
            self.show_sheet(page)
            page.wait_for(".o_damage_frozen")
            page.tap(LEFT, 0.7, 0.6)
            page.drag(MARK, LEFT, 0.8, 0.5)
            page.tap(MARK)
            page.wait_for(".o_damage_editor")
            self.assertEqual(page.count(MARK), 1)
            self.assertEqual(page.count(".o_damage_delete, .o_damage_kind"), 0)
            left = page.js(f"document.querySelector('{MARK}').style.left")
        self.assertEqual(left, "30%")

    def test_earlier_damage_is_faint_and_taken_over_by_a_tap(self):
        self.make_mark(x=30, y=50, kind="dent", severity="heavy", note="左前门")
        self.reception.date_arrived = "2026-01-05 02:00:00"
        earlier = self.reception
        self.reception = self.make_reception(state="arrived", odometer=45000)
        self.make_mark(x=70, y=50, kind="scratch")
        with self.open_sheet() as page:
            self.show_sheet(page)
            page.wait_for(".o_damage_previous")
            self.assertEqual(page.count(".o_damage_new"), 1)
            page.tap(".o_damage_previous")
            page.wait_for(f'{MARK}[data-kind="dent"]:not(.o_damage_new)')
            self.assertEqual(page.count(".o_damage_previous"), 0)
            self.assertIn("2026-01-05", page.text(".o_damage_editor"))
            self.save(page)
        taken = self.reception.mark_ids.filtered(lambda m: m.kind == "dent")
        self.assertEqual((taken.x, taken.severity, taken.note), (30, "heavy", "左前门"))
        self.assertEqual(len(earlier.mark_ids), 1)


@tagged("standard", "post_install", "-at_install")
class TestDamageMapAtTheDesk(DamageMapCase):
    browser_size = "1280x800"
    touch_enabled = False

    def show_sheet(self, page):
        page.wait_for(".o-mail-Chatter .o-mail-Message")
        page.click(".nav-link[name='inspection']")
        page.wait_for(".o_damage_map")

    def save(self, page):
        page.click(SAVE)
        page.wait(f"!document.querySelector('{DIRTY}')")

    def test_mouse_marks_as_well(self):
        with self.open_sheet() as page:
            self.show_sheet(page)
            page.click(LEFT, 0.5, 0.5)
            page.wait_for(MARK)
            self.save(page)
        self.assertAlmostEqual(self.reception.mark_ids.x, 50, delta=1)

    def test_arrow_keys_move_enter_opens_delete_removes(self):
        mark = self.make_mark(x=30, y=50)
        other = self.make_mark(x=80, y=50, kind="rust")
        with self.open_sheet() as page:
            self.show_sheet(page)
            page.wait_for(f'{MARK}[data-kind="scratch"]')
            page.js(f"document.querySelector('{MARK}[data-kind=scratch]').focus()")
            page.key("ArrowRight")
            page.wait(f"document.querySelector('{MARK}').style.left === '31%'")
            page.key("ArrowDown", shift=True)
            page.wait(f"document.querySelector('{MARK}').style.top === '55%'")
            self.assertEqual(page.count(".o_damage_editor"), 0)
            page.key("Enter")
            page.wait_for(".o_damage_editor")
            page.js(f"document.querySelector('{MARK}[data-kind=rust]').focus()")
            page.key("Delete")
            page.wait(f"document.querySelectorAll('{MARK}').length === 1")
            self.save(page)
        mark.invalidate_recordset()
        self.assertEqual((mark.x, mark.y), (31, 55))
        self.assertFalse(other.exists())

    def test_screen_reader_hears_what_a_mark_is(self):
        self.make_mark(kind="dent", severity="heavy")
        with self.open_sheet() as page:
            self.show_sheet(page)
            page.wait_for(MARK)
            label = page.js(f"document.querySelector('{MARK}').ariaLabel")
            page.click('.o_damage_zone[data-zone="top"] .o_damage_add')
            page.wait("document.querySelector('[aria-live]').innerText.includes('Top')")
            self.save(page)
        for word in ("Dent", "Heavy", "Left Side"):
            self.assertIn(word, label)
