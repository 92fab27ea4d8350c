"""A telephone exchange as shops have them, which the tests speak to on loopback.

It shares no code with the suite: it signs with the command line of OpenSSL, words a
call in a shape of its own, and loses, repeats, delays and mixes up what it sends.
"""

import base64
import json
import subprocess
from datetime import UTC, datetime, timedelta

SECRET = "a-secret-of-the-exchange-0123456789"


def openssl_hmac(secret, message):
    """HMAC-SHA256, by a foreign hand."""
    return subprocess.run(
        ["openssl", "dgst", "-sha256", "-hmac", secret, "-binary"],
        input=message,
        capture_output=True,
        check=True,
    ).stdout


class Call:
    """One call with its moments, in UTC."""

    def __init__(self, ref, number, extension, start, rings=8, talks=60, way="out"):
        self.ref, self.number, self.extension, self.way = ref, number, extension, way
        self.start = start
        self.answered = talks and start + timedelta(seconds=rings)
        self.end = start + timedelta(seconds=rings + talks)
        self.talks = talks
        self.recording = f"https://pbx.example/rec/{ref}.wav"


class PlainExchange:
    """Words a call as “Plain JSON” does: one event each, times in ISO with zone."""

    path_of_events = ("ringing", "answered", "ended")

    def __init__(self, post, path, secret=SECRET):
        self.post, self.path, self.secret = post, path, secret

    def body(self, call, event):
        said = {
            "call_id": call.ref,
            "event": event,
            "direction": call.way,
            "number": call.number,
            "extension": call.extension,
            "start": self.time(call.start),
        }
        if event != "ringing" and call.answered:
            said["answered"] = self.time(call.answered)
        if event == "ended":
            said.update(
                end=self.time(call.end), seconds=call.talks, recording=call.recording
            )
        return json.dumps(said, ensure_ascii=False).encode()

    def time(self, moment):
        return moment.replace(tzinfo=UTC).isoformat()

    def headers(self, body, now=None):
        moment = str(int((now or datetime.now(UTC)).timestamp()))
        signature = openssl_hmac(self.secret, moment.encode() + b"." + body).hex()
        return {"X-Timestamp": moment, "X-Signature": f"sha256={signature}"}

    def send(self, call, event="ended", now=None, **headers):
        body = self.body(call, event)
        return self.post(self.path, body, {**self.headers(body, now), **headers})

    def tell(self, call, losing=()):
        """All events of a call, but those that get lost on the way."""
        return [
            self.send(call, event)
            for event in self.path_of_events
            if event not in losing
        ]


class LoudExchange(PlainExchange):
    """Another maker's: a list below ``data.cdr``, milliseconds, states in its own
    words, numbers as caller and callee, Base64 over body and time."""

    words = {"ringing": "ALERT", "answered": "CONNECT", "ended": "HANGUP"}

    def body(self, call, event):
        caller, callee = (
            (call.extension, call.number)
            if call.way == "out"
            else (call.number, call.extension)
        )
        said = {
            "uniqueId": call.ref,
            "state": self.words.get(event, event),
            "legs": [{"from": caller}, {"to": callee}],
            "t": {
                "begin": self.time(call.start),
                "pickup": self.time(call.answered) if event != "ringing" else 0,
                "hangup": self.time(call.end) if event == "ended" else 0,
            },
        }
        return json.dumps({"data": {"cdr": [said]}}).encode()

    def time(self, moment):
        return int(moment.replace(tzinfo=UTC).timestamp() * 1000) if moment else 0

    def headers(self, body, now=None):
        moment = str(int((now or datetime.now(UTC)).timestamp() * 1000))
        signature = openssl_hmac(self.secret, body + moment.encode())
        return {
            "X-Pbx-Time": moment,
            "X-Pbx-Sign": base64.b64encode(signature).decode(),
        }


#: The format of the other maker, as a manager would enter it.
LOUD_ADAPTER = {
    "name": "Loud",
    "list_path": "data.cdr",
    "signature_header": "X-Pbx-Sign",
    "timestamp_header": "X-Pbx-Time",
    "signed": "body+timestamp",
    "answer": "success",
    "line_ids": [
        (0, 0, {"target": target, "path": path, "value_ids": values})
        for target, path, values in (
            ("call_ref", "uniqueId", []),
            (
                "event",
                "state",
                [
                    (0, 0, {"value": "ALERT", "meaning": "ringing"}),
                    (0, 0, {"value": "connect", "meaning": "answered"}),
                    (0, 0, {"value": "HANGUP", "meaning": "ended"}),
                ],
            ),
            ("caller", "legs.0.from", []),
            ("callee", "legs.1.to", []),
            ("date_start", "t.begin", []),
            ("date_answered", "t.pickup", []),
            ("date_end", "t.hangup", []),
        )
    ],
}
