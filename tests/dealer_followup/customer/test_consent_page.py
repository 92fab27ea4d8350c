"""The customer withdraws consent himself: by link or login, for his own number."""

import re

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.dealer_followup.models.customer.res_partner_consent import (
    MAX_GIVEN_A_DAY,
)

from ...followup_common import DealerFollowupCase


@tagged("standard", "post_install", "-at_install")
class TestConsentPage(DealerFollowupCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.consent("given")
        cls.stranger = cls.make_partner(name="李娟", phone="138 0000 0002")
        cls.link = cls.customer._consent_url()
        for login, partner in (("owner", cls.customer), ("stranger", cls.stranger)):
            user = new_test_user(
                cls.env, login=login, password=login * 2, groups="base.group_portal"
            )
            user.partner_id = partner

    def path(self, partner=None):
        url = (partner or self.customer)._consent_url()
        return url[url.index("/consent/") :]

    def ledger(self, partner=None, **where):
        lines = self.env["dealer.consent"].search(
            [("phone", "=", (partner or self.customer).phone_key)], order="id"
        )
        return [(line.purpose, line.decision) for line in lines]

    def decide(self, path, purpose="marketing", decision="withdrawn", shop=None):
        page = self.url_open(path)
        found = re.search(r'csrf_token(?:" value=|: )"([^"]+)"', page.text)
        return self.url_open(
            f"{path}/decide",
            data={
                "csrf_token": found[1] if found else "",
                "shop": shop or self.company.id,
                "purpose": purpose,
                "decision": decision,
            },
            allow_redirects=False,
        )

    def test_the_page_shows_a_masked_number_and_changes_nothing(self):
        page = self.url_open(self.path())
        self.assertEqual(page.status_code, 200)
        self.assertIn("You have agreed.", page.text)
        self.assertIn("****1234", page.text)
        for secret in ("13805531234", "王建国", "皖B·A1234"):
            self.assertNotIn(secret, page.text)
        self.assertEqual(self.ledger(), [("marketing", "given")])

    def test_withdrawing_adds_a_line_and_stops_the_calls(self):
        task = self.make_task(self.make_rule("manual", purpose="marketing"))
        self.assertEqual(self.decide(self.path()).status_code, 303)
        self.assertEqual(
            self.ledger(), [("marketing", "given"), ("marketing", "withdrawn")]
        )
        task.invalidate_recordset()
        self.assertEqual((task.state, task.close_reason), ("suppressed", "withdrawn"))
        line = self.env["dealer.consent"].search(
            [("phone", "=", self.customer.phone_key)], order="id desc", limit=1
        )
        self.assertIn("own page", line.evidence)
        self.assertEqual(line.partner_id, self.customer)

    def test_the_second_tap_adds_nothing(self):
        self.decide(self.path())
        self.decide(self.path())
        self.assertEqual(len(self.ledger()), 2)

    def test_everything_is_withdrawn_at_once(self):
        self.decide(self.path(), "all")
        self.assertEqual(
            sorted(self.ledger()[1:]),
            [(p, "withdrawn") for p in ("greeting", "marketing", "satisfaction")],
        )
        # nobody agrees to everything with one tap
        self.decide(self.path(), "all", "given")
        self.assertEqual(len(self.ledger()), 4)

    def test_who_wanted_no_messages_can_still_end_the_calls(self):
        self.consent("withdrawn", channel="sms")
        page = self.url_open(self.path())
        self.assertIn("Differs between calls, messages and letters.", page.text)
        self.decide(self.path(), "all")
        for channel in ("call", "sms"):
            self.assertEqual(
                self.env["dealer.consent"]._current(
                    self.company, "marketing", channel, [self.customer.phone_key]
                ),
                {self.customer.phone_key: "withdrawn"},
            )

    def test_what_was_withdrawn_can_be_given_again(self):
        self.decide(self.path())
        self.decide(self.path(), decision="given")
        self.assertEqual(self.ledger()[-1], ("marketing", "given"))

    @mute_logger("odoo.http")
    def test_wrong_links_lead_nowhere(self):
        token = self.customer.consent_token
        for wrong in (token[:-1], token + "x", "x" * 24, str(self.customer.id)):
            for method in ("GET", "POST"):
                url = f"/consent/{wrong}" + ("/decide" if method == "POST" else "")
                data = {"decision": "withdrawn"} if method == "POST" else None
                answer = self.url_open(url, data=data, allow_redirects=False)
                self.assertIn(answer.status_code, (400, 404), url)
        self.assertEqual(self.ledger(), [("marketing", "given")])

    def test_a_shop_that_is_none_changes_nothing(self):
        for shop in ("9" * 5000, "x", "٣", 10**8):
            self.assertEqual(self.decide(self.path(), shop=shop).status_code, 303)
        self.assertEqual(self.ledger(), [("marketing", "given")])

    def test_a_get_decides_nothing(self):
        answer = self.url_open(
            f"{self.path()}/decide?decision=withdrawn&purpose=all&shop=1"
        )
        self.assertEqual(answer.status_code, 405)
        self.assertEqual(len(self.ledger()), 1)

    def test_signed_in_a_customer_decides_for_the_own_number_only(self):
        self.authenticate("stranger", "strangerstranger")
        page = self.url_open("/my/consent")
        self.assertIn("****0002", page.text)
        self.assertNotIn("****1234", page.text)
        self.decide("/my/consent")
        self.assertEqual(self.ledger(self.stranger), [("marketing", "withdrawn")])
        self.assertEqual(self.ledger(), [("marketing", "given")])

    def test_a_number_typed_by_himself_is_not_his_while_somebody_has_it(self):
        self.stranger.phone = "138 0553 1234"
        self.authenticate("stranger", "strangerstranger")
        page = self.url_open("/my/consent").text
        self.assertIn("not yours alone", page)
        self.assertNotIn("You have agreed.", page)
        self.decide("/my/consent")
        self.decide("/my/consent", "satisfaction", "given")
        self.assertEqual(self.ledger(), [("marketing", "given")])
        # also when its owner has another one by now
        self.customer.phone = "139 0000 1111"
        self.decide("/my/consent")
        self.assertIn("not yours alone", self.url_open("/my/consent").text)
        self.assertEqual(self.ledger(self.stranger), [("marketing", "given")])

    def test_the_link_decides_for_a_number_that_two_people_share(self):
        self.stranger.phone = self.customer.phone
        self.decide(self.path())
        self.assertEqual(self.ledger()[-1], ("marketing", "withdrawn"))

    def test_only_a_shop_of_the_customer_hands_out_the_link(self):
        self.make_past_visit(1)
        other = self.env["res.company"].create({"name": "Other shop"})
        caller = new_test_user(
            self.env,
            login="caller_of_other_shop",
            groups="dealer_followup.group_dealer_followup_user",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        with self.assertRaisesRegex(AccessError, "is a customer of"):
            self.customer.with_user(caller).action_consent_link()
        # nobody has met this one yet
        self.stranger.with_user(caller).action_consent_link()
        self.customer.with_user(self.caller).action_consent_link()
        # whoever saw it could decide in the customer's place
        log = self.customer.message_ids[:1]
        self.assertIn("link for consent was shown", log.body)
        self.assertEqual(log.author_id, self.caller.partner_id)

    @mute_logger("odoo.http")
    def test_anonymous_visitors_are_asked_to_sign_in(self):
        answer = self.url_open("/my/consent", allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])
        answer = self.url_open(
            "/my/consent/decide", data={"shop": 1}, allow_redirects=False
        )
        self.assertIn(answer.status_code, (400, 404))

    def test_a_shop_that_does_not_know_the_number_is_not_offered(self):
        shop = self.env["res.company"].create({"name": "Other shop"})
        self.assertNotIn("Other shop", self.url_open(self.path()).text)
        self.decide(self.path(), shop=shop.id)
        self.assertEqual(len(self.ledger()), 1)

    def test_who_has_no_number_has_nothing_to_decide(self):
        nobody = self.make_partner(name="无号码")
        page = self.url_open(self.path(nobody))
        self.assertIn("no phone number", page.text)
        self.assertFalse(
            nobody._decide_consent(self.company.id, "all", "withdrawn", "x")
        )

    def test_the_portal_has_no_rights_on_the_ledger(self):
        user = self.env["res.users"].search([("login", "=", "owner")])
        with self.assertRaises(AccessError):
            self.env["dealer.consent"].with_user(user).search([])
        with self.assertRaises(AccessError):
            self.customer.with_user(user).action_consent_link()
        self.customer.with_user(self.caller).action_consent_link()

    def test_what_was_refused_is_not_told_as_saved(self):
        path = self.path()
        for purpose, decision in (("nonsense", "given"), ("all", "given"), ("", "")):
            address = self.decide(path, purpose, decision).headers["Location"]
            self.assertNotIn("recorded", self.url_open(address).text)
        self.assertNotIn("recorded", self.url_open(f"{path}?saved=1").text)
        address = self.decide(path).headers["Location"]
        self.assertIn("recorded", self.url_open(address).text)

    def test_to_and_fro_ends_with_what_was_withdrawn(self):
        for _again in range(MAX_GIVEN_A_DAY + 3):
            self.decide(self.path(), decision="given")
            self.decide(self.path(), decision="withdrawn")
        self.assertLessEqual(len(self.ledger()), 2 * MAX_GIVEN_A_DAY + 2)
        self.assertEqual(self.ledger()[-1], ("marketing", "withdrawn"))
        answer = self.decide(self.path(), decision="given")
        page = self.url_open(answer.headers["Location"])
        self.assertIn("very often", page.text)

    @mute_logger("odoo.http")
    def test_staff_decides_nothing_by_the_customers_link(self):
        self.caller.password = "callercaller"
        path = self.path()
        self.authenticate("caller", "callercaller")
        self.assertEqual(self.url_open(path).status_code, 404)
        self.decide(path)
        self.assertEqual(self.ledger(), [("marketing", "given")])


class TestMergedCards(DealerFollowupCase):
    def merge(self, *cards):
        cards = self.env["res.partner"].union(*cards)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(cards.ids, self.customer)
        self.env.flush_all()

    def test_link_of_a_merged_card_goes_on(self):
        double = self.make_partner(name="王建国", phone="13805531234")
        link = double._consent_url()
        token = double.consent_token
        self.merge(self.customer, double)
        self.assertFalse(double.exists())
        self.assertEqual(self.customer.consent_token, token)
        self.assertEqual(self.customer._consent_url(), link)

    def test_kept_card_keeps_its_own_link(self):
        double = self.make_partner(name="王建国", phone="13805531234")
        double._consent_url()
        link = self.customer._consent_url()
        self.merge(self.customer, double)
        self.assertEqual(self.customer._consent_url(), link)
