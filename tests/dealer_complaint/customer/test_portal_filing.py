"""Customers complain themselves: with a login, or from the page of their visit."""

import io
from uuid import uuid4

from PIL import Image

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.dealer_complaint.models.customer.dealer_complaint_filing import (
    MAX_A_DAY,
    MAX_A_VISIT,
    MAX_PHOTOS,
)
from odoo.addons.dealer_service.tools.inspection.photo import clean_photo

from ...camera import camera_photo
from ...portal_common import ComplaintPortalCase


@tagged("standard", "post_install", "-at_install")
class TestPortalFiling(ComplaintPortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_reception(state="arrived")
        cls.visit._portal_ensure_token()
        cls.visit_path = f"/my/visits/{cls.visit.id}/complaint"
        cls.foreign_car = cls.make_vehicle(
            license_plate="皖B·Z9999", owner_id=cls.stranger.id
        )
        cls.foreign_visit = cls.make_reception(
            vehicle_id=cls.foreign_car.id, partner_id=cls.stranger.id, state="arrived"
        )
        cls.before = cls.env["dealer.complaint"].search([])

    def form(self, path="/my/complaints/new", token=None):
        query = f"?access_token={token}" if token else ""
        return self.url_open(f"{path}{query}", allow_redirects=False)

    def file(self, page, path="/my/complaints/new", files=None, **form):
        form = {"text": "空调不制冷", **form}
        return self.url_open(
            path,
            data={**self.hidden(page), **form},
            files=files,
            allow_redirects=False,
        )

    def filed(self):
        return self.env["dealer.complaint"].search([]) - self.before

    # ------------------------------------------------------------------
    # WITH A LOGIN
    # ------------------------------------------------------------------

    def test_customer_files_a_complaint_about_the_own_visit(self):
        self.sign_in("owner")
        category = self.env.ref("dealer_complaint.complaint_category_repair")
        page = self.form()
        self.assertNotIn("皖B·Z9999", page.text)
        reply = self.file(
            page,
            text="空调不制冷\n修了两次",
            wish="修好",
            reception_id=self.visit.id,
            category_id=category.parent_id.id or category.id,
        )
        complaint = self.filed()
        self.assertEqual(complaint.subject, "空调不制冷")
        self.assertEqual(complaint.description, "空调不制冷\n修了两次")
        self.assertEqual(complaint.remedy_sought, "修好")
        self.assertEqual(complaint.source, "portal")
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.vehicle_id, self.vehicle)
        self.assertEqual(complaint.reception_id, self.visit)
        self.assertEqual(complaint.company_id, self.company)
        self.assertTrue(complaint.category_id)
        self.assertFalse(complaint.first_receiver_id, "nobody of the shop heard it")
        self.assertEqual(self.timer(complaint, "contact").state, "running")
        self.assertIn(self.officer, complaint.activity_ids.user_id)
        self.assertIn(f"/my/complaints/{complaint.id}", reply.headers["Location"])
        shown = self.url_open(reply.headers["Location"])
        self.assertIn("修了两次", shown.text)

    def test_foreign_cars_and_visits_are_not_taken(self):
        self.sign_in("owner")
        self.file(
            self.form(),
            vehicle_id=self.foreign_car.id,
            reception_id=self.foreign_visit.id,
            category_id="999999",
        )
        complaint = self.filed()
        self.assertFalse(complaint.vehicle_id | complaint.reception_id.vehicle_id)
        self.assertFalse(complaint.reception_id)
        self.assertFalse(complaint.category_id)

    def test_nothing_else_than_the_form_asks_for_is_written(self):
        self.sign_in("owner")
        self.file(
            self.form(),
            partner_id=self.stranger.id,
            state="closed",
            grade="major",
            user_id=self.env.uid,
            company_id="2",
            date_received="2020-01-01 00:00:00",
        )
        complaint = self.filed()
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.state, "new")
        self.assertNotEqual(complaint.grade, "major")
        self.assertFalse(complaint.user_id)

    def test_double_tap_makes_one_complaint(self):
        self.sign_in("owner")
        page = self.form()
        first, second = self.file(page), self.file(page)
        self.assertEqual(len(self.filed()), 1)
        self.assertEqual(first.headers["Location"], second.headers["Location"])

    def test_key_of_another_customers_form_gives_nothing_away(self):
        self.sign_in("owner")
        page = self.form()
        self.file(page)
        key = self.hidden(page)["form_key"]
        self.sign_in("stranger")
        self.file(self.form(), form_key=key, text="别的事")
        self.assertEqual(len(self.filed()), 2)

    def test_empty_and_forged_forms_are_shown_again_with_what_was_written(self):
        self.sign_in("owner")
        page = self.form()
        again = self.file(page, text="   ", wish="赔偿")
        self.assertEqual(again.status_code, 200)
        self.assertIn("Please tell us what happened", again.text)
        self.assertIn("赔偿", again.text)
        again = self.file(page, form_key="rating:1", text="<b>粗</b>")
        self.assertIn("&lt;b&gt;粗", again.text)
        self.assertFalse(self.filed())

    def test_injury_is_major_at_intake(self):
        self.sign_in("owner")
        self.file(self.form(), is_safety="1")
        self.assertEqual(self.filed().grade, "major")

    def test_too_many_a_day_are_asked_to_use_those_there_are(self):
        self.sign_in("owner")
        for number in range(MAX_A_DAY):
            self.file(self.form(), text=f"第 {number} 件")
        again = self.file(self.form(), text="再来一件")
        self.assertIn("several complaints", again.text)
        self.assertIn("再来一件", again.text)
        self.assertEqual(len(self.filed()), MAX_A_DAY)

    def test_staff_does_not_file_as_a_customer(self):
        self.authenticate("handler", "handler")
        self.assertEqual(self.form().status_code, 404)

    # ------------------------------------------------------------------
    # WITH THE LINK OF A VISIT
    # ------------------------------------------------------------------

    def test_page_of_the_visit_asks_whether_something_was_not_right(self):
        page = self.url_open(
            f"/my/visits/{self.visit.id}?access_token={self.visit.access_token}"
        )
        self.assertIn(
            f"{self.visit_path}?access_token={self.visit.access_token}", page.text
        )
        booked = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·B1111").id
        )
        booked._portal_ensure_token()
        page = self.url_open(
            f"/my/visits/{booked.id}?access_token={booked.access_token}"
        )
        self.assertNotIn("/complaint", page.text)
        answer = self.form(f"/my/visits/{booked.id}/complaint", booked.access_token)
        self.assertEqual(answer.status_code, 404)

    def test_nobody_in_particular_files_with_the_link_and_follows_without_login(self):
        page = self.form(self.visit_path, self.visit.access_token)
        reply = self.file(page, self.visit_path)
        complaint = self.filed()
        self.assertEqual(complaint.reception_id, self.visit)
        self.assertEqual(complaint.partner_id, self.customer)
        location = reply.headers["Location"]
        self.assertIn(complaint.access_token, location)
        self.assertNotIn(self.visit.access_token, location)
        self.assertIn("空调不制冷", self.url_open(location).text)

    def test_form_of_a_visit_needs_the_proof_of_the_visit(self):
        page = self.form(self.visit_path, self.visit.access_token)
        for token in (None, "wrong", "令牌", self.token):
            answer = self.form(self.visit_path, token)
            self.assertEqual(answer.status_code, 404, token)
        answer = self.file(page, self.visit_path, access_token="wrong")
        self.assertEqual(answer.status_code, 404)
        self.sign_in("stranger")
        self.assertEqual(self.form(self.visit_path).status_code, 404)
        self.assertFalse(self.filed())

    def test_one_visit_does_not_flood_the_desk(self):
        for number in range(MAX_A_VISIT + 2):
            page = self.form(self.visit_path, self.visit.access_token)
            self.file(page, self.visit_path, text=f"第 {number} 次")
        self.assertEqual(len(self.filed()), MAX_A_VISIT)

    def test_visit_of_another_company_makes_a_complaint_there(self):
        company = self.env["res.company"].create({"name": "另一家店"})
        company.dealer_calendar_id = self.make_calendar(company_id=company.id)
        visit = self.make_reception(
            company_id=company.id,
            advisor_id=False,
            vehicle_id=self.make_vehicle(license_plate="沪A·00001").id,
            state="arrived",
        )
        visit._portal_ensure_token()
        path = f"/my/visits/{visit.id}/complaint"
        self.file(self.form(path, visit.access_token), path)
        self.assertEqual(self.filed().company_id, company)

    # ------------------------------------------------------------------
    # PHOTOS
    # ------------------------------------------------------------------

    def test_photos_come_along(self):
        self.sign_in("owner")
        photo = ("photos", ("a.jpg", camera_photo(), "image/jpeg"))
        self.file(self.form(), files=[photo, photo])
        message = self.filed().message_ids.filtered("attachment_ids")
        self.assertEqual(message.author_id, self.customer)
        self.assertEqual(
            message.attachment_ids.mapped("mimetype"), ["image/jpeg", "image/jpeg"]
        )

    def test_too_many_photos_are_refused_with_the_words_kept(self):
        self.sign_in("owner")
        photo = ("photos", ("a.jpg", camera_photo((20, 20)), "image/jpeg"))
        again = self.file(self.form(), files=[photo] * (MAX_PHOTOS + 1))
        self.assertIn("photos at most", again.text)
        self.assertIn("空调不制冷", again.text)
        self.assertFalse(self.filed())

    def test_photo_is_upright_small_and_without_the_place(self):
        with Image.open(io.BytesIO(clean_photo(camera_photo()))) as kept:
            self.assertEqual(kept.size, (960, 1920))
            self.assertFalse(dict(kept.getexif()))

    def test_what_is_no_photo_is_refused(self):
        for content in (b"", b"<svg/>", b"%PDF", camera_photo((30, 30))[:60]):
            with self.assertRaises(ValueError):
                clean_photo(content)

    def test_photo_as_messengers_write_it_is_taken(self):
        for kind in ("WEBP", "PNG", "GIF", "JPEG"):
            target = io.BytesIO()
            Image.new("RGB", (300, 200), "red").save(target, kind)
            with self.subTest(kind):
                self.assertTrue(clean_photo(target.getvalue()))

    def test_small_file_that_unpacks_to_millions_of_pixels_is_refused(self):
        self.sign_in("owner")
        size = (11_000, 10_800)
        target = io.BytesIO()
        Image.new("1", size).save(target, "PNG")
        self.assertLess(len(target.getvalue()), 350_000)
        photo = ("photos", ("a.png", target.getvalue(), "image/png"))
        again = self.file(self.form(), files=[photo])
        self.assertIn("too large", again.text)
        self.assertFalse(self.filed())

    def test_words_of_the_customer_are_rewritten_by_nobody(self):
        self.sign_in("owner")
        self.file(self.form(), text="空调不制冷", wish="免费修理")
        complaint = self.filed()
        for name in ("description", "remedy_sought"):
            kept = complaint[name]
            with self.assertRaisesRegex(UserError, "the customer's own words"):
                complaint.with_user(self.complaint_manager)[name] = "很满意"
            self.assertEqual(complaint[name], kept)

    def test_receipt_is_not_suppressed_by_the_callers_context(self):
        self.customer.email = "wang@example.com"
        self.company.dealer_complaint_mail_customer = True
        complaint = (
            self.env["dealer.complaint"]
            .with_user(self.handler)
            .with_context(tracking_disable=True, install_mode=True)
            .create(
                {
                    "subject": "异响",
                    "partner_id": self.customer.id,
                    "level": "complaint",
                    "source": "phone",
                }
            )
        )
        self.assertTrue(complaint.date_acknowledged)

    def test_files_in_the_place_of_fields_are_answered(self):
        self.sign_in("owner")
        page = self.form()
        token = self.hidden(page)["csrf_token"]
        for name in ("text", "wish", "form_key", "category_id", "vehicle_id"):
            answer = self.url_open(
                "/my/complaints/new",
                data={"csrf_token": token},
                files={name: ("x.txt", b"x", "text/plain")},
            )
            self.assertEqual(answer.status_code, 200, name)
        self.assertFalse(self.filed())

    def test_filing_costs_a_bounded_number_of_queries(self):
        Complaint = self.env["dealer.complaint"].with_user(self.owner_user)
        words = {"text": "空调不制冷"}
        args = (self.customer, self.company, words)
        Complaint._file_by_customer(str(uuid4()), *args)
        self.env.flush_all()
        with self.assertQueryCount(__system__=120):
            Complaint._file_by_customer(str(uuid4()), *args)
            self.env.flush_all()
