"""The customer chooses line by line; what strangers send to the page is answered."""

import re
from html import unescape

from odoo.fields import Command
from odoo.tests import tagged

from ...signature import SIGNATURE
from .portal_case import PortalDecisionCase


@tagged("standard", "post_install", "-at_install")
class TestPortalChoice(PortalDecisionCase):
    def total(self, page):
        return re.search(r'o_dealer_total"[^>]*>([^<]*)<', page.text)[1]

    # ------------------------------------------------------------------
    # CHOOSING
    # ------------------------------------------------------------------

    def test_nothing_is_chosen_for_the_customer(self):
        page = self.page()
        self.assertIn("btn-check", page.text)
        self.assertNotIn("checked=", page.text)
        half = self.page(step="confirm", **self.declined(self.wiper_line))
        self.assertIn("Please choose for each line.", half.text)
        self.assertNotIn("o_dealer_amount", half.text)

    def test_note_of_the_advisor_is_read_before_it_is_agreed_to(self):
        self.order.order_line = [
            Command.create({"display_type": "line_note", "name": "客户自带机滤"})
        ]
        for page in (self.page(), self.confirm_page()):
            self.assertIn("客户自带机滤", page.text)

    def test_total_is_that_of_what_is_chosen(self):
        def total(**lines):
            return self.total(self.page(**lines))

        wiper, fluid = (f"line_{line.id}" for line in self.order.order_line)
        self.assertNotIn("300", total())
        self.assertIn("180", total(**{fluid: "approved"}))
        self.assertIn("300", total(**{wiper: "approved", fluid: "approved"}))

    def test_back_keeps_what_was_chosen(self):
        text = self.confirm_page(**self.declined(self.wiper_line)).text
        back = unescape(re.search(r'href="([^"]+)">Back to the offer<', text)[1])
        page = self.url_open(back).text
        checked = re.findall(r'id="(\w+)"[^>]*checked=', page)
        self.assertEqual(
            checked, [f"no_{self.wiper_line.id}", f"yes_{self.fluid_line.id}"]
        )

    def test_part_is_not_kept_while_its_work_is_declined(self):
        self.wiper_line.sequence = 20
        filler = self.make_product("制动液", "part", 78.0)
        self.order.order_line = [(0, 0, {"product_id": filler.id, "sequence": 21})]
        declined = self.declined(self.fluid_line)
        page = self.confirm_page(**declined)
        self.assertNotIn("o_dealer_amount", page.text)
        # every part, and the work they belong to
        [message] = re.findall(r'alert-warning"[^>]*>([^<]*)<', page.text)
        self.assertIn("雨刮片 and 制动液: fitted as part of 更换制动液", message)
        # what is lit is summed up all the same
        self.assertIn("198.00", self.total(page))
        version = self.order._offer_digest([self.fluid_line.id])
        answer = self.sign(
            f"{self.url}/accept?access_token={self.token}&version={version}"
            f"&declined={self.fluid_line.id}"
        )
        self.assertIn("fitted", answer["error"])
        self.assertFalse(self.order.consent_date)

    def test_part_above_the_work_does_not_hang_on_it(self):
        page = self.confirm_page(**self.declined(self.fluid_line))
        self.assertNotIn("fitted", page.text)
        self.accept(page)
        self.assertEqual(self.wiper_line.dealer_decision, "approved")
        self.assertEqual(self.fluid_line.dealer_decision, "declined")

    def test_part_belongs_to_the_work_directly_above(self):
        alignment = self.make_product("四轮定位", "labour", 180.0)
        oil = self.make_product("机油", "part", 298.0)
        self.wiper_line.sequence = 20
        self.order.order_line = [
            (0, 0, {"product_id": alignment.id, "sequence": 30}),
            (0, 0, {"product_id": oil.id, "sequence": 31}),
        ]
        alignment_line, oil_line = self.order.order_line.sorted("sequence")[-2:]
        lonely = self.order._parts_without_labour
        self.assertEqual(
            lonely({self.fluid_line.id}), {self.fluid_line: self.wiper_line}
        )
        self.assertEqual(lonely({alignment_line.id}), {alignment_line: oil_line})
        self.assertFalse(lonely({alignment_line.id, oil_line.id}))

    def test_part_of_a_section_goes_with_the_work_of_that(self):
        self.order.order_line = [
            (0, 0, {"display_type": "line_section", "name": "雨刮", "sequence": 1}),
            (0, 0, {"display_type": "line_section", "name": "灯光", "sequence": 90}),
            (0, 0, {"product_id": self.wiper.id, "sequence": 91}),
        ]
        lonely = self.order._parts_without_labour
        # above the work, but in its section; the bulb stands in another
        self.assertEqual(
            lonely({self.fluid_line.id}), {self.fluid_line: self.wiper_line}
        )
        self.assertFalse(lonely({self.fluid_line.id, self.wiper_line.id}))

    def test_what_was_decided_is_had_as_the_paper_of_the_shop(self):
        path = f"{self.url}/paper?access_token={self.token}"
        self.assertEqual(self.url_open(path).status_code, 404)
        self.accept(self.confirm_page(**self.declined(self.wiper_line)))
        self.assertIn(f"{self.url}/paper", self.page().text)
        paper = self.url_open(path)
        self.assertEqual(paper.status_code, 200)
        for shown in ("皖B·A1234", self.company.name, "更换制动液", "雨刮片"):
            self.assertIn(shown, paper.text)

    # ------------------------------------------------------------------
    # WHAT STRANGERS SEND
    # ------------------------------------------------------------------

    def test_nobody_puts_words_into_the_page_with_a_link(self):
        self.assertNotIn("Call 400", self.page(message="Call 400").text)

    def test_refusal_is_told_once_and_not_in_the_address(self):
        page = self.confirm_page(**self.declined(*self.order.order_line))
        self.wiper_line.price_unit = 100.0
        address = self.decline(page).headers["Location"]
        self.assertNotIn("changed", address)
        self.assertIn("has changed", self.url_open(address).text)
        self.assertNotIn("has changed", self.url_open(address).text)

    def test_nonsense_in_the_place_of_name_and_signature_is_answered(self):
        page = self.confirm_page()
        for name in (["x"], {"a": 1}, 7, True, None, "\0", "\ud800", "王" * 10**5):
            for signature in (SIGNATURE, ["x"], 7, {}):
                with self.subTest(name=str(name)[:9], signature=str(signature)[:9]):
                    answer = self.accept(page, name=name, signature=signature)
                    if isinstance(name, str) and name[0] == "王":
                        continue
                    self.assertEqual(list(answer), ["error"])
                    self.assertNotIn("debug", str(answer))
        self.assertEqual(len(self.order.consent_by or ""), 100)

    def test_files_in_the_place_of_fields_are_answered(self):
        page = self.confirm_page(**self.declined(*self.order.order_line))
        file = ("x.txt", b"x", "text/plain")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        for name in ("access_token", "version", "name", "reason"):
            response = self.url_open(
                f"{self.url}/decline",
                data={"csrf_token": token, "access_token": self.token},
                files={name: file},
                allow_redirects=False,
            )
            self.assertIn(response.status_code, (303, 404), name)
        self.assertEqual(self.order.state, "sent")

    def test_no_other_page_frames_it_and_no_redirect_is_kept(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["res.lang"]._activate_lang("en_US")
        for lang in ("en_US", "zh_CN"):
            page = self.url_open(
                f"{self.url}?access_token={self.token}",
                cookies={"frontend_lang": lang},
                allow_redirects=False,
            )
            self.assertEqual(page.headers["Cache-Control"], "private, no-store")
            self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
            self.assertEqual(page.headers["X-Frame-Options"], "SAMEORIGIN")
            self.assertIn(
                "frame-ancestors", page.headers["Content-Security-Policy"], lang
            )
        wrong = self.page(token="wrong")
        self.assertEqual(wrong.headers["Cache-Control"], "private, no-store")

    def test_decision_on_the_link_is_said_by_the_customer(self):
        before = self.order.message_ids
        self.accept(self.confirm_page(**self.declined(self.wiper_line)))
        self.order.invalidate_recordset()
        [said] = (self.order.message_ids - before).filtered(
            lambda message: "decided" in message.body
        )
        self.assertEqual(said.author_id, self.reception.partner_id)
