"""Every form that a customer's page offers, sent as a browser does, and as none does.

The forms are read off the pages behind the doors: one that is added is tried.
"""

import io

from lxml import html
from PIL import Image

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .doors import CUSTOMER
from .test_routes import RoutesCase

#: How often somebody changes his mind who only wants to fill the books.
ROUNDS = 12
#: Of a long list some entries are as good as all.
MANY = 4
#: What a page has told its visitor.
TOLD = "//*[@role='alert' or @role='status'][normalize-space()]"
#: 118 million pixels in a third of a megabyte.
BOMB = (11_000, 10_800)


@tagged("standard", "post_install", "-at_install")
class TestForms(RoutesCase):
    def setUp(self):
        super().setUp()
        self.count = 0
        visit = self.sides["own"].visits["ready"]
        visit._write_by_method({"state": "delivered"})

    # ------------------------------------------------------------------
    # FORMS
    # ------------------------------------------------------------------

    def forms(self, visitor):
        """``(action, fields, choices)`` of each form that the visitor is shown:
        what is sent anyway, and what he chooses between, by name."""
        self.sign_in(visitor)
        seen = set()
        for entry in self.http_doors():
            if entry.get is None or visitor not in entry.get:
                continue
            address = self.address(entry, visitor)
            # a short link leads elsewhere, and shows nothing itself
            page = html.fromstring(self.ask("GET", address).text or "<p/>")
            for form in page.xpath("//form[@method='post']"):
                action = form.get("action") or address
                if action not in seen:
                    seen.add(action)
                    yield action, *self.controls(form)

    def controls(self, form):
        fields, choices = {}, {}
        for node in form.xpath(".//*[@name][not(@disabled)]"):
            name, value = node.get("name"), node.get("value") or ""
            kind = node.get("type") or node.tag
            if kind in ("radio", "checkbox", "submit", "button"):
                choices.setdefault(name, []).append(value)
            elif kind in ("textarea", "text", "email", "tel"):
                fields[name] = value or "x"
            elif kind == "select":
                options = node.xpath(".//option/@value")
                choices.setdefault(name, []).extend(options)
            elif kind != "file":
                fields[name] = value
        fields.pop("csrf_token", None)
        return fields, choices

    def ways(self, fields, choices):
        """What a browser can send of a form: each choice once, the others as first."""
        first = {name: values[0] for name, values in choices.items() if values}
        yield {**fields, **first}
        for name, values in choices.items():
            for value in values[1:MANY]:
                yield {**fields, **first, name: value}

    def send(self, action, data):
        """What the page tells afterwards."""
        answer = self.ask("POST", action, data)
        self.assertLess(answer.status_code, 500)
        if answer.status_code == 303:
            answer = self.ask("GET", answer.headers["Location"])
        page = html.fromstring(answer.text or "<p/>")
        return {" ".join(node.text_content().split()) for node in page.xpath(TOLD)}

    def rows(self):
        """How many rows the books of the shop have."""
        self.env.flush_all()
        tables = sorted(
            model._table
            for model in self.env.values()
            if model._auto
            and not model._abstract
            and not model._transient
            and (
                model._name.startswith("dealer.")
                or model._name in ("mail.message", "rating.rating")
            )
        )
        query = SQL(" + ").join(
            SQL("(SELECT count(*) FROM %s)", SQL.identifier(table)) for table in tables
        )
        return self.env.execute_query(SQL("SELECT %s", query))[0][0]

    # ------------------------------------------------------------------
    # TAPS
    # ------------------------------------------------------------------

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http")
    def test_the_same_tap_twice_writes_once(self):
        tried = 0
        for visitor in CUSTOMER:
            for action, fields, choices in [*self.forms(visitor)]:
                for data in self.ways(fields, choices):
                    self.send(action, data)
                    before = self.rows()
                    self.send(action, data)
                    tried += 1
                    with self.subTest(visitor, action=action, data=data):
                        self.assertEqual(self.rows(), before)
        print(f"\nforms: {tried} taps")
        self.assertGreater(tried, 20)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http")
    def test_to_and_fro_comes_to_an_end(self):
        for action, fields, choices in [*self.forms("link")]:
            ways = [*self.ways(fields, choices)]
            ways = ways[:1] + ways[-1:]
            for _round in range(ROUNDS):
                before = self.rows()
                for data in ways:
                    self.ask("POST", action, data)
            with self.subTest(action=action):
                self.assertEqual(self.rows(), before)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http")
    def test_nonsense_is_not_told_as_done(self):
        for visitor in CUSTOMER:
            for action, fields, choices in [*self.forms(visitor)]:
                data = [*self.ways(fields, choices)][-1]
                for name in choices:
                    before = self.rows()
                    refused = self.send(action, {**data, name: "nonsense"})
                    is_taken = self.rows() > before
                    done = self.send(action, data)
                    with self.subTest(visitor, action=action, name=name):
                        if not is_taken and self.rows() > before:
                            self.assertFalse(refused & done)

    # ------------------------------------------------------------------
    # FILES
    # ------------------------------------------------------------------

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http")
    def test_a_small_file_of_millions_of_pixels_is_not_unpacked(self):
        target = io.BytesIO()
        Image.new("1", BOMB).save(target, "PNG")
        photo = {"photos": ("a.png", target.getvalue(), "image/png")}
        tried = 0
        files = self.env["ir.attachment"]
        for visitor in CUSTOMER:
            for action, fields, choices in [*self.forms(visitor)]:
                data = next(self.ways(fields, choices))
                kept = files.search_count([])
                answer = self.ask("POST", action, data, photo)
                tried += 1
                with self.subTest(visitor, action=action):
                    self.assertLess(answer.status_code, 500)
                    self.assertEqual(files.search_count([]), kept)
        self.assertGreater(tried, 5)
