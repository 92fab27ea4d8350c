"""The inspection with a finger: forty items, in at most sixty taps."""

import time
from tempfile import NamedTemporaryFile

from odoo.tests import tagged

from ..dealer_service.workshop.workshop_case import WorkshopCase
from .devtools import DevToolsCase

#: Seconds from one tap of a finger to the next, for the run that is timed. What a
#: person needs to look and to measure comes on top: that is an estimate.
TAP = 0.3
BAR = ".o_multipoint_bar"


class InspectionCase(WorkshopCase, DevToolsCase):
    touch_enabled = True

    def setUp(self):
        super().setUp()
        self.vehicle.fuel_type = "gasoline"
        self.visit = self.make_visit("working")
        self.make_job(self.visit, technician_id=self.mechanic.id)
        action = self.visit.with_user(self.technician).action_multipoint()
        self.sheet = self.env["dealer.multipoint.sheet"].browse(action["res_id"])
        self.items = self.sheet.template_id._items_for(self.company)
        self.taps = 0

    def open_sheet(self):
        path = f"/odoo/inspections-by-item/{self.sheet.id}"
        return self.open_page(path, login="technician")

    def tap(self, page, selector):
        self.taps += 1
        time.sleep(TAP)
        page.tap(selector)

    def colour(self, item, number=1):
        """The button of a colour: 1 in order, 2 soon, 3 at once."""
        return f"#o_multipoint_{item.id} .o_multipoint_colours .btn:nth-child({number})"

    def value(self, item, number):
        return f"#o_multipoint_{item.id} .o_multipoint_scale .btn:nth-child({number})"

    def green_value(self, item):
        """The first value of the scale that is in order."""
        judgement = self.env["dealer.multipoint.sheet"]._judgement
        for number, value in enumerate(item._scale(), 1):
            if judgement(item, {"value": value})["colour"] == "green":
                return number
        return None

    def sent(self, page):
        page.wait(
            f"!document.querySelector('{BAR} .text-muted') && !window.openRequests"
        )


@tagged("standard", "post_install", "-at_install")
class TestInspectionByTouch(InspectionCase):
    browser_size = "768x1024"

    def test_forty_items_in_sixty_taps(self):
        with self.open_sheet() as page:
            page.wait_for(BAR)
            for item in self.items:
                if item.is_measured:
                    self.tap(page, self.value(item, self.green_value(item)))
                else:
                    self.tap(page, self.colour(item))
            self.sent(page)
            self.tap(page, f"{BAR} .btn-primary")
            page.wait("document.querySelector('.o_arrow_button_current').innerText")
            page.wait(f"!document.querySelector('{BAR} .btn')")
        self.assertEqual(self.sheet.state, "done")
        self.assertEqual(len(self.sheet.finding_ids), len(self.items))
        self.assertEqual(self.sheet.green_count, 40)
        self.assertLessEqual(self.taps, 60)

    def test_red_opens_words_and_photo(self):
        item = self.items.filtered(lambda item: item.code == "joints")
        with self.open_sheet() as page:
            page.wait_for(BAR)
            self.tap(page, self.colour(item, 3))
            note = f"#o_multipoint_{item.id} input[maxlength]"
            page.wait_for(note)
            page.tap(note)
            page.send("Input.insertText", text="球头松旷")
            page.tap(f"#o_multipoint_{item.id} .fw-bold")
            self.sent(page)
        self.assertEqual(self.sheet.finding_ids.colour, "red")
        self.assertEqual(self.sheet.finding_ids.note, "球头松旷")

    def test_photo_that_no_browser_shows_is_refused_in_words(self):
        item = self.items.filtered(lambda item: item.code == "joints")
        with NamedTemporaryFile(suffix=".HEIC") as file, self.open_sheet() as page:
            # how a photo of an iPhone begins
            file.write(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
            file.flush()
            page.wait_for(BAR)
            self.tap(page, self.colour(item, 3))
            self.sent(page)
            page.choose_file(".o_multipoint input[accept='image/*']", file.name)
            page.wait_for(".o_notification")
            self.assertIn("Most Compatible", page.text(".o_notification"))
        self.assertFalse(self.sheet.finding_ids.has_photo)

    def test_typed_value_of_a_chinese_keyboard(self):
        item = self.items.filtered("is_measured")[0]
        field = f"#o_multipoint_{item.id} .o_multipoint_scale input"
        with self.open_sheet() as page:
            page.wait_for(BAR)
            for text in ("３．５", "七"):
                page.js(f"document.querySelector({field!r}).value = ''")
                page.tap(field)
                page.send("Input.insertText", text=text)
                page.tap(f"#o_multipoint_{item.id} .fw-bold")
                self.sent(page)
            page.wait_for(".o_notification")
            self.assertIn("no number", page.text(".o_notification"))
        self.assertEqual(self.sheet.finding_ids.value, 3.5)

    def test_taps_survive_a_dead_spot(self):
        item = self.items[0]
        with self.open_sheet() as page:
            page.wait_for(BAR)
            page.send("Network.enable")
            page.send(
                "Network.emulateNetworkConditions",
                offline=True,
                latency=0,
                downloadThroughput=0,
                uploadThroughput=0,
            )
            self.tap(page, self.colour(item))
            page.wait_for(f"{BAR} .text-muted")
            page.wait(
                "Object.keys(localStorage).some((key) => key.includes('multipoint'))"
            )
            page.send(
                "Network.emulateNetworkConditions",
                offline=False,
                latency=0,
                downloadThroughput=-1,
                uploadThroughput=-1,
            )
            page.wait(f"!document.querySelector('{BAR} .text-muted')")
        self.assertEqual(self.sheet.finding_ids.item_id, item)


@tagged("standard", "post_install", "-at_install")
class TestInspectionOnPhone(InspectionCase):
    browser_size = "390x844"

    def test_it_fits_and_is_large_enough(self):
        with self.open_sheet() as page:
            page.wait_for(BAR)
            self.assertLessEqual(page.js("document.documentElement.scrollWidth"), 390)
            smallest = page.js(
                "Math.min(...[...document.querySelectorAll('.o_multipoint .btn')]"
                ".flatMap((one) => { const box = one.getBoundingClientRect();"
                " return [box.width, box.height]; }))"
            )
            self.assertGreaterEqual(smallest, 44)

    def test_name_and_colours_stand_on_one_line(self):
        with self.open_sheet() as page:
            page.wait_for(BAR)
            apart = page.js(
                "[...document.querySelectorAll('.o_multipoint_line')]"
                ".filter((line) => { const [name, last] ="
                " [line.firstElementChild, line.lastElementChild]"
                ".map((one) => one.getBoundingClientRect());"
                " return last.top >= name.bottom || last.left < name.right; }).length"
            )
            self.assertEqual(apart, 0)


@tagged("standard", "post_install", "-at_install")
class TestFinishedInspection(InspectionCase):
    browser_size = "768x1024"

    def test_what_is_to_be_talked_about_comes_first(self):
        rows = []
        for item in self.items:
            row = {"item_id": item.id, "colour": "green"}
            if item.is_measured:
                row["value"] = item._scale()[self.green_value(item) - 1]
            if item.code == "joints":
                row.update(colour="red", note="Loose")
            elif item.code == "horn":
                row["colour"] = "amber"
            rows.append(row)
        self.sheet.action_judge(rows)
        self.sheet.action_finish()
        with self.open_sheet() as page:
            page.wait_for(BAR)
            first = page.js(
                "[...document.querySelector('.o_multipoint section')"
                ".querySelectorAll('.o_multipoint_item')]"
                ".map((row) => row.dataset.item)"
            )
            colours = page.js(
                "document.querySelectorAll('.o_multipoint_colours .btn').length"
            )
            shown = page.js("document.querySelectorAll('.o_multipoint_item').length")
        codes = [self.items.browse(int(number)).code for number in first]
        self.assertEqual(codes, ["joints", "horn"])
        self.assertEqual(shown, len(self.items), "each of them once")
        told = self.items.filtered(lambda item: not item.is_measured)
        self.assertEqual(colours, len(told), "what was said, and nothing to press")
