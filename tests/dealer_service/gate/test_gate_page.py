"""The guard's phone: a link, no login, and only what a guard needs."""

import re
from datetime import timedelta

from freezegun import freeze_time

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .test_gate_pass import GateCase


@tagged("post_install", "-at_install")
class TestGatePage(GateCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bring_to(cls.reception, "delivered")
        cls.gate_pass = cls.reception.gate_pass_ids
        cls.link = f"/gate/{cls.device.access_token}"
        cls.code = f"/gate/pass/{cls.gate_pass.access_token}"

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def open(self, path=None):
        return self.url_open(path or self.link, allow_redirects=False)

    def send(self, gate_pass=None, move="out", link=None, **data):
        """Press the button of a card."""
        return self.url_open(
            f"{link or self.link}/check",
            data={
                "csrf_token": Request.csrf_token(self),
                "gate_pass": (gate_pass or self.gate_pass).id,
                "move": move,
                **data,
            },
        )

    def test_guard_sees_plate_model_reason_and_end(self):
        page = self.open()
        self.assertEqual(page.status_code, 200)
        for words in ("皖B·A1234", "Tiggo 8", "Delivered", "Valid Until", "Let Out"):
            self.assertIn(words, page.text)
        for secret in (self.customer.name, "138 0553", self.reception.name):
            self.assertNotIn(secret, page.text)
        self.assertIn("no-store", page.headers["Cache-Control"])

    def test_guard_lets_out_once(self):
        self.open()
        self.assertIn("皖B·A1234 may leave.", self.send().text)
        self.assertEqual(self.gate_pass.state, "out")
        self.assertIn("was used at", self.send().text)
        # what was said is said once
        self.assertNotIn("was used at", self.open().text)

    def test_a_get_lets_nobody_out(self):
        self.open()
        answer = self.url_open(f"{self.link}/check?gate_pass={self.gate_pass.id}")
        self.assertEqual(answer.status_code, 405)
        self.assertEqual(self.gate_pass.state, "open")

    def test_code_opens_on_the_guards_phone_alone(self):
        page = self.open(self.code)
        self.assertEqual(page.status_code, 404)
        self.assertIn("This code is for the guard", page.text)
        self.assertEqual(page.text, self.open("/gate/pass/another").text)
        self.open()
        page = self.open(self.code)
        self.assertIn("皖B·A1234", page.text)
        self.assertIn("Let Out", page.text)
        self.send()
        page = self.open(self.code)
        self.assertIn("was used at", page.text)
        self.assertNotIn("Let Out", page.text)

    def test_wrong_code_says_that_the_car_stays(self):
        self.open()
        for code in ("x" * 32, "1", "%00"):
            with self.subTest(code):
                page = self.open(f"/gate/pass/{code}")
                self.assertNotIn("皖B·A1234", page.text)
                self.assertNotIn("Let Out", page.text)

    def test_revoked_link_is_no_link(self):
        self.open()
        self.device.with_user(self.manager).action_revoke_link()
        self.assertEqual(self.open().status_code, 404)
        self.assertEqual(self.open(self.code).status_code, 404)
        self.assertEqual(self.send().status_code, 404)
        self.assertEqual(self.gate_pass.state, "open")
        self.device.with_user(self.manager).action_renew_link()
        self.assertNotIn(self.device.access_token, self.link)

    def test_gate_of_another_shop_lets_nothing_out(self):
        shop = self.env["res.company"].create({"name": "另一家店"})
        other = self.env["dealer.gate.device"].create(
            {"name": "南门", "company_id": shop.id}
        )
        other.action_renew_link()
        there = f"/gate/{other.access_token}"
        self.assertNotIn("皖B·A1234", self.open(there).text)
        self.assertIn("no pass of this shop", self.open(self.code).text)
        self.assertNotIn("may leave", self.send(link=there).text)
        self.assertEqual(self.gate_pass.state, "open")

    def test_expired_pass_is_listed_nowhere_and_lets_nobody_out(self):
        self.open()
        with freeze_time(self.gate_pass.date_until + timedelta(minutes=1)):
            self.assertNotIn("皖B·A1234", self.open().text)
            self.assertIn("Send the driver back", self.open(self.code).text)
            self.assertIn("valid until", self.send().text)
        self.assertEqual(self.gate_pass.state, "open")

    def test_road_test_is_let_in_again(self):
        visit = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·K5555").id, state="arrived"
        )
        test = visit.action_send_out("road_test")
        self.open()
        self.send(test)
        page = self.open()
        self.assertIn("To Come Back", page.text)
        self.assertIn("Is Back", page.text)
        self.assertIn("皖B·K5555 is back.", self.send(test, "back").text)
        self.assertEqual(test.state, "back")

    def test_plate_is_found_by_a_part_of_it(self):
        self.assertIn("皖B·A1234", self.open(f"{self.link}?plate=a12").text)
        self.assertIn("皖B·A1234", self.open(f"{self.link}?plate=皖BA1234").text)
        self.assertNotIn("皖B·A1234", self.open(f"{self.link}?plate=K5").text)

    def test_page_speaks_the_language_of_the_shop(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.company.partner_id.lang = "zh_CN"
        page = self.open().text
        self.assertIn('lang="zh-CN"', page)
        self.assertIn("放行", page)
        left = re.sub(r"<[^>]+>", " ", page)
        self.assertFalse(re.findall(r"Valid|Leave|Find|Reason", left))
