"""The guide that a new shop meets on its home, from the red line to the last step."""

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from ..common import DealerServiceCase

SET_UP = """
const until = async (found, what) => {
    for (let i = 0; i < 200; i++) {
        const result = found();
        if (result) return result;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`never came: ${what}`);
};
const type = (input, text) => {
    input.focus();
    input.value = text;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
};
const at = (step) =>
    until(() => {
        const part = document.querySelector(`.modal [name=${step}].o_guide_step`);
        return part && part.offsetHeight && part;
    }, step);
const save = async () => {
    const button = ".modal footer [name=action_save]:not([disabled])";
    (await until(() => document.querySelector(button), "save")).click();
};
(async () => {
    try {
        const home = document.querySelector.bind(document);
        const red = await until(() => home(".o_home_zone"), "red line");
        const all = document.querySelectorAll.bind(document);
        const steps = (icon) => all(`[data-step] .${icon}`).length;
        if (steps("fa-circle-o") !== 5)
            throw new Error("five steps are open");
        red.querySelector("button").click();
        const zone = await at("zone");
        if (!zone.innerText.includes("Time Zone")) throw new Error(zone.innerText);
        await save();
        const hours = await at("hours");
        hours.querySelector("[name=on_saturday] input").click();
        await save();
        await at("holidays");
        // left, and taken up again from the list on the home
        home(".modal .btn-close").click();
        await until(() => !home(".modal"), "the home");
        await until(() => !home(".o_home_zone"), "no red line");
        await until(() => steps("fa-check-circle") === 2, "two steps are done");
        home("[data-step=holidays]").click();
        await at("holidays");
        await save();
        const staff = await at("staff");
        staff.querySelector(".o_field_x2many_list_row_add a").click();
        const row = () => home(".modal .o_selected_row");
        await until(row, "a new line");
        type(row().querySelector("[name=name] input"), "Uwe Schmidt");
        await save();
        type((await at("bays")).querySelector("[name=bay_count] input"), "3");
        await save();
        await until(() => !home(".modal"), "the end");
        await until(() => !home(".o_home_guide"), "no list");
        console.log("test successful");
    } catch (error) {
        console.error(error.message);
    }
})();
"""


@tagged("standard", "post_install", "-at_install")
class TestShopGuideInBrowser(DealerServiceCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.env["res.company"].with_context(tz="UTC")
        cls.shop = companies.create(
            {"name": "Autohaus", "country_id": cls.env.ref("base.de").id}
        )
        new_test_user(
            cls.env,
            login="boss",
            groups="dealer_service.group_dealer_service_manager",
            lang="en_US",
            tz="Europe/Berlin",
            company_id=cls.shop.id,
            company_ids=[Command.set(cls.shop.ids)],
        )

    def test_new_shop_is_set_up_from_its_home(self):
        self.browser_js("/odoo/service-home", SET_UP, login="boss", timeout=180)
        self.env.invalidate_all()
        self.assertEqual(self.shop.dealer_tz, "Europe/Berlin")
        self.assertEqual(self.shop._dealer_open_steps(), ())
        hours = self.shop.dealer_calendar_id.attendance_ids
        self.assertIn("5", hours.mapped("dayofweek"), "open on Saturday")
        people = self.env["resource.resource"].search(
            [("company_id", "=", self.shop.id), ("dealer_role", "!=", False)]
        )
        self.assertEqual(
            sorted(people.mapped("name")), ["Bay 1", "Bay 2", "Bay 3", "Uwe Schmidt"]
        )
