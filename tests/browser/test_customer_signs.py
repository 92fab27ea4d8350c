"""The customer's phone: what was chosen is signed for on the pad."""

from odoo.tests import HttpCase, tagged

from ..common import DealerServiceCase

# The pad writes the name that stands above it; the answer to it ends the test.
SIGN = """
(async () => {
    const wait = async (selector) => {
        for (let i = 0; i < 200; i++) {
            const found = document.querySelector(selector);
            if (found) return found;
            await new Promise((done) => setTimeout(done, 100));
        }
        throw new Error("not found: " + selector);
    };
    const open = XMLHttpRequest.prototype.open;
    XMLHttpRequest.prototype.open = function (method, url) {
        if (url.includes("/accept")) {
            this.addEventListener("load", () => console.log("test successful"));
        }
        return open.apply(this, arguments);
    };
    (await wait(".o_web_sign_auto_button")).click();
    const button = await wait(".o_portal_sign_submit:not([disabled])");
    if (button.getBoundingClientRect().height < 44) {
        throw new Error("too small to be hit with a thumb");
    }
    button.click();
})();
"""


@tagged("standard", "post_install", "-at_install")
class TestCustomerSigns(DealerServiceCase, HttpCase):
    browser_size = "400x860"
    touch_enabled = True

    def test_customer_declines_one_line_and_signs_for_the_other(self):
        reception = self.bring_to(self.make_reception(state="arrived"), "authorized")
        fluid = self.make_product("更换制动液", "labour", 180.0)
        wiper = self.make_product("雨刮片", "part", 120.0)
        order = self.make_order(reception, fluid, wiper)
        order.action_share_link()
        unwanted = order.order_line[1]
        self.browser_js(
            order.get_portal_url(
                query_string=f"&step=confirm&line_{unwanted.id}=declined"
            ),
            SIGN,
            "document.readyState === 'complete'",
            timeout=60,
        )
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.consent_amount, 180.0)
        self.assertEqual(order.consent_by, "王建国")
        self.assertTrue(order.signature)
        self.assertEqual(unwanted.dealer_decision, "declined")
