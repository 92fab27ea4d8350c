"""The customer's signature: nothing but what was drawn signs."""

import base64

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..signature import drawn
from .doors import DOORS, VISITORS
from .test_routes import JSON_NONSENSE, RoutesCase


@tagged("standard", "post_install", "-at_install")
class TestSigning(RoutesCase):
    @mute_logger("odoo.http")
    def test_signing_with_nonsense_is_answered_with_a_sentence(self):
        order = self.sides["own"].order
        for visitor in VISITORS:
            self.sign_in(visitor)
            url = self.address(
                DOORS["/my/service/orders/<int:order_id>/accept"], visitor
            )
            for value in JSON_NONSENSE:
                with self.subTest(visitor, value=str(value)[:9]):
                    answer = self.make_jsonrpc_request(
                        url, {"name": value, "signature": value, "order_id": order.id}
                    )
                    self.assertEqual(list(answer), ["error"])
                    self.assertIsInstance(answer["error"], str)
        self.assertFalse(order.consent_date)

    @mute_logger("odoo.http")
    def test_only_what_was_drawn_signs(self):
        order = self.sides["own"].order
        html = base64.b64encode(b"<html><script>1</script></html>").decode()
        self.sign_in("link")
        url = self.address(DOORS["/my/service/orders/<int:order_id>/accept"], "link")
        url += f"&version={order._offer_digest()}"
        for signature in (html, drawn((1, 1), False, "black"), drawn(strokes=False)):
            answer = self.make_jsonrpc_request(
                url, {"name": "x", "signature": signature}
            )
            self.assertEqual(list(answer), ["error"])
        self.assertFalse(order.consent_date)
