import time
from contextlib import nullcontext

from odoo.tests import tagged

from ...providers.tencent import Tencent
from .provider_case import ProviderCase
from .provider_tests import ProviderTests


@tagged("post_install", "-at_install")
class TestTencent(ProviderTests, ProviderCase):
    server_class, provider = Tencent, "tencent"

    REFUSALS = {
        "FailedOperation.SignatureIncorrectOrUnapproved": ("failed", "signature"),
        "FailedOperation.TemplateUnapprovedOrNotExist": ("failed", "approved text"),
        "FailedOperation.TemplateParamSetNotMatchApprovedTemplate": ("failed", "value"),
        "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter": (
            "failed",
            "value",
        ),
        "InvalidParameterValue.TemplateParameterLengthLimit": ("failed", "value"),
        "InvalidParameterValue.TemplateParameterFormatError": ("failed", "value"),
        "FailedOperation.ContainSensitiveWord": ("failed", "word"),
        "InvalidParameterValue.IncorrectPhoneNumber": ("failed", "no number"),
        "FailedOperation.PhoneNumberInBlacklist": ("failed", "takes no messages"),
        "LimitExceeded.PhoneNumberDailyLimit": ("waiting", "Too many"),
        "LimitExceeded.PhoneNumberThirtySecondLimit": ("waiting", "Too many"),
        "LimitExceeded.DeliveryFrequencyLimit": ("waiting", "Too many"),
        "FailedOperation.MarketingSendTimeConstraint": ("waiting", "at this hour"),
        "!RequestLimitExceeded": ("waiting", "busy"),
        "FailedOperation.InsufficientBalanceInSmsPackage": ("failed", "empty"),
        "UnauthorizedOperation.ServiceSuspendDueToArrears": ("failed", "empty"),
        "!AuthFailure.SignatureExpire": ("failed", "key"),
        "!UnauthorizedOperation.RequestIpNotInWhitelist": ("failed", "account"),
        "UnauthorizedOperation.SmsSdkAppIdVerifyFail": ("failed", "account"),
        "UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone": (
            "failed",
            "approved text",
        ),
        "FailedOperation.SomethingNew": ("failed", "refused"),
        "InternalError.Timeout": ("unknown", "did not say"),
        "!InternalError": ("unknown", "did not say"),
    }

    @classmethod
    def names_at_provider(cls, variables):
        return len(variables.split(","))

    def told(self):
        return self.server.taken[-1]["TemplateParamSet"]

    def reference_of(self, taken):
        return taken["SerialNo"]

    def our_reference(self, taken):
        return taken["SessionContext"]

    def report(self, taken, is_delivered):
        taken["report"] = (
            ("SUCCESS", "DELIVRD") if is_delivered else ("FAIL", "MK:0001")
        )

    def no_library(self):
        return {"tencentcloud.sms.v20210111.sms_client": None}

    def clock(self):
        return nullcontext()

    def test_no_receipt_is_no_proof_that_it_was_not_sent(self):
        message = self.refused_with("lost")
        self.assertEqual(self.ask(message), {})

    def test_receipt_without_our_reference_is_taken_for_nobodys(self):
        """Our reference comes back only to accounts that have asked for it."""
        message = self.refused_with("lost")
        self.report(self.server.taken[-1], True)
        self.server.tells_context = False
        try:
            self.assertEqual(self.ask(message), {})
        finally:
            self.server.tells_context = True

    def test_receipt_is_looked_for_around_the_moment(self):
        message = self.send()
        self.report(self.server.taken[-1], True)
        self.ask(message)
        body = self.server.requests[-1][3].decode()
        self.assertIn("+8613805531234", body)
        self.assertIn(str(int(time.time()) // 100000), body)
