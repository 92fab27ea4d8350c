"""A link in the wrong hands, and the same link after it was withdrawn."""

import re

from odoo import http
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from ..portal_common import ComplaintPortalCase
from ..signature import SIGNATURE


@tagged("standard", "post_install", "-at_install")
class TestStolenLink(ComplaintPortalCase):
    @mute_logger("odoo.http")
    def test_a_link_that_got_about(self):
        # Wang Jianguo was sent a supplement; the advisor and a friend got the link too
        visit = self.bring_to(self.make_reception(state="arrived"), "authorized")
        order = self.make_order(visit)
        order.action_share_link()
        stolen = order.access_token
        page = f"/my/service/orders/{order.id}"
        visit.message_post(
            body="客户很难缠", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

        # the link shows the offer, and nothing else of the shop
        answer = self.url_open(f"{page}?access_token={stolen}")
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("难缠", answer.text)
        for thread in (order, visit, self.complaint):
            with self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(
                    "/mail/chatter_fetch",
                    {
                        "thread_model": thread._name,
                        "thread_id": thread.id,
                        "token": stolen,
                    },
                )
        for other in (
            f"/my/visits/{visit.id}",
            f"/my/complaints/{self.complaint.id}",
            f"/my/service/orders/{self.make_order(visit).id}",
        ):
            answer = self.url_open(f"{other}?access_token={stolen}")
            self.assertEqual(answer.status_code, 404, other)

        # who works at the shop does not become the customer with it
        employee = self.make_user("thief", "technician")
        employee.password = "thiefthief"
        self.authenticate("thief", "thiefthief")
        self.assertEqual(
            self.url_open(f"{page}?access_token={stolen}").status_code, 404
        )
        self.assertIn("error", self.sign(page, stolen, order))
        self.authenticate(None, None)

        # the advisor makes another link; the stolen one is dead everywhere
        order.with_user(self.advisor).action_share_link()
        self.assertNotEqual(order.access_token, stolen)
        for path in ("", "/paper", "/photo/1"):
            answer = self.url_open(f"{page}{path}?access_token={stolen}")
            self.assertEqual(answer.status_code, 404, path)
        self.assertIn("error", self.sign(page, stolen, order))
        answer = self.url_open(
            f"{page}/decline",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "access_token": stolen,
                "version": order._offer_digest(order.order_line.ids),
                "name": "x",
            },
        )
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(order.state, "sent")

        # the customer decides with the new one
        self.assertNotIn("error", self.sign(page, order.access_token, order))
        self.assertEqual(order.state, "sale")

    def sign(self, page, token, order):
        return self.make_jsonrpc_request(
            f"{page}/accept?access_token={token}&version={order._offer_digest()}",
            {"name": "王建国", "signature": SIGNATURE},
        )

    def test_withdrawn_links_of_complaint_and_visit(self):
        visit = self.make_reception(state="arrived")
        old = visit._portal_ensure_token()
        # given to somebody who is not the customer: the customer is corrected
        visit.with_user(self.advisor).partner_id = self.stranger
        self.complaint.with_user(self.handler).action_revoke_link()
        for path, token in (
            (f"/my/visits/{visit.id}", old),
            (f"/my/visits/{visit.id}/live", old),
            (f"/my/visits/{visit.id}/complaint", old),
            (f"/my/complaints/{self.complaint.id}", self.token),
            (f"/my/complaints/{self.complaint.id}/clock", self.token),
        ):
            answer = self.url_open(f"{path}?access_token={token}")
            self.assertEqual(answer.status_code, 404, path)
            self.assertFalse(re.search("皖B·A1234|刹车异响", answer.text), path)
            if not path.endswith("/clock"):
                # a page, and not the bare answer of a script
                self.assertEqual(answer.headers["Cache-Control"], "private, no-store")
