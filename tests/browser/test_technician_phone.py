"""A technician works with a phone: he reads his card and reports what he found."""

import io
import pathlib
import tempfile

from PIL import Image

from odoo.tests import tagged

from ..dealer_service.workshop.workshop_case import ARRIVAL, WorkshopCase
from .devtools import DevToolsCase

CARD = ".o_dealer_my_jobs .o_kanban_record:not(.o_kanban_ghost)"
REPORT = f"{CARD} button[name=action_report_finding]"


@tagged("post_install", "-at_install")
class TestTechnicianPhone(WorkshopCase, DevToolsCase):
    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_visit("working", date_authorized=ARRIVAL)
        cls.visit.concern_ids = [(0, 0, {"name": "空调出风口有异味"})]

    def photo(self):
        picture = io.BytesIO()
        Image.new("RGB", (80, 60), "gray").save(picture, "JPEG")
        path = pathlib.Path(tempfile.mkdtemp()) / "photo.jpg"
        self.addCleanup(path.parent.rmdir)
        self.addCleanup(path.unlink)
        path.write_bytes(picture.getvalue())
        return str(path)

    def test_found_work_is_reported_with_a_photo(self):
        self.make_job(self.visit, technician_id=self.mechanic.id)
        with self.open_page("/odoo/my-jobs", "technician") as page:
            page.wait_for(REPORT)
            self.assertIn("空调出风口有异味", page.text(CARD))
            page.tap(REPORT)
            page.wait_for(".o_dealer_photo input[type=file]")
            page.choose_file(".o_dealer_photo input[type=file]", self.photo())
            page.wait_for(".o_dealer_photo img")
            page.tap(".modal [name=note] textarea")
            page.send("Input.insertText", text="前刹车片剩余 2 毫米")
            page.tap(".modal [name=urgency] .o_selection_badge")
            page.wait_for(".modal [name=urgency] .o_selection_badge.active")
            self.assertLessEqual(
                page.js("document.documentElement.scrollWidth"), 390, "it fits"
            )
            page.tap(".modal button[name=action_report]")
            page.wait_for(".o_notification")
            page.wait("!document.querySelector('.modal')")
            asked = "performance.getEntriesByType('resource').map((r) => r.name).join()"
            self.assertNotIn("undefined", page.js(asked))
        order = self.visit.order_ids
        self.assertEqual(order.dealer_reason, "前刹车片剩余 2 毫米")
        self.assertEqual(order.dealer_urgency, "safety")
        self.assertEqual(len(order.dealer_photo_ids), 1)

    def test_card_of_a_check_says_what_is_to_be_checked(self):
        job = self.make_job(self.visit, name="更换空调滤芯")
        job._write_by_method({"state": "done"})
        self.visit._write_by_method({"state": "quality"})
        with self.open_page("/odoo/cars-to-check", "technician") as page:
            page.wait_for(CARD)
            page.wait(f"document.querySelector('{CARD}').innerText.includes('异味')")
            self.assertIn("更换空调滤芯", page.text(CARD))
            self.assertLessEqual(page.js("document.documentElement.scrollWidth"), 390)

    def test_no_job_shows_no_samples(self):
        with self.open_page("/odoo/my-jobs", "technician") as page:
            page.wait_for(".o_view_nocontent_smiling_face")
            self.assertEqual(page.count(CARD), 0)
