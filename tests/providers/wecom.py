"""WeCom (企业微信), as its pages describe it: tokens, application messages, robots."""

import json
import secrets
import time
from urllib.parse import parse_qsl

from .loopback import Loopback, Lost


class Wecom(Loopback):
    """A company with an application, its members, and a group with a robot.

    Faults: an ``errcode`` that is answered, ``lost`` (delivered, and the answer is
    lost), ``late`` (delivered, no answer in time), ``dropped`` (neither).
    """

    corp_id, agent_id, secret = "ww1234", 1000002, "wecom-secret"
    robot_key = "693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa"

    def __init__(self):
        super().__init__()
        self.members = {"wanglei", "lina"}
        self.tokens = {}
        self.tokens_given = 0
        #: What members and the group have on their phones.
        self.delivered = []
        self.group = []
        #: Time and content of what was sent, for the check of repetitions.
        self.seen = {}
        self.trusted = True

    def answer(self, method, url, headers, body):
        query = dict(parse_qsl(url.query))
        if url.path == "/cgi-bin/gettoken":
            return 200, self._give_token(query)
        values = json.loads(body)
        if url.path == "/cgi-bin/message/send":
            return 200, self._take(query, values, body)
        if url.path == "/cgi-bin/webhook/send":
            return 200, self._take_for_group(query, values)
        return 404, {}

    def _give_token(self, query):
        if query.get("corpid") != self.corp_id:
            return self._error(40013, "invalid corpid")
        if query.get("corpsecret") != self.secret:
            return self._error(40001, "invalid credential")
        if not self.trusted:
            return self._error(60020, "not allow to access from your ip")
        self.tokens_given += 1
        token = secrets.token_urlsafe(24)
        self.tokens[token] = time.time() + 7200
        return {**self._error(0, "ok"), "access_token": token, "expires_in": 7200}

    def _take(self, query, values, body):
        fault = self.fault()
        if fault == "dropped":
            raise Lost
        until = self.tokens.get(query.get("access_token"))
        if until is None:
            return self._error(40014, "invalid access_token")
        if until < time.time():
            return self._error(42001, "access_token expired")
        if not self.trusted:
            return self._error(60020, "not allow to access from your ip")
        if isinstance(fault, int):
            return self._error(fault, "refused")
        if values.get("agentid") != self.agent_id or values["msgtype"] != "text":
            return self._error(40056, "invalid agentid")
        if len(values["text"]["content"].encode()) > 2048:
            return self._error(45002, "content too long")
        if values["touser"] not in self.members:
            return self._error(81013, "user & party & tag all invalid")
        now = time.time()
        mine = [at for user, _text, at in self.delivered if user == values["touser"]]
        is_seen = (
            values.get("enable_duplicate_check") == 1
            and now - self.seen.get(body, 0) < values["duplicate_check_interval"]
        )
        # what is too much or a repetition is dropped, and answered like the others
        if not is_seen and sum(now - at < 60 for at in mine) < 30:
            self.delivered.append((values["touser"], values["text"]["content"], now))
            self.seen[body] = now
        if fault == "late":
            self.delay()
        if fault == "lost":
            raise Lost
        return {**self._error(0, "ok"), "msgid": f"m{len(self.delivered)}"}

    def _take_for_group(self, query, values):
        fault = self.fault()
        if fault == "dropped":
            raise Lost
        if query.get("key") != self.robot_key:
            return self._error(93000, "invalid webhook url")
        if isinstance(fault, int):
            return self._error(fault, "refused")
        now = time.time()
        if sum(now - at < 60 for _text, at in self.group) >= 20:
            return self._error(45009, "api freq out of limit")
        self.group.append((values["text"]["content"], now))
        if fault == "late":
            self.delay()
        if fault == "lost":
            raise Lost
        return self._error(0, "ok")

    @staticmethod
    def _error(code, words):
        return {"errcode": code, "errmsg": words}
