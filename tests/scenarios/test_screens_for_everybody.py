"""What a screen reader finds on our screens, and who can read their words.

Every scene of the pictures, dialogs, the screens on a phone and the pages of customers
are opened on the demo dealership and looked at by axe, by the rules of WCAG A and AA.
What Odoo itself draws is left to Odoo: its search bar, panels, avatars, tabs, fields
and the parts of its lists, and the grey and the coloured badges of its lists and forms.
"""

import json
from pathlib import Path

from odoo.tests import tagged

from tools.pictures.scene_case import SceneCase
from tools.pictures.scenes import DESK, PHONE, SCENES, Scene
from tools.sandbox import javascript

from ..demo import DemoCase

#: Drawn by Odoo, on every screen of every app.
ODOO = (
    ".modal-header",
    ".nav-tabs",
    ".o-dropdown",
    ".o-mail-Chatter",
    ".o_avatar",
    ".o_calendar_wrapper",
    ".o_clipboard_button",
    ".o_column_title",
    ".o_control_panel",
    ".o_data_cell .o-checkbox",
    ".o_field_boolean",
    ".o_field_daterange",
    ".o_list_record_selector",
    ".o_optional_columns_dropdown",
    ".o_pivot",
    ".o_search_panel",
    ".oi-panel-right",
    "footer#bottom",
    "header#top",
)
#: Screens and pages whose colours are all ours.
OURS = (
    ".o_dealer_board",
    ".o_dealer_booking_day",
    ".o_dealer_home",
    ".o_dealer_job_kanban",
    ".o_dealer_lane",
    ".o_dealer_my_jobs",
    ".o_sla_countdown",
    "#wrapwrap main",
)
LOOK = """(async () => {
    const there = (selectors) => selectors
        .filter((selector) => document.querySelector(selector))
        .map((selector) => [selector]);
    const look = async (include, rules) => include.length
        ? (await axe.run(
              { include, exclude: there(%(odoo)s) },
              { runOnly: rules, resultTypes: ["violations"] })).violations
        : [];
    const names = await look(there([".o_action_manager", ".modal", "#wrapwrap main"]),
                             { type: "tag", values: ["wcag2a"] });
    const contrast = await look(there(%(ours)s),
                                { type: "rule", values: ["color-contrast"] });
    return [...names, ...contrast].flatMap((rule) => rule.nodes.map((node) =>
        [rule.id, node.html.slice(0, 200),
         ...[...node.any, ...node.all, ...node.none].map((why) => why.message)]));
})()"""

#: A bar of the booking day gets the colours of a state.
COLOUR = """(state => {
    const bar = document.querySelector(".o_dealer_visit");
    for (const name of [...bar.classList]) {
        if (/^o_dealer_(state_|over)/.test(name)) { bar.classList.remove(name); }
    }
    bar.classList.add(state);
})(%s)"""


PROPOSED = [("state", "=", "proposed")]
OPEN_ORDER = [
    ("reception_id", "!=", False),
    ("state", "in", ("draft", "sent")),
    ("consent_date", "=", False),
]
DIALOG = ".modal .o_form_view"
WAY = "[data-way=%s]"


def dialog(name, path, login, *clicks, size):
    """The dialog that opens behind a button of a screen."""
    return Scene(name, clicks[0], path, login, size=size, clicks=clicks, look_at=DIALOG)


#: What the pictures do not show: dialogs at the desk and on the phone, the homes on
#: the phone, the pages of a customer who is asked something.
MORE = (
    *(
        scene
        for size in (DESK, PHONE)
        for scene in (
            dialog(
                "arrive", "/odoo/service-home", "advisor1", WAY % "arrive", size=size
            ),
            dialog("book", "/odoo/service-home", "advisor1", WAY % "book", size=size),
            dialog("heard", "/odoo/my-jobs", "tech1", ".o_dealer_hear", size=size),
        )
    ),
    Scene("service", WAY % "arrive", "/odoo/service-home", "advisor1", size=PHONE),
    Scene("lane", ".o_kanban_record", "/odoo/visits", "advisor1", size=PHONE),
    Scene("jobs", ".o_dealer_hear", "/odoo/my-jobs", "tech1", size=PHONE),
    Scene("till", ".o_dealer_cashier", "/odoo/cashier", "cashier", size=PHONE),
    Scene("desk", WAY % "complain", "/odoo/complaint-home", "complaint1", size=PHONE),
    Scene("cards", ".o_kanban_record", "/odoo/complaints", "complaint1", size=PHONE),
    Scene("care", WAY % "next_call", "/odoo/follow-up-home", "caller1", size=PHONE),
    Scene("proposal", "main", record=("dealer.complaint", PROPOSED), size=PHONE),
    Scene("order", "main", record=("sale.order", OPEN_ORDER), size=PHONE),
)


@tagged("standard", "post_install", "-at_install")
class TestScreensForEverybody(DemoCase, SceneCase):
    # the next call is given out in the hours of calls only
    scenes = [scene for scene in SCENES if scene.name != "call"]

    def test_every_control_has_a_name_and_every_word_can_be_read(self):
        self.look_at(self.scenes)

    def test_dialogs_and_phones_are_for_everybody_too(self):
        self.look_at(MORE)

    def look_at(self, scenes):
        axe = Path(javascript.file(javascript.AXE)).read_text()
        look = LOOK % {"odoo": json.dumps(ODOO), "ours": json.dumps(OURS)}
        for scene in scenes:
            with (
                self.subTest(scene=scene.name, size=scene.size),
                self.open_scene(scene, "zh_CN") as page,
            ):
                page.js(axe + ";0")
                found = page.js(look)
                self.assertFalse(found, "\n".join(" | ".join(line) for line in found))

    def test_a_bar_of_the_booking_day_can_be_read_in_every_state(self):
        states = self.env["dealer.reception"]._fields["state"].get_values(self.env)
        names = [f"o_dealer_state_{state}" for state in states]
        names += ["o_dealer_overdue", "o_dealer_overbooked"]
        axe = Path(javascript.file(javascript.AXE)).read_text()
        look = LOOK % {"odoo": json.dumps(ODOO), "ours": '[".o_dealer_visit"]'}
        [scene] = [scene for scene in SCENES if scene.name == "booking"]
        with self.open_scene(scene, "zh_CN") as page:
            page.js(axe + ";0")
            for name in names:
                with self.subTest(name=name):
                    page.js(COLOUR % json.dumps(name) + ";0")
                    found = page.js(look)
                    self.assertFalse(found, "\n".join(map(" | ".join, found)))
