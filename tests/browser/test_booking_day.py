"""The day screen is worked with a finger, a mouse and a keyboard."""

from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dealer_service.tools.work_time import from_wall

from ..common import DealerServiceCase
from .devtools import DevToolsCase

HELPERS = """
const wait = async (what, find) => {
    for (let i = 0; i < 150; i++) {
        const found = find();
        if (found) { return found; }
        await new Promise((resolve) => setTimeout(resolve, 60));
    }
    throw new Error("not found: " + what);
};
const one = (selector) => wait(selector, () => document.querySelector(selector));
const centre = (element) => {
    const box = element.getBoundingClientRect();
    return { clientX: box.x + box.width / 2, clientY: box.bottom - 8, bubbles: true };
};
const fire = (target, type, values) =>
    target.dispatchEvent(
        new PointerEvent(type, { pointerType: "mouse", button: 0, ...values })
    );
const cell = (hour) =>
    one(`.o_dealer_cell[data-advisor="ADVISOR"][data-utc$="${hour}:00:00"]`);
const tomorrow = async () => {
    (await one("[data-hotkey=n]")).click();
    await one(".o_dealer_visit[data-visit='VISIT']");
};
const succeed = () => console.log("test successful");
const run = (steps) => steps().then(succeed, (error) => console.error(error.stack));
"""

NARROW = """
run(async () => {
    await tomorrow();
    const card = document.querySelector(".o_dealer_visit[data-visit='VISIT']");
    const plate = card.querySelector(".o_dealer_visit_plate");
    for (const width of ["68px", "58px"]) {
        card.style.width = width;
        await new Promise(requestAnimationFrame);
        if (plate.scrollWidth > plate.clientWidth) {
            throw new Error(`the plate is cut at ${width}: ${plate.innerText}`);
        }
    }
});
"""

BOOK = """
run(async () => {
    await tomorrow();
    const targets = document.querySelectorAll(".o_dealer_cell, .o_dealer_visit");
    for (const element of targets) {
        const box = element.getBoundingClientRect();
        if (box.width < 44 || box.height < 44) {
            throw new Error("too small for a finger: " + element.className);
        }
    }
    (await cell("14")).click();
    const input = await one(".o_dealer_booking_form [name=vehicle_id] input");
    input.value = "99887";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    const entry = ".o-autocomplete--dropdown-item a";
    const items = () => [...document.querySelectorAll(entry)];
    (await wait("car", () =>
        items().find((item) => item.textContent.includes("皖B·99887"))
    )).click();
    await wait("customer", () =>
        document.querySelector(".o_dealer_booking_form [name=partner_id] input")?.value
    );
    if ((await one(".o_dealer_chosen")).dataset.slot.slice(11) !== "14:00:00") {
        throw new Error("the tapped slot is not the chosen one");
    }
    (await one("[data-slot$='15:00:00']")).click();
    await one(".o_dealer_chosen[data-slot$='15:00:00']");
    (await one(".modal-footer [name=action_book]:not(.d-none)")).click();
    await wait("booked visit", () =>
        [...document.querySelectorAll(".o_dealer_visit")].find((visit) =>
            visit.textContent.includes("皖B·99887")
        )
    );
});
"""

DRAG = """
run(async () => {
    await tomorrow();
    const visit = await one(".o_dealer_visit[data-visit='VISIT']");
    const target = await cell("16");
    target.scrollIntoView({ inline: "center" });
    fire(visit, "pointerdown", centre(visit));
    fire(document, "pointermove", centre(await cell("15")));
    fire(document, "pointermove", centre(target));
    await one(".o_dealer_target");
    fire(document, "pointerup", centre(target));
    await one(".o_notification .o_notification_buttons button");
});
"""

REFUSED = """
run(async () => {
    await tomorrow();
    const visit = await one(".o_dealer_visit[data-visit='VISIT']");
    visit.focus();
    const key = { key: "ArrowRight", ctrlKey: true, bubbles: true };
    visit.dispatchEvent(new KeyboardEvent("keydown", key));
    const dialog = await one(".modal-body");
    if (!dialog.textContent.includes("Next free")) {
        throw new Error("no way out: " + dialog.textContent);
    }
});
"""


@tagged("standard", "post_install", "-at_install")
class TestBookingDay(DealerServiceCase, DevToolsCase):
    allow_end_on_form = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "dealer_calendar_id": cls.env["resource.calendar"]
                .create(
                    {
                        "name": "Always",
                        "tz": "UTC",
                        "attendance_ids": [Command.clear()]
                        + [
                            Command.create(
                                {
                                    "name": "Open",
                                    "dayofweek": str(day),
                                    "hour_from": 8,
                                    "hour_to": 18,
                                }
                            )
                            for day in range(7)
                        ],
                    }
                )
                .id,
                "dealer_slot_minutes": 60,
                "dealer_receptions_per_advisor": 1,
                "dealer_advisor_ids": [Command.set(cls.advisor.ids)],
            }
        )
        cls.advisor.write({"tour_enabled": False, "tz": "UTC"})
        cls.env["resource.resource"].search(
            [("dealer_role", "=", "technician")]
        ).dealer_role = False
        midnight = datetime.combine(datetime.now().date(), datetime.min.time())
        cls.noon = midnight + timedelta(days=1, hours=12)
        cls.visit = cls.make_reception(date_appointment=cls.noon, planned_hours=1.0)

    def work(self, script):
        self.env.flush_all()
        helpers = HELPERS.replace("ADVISOR", str(self.advisor.id))
        script = helpers + script
        self.browser_js(
            "/odoo/appointments",
            script.replace("VISIT", str(self.visit.id)),
            "Boolean(document.querySelector('.o_dealer_visit, .o_dealer_cell'))",
            login="advisor",
            timeout=60,
        )
        self.visit.invalidate_recordset()

    def test_tapped_slot_is_booked_for_the_car_found_by_its_last_digits(self):
        car = self.make_vehicle(license_plate="皖B·99887")
        self.work(BOOK)
        booked = self.env["dealer.reception"].search([("vehicle_id", "=", car.id)])
        self.assertEqual(booked.date_appointment, self.noon + timedelta(hours=3))
        self.assertEqual(booked.advisor_id, self.advisor)

    def test_plate_of_a_short_visit_is_read_to_its_end(self):
        self.visit.vehicle_id.license_plate = "皖B·D12345"
        self.work(NARROW)

    def test_dragged_visit_is_moved(self):
        self.work(DRAG)
        self.assertEqual(self.visit.date_appointment, self.noon + timedelta(hours=4))

    @mute_logger("odoo.http")
    def test_visit_moved_by_key_onto_a_full_slot_is_told_the_next_free_one(self):
        self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B55555").id,
            date_appointment=self.noon + timedelta(hours=1),
        )
        self.work(REFUSED)
        self.assertEqual(self.visit.date_appointment, self.noon)

    def test_chosen_slot_is_filled_also_under_the_hand(self):
        chip = ".modal .o_dealer_chip:not(:disabled, .o_dealer_day)"
        with self.open_page("/odoo/appointments", login="advisor") as page:
            page.wait_for(".o_dealer_visit, .o_dealer_cell")
            page.click("[data-hotkey=n]")
            page.wait_for(f".o_dealer_visit[data-visit='{self.visit.id}']")
            page.click(".o_dealer_cell[data-utc$='14:00:00']")
            page.wait_for(".modal .o_dealer_chosen")
            page.click(f"{chip}:not(.o_dealer_chosen)")
            page.wait_for(".modal .o_dealer_chosen:hover")
            colours = page.js(
                "(() => { const style = getComputedStyle("
                "document.querySelector('.modal .o_dealer_chosen'));"
                " return [style.backgroundColor, style.borderTopColor]; })()"
            )
            self.assertEqual(*colours, "white letters on the colour of the border")


@tagged("standard", "post_install", "-at_install")
class TestToPrepare(DealerServiceCase, DevToolsCase):
    browser_size = "1280x800"

    def test_buttons_of_a_row_are_seen_beside_the_panel(self):
        self.advisor.lang = "zh_CN"
        tomorrow = self.company._dealer_day(datetime.now()) + timedelta(days=1)
        car = self.make_vehicle(license_plate="皖B·C4140")
        self.make_reception(
            vehicle_id=car.id,
            advisor_id=self.advisor.id,
            date_appointment=from_wall(tomorrow, 600, self.company._dealer_tz()),
        )
        move = (
            "document.querySelector('.o_data_row button[name=action_open_reschedule]')"
        )
        with self.open_page("/odoo/to-prepare", "advisor") as page:
            page.wait(f"{move} && document.querySelector('.o_search_panel')")
            right = page.js(f"{move}.getBoundingClientRect().right")
        self.assertLessEqual(right, 1280)
