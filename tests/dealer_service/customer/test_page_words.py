"""What the customer's pages say: in his language, under the name of the shop."""

from lxml import html

from odoo.tests import tagged

from ..orders.test_consent import PIXEL
from .portal_case import PortalDecisionCase


@tagged("standard", "post_install", "-at_install")
class TestPageWords(PortalDecisionCase):
    def test_signature_pad_speaks_the_language_of_the_page(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search(
            [("name", "=", "dealer_service")]
        )._update_translations(["zh_CN"])
        words = self.url_open("/website/translations?lang=zh_CN").json()
        ours = {
            message["id"]: message["string"]
            for message in words["modules"]["dealer_service"]["messages"]
        }
        self.assertEqual(ours["Name of the signer"], "签字人姓名")
        self.assertEqual(ours["Sign here by hand"], "请在此手写签名")

    def test_shop_without_a_logo_has_its_name_there(self):
        visit = f"/my/visits/{self.reception.id}?access_token="
        self.reception._portal_ensure_token()
        visit += self.reception.access_token
        order = f"{self.url}?access_token={self.token}"
        for address in (order, visit):
            with self.subTest(address):
                self.company.logo = False
                page = self.url_open(address).text
                self.assertNotIn("/logo.png", page)
                self.assertIn(self.company.name, page)
                self.company.logo = PIXEL
                self.assertIn("/logo.png", self.url_open(address).text)

    def test_pages_are_called_by_what_they_are(self):
        """A phone shows the title of a page above it."""
        self.reception._portal_ensure_token()
        visit = f"/my/visits/{self.reception.id}"
        self.company.with_user(self.manager).action_renew_public_link()
        for address, title in (
            (f"{self.url}?access_token={self.token}", None),
            (f"{visit}?access_token={self.reception.access_token}", self.company.name),
            (f"/dealer/{self.company.dealer_public_token}", self.company.name),
        ):
            with self.subTest(address):
                page = html.fromstring(self.url_open(address).content)
                [found] = page.xpath("//title/text()")
                self.assertNotIn("Odoo", found)
                if title:
                    self.assertEqual(found, title)

    def test_pages_of_a_link_speak_the_language_of_the_customer(self):
        """Whatever the phone is set to."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search(
            [("name", "=", "dealer_service")]
        )._update_translations(["zh_CN"])
        self.reception.partner_id.lang = "zh_CN"
        self.reception._portal_ensure_token()
        visit = f"/my/visits/{self.reception.id}"
        proof = f"?access_token={self.reception.access_token}"
        order = f"{self.url}?access_token={self.token}"
        for address in (visit + proof, f"{visit}/live{proof}", order):
            with self.subTest(address):
                page = self.url_open(address, headers={"Accept-Language": "en-US"})
                self.assertRegex(page.text, "已确认|同意")
                self.assertNotRegex(page.text, "Authorized|What you told us|Agree")
