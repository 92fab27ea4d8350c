"""Every route of ours, tried by everybody, with everything.

The routes come from the routing map: a new one fails here until ``doors.DOORS`` says
who comes in. Marks (see ``common``) tell whose words an answer contains.
"""

import re
import secrets
import threading
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch
from urllib.parse import quote_plus

from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..camera import camera_photo
from .common import SIDES, SecurityCase, password
from .doors import CUSTOMER, DOORS, VISITORS

ADDONS = ("dealer_service", "dealer_complaint", "dealer_followup")
ROOT = Path(__file__).parents[2]

#: What is sent in the place of a field.
NONSENSE = {
    "file": ("x.txt", b"x", "text/plain"),
    "list": ["a", "b"],
    "nul": "a\0b",
    "number": str(2**63),
    "huge": "王" * 50_000,
}
JSON_NONSENSE = (
    None,
    [],
    ["x"],
    {"a": 1},
    7,
    2**63,
    True,
    "a\0b",
    "\ud800",
    "王" * 9999,
)


#: A form as a browser sends it.
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
quoted = cache(quote_plus)


def form(data):
    """The body of a form; what is huge and stands in every field is encoded once."""
    return "&".join(
        f"{quoted(name)}={quoted(value)}"
        for name, values in data.items()
        for value in (values if isinstance(values, list) else [values])
    )


class RoutesCase(SecurityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own, other = cls.sides["own"], cls.sides["other"]
        cls.owner = cls.make_person("portal_side", "base.group_portal")
        cls.owner.partner_id = own.customer
        own_people, others = cls.people["own"], cls.people["other"]
        cls.users = {
            "stranger": cls.portal_stranger,
            "owner": cls.owner,
            "other_advisor": others["advisor"],
            "other_handler": others["handler"],
            **{
                role: own_people[role]
                for role in ("employee", "technician", "caller", "handler", "advisor")
            },
        }
        for world in (own, other):
            for thread in (world.visits["working"], world.order, world.complaint):
                thread.message_post(
                    body=cls.mark(world.side, "talk"),
                    message_type="comment",
                    subtype_xmlid="mail.mt_comment",
                )
            world.order.action_share_link()
        photo = ("a.jpg", camera_photo((40, 40)))
        attachment = cls.env["ir.attachment"].create({"name": "a", "raw": photo[1]})
        own.order.dealer_photo_ids = attachment
        own.complaint._post_of_customer("", [photo])
        # what everybody may know of an own side: words on the pages of the customer
        cls.documents = {
            "visit": (own.visits["working"], other.visits["working"]),
            "order": (own.order, other.order),
            "complaint": (own.complaint, other.complaint),
            "invitation": (own.invitee, other.invitee),
            "consent": (own.customer, other.customer),
            "lounge": (own.company, other.company),
            "public": (own.company, other.company),
            "book": (own.company, other.company),
            "booked": (own.online_booking, other.online_booking),
            "sms": (own.company, other.company),
            "gate": (own.gate, other.gate),
            "pass": (own.gate_pass, other.gate_pass),
            "exchange": (own.exchange, other.exchange),
            "rating": (cls._asked(own), cls._asked(other)),
            "short": (cls._shortened(own), cls._shortened(other)),
        }
        cls.photos = {
            "order": attachment,
            "complaint": own.complaint.message_ids.attachment_ids[:1],
        }
        cls.links = {what: cls._links(what) for what in cls.documents}
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _asked(cls, world):
        """A rating that the customer is asked for, and has not given."""
        visit = world.visits["ready"]
        visit._rating_get_access_token()
        return visit.rating_ids

    @classmethod
    def _shortened(cls, world):
        """A short link to a visit that no other document is."""
        visit = world.visits["booked"]
        visit._link_token()
        return cls.env["dealer.message.link"].search([("res_id", "=", visit.id)])

    @classmethod
    def _links(cls, what):
        """The right link, the one that was withdrawn, and that of something else."""
        own, other = cls.documents[what]
        name = {
            "consent": "consent_token",
            "lounge": "dealer_lounge_token",
            "public": "dealer_public_token",
            "book": "dealer_online_token",
            "sms": "dealer_sms_callback_key",
            "short": "token",
        }.get(what, "access_token")
        make = {
            "consent": lambda record: record._consent_url(),
            "lounge": lambda record: record.write({name: secrets.token_urlsafe(24)}),
            "public": lambda record: record.write({name: secrets.token_urlsafe(24)}),
            "book": lambda record: record.write(
                {name: secrets.token_urlsafe(24), "dealer_online_booking": True}
            ),
            "booked": lambda record: record._write_by_method(
                {name: secrets.token_urlsafe(24)}
            ),
            "sms": lambda record: record.write(
                {name: secrets.token_urlsafe(24), "dealer_sms_provider": "aliyun"}
            ),
            "gate": lambda record: record.action_renew_link(),
            "exchange": lambda record: record.action_renew_link(),
            "pass": lambda record: record._write_by_method(
                {name: secrets.token_urlsafe(24)}
            ),
            "invitation": lambda record: record._ensure_token(),
            "short": lambda record: record.write({name: secrets.token_hex(6)}),
            "rating": lambda record: record.write(
                {name: record._default_access_token()}
            ),
        }.get(what, lambda record: record._portal_ensure_token())
        clear = getattr(own, "_write_by_method", own.write)
        make(own)
        revoked = own[name]
        clear({name: False})
        make(own)
        make(other)
        cls.keep("own", "token", own[name])
        return {"right": own[name], "revoked": revoked, "foreign": other[name]}

    def our_routes(self):
        """Rules of the routing map whose endpoint our addons define."""
        found = {}
        with patch.object(
            threading.current_thread(), "dbname", self.cr.dbname, create=True
        ):
            rules = list(self.env["ir.http"].routing_map().iter_rules())
        for rule in rules:
            module = getattr(rule.endpoint, "func", rule.endpoint).__module__
            if any(module.startswith(f"odoo.addons.{name}.") for name in ADDONS):
                found.setdefault(rule.rule, []).append(rule)
        # a route of core that we override, and leave as open as it is
        return {
            path: rules
            for path, rules in found.items()
            if path.split("<")[0] != "/my/orders/"
        }

    def fields(self):
        """Every name that an endpoint of ours looks at."""
        names = set()
        for path in ROOT.glob("dealer_*/controllers/*.py"):
            source = path.read_text()
            names |= set(re.findall(r'\.get\(\s*"(\w+)"', source))
            names |= set(re.findall(r"(\w+)=None", source))
        return sorted(names | {"persons", "photos", f"line_{self.line()}"})

    def line(self):
        return self.sides["own"].order.order_line[0].id

    def sign_in(self, visitor):
        login = VISITORS[visitor][0]
        user = login and self.users[login]
        self.authenticate(user and user.login, user and password(user))

    def address(self, entry, visitor):
        link = self.links.get(entry.what, {}).get(VISITORS[visitor][1])
        if VISITORS[visitor][1] == "wrong":
            link = "wrong"
        own = self.documents.get(entry.what, [SimpleNamespace(id=0)])[0]
        photo = self.photos.get(entry.what)
        path = entry.path.format(
            id=own.id,
            link=link or "none",
            photo=photo.id if photo else 0,
            finding=self.sides["own"].finding.id,
        )
        if "{link}" not in entry.path and link:
            path += f"?access_token={link}"
        return path

    def ask(self, method, path, data=None, files=None):
        if method == "POST":
            data = {"csrf_token": http.Request.csrf_token(self), **(data or {})}
        self.count += 1
        headers = None
        if data and not files:
            data, headers = form(data), FORM
        return self.url_open(
            path,
            data=data,
            files=files,
            headers=headers,
            method=method,
            allow_redirects=False,
        )

    def expected(self, entry, method, visitor):
        allowed = entry.get if method == "GET" else entry.post
        if allowed is None:
            return {405}
        if visitor in allowed:
            return {allowed[visitor]}
        if entry.login and not VISITORS[visitor][0]:
            return {303}
        return {404}

    def http_doors(self):
        for path, rules in self.our_routes().items():
            if rules[0].endpoint.routing["type"] == "http":
                yield DOORS[path]

    def check_words(self, answer, visitor, status):
        """Nobody's words, but the own ones where the door is open."""
        sides = SIDES
        if visitor == "owner" or (status == 200 and visitor != "stranger"):
            sides = ("colleague", "other")
            if visitor.startswith("other"):
                sides = ("own", "colleague")
        # an address that was asked for is repeated: the visitor knows it already
        text = answer.text
        for links in self.links.values():
            text = text.replace(links.get(VISITORS[visitor][1]) or "\0", "")
        self.assertFalse(self.leaks(text, sides), "words of somebody else")
        self.assertFalse(self.leaks(text, SIDES, ["talk"]), "words among colleagues")
        if VISITORS[visitor][0] not in (None, "owner", "stranger"):
            sides = SIDES if visitor != "caller" else ("colleague", "other")
            self.assertFalse(self.leaks(text, sides, ["token"]), "a link to staff")


@tagged("standard", "post_install", "-at_install")
class TestRoutes(RoutesCase):
    def test_every_route_is_declared(self):
        self.assertEqual(set(self.our_routes()), set(DOORS))

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http")
    def test_everybody_is_answered_as_declared(self):
        self.count = 0
        for visitor in VISITORS:
            self.sign_in(visitor)
            for entry in self.http_doors():
                if visitor == "foreign" and "{link}" in entry.path:
                    continue  # a good link, of something else
                for method in ("GET", "POST"):
                    with self.subTest(visitor, path=entry.path, method=method):
                        answer = self.ask(method, self.address(entry, visitor))
                        status = answer.status_code
                        self.assertIn(status, self.expected(entry, method, visitor))
                        self.check_words(answer, visitor, status)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http")
    def test_a_link_that_leads_nowhere_says_whom_to_call(self):
        self.count = 0
        self.documents["lounge"][0].dealer_hotline = "400-820-0000"
        for visitor in ("wrong", "revoked"):
            self.sign_in(visitor)
            for entry in self.http_doors():
                # the screen on the wall calls nobody, and neither does a provider
                if entry.login or entry.what in ("lounge", "list", "rating", "sms"):
                    continue
                for method in ("GET", "POST"):
                    if self.expected(entry, method, visitor) != {404}:
                        continue
                    with self.subTest(visitor, path=entry.path, method=method):
                        answer = self.ask(method, self.address(entry, visitor))
                        self.assertEqual(answer.status_code, 404)
                        self.assertIn("This link leads nowhere", answer.text)
                        self.assertIn("tel:400-820-0000", answer.text)
                        self.assertIn("no-store", answer.headers["Cache-Control"])

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http")
    def test_form_whose_session_is_over_says_what_to_do(self):
        self.count, tried = 0, 0
        self.documents["lounge"][0].dealer_hotline = "400-820-0000"
        for entry in self.http_doors():
            if not entry.post or entry.what in ("list", "rating", "sms"):
                continue
            self.sign_in("owner")
            address = self.address(entry, "owner" if entry.login else "link")
            answer = self.url_open(address, data={"csrf_token": "of another session"})
            if answer.status_code != 400:
                continue  # no form: its caller signs what it sends
            tried += 1
            with self.subTest(path=entry.path):
                self.assertRegex(answer.text, "(?s)open for too long.*tel:400-820-0000")
                self.assertIn("no-store", answer.headers["Cache-Control"])
        self.assertGreater(tried, 5)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http")
    def test_nonsense_is_answered_and_never_fails(self):
        self.count = 0
        fields = self.fields()
        for visitor in CUSTOMER:
            self.sign_in(visitor)
            for entry in self.http_doors():
                if entry.post is None and entry.get is None:
                    continue
                method = "GET" if entry.post is None else "POST"
                for kind, value in NONSENSE.items():
                    data, files = dict.fromkeys(fields, value), None
                    if kind == "file":
                        data, files = {}, {name: value for name in fields}
                    elif "?" in self.address(entry, visitor):
                        data.pop("access_token")
                    with self.subTest(visitor, path=entry.path, kind=kind):
                        answer = self.ask(
                            method, self.address(entry, visitor), data, files
                        )
                        self.assertLess(answer.status_code, 500)
                        self.check_words(answer, visitor, answer.status_code)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http")
    def test_numbers_beyond_every_record_are_not_found(self):
        self.count = 0
        self.sign_in("nobody")
        for entry in self.http_doors():
            if "{id}" not in entry.path or entry.get is None:
                continue
            for number in (0, 2**31, 2**63, 10**30):
                path = entry.path.format(id=number, photo=number, finding=number)
                for query in ("", "?access_token=x", "?access_token=%00"):
                    with self.subTest(path=path, query=query):
                        self.assertEqual(self.ask("GET", path + query).status_code, 404)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http")
    def test_an_address_with_a_nul_is_not_found(self):
        self.sign_in("nobody")
        for path in (
            "/my/visits/%00",
            "/my/complaints/%00",
            "/my/service/orders/%00",
            "/activity/%00",
            "/consent/%00",
            "/lounge/%00",
            "/dealer/%00",
            "/dealer/calls/%00",
            "/gate/%00",
            "/gate/pass/%00",
            "/book/%00",
            "/b/%00",
            "/dealer/%00/lounge",
            "/%00",
            # of Odoo, with links that we send
            "/rate/%00/5",
            "/rate/%00/submit_feedback",
            "/survey/start/%00",
            "/survey/%00/%00",
            "/my/orders/1?access_token=%00",
            "/my/invoices/1?access_token=%00",
            "/web/image/res.partner/1/avatar_128?access_token=%00",
        ):
            with self.subTest(path=path):
                self.assertEqual(self.url_open(path).status_code, 404)
