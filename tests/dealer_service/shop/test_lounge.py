"""The lounge screen shows the cars in the house, masked, and nothing else."""

import re
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged, users

from odoo.addons.dealer_service.controllers.lounge import (
    BOARDS,
    KEEP_SECONDS,
    BoardCache,
)

from ...common import DealerServiceCase


class LoungeCase(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.with_user(cls.manager).action_renew_lounge_link()
        cls.token = cls.company.dealer_lounge_token

    def setUp(self):
        super().setUp()
        BOARDS.clear()
        self.addCleanup(BOARDS.clear)

    def make_other_shop(self):
        shop = self.env["res.company"].create({"name": "另一家店"})
        self.manager.company_ids += shop
        shop.with_user(self.manager).action_renew_lounge_link()
        return shop


class TestLoungeLink(LoungeCase):
    def test_link_cannot_be_guessed(self):
        tokens = set()
        for _time in range(5):
            self.company.with_user(self.manager).action_renew_lounge_link()
            tokens.add(self.company.dealer_lounge_token)
        self.assertEqual(len(tokens), 5)
        self.assertGreaterEqual(min(map(len, tokens)), 32)

    @users("advisor")
    def test_advisor_neither_sees_nor_changes_the_link(self):
        company = self.company.with_env(self.env)
        with self.assertRaises(AccessError):
            company.read(["dealer_lounge_token"])
        with self.assertRaises(AccessError):
            company.read(["dealer_lounge_url"])
        for action in ("action_renew_lounge_link", "action_revoke_lounge_link"):
            with self.assertRaises(AccessError):
                getattr(company, action)()
        self.assertEqual(self.company.sudo().dealer_lounge_token, self.token)

    def test_manager_of_one_shop_does_not_renew_the_link_of_another(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        for action in ("action_renew_lounge_link", "action_revoke_lounge_link"):
            with self.assertRaises(AccessError):
                getattr(other.with_user(self.manager), action)()
        self.assertFalse(other.dealer_lounge_token)

    def test_answer_is_kept_for_seconds_and_made_once(self):
        made = []
        cache = BoardCache(clock=lambda: moment)
        for moment in (0, 1, KEEP_SECONDS - 0.1, KEEP_SECONDS):  # noqa: B007
            cache.get("shop", lambda: made.append(1))
        self.assertEqual(len(made), 2)

    def test_queries_do_not_grow_with_the_cars(self):
        counts = []
        for number in (1, 20):
            for index in range(number):
                self.make_reception(
                    state="arrived",
                    vehicle_id=self.make_vehicle(
                        license_plate=f"皖B·{number:02}{index:03}"
                    ).id,
                )
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.company._lounge_cars()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])


@tagged("standard", "post_install", "-at_install")
class TestLoungeScreen(LoungeCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.reception = self.make_reception(
            state="arrived",
            is_waiting=True,
            date_promised=fields.Datetime.now() + timedelta(hours=3),
        )

    def get(self, path="", token=None, **kwargs):
        """The screen as a stranger's browser asks for it."""
        return self.url_open(f"/lounge/{token or self.token}{path}", **kwargs)

    def test_anonymous_with_the_link_sees_the_car(self):
        for path in ("", "/board"):
            answer = self.get(path)
            self.assertEqual(answer.status_code, 200)
            self.assertIn("皖B·A**34", answer.text)
            self.assertIn("Being checked in", answer.text)

    def test_nothing_personal_leaves_the_server(self):
        self.customer.name = "王建国"
        self.vehicle.vin_sn = "LVVDB11B7ED012345"
        self.reception.belongings = "雨伞一把"
        self.reception.concern_ids = [(0, 0, {"name": "右前方有异响"})]
        text = self.get().text + self.get("/board").text
        for secret in (
            "A1234",
            "王建国",
            "1234",
            "LVVDB11B7ED012345",
            "雨伞一把",
            "右前方有异响",
            self.reception.name,
            "advisor",
            "session",
            "csrf",
        ):
            self.assertNotIn(secret, text)
        self.assertFalse(re.search(r"/(odoo|web|my)/", text))

    def test_only_cars_in_the_house_are_shown(self):
        booked = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·C7700").id
        )
        self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·C8811").id, state="arrived"
        ).action_cancel()
        text = self.get("/board").text
        self.assertEqual(booked.state, "booked")
        self.assertEqual(text.count('class="plate"'), 1)

    def test_wrong_links_get_the_same_plain_404(self):
        answers = [
            self.get(path, token=token)
            for path in ("", "/board")
            for token in (
                "x",
                "A" * 32,
                self.token[:-1],
                self.token + "x",
                self.token + "%00",
                "%20",
                "False",
            )
        ]
        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual({answer.text for answer in answers}, {"Not found"})
        self.assertEqual(
            {answer.headers["Cache-Control"] for answer in answers}, {"no-store"}
        )

    def test_empty_link_does_not_open_a_shop_without_a_link(self):
        self.env["res.company"].create({"name": "没有看板的店"})
        for path in ("/lounge/", "/lounge//board", "/lounge"):
            self.assertEqual(self.url_open(path).status_code, 404)

    def test_revoked_and_renewed_links_are_dead_at_once(self):
        self.assertEqual(self.get("/board").status_code, 200)
        self.company.with_user(self.manager).action_renew_lounge_link()
        self.assertEqual(self.get("/board").status_code, 404)
        new = self.company.dealer_lounge_token
        self.assertEqual(self.get("/board", token=new).status_code, 200)
        self.company.with_user(self.manager).action_revoke_lounge_link()
        self.assertEqual(self.get("/board", token=new).status_code, 404)
        self.assertEqual(self.get(token=new).status_code, 404)

    def test_each_link_shows_its_own_shop(self):
        shop = self.make_other_shop()
        self.make_reception(
            company_id=shop.id,
            state="arrived",
            advisor_id=False,
            vehicle_id=self.make_vehicle(license_plate="沪A·77777").id,
        )
        mine, theirs = self.get().text, self.get(token=shop.dealer_lounge_token).text
        self.assertIn("皖B·A**34", mine)
        self.assertNotIn("沪A", mine)
        self.assertIn("沪A·7**77", theirs)
        self.assertNotIn("皖B", theirs)
        self.assertNotIn(self.company.name, theirs)

    def test_whatever_is_asked_of_it_it_shows_nothing_else(self):
        plain = self.get("/board").text
        shop = self.make_other_shop()
        for query in (
            f"?company_id={shop.id}",
            "?cids=1,2,3&debug=assets",
            "?state=delivered&limit=1000000",
            "?token=x&lang=en_US",
        ):
            self.assertEqual(self.get(f"/board{query}").text, plain)
        for path in ("/board/1", "/cars", "/../web", "/board/"):
            answer = self.get(path, allow_redirects=False)
            self.assertNotIn("A1234", answer.text)
            self.assertIn(answer.status_code, (200, 301, 303, 308, 404))
        for method in ("POST", "PUT", "DELETE"):
            answer = self.get("/board", method=method)
            self.assertIn(answer.status_code, (400, 405))

    def test_late_car_is_told_by_words_and_colour(self):
        self.reception.date_promised = fields.Datetime.now() - timedelta(minutes=1)
        text = self.get("/board").text
        self.assertIn('class="car late"', text)
        self.assertIn("Later than promised", text)

    def test_many_screens_cost_one_reading_of_the_cars(self):
        company = type(self.env["res.company"])
        with patch.object(
            company, "_lounge_cars", autospec=True, side_effect=lambda shop: []
        ) as cars:
            for _screen in range(5):
                self.get("/board")
                self.get()
        self.assertEqual(cars.call_count, 1)

    def test_unchanged_board_is_not_sent_again(self):
        first = self.get("/board")
        self.assertIn(f"max-age={KEEP_SECONDS}", first.headers["Cache-Control"])
        again = self.get("/board", headers={"If-None-Match": first.headers["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))

    def test_screen_leaves_no_session_and_lets_nothing_in(self):
        answer = self.get()
        self.assertNotIn("session_id", answer.headers.get("Set-Cookie", ""))
        self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
        self.assertIn("noindex", answer.headers["X-Robots-Tag"])

    def test_page_is_light(self):
        answer = self.get()
        files = re.findall(r'(?:src|href)="(/[^"]+)"', answer.text)
        self.assertEqual(len(files), 2)
        weight = len(answer.content)
        for file in files:
            weight += len(self.url_open(file).content)
        self.assertLess(weight, 20_000)

    def test_screen_speaks_the_language_of_the_shop(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.company.partner_id.lang = "zh_CN"
        answer = self.get(headers={"Accept-Language": "en-US"})
        self.assertIn('lang="zh-CN"', answer.text)
