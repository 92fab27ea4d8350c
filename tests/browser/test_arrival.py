"""A car in the lane, on a tablet: type, tap, done – with targets for a thumb."""

from odoo.tests import HttpCase, tagged

from ..common import DealerServiceCase
from .devtools import DevToolsCase

ARRIVE = """
const until = async (found, what) => {
    for (let i = 0; i < 100; i++) {
        const result = found();
        if (result) return result;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`never came: ${what}`);
};
(async () => {
    try {
        const box = await until(
            () => document.querySelector(".modal .o_dealer_arrival_query input"), "box"
        );
        if (document.activeElement !== box) throw new Error("the box has no focus");
        box.value = "a1234";
        box.dispatchEvent(new InputEvent("input", { bubbles: true }));
        box.dispatchEvent(new Event("change", { bubbles: true }));
        const button = await until(
            () => document.querySelector(".modal footer button.btn-primary"), "button"
        );
        if (!document.querySelector(".modal").innerText.includes("Green tea"))
            throw new Error("the notices are missing");
        const targets = document.querySelectorAll(
            ".modal footer button, .modal input"
        );
        const small = [...targets].find(
            (target) => target.offsetHeight && target.offsetHeight < 44
        );
        if (small) throw new Error(`too small for a thumb: ${small.outerHTML}`);
        button.click();
        button.click();
        await until(() => document.querySelector(".o_dealer_reception_form"), "visit");
        console.log("test successful");
    } catch (error) {
        console.error(error.message);
    }
})();
"""


@tagged("standard", "post_install", "-at_install")
class TestArrivalInBrowser(DealerServiceCase, HttpCase):
    browser_size = "768x1024"
    touch_enabled = True

    def test_type_the_plate_and_tap_once(self):
        self.customer.drink = "Green tea"
        self.browser_js("/odoo/arrival", ARRIVE, login="advisor", timeout=90)
        self.env.invalidate_all()
        self.assertEqual(self.vehicle.reception_ids.mapped("state"), ["arrived"])
        self.assertEqual(self.vehicle.reception_ids.advisor_id, self.advisor)


@tagged("standard", "post_install", "-at_install")
class TestArrivalWhileTyping(DealerServiceCase, DevToolsCase):
    BOX = ".modal .o_dealer_arrival_query input"

    def test_the_car_is_found_without_a_key_or_a_button(self):
        with self.open_page("/odoo/arrival", login="advisor") as page:
            page.wait_for(self.BOX)
            page.send("Input.insertText", text="a12")
            page.wait_frames(40)
            # too little to look for anybody
            self.assertFalse(page.count(".modal footer .btn-primary"))
            page.send("Input.insertText", text="34")
            page.wait_for(".modal footer .btn-primary")
            # one goes on typing
            self.assertTrue(
                page.js(
                    f"document.activeElement === document.querySelector('{self.BOX}')"
                )
            )
            self.assertEqual(
                page.js(f"document.querySelector('{self.BOX}').value"), "a1234"
            )

    def test_car_of_the_words_before_is_out_of_sight(self):
        known = ".modal [name=known]"
        with self.open_page("/odoo/arrival", login="advisor") as page:
            page.wait_for(self.BOX)
            page.send("Input.insertText", text="a1234")
            page.wait_for(".modal footer .btn-primary")
            self.assertTrue(self.is_seen(page, known))
            page.js(f"document.querySelector('{self.BOX}').select()")
            page.send("Input.insertText", text="b9")
            page.wait_frames(40)
            # too little to look for anybody, and nobody is shown for it
            self.assertFalse(self.is_seen(page, known))
            self.assertFalse(self.is_seen(page, ".modal footer .btn-primary"))
            page.js(f"document.querySelector('{self.BOX}').select()")
            page.send("Input.insertText", text="a1234")
            page.wait(
                f"getComputedStyle(document.querySelector('{known}')).visibility"
                " === 'visible'"
            )

    def is_seen(self, page, selector):
        return page.js(
            f"[...document.querySelectorAll('{selector}')].some((one) =>"
            " one.getClientRects().length"
            " && getComputedStyle(one).visibility === 'visible')"
        )
