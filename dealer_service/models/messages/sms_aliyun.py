import json
from datetime import timedelta

from .sms_provider import CONNECT_SECONDS, READ_SECONDS, SmsApiMainland

#: Aliyun counts its days by the clock of China.
CHINA = timedelta(hours=8)
PAGE = 50
#: What became of a message; 1 is one whose receipt has not come.
FAILED, DELIVERED = 2, 3


class SmsApiAliyun(SmsApiMainland):
    """Text messages by Aliyun (阿里云短信服务), with its own library."""

    provider = "aliyun"
    package = "alibabacloud-dysmsapi20170525"
    endpoint = "https://dysmsapi.aliyuncs.com"

    #: Error codes of SendSms, as Aliyun lists them.
    codes = {
        "isv.SMS_SIGNATURE_ILLEGAL": "signature",
        "isv.SMS_SIGNATURE_SCENE_ILLEGAL": "signature",
        "isv.SMS_SIGN_ILLEGAL": "signature",
        "isv.SIGN_NAME_ILLEGAL": "signature",
        "isv.SIGN_STATE_ILLEGAL": "signature",
        "isv.SMS_TEMPLATE_ILLEGAL": "template",
        "isv.TEMPLATE_MISSING_PARAMETERS": "variables",
        "isv.TEMPLATE_PARAMS_ILLEGAL": "variables",
        "isv.INVALID_JSON_PARAM": "variables",
        "isv.INVALID_PARAMETERS": "variables",
        "isv.PARAM_LENGTH_LIMIT": "variables",
        "isv.PARAM_NOT_SUPPORT_URL": "variables",
        "isv.BLACK_KEY_CONTROL_LIMIT": "content",
        "isv.SMS_CONTENT_ILLEGAL": "content",
        "isv.MOBILE_NUMBER_ILLEGAL": "number",
        "isv.MOBILE_COUNT_OVER_LIMIT": "number",
        "isv.BUSINESS_LIMIT_CONTROL": "frequency",
        "isv.DAY_LIMIT_CONTROL": "frequency",
        "isv.MONTH_LIMIT_CONTROL": "frequency",
        "isv.OUT_OF_SERVICE": "credit",
        "isv.AMOUNT_NOT_ENOUGH": "credit",
        "isv.PRODUCT_UNSUBSCRIBE": "account",
        "isv.PRODUCT_UN_SUBSCRIPT": "account",
        "isv.ACCOUNT_NOT_EXISTS": "account",
        "isv.ACCOUNT_ABNORMAL": "account",
        "isv.DENY_IP_RANGE": "account",
        "isp.RAM_PERMISSION_DENY": "account",
        "SignatureDoesNotMatch": "account",
        "SignatureNonceUsed": "busy",
        "IncompleteSignature": "account",
        "InvalidTimeStamp.": "account",
        "InvalidAccessKeyId.": "account",
        "Forbidden.": "account",
        "NoPermission": "account",
        "Throttling": "busy",
        "Throttling.": "busy",
        # an error of the provider after the message had reached it
        "isp.SYSTEM_ERROR": "unknown",
        "isp.GATEWAY_ERROR": "unknown",
        "isp.UNKNOWN": "unknown",
        "InternalError": "unknown",
        "ServiceUnavailable": "unknown",
    }
    receipts = {
        "INVALID_NUMBER": "dead",
        "MOBILE_NOT_ON_SERVICE": "dead",
        "IS_CLOSED": "dead",
        "MOBILE_IN_BLACK": "optout",
        "USER_REJECT": "optout",
        "MOBILE_SEND_LIMIT": "frequency",
        "CONTENT_KEYWORD": "content",
        "CONTENT_ERROR": "content",
        "SIGNATURE_BLACKLIST": "signature",
    }

    def _client(self):
        company = self._keys()
        try:
            from alibabacloud_dysmsapi20170525.client import Client
            from alibabacloud_tea_openapi.utils_models import Config
        except ImportError as error:
            raise self._missing_package() from error
        protocol, host = company._dealer_sms_endpoint(self.endpoint)
        return Client(
            Config(
                access_key_id=company.dealer_sms_key_id,
                access_key_secret=company.dealer_sms_key_secret,
                endpoint=host,
                protocol=protocol,
                connect_timeout=CONNECT_SECONDS * 1000,
                read_timeout=READ_SECONDS * 1000,
            )
        )

    def _request(self, client, uuid, phone, approval, values):
        from alibabacloud_dysmsapi20170525 import models

        names = approval._variable_names()
        request = models.SendSmsRequest(
            phone_numbers=_local(phone),
            # whoever sends a message reads no settings
            sign_name=self.company.sudo().dealer_sms_sign_name,
            template_code=approval.code,
            template_param=json.dumps(
                dict(zip(names, values, strict=True)), ensure_ascii=False
            ),
            out_id=uuid,
        )
        answer = client.send_sms(request).body
        if answer.code == "OK":
            return None, answer.biz_id
        return answer.code or "InternalError", None

    def _look_up(self, client, message):
        from alibabacloud_dysmsapi20170525 import models

        day = message.date_sending + CHINA
        found, page = 0, 1
        while True:
            request = models.QuerySendDetailsRequest(
                phone_number=_local(message.address),
                biz_id=message.provider_reference or None,
                send_date=day.strftime("%Y%m%d"),
                page_size=PAGE,
                current_page=page,
            )
            answer = client.query_send_details(request).body
            if answer.code != "OK":
                raise ValueError(answer.code)
            details = answer.sms_send_detail_dtos
            rows = (details and details.sms_send_detail_dto) or []
            for row in rows:
                if row.out_id == message.reference:
                    return self._of_row(row)
            found += len(rows)
            if not rows or found >= int(answer.total_count or 0):
                return "absent", None
            page += 1

    def _of_row(self, row):
        if row.send_status == DELIVERED:
            return "delivered", None
        if row.send_status == FAILED:
            return "failed", self._undelivered(row.err_code or "")[1]
        return "sent", None

    def _code_of(self, error):
        # answers of the provider have a status, what failed before has none
        if getattr(error, "status_code", None):
            return getattr(error, "code", None) or "InternalError"
        return None

    # ------------------------------------------------------------------
    # WHAT IT PUSHES
    # ------------------------------------------------------------------

    @classmethod
    def _receipts_in(cls, rows):
        """Receipts that Aliyun pushes (SmsReport), as the inbox keeps them."""
        return [
            {
                "reference": row.get("out_id"),
                "provider_reference": row.get("biz_id"),
                "number": row.get("phone_number"),
                "is_delivered": row.get("success") in (True, "true"),
                "code": row.get("err_code"),
                "text": row.get("err_msg"),
            }
            for row in rows
        ]

    @classmethod
    def _replies_in(cls, rows):
        """What customers wrote back (SmsUp). It carries no number of a message."""
        return [
            {"number": row.get("phone_number"), "text": row.get("content")}
            for row in rows
        ]


def _local(phone):
    """A number as Aliyun wants it: eleven digits in China, else with its country."""
    return phone.removeprefix("+86").removeprefix("+")
