"""Aliyun's SMS service (Dysmsapi, 2017-05-25), as its pages describe it."""

import hashlib
import hmac
import json
import re
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qsl, quote

from .loopback import Loopback, Lost

ALGORITHM = "ACS3-HMAC-SHA256"
#: How far the clock of a caller may be off.
SKEW = timedelta(minutes=15)
LONGEST = 35
LINK = re.compile(r"https?:|www\.|\.(com|cn|net)\b", re.IGNORECASE)


def canonical_query(pairs):
    return "&".join(
        f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}"
        for name, value in sorted(pairs)
    )


def signature(secret, method, path, pairs, headers, signed, payload_hash):
    """The signature of version 3: HMAC-SHA256 over the hash of the plain request."""
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in signed)
    plain = "\n".join(
        [method, path, canonical_query(pairs), lines, ";".join(signed), payload_hash]
    )
    to_sign = f"{ALGORITHM}\n{hashlib.sha256(plain.encode()).hexdigest()}"
    return hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()


class Aliyun(Loopback):
    """An account with a key, signatures and approved texts.

    Faults: a code (``isv.…``) that is answered, a number (a status of HTTP), ``lost``
    (taken, and the answer is lost), ``late`` (taken, and the answer does not come in
    time), ``dropped`` (not taken, and no answer).
    """

    key_id, key_secret = "LTAItest", "aliyun-secret"

    def __init__(self):
        super().__init__()
        self.signatures = {"奇瑞芜湖店"}
        #: Names of the variables by code.
        self.texts = {}
        self.taken = []
        self.nonces = set()
        #: So many a day for each number.
        self.limit = 50

    def answer(self, method, url, headers, body):
        pairs = parse_qsl(url.query, keep_blank_values=True)
        if refusal := self._refuse_caller(method, url, pairs, headers, body):
            return 400, {"Code": refusal, "Message": refusal, "RequestId": "R"}
        values = dict(pairs)
        if headers["x-acs-action"] == "QuerySendDetails":
            return 200, self._details(values)
        if headers["x-acs-action"] != "SendSms":
            return 404, {"Code": "InvalidAction.NotFound", "Message": ""}
        fault = self.fault()
        if isinstance(fault, int):
            return fault, {"Code": "ServiceUnavailable", "Message": "busy"}
        if fault == "dropped":
            raise Lost
        code = fault if fault and "." in fault else self._refuse_message(values)
        if code:
            return 200, {"Code": code, "Message": code, "RequestId": "R"}
        biz_id = f"{9000 + len(self.taken)}^0"
        self.taken.append({**values, "BizId": biz_id, "status": 1, "err": ""})
        if fault == "late":
            self.delay()
        if fault == "lost":
            raise Lost
        return 200, {"Code": "OK", "Message": "OK", "BizId": biz_id, "RequestId": "R"}

    def _refuse_caller(self, method, url, pairs, headers, body):
        found = re.fullmatch(
            rf"{ALGORITHM} Credential=([^,]+),\s*SignedHeaders=([^,]+),"
            r"\s*Signature=([0-9a-f]{64})",
            headers.get("authorization", ""),
        )
        if not found:
            return "IncompleteSignature"
        key, names, given = found.groups()
        if key != self.key_id:
            return "InvalidAccessKeyId.NotFound"
        signed = names.split(";")
        wanted = {"host", *(n for n in headers if n.startswith("x-acs-"))}
        payload_hash = hashlib.sha256(body).hexdigest()
        right = signature(
            self.key_secret, method, url.path, pairs, headers, signed, payload_hash
        )
        if (
            signed != sorted(signed)
            or not wanted <= set(signed)
            or headers["x-acs-content-sha256"] != payload_hash
            or not hmac.compare_digest(right, given)
        ):
            return "SignatureDoesNotMatch"
        moment = datetime.strptime(headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ")
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        if abs(now - moment) > SKEW:
            return "InvalidTimeStamp.Expired"
        if headers["x-acs-signature-nonce"] in self.nonces:
            return "SignatureNonceUsed"
        self.nonces.add(headers["x-acs-signature-nonce"])
        return None

    def _refuse_message(self, values):
        if values.get("SignName") not in self.signatures:
            return "isv.SMS_SIGNATURE_ILLEGAL"
        if values.get("TemplateCode") not in self.texts:
            return "isv.SMS_TEMPLATE_ILLEGAL"
        if not re.fullmatch(r"1[3-9]\d{9}", values.get("PhoneNumbers", "")):
            return "isv.MOBILE_NUMBER_ILLEGAL"
        given = json.loads(values.get("TemplateParam") or "{}")
        if set(given) != set(self.texts[values["TemplateCode"]]):
            return "isv.TEMPLATE_MISSING_PARAMETERS"
        for value in given.values():
            if not isinstance(value, str) or not value:
                return "isv.INVALID_JSON_PARAM"
            if LINK.search(value):
                return "isv.PARAM_NOT_SUPPORT_URL"
            if len(value) > LONGEST:
                return "isv.PARAM_LENGTH_LIMIT"
        number = values["PhoneNumbers"]
        if sum(m["PhoneNumbers"] == number for m in self.taken) >= self.limit:
            return "isv.BUSINESS_LIMIT_CONTROL"
        return None

    def _details(self, values):
        """What was taken for a number, page by page, the latest first."""
        rows = [
            {
                "PhoneNum": message["PhoneNumbers"],
                "SendStatus": message["status"],
                "ErrCode": message["err"],
                "TemplateCode": message["TemplateCode"],
                "OutId": message.get("OutId", ""),
                "SendDate": "2026-11-30 10:00:00",
            }
            for message in reversed(self.taken)
            if message["PhoneNumbers"] == values["PhoneNumber"]
            and values.get("BizId") in (None, "", message["BizId"])
        ]
        size, page = int(values["PageSize"]), int(values["CurrentPage"])
        return {
            "Code": "OK",
            "Message": "OK",
            "RequestId": "R",
            "TotalCount": str(len(rows)),
            "SmsSendDetailDTOs": {
                "SmsSendDetailDTO": rows[(page - 1) * size : page * size]
            },
        }
