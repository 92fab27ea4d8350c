"""Base case of the page on which the customer decides."""

import json
import re

from odoo.tests import HttpCase

from ...common import DealerServiceCase
from ...signature import SIGNATURE


class PortalDecisionCase(DealerServiceCase, HttpCase):
    """A supplement of two lines, sent to the customer, and what he does with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reception = cls.make_reception(state="arrived")
        cls.bring_to(cls.reception, "authorized")
        cls.wiper = cls.make_product("雨刮片", "part", 120.0)
        cls.fluid = cls.make_product("更换制动液", "labour", 180.0)
        cls.order = cls.make_order(
            cls.reception, cls.wiper, cls.fluid, dealer_reason="制动液含水量 4 %"
        )
        cls.order.action_share_link()
        cls.wiper_line, cls.fluid_line = cls.order.order_line
        cls.url = f"/my/service/orders/{cls.order.id}"
        cls.token = cls.order.access_token

    def page(self, token=None, **query):
        query["access_token"] = self.token if token is None else token
        pairs = "&".join(f"{key}={value}" for key, value in query.items())
        return self.url_open(f"{self.url}?{pairs}", allow_redirects=False)

    def confirm_page(self, **lines):
        """The second page, with the lines that are not wanted; all others are."""
        wanted = {
            f"line_{line.id}": "approved" for line in self.order._decidable_lines()
        }
        return self.page(step="confirm", **{**wanted, **lines})

    def accept(self, page, name="王建国", signature=SIGNATURE):
        """Sign, as the signature pad of the page does. Returns its answer."""
        props = re.search(r'props="([^"]*callUrl[^"]*)"', page.text)
        call_url = json.loads(props[1].replace("&#34;", '"').replace("&quot;", '"'))
        return self.sign(call_url["callUrl"].replace("&amp;", "&"), name, signature)

    def sign(self, url, name="王建国", signature=SIGNATURE):
        response = self.url_open(
            url,
            data=json.dumps(
                {
                    "jsonrpc": "2.0",
                    "method": "call",
                    "params": {"name": name, "signature": signature},
                }
            ),
            headers={"Content-Type": "application/json"},
        )
        return response.json().get("result") or response.json().get("error")

    def declined(self, *lines):
        return {f"line_{line.id}": "declined" for line in lines}

    def decline(self, page, **form):
        """Decline everything, as the form of the page does."""
        hidden = dict(
            re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text)
        )
        return self.url_open(
            f"{self.url}/decline",
            data={**hidden, "name": "王建国", **form},
            allow_redirects=False,
        )
