"""The way from a text message to the customer's page."""

import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...providers.aliyun import Aliyun
from .message_case import MessageCase
from .provider_case import ProviderCase

MODEL = "dealer.message.link"


@tagged("post_install", "-at_install")
class TestShortLinks(MessageCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def follow(self, token, **kwargs):
        return self.url_open(f"/r/{token}", allow_redirects=False, **kwargs)

    def location(self, token):
        answer = self.follow(token)
        self.assertEqual(answer.status_code, 302, answer.text)
        return answer.headers["Location"]

    def test_link_leads_to_the_page_of_the_record(self):
        token = self.visit._link_token()
        self.assertRegex(token, r"\A[0-9A-Za-z]{12}\Z")
        self.assertIn(self.visit.access_token, self.location(token))
        page = self.url_open(f"/r/{token}")
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.visit.license_plate, page.text)

    def test_one_page_has_one_link(self):
        token = self.visit._link_token()
        self.assertEqual(self.visit._link_token(), token)
        self.assertNotEqual(self.make_reception()._link_token(), token)

    def test_looking_changes_nothing(self):
        token = self.visit._link_token()
        self.env.flush_all()
        before = self.rows()
        for method in ("GET", "HEAD", "GET"):
            self.url_open(f"/r/{token}", method=method, allow_redirects=False)
        self.assertEqual(self.rows(), before)
        self.assertEqual(self.follow(token, method="POST").status_code, 405)

    def rows(self):
        self.env.invalidate_all()
        return (
            self.env[MODEL].search([]).read(["write_date", "token", "digest"]),
            self.visit.read(["write_date", "access_token", "state"]),
            self.visit.message_ids.ids,
        )

    def test_link_dies_with_that_of_its_page(self):
        token = self.visit._link_token()
        self.visit.access_token = False
        self.assertEqual(self.follow(token).status_code, 404)
        self.visit._portal_ensure_token()
        self.assertEqual(self.follow(token).status_code, 404)
        self.assertIn(self.visit.access_token, self.location(self.visit._link_token()))

    def test_link_dies_with_its_record(self):
        token = self.visit._link_token()
        self.env.cr.execute(
            "UPDATE dealer_message_link SET res_id = 2000000000 WHERE res_id = %s",
            (self.visit.id,),
        )
        self.env.invalidate_all()
        self.assertEqual(self.follow(token).status_code, 404)

    def test_wrong_and_ended_links_look_the_same(self):
        token = self.visit._link_token()
        self.visit.access_token = False
        pages = set()
        for path in (token, "0" * 12, "short", token + "x", token.swapcase()):
            answer = self.follow(path)
            self.assertEqual(answer.status_code, 404)
            # an error page names the address that was asked for
            pages.add(re.sub(r"/r/\w+", "", answer.text))
        self.assertEqual(len(pages), 1)

    def test_wrong_links_of_others_shut_nobody_out(self):
        """Thousands of phones share the address of their carrier."""
        token = self.visit._link_token()
        for _guess in range(700):
            self.assertIsNone(self.env[MODEL]._path_of("0" * 12))
        self.assertEqual(self.follow("0" * 12).status_code, 404)
        self.assertEqual(self.follow(token).status_code, 302)

    def test_old_links_go_with_the_messages(self):
        old, new = self.visit._link_token(), self.make_reception()._link_token()
        self.env.cr.execute(
            "UPDATE dealer_message_link SET create_date = create_date"
            " - make_interval(months => %s, days => 3) WHERE token = %s",
            (self.company.dealer_message_months, old),
        )
        self.env[MODEL]._gc_links()
        self.env.invalidate_all()
        self.assertEqual(self.follow(old).status_code, 404)
        self.assertEqual(self.follow(new).status_code, 302)

    @mute_logger("odoo.models")
    def test_no_colleague_makes_or_reads_one(self):
        self.visit._link_token()
        for user in (self.advisor, self.manager):
            rows = self.env[MODEL].with_user(user)
            for operation in ("read", "write", "create", "unlink"):
                self.assertFalse(rows.has_access(operation), operation)


@tagged("post_install", "-at_install")
class TestShortLinksOfProvider(ProviderCase):
    """A provider takes neither an address nor anything long as a variable."""

    server_class, provider = Aliyun, "aliyun"

    def body(self, words):
        self.template.body = words
        self.template.with_context(lang="zh_CN").body = words

    def test_domain_stands_in_the_approved_text(self):
        self.approval.unlink()
        self.body(
            "请查看 {{ object._link_start() }}{{ object._link_token() }} 车"
            "{{ object.license_plate }}"
        )
        approval = self.approve("T200", "code,plate")
        start = self.company._link_start()
        self.assertEqual(approval.text, f"请查看 {start}${{code}} 车${{plate}}")
        message = self.send()
        self.assertEqual(message.state, "sent", message.reason)
        [taken] = self.server.taken
        plate = self.visit.license_plate
        self.assertIn(self.visit._link_token(), str(taken))
        self.assertIn(plate, str(taken))
        # whoever reads the message has no link to act by
        self.assertEqual(message.text, f"请查看 {start}{'•' * 12} 车{plate}")

    def test_whole_address_is_refused_as_a_variable(self):
        self.body("{{ object._link_start() + object._link_token() }}")
        self.approval.variables = "link"
        self.server.texts["T100"] = ["link"]
        message = self.send()
        self.assertEqual(message.state, "failed")
        self.assertFalse(self.server.taken)
