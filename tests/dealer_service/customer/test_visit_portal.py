"""The customer's page of a visit: by login or link, own visits, and nothing else."""

import re
from unittest.mock import patch

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged, users

from ...common import DealerServiceCase
from ...papers import skip_without


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

    def test_page_says_its_language_to_scripts_and_screen_readers(self):
        for lang, told in (("zh_CN", "zh-CN"), ("en_US", "en-US")):
            self.customer.lang = lang
            page = self.get(self.reception, self.reception.access_token)
            self.assertIn(f'<html lang="{told}">', page.text)

    def test_wrong_token_and_no_token_show_nothing(self):
        for token in (None, "wrong", "令牌", self.other_visit.access_token):
            page = self.get(self.reception, token)
            self.assertEqual(page.status_code, 404, token)
            self.assertNotIn("皖B·A1234", page.text)
        for number in (10**8, 10**20):
            missing = self.reception.browse(number)
            self.assertEqual(self.get(missing, "x").status_code, 404)

    def test_customer_sees_own_visits_only(self):
        self.authenticate("owner", "ownerowner")
        own = self.url_open("/my/visits")
        self.assertIn("皖B·A1234", own.text)
        self.assertNotIn("皖B·Z9999", own.text)
        self.assertEqual(self.get(self.reception).status_code, 200)
        self.assertEqual(self.get(self.other_visit).status_code, 404)

    def test_link_of_the_wrong_customer_dies_when_the_visit_gets_the_right_one(self):
        link = self.reception.access_token
        self.reception.partner_id = self.customer
        self.assertEqual(self.get(self.reception, link).status_code, 200)
        self.reception.with_user(self.manager).write(
            {"partner_id": self.stranger.id, "correction_reason": "Wrong customer"}
        )
        self.assertEqual(self.get(self.reception, link).status_code, 404)
        self.assertNotEqual(self.reception._portal_ensure_token(), link)

    def test_another_customer_sees_nothing_of_it(self):
        self.authenticate("stranger", "strangerstranger")
        self.assertEqual(self.get(self.reception).status_code, 404)
        self.assertNotIn("皖B·A1234", self.url_open("/my/visits").text)

    def test_home_counts_own_visits(self):
        values = self.env["dealer.reception"].with_user(
            self.env["res.users"].search([("login", "=", "owner")])
        )
        self.assertEqual(values.search_count([]), 1)

    def test_list_tells_the_time_of_the_shop_wherever_the_customer_is(self):
        self.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.reception.date_arrived = "2026-03-02 08:00:00"
        visit = self.reception.with_context(tz="America/New_York")
        self.assertIn("16:00", visit._portal_summary()["date"])

    def test_open_offer_asks_for_the_decision_with_its_own_link(self):
        offer = self.make_order(self.reception, self.make_product("雨刮片", "part", 88))
        page = self.get(self.reception, self.reception.access_token)
        self.assertNotIn(offer.get_portal_url(), page.text, "a draft was shown")
        offer.action_share_link()
        page = self.get(self.reception, self.reception.access_token)
        self.assertIn(f"/my/service/orders/{offer.id}", page.text)

    def live(self, seen=None, token=None, visit=None):
        visit = visit or self.reception
        return self.url_open(
            f"/my/visits/{visit.id}/live?access_token={token or visit.access_token}",
            headers={"If-None-Match": seen or ""},
        )

    def test_page_is_followed_live_and_unchanged_costs_nothing(self):
        page = self.get(self.reception, self.reception.access_token)
        self.assertIn(f"/my/visits/{self.reception.id}/live?access_token=", page.text)
        first = self.live()
        self.assertIn("皖B·A1234", first.text)
        self.assertIn(first.headers["ETag"].strip('"'), page.text)
        again = self.live(seen=first.headers["ETag"])
        self.assertEqual((again.status_code, again.text), (304, ""))
        self.reception.action_start()
        after = self.live(seen=first.headers["ETag"])
        self.assertEqual(after.status_code, 200)
        self.assertNotEqual(after.text, first.text)

    def test_live_part_needs_the_proof_of_the_page(self):
        for token in ("wrong", self.other_visit.access_token):
            self.assertEqual(self.live(token=token).status_code, 404)

    def paper(self, key, visit=None, token=None):
        visit = visit or self.reception
        query = f"?access_token={token}" if token else ""
        return self.url_open(f"/my/visits/{visit.id}/papers/{key}{query}")

    def test_customer_takes_the_papers_of_the_own_visit_along(self):
        skip_without("wkhtmltopdf", "wkhtmltopdf")
        self.authenticate("owner", "ownerowner")
        page = self.get(self.reception)
        self.assertIn("/papers/order", page.text)
        self.assertNotIn("/papers/settlement", page.text, "nothing is settled yet")
        reports = type(self.env["ir.actions.report"])
        render = reports._render_qweb_pdf

        def really_print(report, *args, **kwargs):
            # tests print nothing unless they are told to
            report = report.with_context(force_report_rendering=True)
            return render(report, *args, **kwargs)

        with patch.object(reports, "_render_qweb_pdf", really_print):
            paper = self.paper("order")
        self.assertEqual(paper.headers["Content-Type"], "application/pdf")
        self.assertTrue(paper.content.startswith(b"%PDF"))
        self.assertEqual(paper.headers["Cache-Control"], "private, no-store")

    def test_paper_is_a_page_in_wechat(self):
        """Its browser opens no PDF, and on Android not even the download."""
        self.authenticate("owner", "ownerowner")
        self.opener.headers["User-Agent"] = (
            "Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/8.0.49 NetType/WIFI"
        )
        paper = self.paper("order")
        self.assertTrue(paper.headers["Content-Type"].startswith("text/html"))
        self.assertNotIn("Content-Disposition", paper.headers)
        self.assertIn(self.reception.license_plate, paper.content.decode())
        self.assertEqual(paper.headers["Cache-Control"], "private, no-store")

    def test_paper_needs_the_proof_of_the_page(self):
        self.assertEqual(self.paper("order").status_code, 404)
        self.assertEqual(self.paper("order", token="wrong").status_code, 404)
        self.authenticate("stranger", "strangerstranger")
        self.assertEqual(self.paper("order").status_code, 404)

    def test_paper_that_was_not_given_yet_is_not_to_be_had(self):
        token = self.reception.access_token
        for key in ("settlement", "delivery", "supplement", "no_such_paper"):
            self.assertEqual(self.paper(key, token=token).status_code, 404, key)

    def test_settlement_stands_beside_the_estimate_line_by_line(self):
        self.make_order(
            self.reception,
            self.make_product("厂家召回", "labour", 77),
            dealer_payer="goodwill",
        ).action_record_consent("in_person", "王建国")
        token = self.reception.access_token
        self.assertNotIn("o_dealer_settlement", self.get(self.reception, token).text)
        self.bring_to(self.reception, "settled")
        page = self.get(self.reception, token)
        table = page.text[page.text.index("o_dealer_settlement") :]
        table = table[: table.index("</table>")]
        self.assertEqual(table.count("200.00"), 2, "agreed and settled")
        self.assertNotIn("厂家召回", table, "somebody else pays it")
        self.assertIn("200.00", page.text[page.text.index(table) + len(table) :])
        self.assertNotIn("277.00", page.text, "what all payers pay together")

    def test_technician_finds_no_price_on_the_page_of_the_customer(self):
        mechanic = self.make_technician(self.technician)
        self.make_job(self.reception, technician_id=mechanic.id)
        offer = self.make_order(self.reception, self.make_product("雨刮片", "part", 88))
        offer.action_share_link()
        visit = self.reception.with_user(self.technician)
        self.assertTrue(visit.has_access("read"), "the visit of an own job")
        self.technician.password = "technician"
        self.authenticate("technician", "technician")
        # by the right to read the visit, and by the link
        for token in (None, self.reception.access_token):
            self.assertEqual(self.get(self.reception, token).status_code, 404)
            self.assertEqual(self.live(token=token or "x").status_code, 404)
            self.assertEqual(self.paper("order", token=token).status_code, 404)
        self.assertEqual(self.url_open(offer.get_portal_url()).status_code, 404)

    @users("technician")
    def test_technician_does_not_learn_the_link_of_the_customer(self):
        mechanic = self.make_technician(self.technician)
        self.make_job(self.reception.sudo(), technician_id=mechanic.id)
        token = self.reception.access_token
        visit = self.reception.with_env(self.env)
        visit.invalidate_recordset()
        for name, attempt in {
            "read": lambda: visit.read(["access_token"]),
            "search": lambda: visit.search(
                [("access_token", "=like", token[:1] + "%")]
            ),
            "address": visit.get_portal_url,
        }.items():
            with self.subTest(name), self.assertRaises(AccessError):
                attempt()
        # yet the customer's mail carries it
        visit.message_post(body="Worn to the metal", subtype_xmlid="mail.mt_comment")

    def rate(self, **form):
        token = self.reception.access_token
        page = self.get(self.reception, token)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        return self.url_open(
            f"/my/visits/{self.reception.id}/rate",
            data={
                "csrf_token": found[1] if found else "",
                "access_token": token,
                **form,
            },
            allow_redirects=False,
        )

    def test_customer_without_an_address_rates_on_the_page_of_the_visit(self):
        token = self.reception.access_token
        self.assertNotIn("o_dealer_rate", self.get(self.reception, token).text)
        self.bring_to(self.reception, "delivered")
        self.assertFalse(self.customer.email)
        self.assertIn("o_dealer_rate", self.get(self.reception, token).text)
        page = self.url_open(self.rate(stars="9").headers["Location"])
        self.assertIn("one to five stars", page.text)
        self.assertEqual(self.rate(stars="4", feedback="很快").status_code, 303)
        self.assertEqual(self.reception.rating, 4)
        page = self.get(self.reception, token)
        self.assertNotIn("o_dealer_rate", page.text)
        self.assertIn("Thank you for your rating", page.text)

    def test_second_rating_changes_nothing(self):
        self.bring_to(self.reception, "delivered")
        self.reception._rate_by_customer(2, "太慢")
        self.reception._rate_by_customer(5)
        self.assertEqual(self.reception.rating, 2)

    def test_staff_rates_nothing(self):
        self.bring_to(self.reception, "delivered")
        self.advisor.password = "advisor12"
        self.authenticate("advisor", "advisor12")
        self.assertNotIn("o_dealer_rate", self.get(self.reception).text)
        answer = self.url_open(
            f"/my/visits/{self.reception.id}/rate",
            data={"csrf_token": http.Request.csrf_token(self), "stars": "5"},
        )
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.reception.rating)


@tagged("standard", "post_install", "-at_install")
class TestSoldCarOnPortal(DealerServiceCase, HttpCase):
    """The car is sold on, with a new plate, as it is usual."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls.make_partner(name="新车主")
        cls.owner_user, cls.buyer_user = (
            new_test_user(
                cls.env, login=login, password=login * 2, groups="base.group_portal"
            )
            for login in ("owner", "buyer")
        )
        cls.owner_user.partner_id = cls.customer
        cls.buyer_user.partner_id = cls.buyer
        cls.visit = cls.make_reception(state="arrived")
        cls.bring_to(cls.visit, "delivered")
        cls.note = cls.vehicle.message_post(
            body="车主很挑剔", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        cls.vehicle.description = "<p>车主很挑剔</p>"
        cls.env["dealer.vehicle.owner.change"].create(
            {
                "vehicle_id": cls.vehicle.id,
                "owner_id": cls.buyer.id,
                "new_plate": "皖B·N7777",
            }
        ).action_apply()
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_former_owner_keeps_his_pages_with_the_plate_he_had(self):
        self.authenticate("owner", "ownerowner")
        for path in ("/my/visits", f"/my/visits/{self.visit.id}"):
            page = self.url_open(path)
            self.assertEqual(page.status_code, 200, path)
            self.assertIn("皖B·A1234", page.text)
            self.assertNotIn("N7777", page.text)
        visit = self.visit.with_user(self.owner_user)
        self.assertNotIn("N7777", str(visit.read(["car_name", "license_plate"])))
        self.assertIn("皖B·A1234", visit.display_name)

    def test_plate_follows_the_car_until_the_visit_is_over(self):
        mine = self.make_reception(partner_id=self.buyer.id, state="arrived")
        self.vehicle.license_plate = "皖B·N8888"
        self.assertEqual(mine.license_plate, "皖B·N8888")
        self.bring_to(mine, "delivered")
        self.vehicle.license_plate = "皖B·N9999"
        self.assertEqual(mine.license_plate, "皖B·N8888")
        self.assertEqual(self.visit.license_plate, "皖B·A1234")

    def test_new_owner_reads_nothing_that_was_written_about_the_car(self):
        car = self.vehicle.with_user(self.buyer_user)
        self.assertTrue(car.read(["license_plate"]))
        with self.assertRaises(AccessError):
            car.read(["description"])
        messages = self.env["mail.message"].with_user(self.buyer_user)
        domain = [("model", "=", "fleet.vehicle"), ("res_id", "=", car.id)]
        self.assertFalse(messages.search(domain))
        with self.assertRaises(AccessError):
            self.note.with_user(self.buyer_user).read(["body"])
        self.assertTrue(self.note.with_user(self.advisor).read(["body"]))
        self.assertTrue(self.note.with_user(self.technician).read(["body"]))
