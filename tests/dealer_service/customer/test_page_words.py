"""What the customer's pages say, in his language."""

from odoo.tests import tagged

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
