import json
from contextlib import nullcontext

from odoo.tests import tagged

from ...providers.aliyun import Aliyun
from .provider_case import ProviderCase
from .provider_tests import ProviderTests


@tagged("post_install", "-at_install")
class TestAliyun(ProviderTests, ProviderCase):
    server_class, provider = Aliyun, "aliyun"

    REFUSALS = {
        "isv.SMS_SIGNATURE_ILLEGAL": ("failed", "signature"),
        "isv.SMS_TEMPLATE_ILLEGAL": ("failed", "approved text"),
        "isv.TEMPLATE_MISSING_PARAMETERS": ("failed", "value"),
        "isv.INVALID_JSON_PARAM": ("failed", "value"),
        "isv.INVALID_PARAMETERS": ("failed", "value"),
        "isv.PARAM_LENGTH_LIMIT": ("failed", "value"),
        "isv.PARAM_NOT_SUPPORT_URL": ("failed", "value"),
        "isv.BLACK_KEY_CONTROL_LIMIT": ("failed", "word"),
        "isv.MOBILE_NUMBER_ILLEGAL": ("failed", "no number"),
        "isv.BUSINESS_LIMIT_CONTROL": ("waiting", "Too many"),
        "isv.DAY_LIMIT_CONTROL": ("waiting", "Too many"),
        "isv.OUT_OF_SERVICE": ("failed", "empty"),
        "isv.AMOUNT_NOT_ENOUGH": ("failed", "empty"),
        "isv.PRODUCT_UN_SUBSCRIPT": ("failed", "account"),
        "isv.ACCOUNT_ABNORMAL": ("failed", "account"),
        "isp.RAM_PERMISSION_DENY": ("failed", "account"),
        "isv.SOMETHING_NEW": ("failed", "refused"),
        "isp.SYSTEM_ERROR": ("unknown", "did not say"),
    }

    @classmethod
    def names_at_provider(cls, variables):
        return variables.split(",")

    def told(self):
        return list(json.loads(self.server.taken[-1]["TemplateParam"]).values())

    def reference_of(self, taken):
        return taken["BizId"]

    def our_reference(self, taken):
        return taken["OutId"]

    def report(self, taken, is_delivered):
        taken["status"] = 3 if is_delivered else 2
        taken["err"] = "" if is_delivered else "MOBILE_NOT_ON_SERVICE"

    def no_library(self):
        return {"alibabacloud_dysmsapi20170525.client": None}

    def clock(self):
        return nullcontext()

    def test_waiting_receipt_means_taken(self):
        message = self.refused_with("lost")
        self.assertEqual(self.ask(message), {message.reference: ("sent", None)})

    def test_message_that_never_came_is_absent(self):
        message = self.refused_with("dropped")
        self.assertEqual(self.ask(message), {message.reference: ("absent", None)})

    def test_message_is_found_on_a_later_page(self):
        message = self.refused_with("lost")
        first = self.server.taken[-1]
        self.server.taken += [{**first, "OutId": str(i)} for i in range(120)]
        self.assertEqual(self.ask(message), {message.reference: ("sent", None)})
        self.assertEqual(len(self.server.requests), 4)

    def test_provider_counts_its_days_in_china(self):
        message = self.send()
        message.sudo()._write_by_method({"date_sending": "2026-11-29 17:30:00"})
        self.ask(message)
        self.assertIn("SendDate=20261130", self.server.requests[-1][1].query)
