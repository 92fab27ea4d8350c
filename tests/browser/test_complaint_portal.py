"""The phone of a customer: complain, follow, answer; by login, link or a wrong link."""

import io
import json
import os
import tempfile

from PIL import Image

from odoo.tests import new_test_user, tagged

from ..complaint_common import DealerComplaintCase
from .devtools import DevToolsCase


@tagged("standard", "post_install", "-at_install")
class TestComplaintPortal(DealerComplaintCase, DevToolsCase):
    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        user = new_test_user(
            cls.env, login="owner", password="owner", groups="base.group_portal"
        )
        user.partner_id = cls.customer
        cls.complaint = cls.make_complaint(
            subject="刹车异响",
            description="保养后刹车有异响",
            vehicle_id=cls.vehicle.id,
        )
        cls.complaint._portal_ensure_token()

    def propose(self):
        self.complaint.action_investigate()
        self.complaint.proposal = "免费更换刹车片"
        self.complaint.action_propose()

    def fill(self, page, selector, text):
        """Tap into a field and type."""
        field = f"document.querySelector({json.dumps(selector)})"
        page.wait(f"{field}.offsetHeight")
        # two taps at once would be a double tap, which zooms
        page.wait_frames(40)
        page.tap(selector)
        page.wait(f"document.activeElement === {field}")
        page.send("Input.insertText", text=text)
        page.wait(f"{field}.value.includes({json.dumps(text)})")

    def wait_next(self, page, condition):
        """The page that follows is there, and hears what is tapped."""
        page.wait(
            "document.readyState === 'complete'"
            " && document.body.getAttribute('is-ready') === 'true'"
            f" && ({condition})"
        )

    def assertFits(self, page):  # noqa: N802
        """Nothing is wider than the phone, and what is tapped is large enough."""
        width = page.js("document.documentElement.scrollWidth")
        self.assertLessEqual(width, 390)
        heights = page.js(
            "[...document.querySelectorAll('#wrap button.btn, #wrap a.btn,"
            " #wrap summary.btn')].filter((b) => b.offsetParent)"
            ".map((b) => b.getBoundingClientRect().height)"
        )
        self.assertTrue(heights)
        self.assertGreaterEqual(min(heights), 40)

    def photo(self):
        target = io.BytesIO()
        Image.new("RGB", (3000, 2000), "red").save(target, "JPEG")
        file = tempfile.NamedTemporaryFile(suffix=".jpg", delete=False)
        with file:
            file.write(target.getvalue())
        self.addCleanup(os.unlink, file.name)
        return file.name

    def test_countdown_speaks_the_language_of_the_customer(self):
        self.customer.lang = "zh_CN"
        link = self.complaint._portal_ensure_token()
        path = f"/my/complaints/{self.complaint.id}?access_token={link}"
        with self.open_page(path) as page:
            page.wait("document.querySelector('.o_dealer_countdown').innerText")
            page.wait(
                "/(剩余|逾期|超时)/.test(document.querySelector"
                "('.o_dealer_countdown').innerText)"
            )

    def test_customer_files_a_complaint_with_a_photo_and_follows_it(self):
        before = self.env["dealer.complaint"].search([])
        with self.open_page("/my/complaints", login="owner") as page:
            self.wait_next(page, "document.querySelector('.list-group-item')")
            self.assertIn("刹车异响", page.text(".list-group"))
            page.tap("a[href='/my/complaints/new']")
            self.wait_next(page, "document.querySelector('.o_dealer_filing')")
            self.assertFits(page)
            self.fill(page, "textarea[name=text]", "空调不制冷，修了两次")
            self.fill(page, "textarea[name=wish]", "修好")
            page.choose_file(".o_dealer_photos", self.photo())
            # scaled down before it leaves the phone
            page.wait(
                "document.querySelector('.o_dealer_photos').files[0].size < 100000"
            )
            page.tap(".o_dealer_filing button[type=submit]")
            page.wait("document.querySelector('.o_dealer_countdown').innerText")
            self.assertIn("空调不制冷", page.text("h1"))
            self.assertRegex(page.text(".o_dealer_countdown"), r"\d:\d\d.* left")
            page.wait("document.querySelector('#history img').naturalWidth >= 1000")
            self.assertFits(page)
        complaint = self.env["dealer.complaint"].search([]) - before
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.remedy_sought, "修好")
        [photo] = complaint.message_ids.attachment_ids
        self.assertEqual(photo.mimetype, "image/jpeg")

    def test_customer_agrees_to_the_proposal_with_one_tap(self):
        self.propose()
        with self.open_page(
            f"/my/complaints/{self.complaint.id}", login="owner"
        ) as page:
            self.wait_next(page, "document.querySelector('.o_dealer_answer')")
            self.assertFits(page)
            page.tap(".o_dealer_answer button[value=accepted]")
            self.wait_next(page, "document.querySelector('.alert-success')")
            self.assertFalse(page.count(".o_dealer_answer"))
        self.assertEqual(self.complaint.decision_answer, "accepted")

    def test_anonymous_with_the_link_says_why_not_and_writes(self):
        self.propose()
        with self.open_page(self.complaint.get_portal_url()) as page:
            self.wait_next(page, "document.querySelector('.o_dealer_answer')")
            page.tap(".o_dealer_answer summary")
            self.fill(page, "textarea[name=words]", "我要换新车")
            page.wait_frames(40)
            page.tap(".o_dealer_answer button[value=refused]")
            self.wait_next(page, "!document.querySelector('.o_dealer_answer')")
            page.tap(".o_dealer_write summary")
            self.fill(page, ".o_dealer_write textarea", "请尽快答复")
            page.wait_frames(40)
            page.tap(".o_dealer_write button[type=submit]")
            self.wait_next(
                page,
                "document.querySelector('#history').innerText.includes('请尽快答复')",
            )
            self.assertIn("我要换新车", page.text("#history"))
        self.assertEqual(self.complaint.state, "investigating")
        self.assertEqual(self.complaint.answer_words, "我要换新车")

    def test_anonymous_with_the_link_rates_and_the_page_says_thanks(self):
        self.propose()
        self.complaint.decision_answer = "accepted"
        self.make_contact(self.complaint, kind="decision")
        self.complaint.action_resolve()
        with self.open_page(self.complaint.get_portal_url()) as page:
            self.wait_next(page, "document.querySelector('.o_dealer_rating')")
            page.tap("label[for=stars_5]")
            page.tap(".o_dealer_rating button[type=submit]")
            self.wait_next(page, "!document.querySelector('.o_dealer_rating')")
            self.assertIn("Thank you for your rating", page.text("#wrap"))
        self.assertEqual(self.complaint.rating_last_value, 5)

    def test_page_in_front_hears_that_there_is_news(self):
        with self.open_page(self.complaint.get_portal_url()) as page:
            page.wait("document.querySelector('.o_dealer_countdown').innerText")
            self.assertTrue(page.count(".o_dealer_news.d-none"))
            self.complaint.action_investigate()
            self.env.flush_all()
            # it comes back to the front
            page.js("document.dispatchEvent(new Event('visibilitychange'))")
            page.wait_for(".o_dealer_news:not(.d-none)")

    def test_anonymous_with_a_wrong_link_sees_nothing_of_it(self):
        url = f"/my/complaints/{self.complaint.id}?access_token=wrong"
        with self.open_page(url) as page:
            page.wait("document.body.innerText.length > 0")
            self.assertNotIn("刹车", page.text("body"))
            self.assertNotIn(self.complaint.name, page.text("body"))
            self.assertFalse(page.count(".o_dealer_complaint"))
