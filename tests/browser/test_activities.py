"""Activities in the browser: the tablet at the door, the entries of the calendar."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..activity_common import ActivityCase

UNTIL = """
const until = async (found, what) => {
    for (let i = 0; i < 150; i++) {
        const result = found();
        if (result) return result;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`never came: ${what}`);
};
"""
CHECK_IN = (
    UNTIL
    + """
(async () => {
    try {
        const box = await until(
            () => document.querySelector(".modal .o_field_widget[name=query] input"),
            "box"
        );
        box.value = "1234";
        box.dispatchEvent(new InputEvent("input", { bubbles: true }));
        box.dispatchEvent(new Event("change", { bubbles: true }));
        await until(
            () => document.querySelector(".modal").innerText.includes("A1234"), "guest"
        );
        const targets = document.querySelectorAll(".modal footer button");
        const small = [...targets].find(
            (target) => target.offsetHeight && target.offsetHeight < 44
        );
        if (small) throw new Error(`too small for a thumb: ${small.outerHTML}`);
        document.querySelector(".modal footer button.btn-primary").click();
        const welcome = await until(
            () => document.querySelector(".modal .alert-success:not(.d-none)"),
            "welcome"
        );
        const empty = await until(
            () => document.querySelector(".modal .o_field_widget[name=query] input"),
            "next guest"
        );
        if (empty.value) throw new Error("the box is not ready for the next guest");
        if (!welcome.innerText.includes("王建国")) throw new Error(welcome.innerText);
        console.log("test successful");
    } catch (error) {
        console.error(error.message);
    }
})();
"""
)
CALENDAR = (
    UNTIL
    + """
(async () => {
    try {
        const entry = await until(
            () => [...document.querySelectorAll(".fc-event")].find(
                (event) => event.innerText.includes("Browser rule")
            ),
            "entry"
        );
        entry.click();
        await until(
            () => document.querySelector(".o_list_view .o_data_row"), "follow-ups"
        );
        console.log("test successful");
    } catch (error) {
        console.error(error.message);
    }
})();
"""
)


@tagged("standard", "post_install", "-at_install")
class TestActivitiesInBrowser(ActivityCase, HttpCase):
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        cls.browser_size = "768x1024"
        super().setUpClass()
        now = fields.Datetime.now()
        cls.activity = cls.make_inviting(
            date_start=now, date_end=now + timedelta(hours=3)
        )
        cls.activity.action_start()

    def test_type_four_digits_and_tap(self):
        self.browser_js("/odoo/check-in", CHECK_IN, login="caller", timeout=120)
        self.env.invalidate_all()
        self.assertEqual(self.row(self.activity).state, "attended")

    def test_an_entry_of_the_calendar_opens_the_calls_of_the_day(self):
        rule = self.make_rule("manual", name="Browser rule")
        today = self.company._dealer_today()
        self.make_task(rule, due_date=today, expire_date=today + timedelta(days=9))
        self.browser_js("/odoo/care-calendar", CALENDAR, login="caller", timeout=120)
