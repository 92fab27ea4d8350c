from datetime import datetime

from .sms_provider import READ_SECONDS, SmsApiMainland

EPOCH = datetime(1970, 1, 1)
PAGE = 100
#: A receipt is looked for from a moment before the message to an hour after it.
BEFORE, AFTER = 600, 3600


class SmsApiTencent(SmsApiMainland):
    """Text messages by Tencent Cloud (腾讯云短信), with its own library."""

    provider = "tencent"
    package = "tencentcloud-sdk-python-sms"
    endpoint = "https://sms.tencentcloudapi.com"

    #: Error codes of SendSms and of the gateway, as Tencent Cloud lists them.
    codes = {
        "FailedOperation.SignatureIncorrectOrUnapproved": "signature",
        "FailedOperation.MissingSignature": "signature",
        "FailedOperation.TemplateIncorrectOrUnapproved": "template",
        "FailedOperation.TemplateUnapprovedOrNotExist": "template",
        "FailedOperation.TemplateIdNotExist": "template",
        "FailedOperation.TemplateParamSetNotMatchApprovedTemplate": "variables",
        "InvalidParameterValue.TemplateParameterFormatError": "variables",
        "InvalidParameterValue.TemplateParameterLengthLimit": "variables",
        "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter": "variables",
        "InvalidParameterValue.UnsupportedTemplateVariable": "variables",
        "InvalidParameterValue.ContentLengthLimit": "variables",
        "FailedOperation.ContainSensitiveWord": "content",
        "InvalidParameter.DirtyWordFound": "content",
        "FailedOperation.PhoneNumberInBlacklist": "optout",
        "FailedOperation.PhoneNumberParseFail": "number",
        "InvalidParameterValue.IncorrectPhoneNumber": "number",
        "UnsupportedOperation.": "template",
        "FailedOperation.MarketingSendTimeConstraint": "night",
        "FailedOperation.InsufficientBalanceInSmsPackage": "credit",
        "UnauthorizedOperation.ServiceSuspendDueToArrears": "credit",
        "LimitExceeded.AppCountryOrRegionInBlacklist": "account",
        "LimitExceeded.GlobalSmsSendingRateLimit": "busy",
        "LimitExceeded": "frequency",
        "LimitExceeded.": "frequency",
        "RequestLimitExceeded": "busy",
        "RequestLimitExceeded.": "busy",
        "FailedOperation.NotEnterpriseCertification": "account",
        "InvalidParameterValue.SdkAppIdNotExist": "account",
        "InvalidParameter.AppidAndBizId": "account",
        "UnauthorizedOperation": "account",
        "UnauthorizedOperation.": "account",
        "AuthFailure": "account",
        "AuthFailure.": "account",
        "IpInBlacklist": "account",
        "IpNotInWhitelist": "account",
        "InternalError.RequestTimeException": "account",
        "InternalError.SigFieldMissing": "account",
        "InternalError.SigVerificationFail": "account",
        # an error of the provider after the message had reached it
        "InternalError": "unknown",
        "InternalError.": "unknown",
        "ResourceUnavailable": "unknown",
        "ServerNetworkError": "unknown",
    }
    receipts = {
        "MK:0001": "dead",
        "MK:0000": "dead",
        "MK:0012": "dead",
        "2:1": "dead",
        "MI:0001": "dead",
        "BLACK": "optout",
        "REJECTD": "carrier",
    }

    def _client(self):
        company = self._keys()
        try:
            from tencentcloud.common.credential import Credential
            from tencentcloud.common.profile.client_profile import ClientProfile
            from tencentcloud.common.profile.http_profile import HttpProfile
            from tencentcloud.sms.v20210111.sms_client import SmsClient
        except ImportError as error:
            raise self._missing_package() from error
        protocol, host = company._dealer_sms_endpoint(self.endpoint)
        # the library signs TC3-HMAC-SHA256 and never tries twice by itself
        profile = ClientProfile(
            httpProfile=HttpProfile(
                protocol=protocol, endpoint=host, reqTimeout=READ_SECONDS
            )
        )
        credential = Credential(
            company.dealer_sms_key_id, company.dealer_sms_key_secret
        )
        return SmsClient(credential, company.dealer_sms_region, profile)

    def _request(self, client, uuid, phone, approval, values):
        from tencentcloud.sms.v20210111.models import SendSmsRequest

        # whoever sends a message reads no settings
        company = self.company.sudo()
        request = SendSmsRequest()
        request.PhoneNumberSet = [phone]
        request.SmsSdkAppId = company.dealer_sms_app_id
        request.SignName = company.dealer_sms_sign_name
        request.TemplateId = approval.code
        request.TemplateParamSet = list(values)
        request.SessionContext = uuid
        [status] = client.SendSms(request).SendStatusSet
        if status.Code == "Ok":
            return None, status.SerialNo
        return status.Code or "InternalError", None

    def _look_up(self, client, message):
        from tencentcloud.sms.v20210111.models import (
            PullSmsSendStatusByPhoneNumberRequest,
        )

        moment = int((message.date_sending - EPOCH).total_seconds())
        request = PullSmsSendStatusByPhoneNumberRequest()
        request.PhoneNumber = message.address
        # whoever asks reads no settings
        request.SmsSdkAppId = self.company.sudo().dealer_sms_app_id
        request.BeginTime = moment - BEFORE
        request.EndTime = moment + AFTER
        request.Limit = PAGE
        request.Offset = 0
        while True:
            answer = client.PullSmsSendStatusByPhoneNumber(request)
            rows = answer.PullSmsSendStatusSet or []
            for row in rows:
                if message.reference == row.SessionContext or (
                    message.provider_reference
                    and message.provider_reference == row.SerialNo
                ):
                    if row.ReportStatus == "SUCCESS":
                        return "delivered", None
                    return "failed", self._undelivered(row.Description or "")[1]
            if len(rows) < PAGE:
                # only receipts can be asked for: none is no proof that it was not sent
                return None
            request.Offset += PAGE

    def _code_of(self, error):
        # what the provider has answered has the number of its request
        return error.code if getattr(error, "requestId", None) else None

    # ------------------------------------------------------------------
    # WHAT IT PUSHES
    # ------------------------------------------------------------------

    @classmethod
    def _receipts_in(cls, rows):
        """Receipts that Tencent Cloud pushes, as the inbox keeps
        them."""
        return [
            {
                # only accounts that have asked for it get back what they sent along
                "reference": row.get("session_context"),
                "provider_reference": row.get("sid"),
                "number": cls._number_in(row),
                "is_delivered": row.get("report_status") == "SUCCESS",
                "code": row.get("errmsg"),
                "text": row.get("description"),
            }
            for row in rows
        ]

    @classmethod
    def _replies_in(cls, rows):
        """What customers wrote back."""
        return [
            {"number": cls._number_in(row), "text": row.get("text")} for row in rows
        ]

    @staticmethod
    def _number_in(row):
        country, mobile = row.get("nationcode"), row.get("mobile")
        return f"+{country}{mobile}" if country and mobile else mobile
