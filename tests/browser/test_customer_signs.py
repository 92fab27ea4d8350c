"""The customer signs by hand: on the own phone, and on the tablet of the advisor."""

from urllib.parse import urlencode

from odoo.tests import tagged

from ..common import DealerServiceCase
from .devtools import DevToolsCase

STROKES = ((0.2, 0.3), (0.3, 0.7), (0.4, 0.3), (0.55, 0.7), (0.7, 0.3), (0.8, 0.6))
PAD = ".o_dealer_drawn_signature canvas"
#: Odoo's own ways to make a signature that nobody has drawn.
UNDRAWN = ":is(.o_web_sign_auto_button, .o_web_sign_load_button, input[type=file])"


class SigningCase(DealerServiceCase, DevToolsCase):
    touch_enabled = True

    def draw(self, page):
        """A finger on the pad."""
        page.wait_for(PAD)
        points = [page.place(PAD, right, down) for right, down in STROKES]
        page.touch("touchStart", points[0])
        for point in points[1:]:
            page.touch("touchMove", point)
        page.touch("touchEnd")


@tagged("standard", "post_install", "-at_install")
class TestCustomerSigns(SigningCase):
    browser_size = "390x844"

    def test_customer_chooses_line_by_line_and_signs(self):
        reception = self.bring_to(self.make_reception(state="arrived"), "authorized")
        fluid = self.make_product("更换制动液", "labour", 180.0)
        wiper = self.make_product("雨刮片", "part", 120.0)
        order = self.make_order(reception, fluid, wiper)
        order.action_share_link()
        wanted, unwanted = order.order_line
        link = urlencode({"access_token": order.access_token})
        with self.open_page(f"/my/service/orders/{order.id}?{link}") as page:
            page.wait("document.body.getAttribute('is-ready') === 'true'")
            self.assertEqual(page.count("input:checked"), 0, "nothing is chosen")
            page.tap(f"label[for=yes_{wanted.id}]")
            page.wait(
                "document.querySelector('.o_dealer_total').innerText.includes(180)"
            )
            page.tap(f"label[for=no_{unwanted.id}]")
            page.tap(".o_dealer_choice button[type=submit]")
            page.wait_for(PAD)
            self.assertEqual(page.count(UNDRAWN), 0, "by hand and no other way")
            page.wait("document.querySelector('.o_portal_sign_submit').disabled")
            self.draw(page)
            page.wait_for(".o_portal_sign_submit:not([disabled])")
            height = page.js(
                "document.querySelector('.o_portal_sign_submit').offsetHeight"
            )
            self.assertGreaterEqual(height, 44, "hit with a thumb")
            page.wait_frames(20)
            page.js("document.querySelector('.o_portal_sign_submit').click()")
            page.wait("document.querySelector('.alert-success')")
        order.invalidate_recordset()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.consent_amount, 180.0)
        self.assertEqual(order.consent_by, "王建国")
        self.assertTrue(order.signature)
        self.assertEqual(unwanted.dealer_decision, "declined")


@tagged("standard", "post_install", "-at_install")
class TestSignedOnTheTablet(SigningCase):
    browser_size = "768x1024"

    def test_sheet_is_signed_by_hand_below_what_is_signed(self):
        visit = self.make_reception(
            state="arrived", odometer=20_000, belongings="行车记录仪"
        )
        self.env["dealer.damage.mark"].create(
            {"reception_id": visit.id, "note": "左前翼子板"}
        )
        path = f"/odoo/dealer.reception/{visit.id}"
        with self.open_page(path, login="advisor") as page:
            page.wait("document.querySelector('.o_form_view')")
            for way in (".nav-link[name=inspection]", "[name=action_sign_inspection]"):
                page.wait_for(way)
                page.js(f"document.querySelector('{way}').click()")
            page.wait_for(f".modal {PAD}")
            content = page.text(".modal .o_dealer_signed_content")
            for shown in ("皖B·A1234", "20000", "行车记录仪", "左前翼子板"):
                self.assertIn(shown, content)
            undrawn = page.count(f".modal {UNDRAWN}")
            self.assertEqual(undrawn, 0, "by hand and no other way")
            # seen from the start, and not to be pressed before there is a signature
            sign = ".modal button[name=action_sign]"
            page.wait(
                f"document.querySelector('{sign}[disabled]')"
                f" && !document.querySelector('{sign}:not([disabled])')"
            )
            self.draw(page)
            page.wait_for(f"{sign}:not([disabled])")
            page.js("document.querySelector('.modal [name=action_sign]').click()")
            page.wait("!document.querySelector('.modal')")
        visit.invalidate_recordset()
        self.assertEqual(visit.inspection_id.state, "signed")
        self.assertTrue(visit.inspection_id.signature)
