"""An exchange tells of its calls over the network: signed, lost, twice, in disorder."""

import doctest
import json
from datetime import UTC, datetime, timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged, users
from odoo.tools import mute_logger

from odoo.addons.dealer_service.tools.calls import payload, signature

from .call_case import PHONE, CallCase
from .exchange import LOUD_ADAPTER, Call, LoudExchange, PlainExchange, openssl_hmac


def test_doctests():
    for module in (payload, signature):
        assert not doctest.testmod(module).failed


def test_signature_of_rfc_4231():
    """Case 2 of the document, and OpenSSL, of which the reference exchange is made."""
    message = b"what do ya want for nothing?"
    published = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ours = signature.sign("Jefe", "", message, "timestamp+body")
    assert ours.hex() == published == openssl_hmac("Jefe", message).hex()


@tagged("post_install", "-at_install")
class TestExchange(CallCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.path = f"/dealer/calls/{self.exchange.access_token}"
        self.plain = PlainExchange(self.post, self.path)
        self.now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)

    def post(self, path, body, headers):
        return self.url_open(path, data=body, headers=headers, method="POST")

    def call(self, ref="c1", ago=10, **values):
        start = self.now - timedelta(minutes=ago)
        values = {"number": "913805531234", "extension": "8001", **values}
        return Call(ref, start=start, **values)

    def found(self, ref="c1"):
        return self.calls.search([("call_ref", "=", ref)])

    def test_call_is_told_in_three_events(self):
        call = self.call(talks=185)
        answers = self.plain.tell(call)
        self.assertEqual([answer.status_code for answer in answers], [200] * 3)
        self.assertEqual(answers[0].json(), {"code": 0})
        self.assertIn("no-store", answers[0].headers["Cache-Control"])
        found = self.found()
        self.assertEqual(len(found), 1)
        self.assertEqual(
            (found.date_start, found.date_answered, found.date_end),
            (call.start, call.answered, call.end),
        )
        self.assertEqual(found.talk_seconds, 185)
        self.assertEqual((found.user_id, found.stage), (self.advisor, "ended"))
        self.assertEqual(found.number_key, "+8613805531234")
        # what it was about is found after the exchange has its answer
        self.assertTrue(found.is_new)
        self.env.ref("dealer_service.ir_cron_dealer_call_match").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((found.state, found.partner_id), ("matched", self.customer))

    def test_what_is_told_twice_and_in_disorder_is_one_call(self):
        call = self.call()
        for event in ("ended", "ringing", "ended", "answered", "ringing"):
            self.assertEqual(self.plain.send(call, event).status_code, 200)
        found = self.found()
        self.assertEqual(len(found), 1)
        self.assertEqual((found.stage, found.talk_seconds), ("ended", 60))
        self.assertEqual(found.date_start, call.start)

    def test_beginning_that_comes_late_is_the_beginning(self):
        call = self.call(rings=20)
        self.plain.send(call, "answered")
        self.plain.send(call, "ringing")
        self.assertEqual(self.found().stage, "answered")
        self.assertEqual(self.found().date_start, call.start)

    def test_end_that_is_lost_proves_nothing_and_is_shown(self):
        self.plain.tell(self.call(ago=300), losing=("ended",))
        self.match_new()
        found = self.found()
        self.assertEqual(found.partner_id, self.customer)
        self.assertFalse(found.is_connected)
        self.assertIn(found, self.calls.search([("stage", "!=", "ended")]))

    def test_later_word_on_a_call_that_ended_changes_nothing(self):
        self.plain.send(self.call(talks=12))
        self.plain.send(self.call(talks=500))
        self.assertEqual(self.found().talk_seconds, 12)

    def test_wrong_signature_is_refused_and_shown(self):
        forger = PlainExchange(self.post, self.path, secret="another secret, as long")
        with mute_logger("odoo.http"):
            answer = forger.send(self.call())
        self.assertEqual((answer.status_code, answer.text), (403, "refused"))
        self.assertFalse(self.found())
        self.assertIn("Wrong signature", self.exchange.refusal)
        self.assertTrue(self.exchange.date_refused)

    def test_signature_of_another_body_is_refused(self):
        body = self.plain.body(self.call(), "ended")
        other = self.plain.body(self.call(talks=500), "ended")
        answer = self.post(self.path, other, self.plain.headers(body))
        self.assertEqual(answer.status_code, 403)
        for headers in ({}, {"X-Signature": "", "X-Timestamp": ""}):
            self.assertEqual(self.post(self.path, body, headers).status_code, 403)

    def test_clocks_may_be_apart_as_far_as_the_shop_says(self):
        now = datetime.now(UTC)
        for minutes, status in ((4, 200), (-4, 200), (6, 403), (-6, 403)):
            with self.subTest(minutes):
                moment = now + timedelta(minutes=minutes)
                answer = self.plain.send(self.call(f"c{minutes}"), now=moment)
                self.assertEqual(answer.status_code, status)
        self.assertIn("another time", self.exchange.refusal)
        self.exchange.skew_minutes = 10
        answer = self.plain.send(self.call(), now=now + timedelta(minutes=6))
        self.assertEqual(answer.status_code, 200)
        body = self.plain.body(self.call(), "ended")
        for moment in ("nan", "inf", "tomorrow", ""):
            signature = openssl_hmac(
                self.exchange.secret, f"{moment}.".encode() + body
            ).hex()
            headers = {"X-Timestamp": moment, "X-Signature": signature}
            with self.subTest(moment):
                self.assertEqual(self.post(self.path, body, headers).status_code, 403)

    def test_what_is_no_call_is_refused(self):
        for body in (b"", b"[", b"7", b"[1]", b"{}", b'{"call_id": ""}', b"\xff"):
            with self.subTest(body):
                answer = self.post(self.path, body, self.plain.headers(body))
                self.assertEqual(answer.status_code, 403)
        body = b"[" * 100_000
        answer = self.post(self.path, body, self.plain.headers(body))
        self.assertEqual(answer.status_code, 403)
        body = json.dumps({"call_id": "x" * 600_000}).encode()
        with mute_logger("odoo.http"):
            answer = self.post(self.path, body, self.plain.headers(body))
        self.assertEqual(answer.status_code, 413)
        body = json.dumps({"call_id": "x", "start": "yesterday"}).encode()
        self.post(self.path, body, self.plain.headers(body))
        self.assertFalse(self.found("x"))

    def test_only_the_address_with_the_secret_is_heard(self):
        answer = self.post("/dealer/calls/" + "x" * 32, b"{}", {})
        self.assertEqual(answer.status_code, 404)
        self.exchange.secret = False
        self.assertEqual(self.plain.send(self.call()).status_code, 404)
        self.exchange.secret = self.plain.secret
        self.assertEqual(self.plain.send(self.call()).status_code, 200)
        self.exchange.action_revoke_link()
        self.assertEqual(self.plain.send(self.call("c2")).status_code, 404)

    def test_other_maker_is_a_matter_of_data(self):
        self.exchange.adapter_id = self.env["dealer.call.adapter"].create(LOUD_ADAPTER)
        loud = LoudExchange(self.post, self.path)
        out, missed = self.call(), self.call("c2", way="in", number=PHONE, talks=0)
        for call in (out, missed):
            for answer in loud.tell(call):
                self.assertEqual((answer.status_code, answer.text), (200, "success"))
        found = self.found()
        self.assertEqual((found.direction, found.user_id), ("out", self.advisor))
        self.assertEqual((found.date_start, found.talk_seconds), (out.start, 60))
        other = self.found("c2")
        self.assertEqual((other.direction, other.is_connected), ("in", False))
        self.assertEqual(other.number, PHONE)
        # what it says beyond that is of no interest
        loud.send(self.call("c3"), "DTMF")
        self.assertFalse(self.found("c3"))

    def test_link_of_a_recording_is_kept_only_if_callers_are_told(self):
        self.plain.send(self.call())
        self.assertFalse(self.found().recording_url)
        self.company.dealer_recording_announced = True
        self.assertEqual(self.company.dealer_recording_user_id, self.env.user)
        self.plain.send(self.call("c2"))
        self.assertIn("/rec/c2.wav", self.found("c2").recording_url)

    def test_times_and_numbers_that_are_none_lose_no_other_call(self):
        good = json.loads(self.plain.body(self.call("good"), "ended"))
        adapter = self.exchange.adapter_id
        ends = ("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00", "x")
        bad = [
            {**good, "call_id": f"bad{n}", "start": end} for n, end in enumerate(ends)
        ]
        bad.append({**good, "call_id": "long", "number": "1" * 10_000})
        for row in bad:
            with self.subTest(str(row)[:80]):
                body = json.dumps(row).encode()
                answer = self.post(self.path, body, self.plain.headers(body))
                self.assertEqual(answer.status_code, 403)
                self.assertIn("understood", self.exchange.refusal)
        adapter.list_path = "calls"
        body = json.dumps({"calls": [*bad, good]}).encode()
        answer = self.post(self.path, body, self.plain.headers(body))
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(self.found("good"))
        self.assertFalse(self.found("long"))


class TestCallFacts(CallCase):
    @users("manager")
    def test_nobody_types_a_call(self):
        with self.assertRaises(AccessError):
            self.env["dealer.call.record"].create(
                {"call_ref": "x", "direction": "out", "date_start": "2026-03-02"}
            )
        call = self.ring()
        for name, value in (("talk_seconds", 500), ("user_id", 1), ("number", "1")):
            with self.subTest(name), self.assertRaises(AccessError):
                call.with_user(self.manager).write({name: value})
        # not even a program with all rights
        for name in ("talk_seconds", "state"):
            with self.subTest(name), self.assertRaises(UserError):
                call.sudo().write({name: False})
        with self.assertRaises(UserError):
            call.sudo().unlink()

    def test_everybody_sees_the_own_calls_and_managers_all(self):
        own, other = self.ring(), self.ring("c2", extension="8002")
        mine = self.calls.with_user(self.advisor).search([])
        self.assertEqual(mine, own)
        self.assertNotIn("recording_url", mine.fields_get())
        self.assertEqual(self.calls.with_user(self.manager).search([]), own | other)
        with self.assertRaises(AccessError):
            self.calls.with_user(self.technician).search([])

    def test_shop_hears_its_own_calls_only(self):
        shop = self.env["res.company"].create({"name": "芜湖二店"})
        call = self.ring()
        self.manager.company_ids |= shop
        stranger = self.make_user("stranger", "manager")
        stranger.write({"company_ids": [(6, 0, shop.ids)], "company_id": shop.id})
        self.assertFalse(self.calls.with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            call.with_user(stranger).read(["number"])
        self.assertFalse(self.exchange.with_user(stranger).search([]))

    def test_extension_belongs_to_one_user_of_a_shop(self):
        users_model = self.env["res.users"]
        self.assertEqual(
            users_model._dealer_at_extension("8001", self.company), self.advisor
        )
        self.assertFalse(users_model._dealer_at_extension("8099", self.company))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            self.technician.dealer_extension = "8001"
            self.env.flush_all()
        self.env.invalidate_all()

    def test_call_stays_whose_it_was_when_an_extension_moves(self):
        call = self.ring()
        self.advisor.dealer_extension = False
        self.env.flush_all()
        self.technician.dealer_extension = "8001"
        self.assertEqual(call.user_id, self.advisor)
        self.assertEqual(self.ring("c2").user_id, self.technician)

    def test_secret_has_a_length(self):
        with self.assertRaises(ValidationError):
            self.exchange.secret = "short"

    def test_nobody_whose_calls_it_proves_has_its_keys(self):
        for user in (self.advisor, self.manager):
            exchange = self.exchange.with_user(user)
            for method in ("action_renew_link", "action_revoke_link"):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    getattr(exchange, method)()
            for name in ("secret", "access_token", "url"):
                with self.subTest(f"{user.login} {name}"):
                    with self.assertRaises(AccessError):
                        exchange.read([name])
                    self.assertNotIn(name, exchange.fields_get())
            for record, values in (
                (exchange, {"secret": "chosen by whom it measures"}),
                (exchange, {"adapter_id": False}),
                (
                    exchange.sudo().adapter_id.with_user(user),
                    {"signed": "timestamp.body"},
                ),
                (
                    exchange.sudo().adapter_id.line_ids[:1].with_user(user),
                    {"path": "x"},
                ),
            ):
                with self.subTest(f"{user.login} {values}"):
                    with self.assertRaises(AccessError):
                        record.write(values)
                    with self.assertRaises(AccessError):
                        record.create(values)
