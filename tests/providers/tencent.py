"""Tencent Cloud's SMS service (2021-01-11), as its pages describe it."""

import hashlib
import hmac
import json
import re
import time
from datetime import datetime, timezone

from .loopback import Loopback, Lost

ALGORITHM = "TC3-HMAC-SHA256"
SKEW = 300
LONGEST = 12
LINK = re.compile(r"https?:|www\.|\.(com|cn|net)\b", re.IGNORECASE)


def signature(secret, service, timestamp, headers, signed, payload, method="POST"):
    """The signature of version 3: a key of the day and the service signs the hash."""
    lines = "".join(f"{name}:{headers[name].strip().lower()}\n" for name in signed)
    payload_hash = hashlib.sha256(payload).hexdigest()
    plain = "\n".join([method, "/", "", lines, ";".join(signed), payload_hash])
    day = datetime.fromtimestamp(timestamp, timezone.utc).strftime("%Y-%m-%d")
    to_sign = "\n".join(
        [
            ALGORITHM,
            str(timestamp),
            f"{day}/{service}/tc3_request",
            hashlib.sha256(plain.encode()).hexdigest(),
        ]
    )
    key = f"TC3{secret}".encode()
    for part in (day, service, "tc3_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


class Tencent(Loopback):
    """An account with a key, an application, signatures and approved texts.

    Faults: a code with a full stop is answered for the number, the same after ``!`` for
    the whole request, else as those of :class:`.aliyun.Aliyun`.
    """

    key_id, key_secret, app_id = "AKIDtest", "tencent-secret", "1400006666"

    def __init__(self):
        super().__init__()
        self.signatures = {"奇瑞芜湖店"}
        #: How many variables each text has.
        self.texts = {}
        self.taken = []
        self.limit = 50
        #: Whether receipts carry our reference: only for accounts that asked for it.
        self.tells_context = True

    def answer(self, method, url, headers, body):
        if refusal := self._refuse_caller(method, headers, body):
            return 200, self._error(refusal)
        values = json.loads(body)
        action = headers["x-tc-action"]
        if action == "PullSmsSendStatusByPhoneNumber":
            return 200, {"Response": self._statuses(values)}
        if action != "SendSms":
            return 200, self._error("InvalidAction")
        fault = self.fault()
        if isinstance(fault, int):
            return fault, {}
        if fault == "dropped":
            raise Lost
        if fault and fault.startswith("!"):
            return 200, self._error(fault[1:])
        [number] = values["PhoneNumberSet"]
        code = fault if fault and "." in fault else self._refuse_message(values, number)
        serial = ""
        if not code:
            serial = f"5000:{len(self.taken)}"
            self.taken.append(
                {**values, "number": number, "SerialNo": serial, "report": None}
            )
        if fault == "late":
            self.delay()
        if fault == "lost":
            raise Lost
        status = {
            "SerialNo": serial,
            "PhoneNumber": number,
            "Fee": int(not code),
            "SessionContext": values.get("SessionContext", ""),
            "Code": code or "Ok",
            "Message": code or "send success",
            "IsoCode": "CN",
        }
        return 200, {"Response": {"SendStatusSet": [status], "RequestId": "R"}}

    def _error(self, code):
        return {
            "Response": {"Error": {"Code": code, "Message": code}, "RequestId": "R"}
        }

    def _refuse_caller(self, method, headers, body):
        found = re.fullmatch(
            rf"{ALGORITHM} Credential=([^/]+)/([^/]+)/([^/]+)/tc3_request, "
            r"SignedHeaders=([^,]+), Signature=([0-9a-f]{64})",
            headers.get("authorization", ""),
        )
        if not found:
            return "AuthFailure.InvalidAuthorization"
        key, _day, service, names, given = found.groups()
        if key != self.key_id:
            return "AuthFailure.SecretIdNotFound"
        timestamp = int(headers["x-tc-timestamp"])
        if abs(time.time() - timestamp) > SKEW:
            return "AuthFailure.SignatureExpire"
        signed = names.split(";")
        right = signature(
            self.key_secret, service, timestamp, headers, signed, body, method
        )
        if not {"content-type", "host"} <= set(signed) or right != given:
            return "AuthFailure.SignatureFailure"
        return None

    def _refuse_message(self, values, number):
        if values.get("SmsSdkAppId") != self.app_id:
            return "UnauthorizedOperation.SmsSdkAppIdVerifyFail"
        if values.get("SignName") not in self.signatures:
            return "FailedOperation.SignatureIncorrectOrUnapproved"
        if values.get("TemplateId") not in self.texts:
            return "FailedOperation.TemplateUnapprovedOrNotExist"
        if not re.fullmatch(r"\+861[3-9]\d{9}", number):
            return "InvalidParameterValue.IncorrectPhoneNumber"
        given = values.get("TemplateParamSet") or []
        if len(given) != self.texts[values["TemplateId"]]:
            return "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"
        if any(LINK.search(value) for value in given):
            return "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter"
        if any(len(value) > LONGEST for value in given):
            return "InvalidParameterValue.TemplateParameterLengthLimit"
        if sum(m["number"] == number for m in self.taken) >= self.limit:
            return "LimitExceeded.PhoneNumberDailyLimit"
        return None

    def _statuses(self, values):
        """Receipts of one number within a time: none for what has not arrived yet."""
        rows = [
            {
                "UserReceiveTime": int(time.time()),
                "CountryCode": "86",
                "SubscriberNumber": message["number"].removeprefix("+86"),
                "PhoneNumber": message["number"],
                "SerialNo": message["SerialNo"],
                "ReportStatus": message["report"][0],
                "Description": message["report"][1],
                "SessionContext": (
                    message.get("SessionContext", "") if self.tells_context else ""
                ),
            }
            for message in self.taken
            if message["number"] == values["PhoneNumber"] and message["report"]
        ]
        start = values["Offset"]
        page = rows[start : start + values["Limit"]]
        return {"PullSmsSendStatusSet": page, "RequestId": "R"}
