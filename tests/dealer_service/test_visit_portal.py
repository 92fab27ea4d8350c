"""The customer's page of a visit: by login or link, own visits, and nothing else."""

from odoo.tests import HttpCase, new_test_user, tagged

from ..common import DealerServiceCase


@tagged("standard", "post_install", "-at_install")
class TestVisitPortal(DealerServiceCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reception = cls.make_reception(
            state="arrived", variance_reason="只给自己看"
        )
        cls.bring_to(cls.reception, "authorized")
        cls.reception._portal_ensure_token()
        cls.stranger = cls.make_partner(name="李娟")
        for login, partner in (("owner", cls.customer), ("stranger", cls.stranger)):
            user = new_test_user(
                cls.env, login=login, password=login * 2, groups="base.group_portal"
            )
            user.partner_id = partner
        cls.other_visit = cls.make_reception(
            vehicle_id=cls.make_vehicle(
                license_plate="皖B·Z9999", owner_id=cls.stranger.id
            ).id,
            partner_id=cls.stranger.id,
            state="arrived",
        )
        cls.other_visit._portal_ensure_token()

    def get(self, visit, token=None):
        query = f"?access_token={token}" if token else ""
        return self.url_open(f"/my/visits/{visit.id}{query}", allow_redirects=False)

    def test_link_shows_the_visit_without_login(self):
        page = self.get(self.reception, self.reception.access_token)
        self.assertEqual(page.status_code, 200)
        self.assertIn("皖B·A1234", page.text)
        self.assertNotIn("只给自己看", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")

    def test_wrong_token_and_no_token_show_nothing(self):
        for token in (None, "wrong", self.other_visit.access_token):
            page = self.get(self.reception, token)
            self.assertEqual(page.status_code, 404, token)
            self.assertNotIn("皖B·A1234", page.text)
        self.assertEqual(self.get(self.reception.browse(10**8), "x").status_code, 404)

    def test_customer_sees_own_visits_only(self):
        self.authenticate("owner", "ownerowner")
        own = self.url_open("/my/visits")
        self.assertIn("皖B·A1234", own.text)
        self.assertNotIn("皖B·Z9999", own.text)
        self.assertEqual(self.get(self.reception).status_code, 200)
        self.assertEqual(self.get(self.other_visit).status_code, 404)

    def test_another_customer_sees_nothing_of_it(self):
        self.authenticate("stranger", "strangerstranger")
        self.assertEqual(self.get(self.reception).status_code, 404)
        self.assertNotIn("皖B·A1234", self.url_open("/my/visits").text)

    def test_home_counts_own_visits(self):
        values = self.env["dealer.reception"].with_user(
            self.env["res.users"].search([("login", "=", "owner")])
        )
        self.assertEqual(values.search_count([]), 1)

    def test_open_offer_asks_for_the_decision_with_its_own_link(self):
        offer = self.make_order(self.reception, self.make_product("雨刮片", "part", 88))
        page = self.get(self.reception, self.reception.access_token)
        self.assertNotIn(offer.get_portal_url(), page.text, "a draft was shown")
        offer.action_share_link()
        page = self.get(self.reception, self.reception.access_token)
        self.assertIn(f"/my/service/orders/{offer.id}", page.text)
