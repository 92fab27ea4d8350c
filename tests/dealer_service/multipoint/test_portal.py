"""What the customer sees of an inspection: by the own link, plain values, pictures."""

import base64

from odoo.tests import HttpCase, tagged

from odoo.addons.dealer_service.tools.inspection.video import clean_video

from ...camera import camera_photo
from .multipoint_case import MultipointCase
from .test_video import video


@tagged("standard", "post_install", "-at_install")
class TestInspectionPage(MultipointCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit._portal_ensure_token()
        cls.other = cls.make_visit(
            "working",
            vehicle_id=cls.make_vehicle(license_plate="皖B·P0001").id,
        )
        cls.other._portal_ensure_token()

    def inspected(self):
        sheet = self.begin()
        self.judge(sheet, lamps="green", tread=2.0, pads=9.0, water=1.0, joints="red")
        joints = self.items["joints"].id
        sheet.action_photo(joints, base64.b64encode(camera_photo()).decode())
        sheet.action_video(joints, base64.b64encode(video()).decode())
        sheet.action_note(joints, "左前下摆臂球头松旷")
        return sheet

    def get(self, visit, path="", token=None):
        token = visit.access_token if token is None else token
        return self.url_open(
            f"/my/visits/{visit.id}{path}?access_token={token}", allow_redirects=False
        )

    def test_nothing_is_shown_before_it_is_finished(self):
        sheet = self.inspected()
        self.assertNotIn("o_dealer_inspection", self.get(self.visit).text)
        finding = self.found(sheet, "joints")
        path = f"/inspection/{finding.id}/photo"
        self.assertEqual(self.get(self.visit, path).status_code, 404)
        sheet.action_finish()
        page = self.get(self.visit).text
        self.assertIn("左前下摆臂球头松旷", page)
        self.assertIn("2 mm", page)
        self.assertIn("It aquaplanes", page)
        self.assertNotIn("Lamps", page, "what is in order is counted")
        self.assertNotIn(self.technician.name, page)

    def test_pictures_open_by_the_own_link_only(self):
        sheet = self.inspected()
        sheet.action_finish()
        finding = self.found(sheet, "joints")
        for what, kind in (("photo", "image/jpeg"), ("video", "video/mp4")):
            path = f"/inspection/{finding.id}/{what}"
            answer = self.get(self.visit, path)
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(answer.headers["Content-Type"], kind)
            self.assertIn("no-store", answer.headers["Cache-Control"])
            for visit, token in (
                (self.visit, "wrong"),
                (self.visit, ""),
                (self.other, None),
                (self.visit, self.other.access_token),
            ):
                self.assertEqual(self.get(visit, path, token).status_code, 404)
        self.assertEqual(
            self.get(self.visit, f"/inspection/{finding.id}/video").content,
            clean_video(video()),
        )
        green = self.found(sheet, "pads")
        for number, what in (
            (finding.id, "note"),
            (finding.id, "signature"),
            (green.id, "photo"),
            (10**8, "photo"),
        ):
            path = f"/inspection/{number}/{what}"
            self.assertEqual(self.get(self.visit, path).status_code, 404)

    def test_offer_shows_what_was_found_beside_its_line(self):
        sheet = self.inspected()
        sheet.action_finish()
        sheet.action_offer()
        order = self.visit.order_ids.filtered(lambda order: order.state == "draft")
        order.order_line.filtered("product_id").write({"price_unit": 100.0})
        order.action_share_link()
        url = f"/my/service/orders/{order.id}"
        page = self.url_open(f"{url}?access_token={order.access_token}").text
        self.assertIn("左前下摆臂球头松旷", page)
        finding = self.found(sheet, "joints")
        path = f"{url}/inspection/{finding.id}/photo"
        self.assertIn(path, page)
        self.assertEqual(
            self.url_open(f"{path}?access_token={order.access_token}").status_code, 200
        )
        self.assertEqual(self.url_open(f"{path}?access_token=x").status_code, 404)
        other = self.make_order(self.other, dealer_reason="x")
        other.action_share_link()
        foreign = f"/my/service/orders/{other.id}/inspection/{finding.id}/photo"
        self.assertEqual(
            self.url_open(f"{foreign}?access_token={other.access_token}").status_code,
            404,
        )

    def test_customer_reads_it_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.items["joints"].with_context(lang="zh_CN").name = "转向球头"
        self.customer.lang = "zh_CN"
        sheet = self.inspected()
        sheet.action_finish()
        self.assertIn("转向球头", self.get(self.visit).text)
