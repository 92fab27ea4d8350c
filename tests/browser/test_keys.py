"""Who sits at a desk leaves the hands on the keyboard."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..followup_common import DealerFollowupCase
from .devtools import DevToolsCase

RESULT = "[name=result_id] button"


@tagged("post_install", "-at_install")
class TestKeys(DealerFollowupCase, DevToolsCase):
    browser_size = "1280x800"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.users"].search([]).tour_enabled = False
        cls.company.dealer_call_hours = "00:00-24:00"

    def alt(self, page, key):
        page.key(key, alt=True)

    def overlay(self, page):
        """The keys that are shown while Alt is held, by what they press."""
        key = {"key": "Alt", "code": "AltLeft", "windowsVirtualKeyCode": 18}
        page.send("Input.dispatchKeyEvent", type="rawKeyDown", modifiers=1, **key)
        page.wait_for(".o_web_hotkey_overlay")
        shown = page.js(
            "Object.fromEntries([...document.querySelectorAll('.o_web_hotkey_overlay')]"
            ".filter((one) => one.getClientRects().length)"
            ".map((one) => [one.innerText.trim(), one.parentElement.dataset.way"
            " || one.parentElement.name || one.parentElement.dataset.key || '']))"
        )
        page.send("Input.dispatchKeyEvent", type="keyUp", **key)
        page.wait("!document.querySelector('.o_web_hotkey_overlay')")
        return shown

    def make_calls(self, *names):
        self.calls = self.env["dealer.followup"]
        rule = self.make_rule("manual", script="<p>Hello</p>")
        today = self.company._dealer_today()
        for number, name in enumerate(names):
            person = self.make_partner(name=name, phone=f"1390000222{number}")
            car = self.make_vehicle(
                license_plate=f"皖B·A300{number}", owner_id=person.id
            )
            self.calls += self.make_task(
                rule,
                vehicle_id=car.id,
                partner=person,
                priority=number,
                due_date=today,
                expire_date=today + timedelta(days=10),
                next_try_at=fields.Datetime.now() - timedelta(hours=1),
            )

    def test_an_advisor_receives_and_books(self):
        with self.open_page("/odoo/service-home", login="advisor") as page:
            page.wait_for("[data-way=arrive]")
            shown = self.overlay(page)
            self.assertEqual(shown.get("A"), "arrive")
            self.assertEqual(shown.get("B"), "book")
            self.alt(page, "a")
            page.wait_for(".modal .o_dealer_arrival_query input")
            self.alt(page, "x")
            page.wait("!document.querySelector('.modal')")
            self.alt(page, "b")
            page.wait_for(".modal .o_dealer_booking_form")

    def test_a_visit_goes_on_by_its_main_button(self):
        visit = self.make_reception(state="arrived")
        with self.open_page(f"/odoo/visits/{visit.id}", login="advisor") as page:
            page.wait_for("button[name=action_greet]")
            self.alt(page, "q")
            page.wait("!document.querySelector('button[name=action_greet]')")
        visit.invalidate_recordset()
        self.assertTrue(visit.date_greeted)

    def test_a_caller_has_a_digit_for_each_result(self):
        self.make_calls("王建国", "李梅", "赵强")
        content, unreached, unhappy = self.calls
        with self.open_page("/odoo/follow-up-home", login="caller") as page:
            page.wait_for("[data-way=next_call]")
            self.alt(page, "n")
            page.wait_for(RESULT)
            shown = self.overlay(page)
            results = self.env["dealer.followup.result"].search(
                [("is_for_calls", "=", True)]
            )
            digits = [digit for digit in shown if digit.isdigit()]
            self.assertEqual(len(digits), min(len(results), 10))
            for key, button in (
                ("Q", "action_save_and_next"),
                ("W", "action_save"),
                ("T", "action_dial"),
            ):
                self.assertEqual(shown.get(key), button)
            self.record(page, "王建国", "reached", "q")
            self.record(page, "李梅", "no_answer", "q")
            # who chooses by key goes on writing
            self.record(page, "赵强", "unhappy", None)
            page.wait("document.activeElement.closest('[name=note]')")
            page.send("Input.insertText", text="Waited two hours.")
            self.alt(page, "w")
            page.wait_for(".o_action_manager > .o_list_view")
        self.calls.invalidate_recordset()
        self.assertEqual(content.result_id, self.result("reached"))
        self.assertEqual(unreached.result_id, self.result("no_answer"))
        self.assertEqual(unhappy.complaint_id.subject, "Waited two hours.")

    def record(self, page, name, code, key):
        """Choose a result by its digit, and save the call by a key."""
        page.wait(
            "document.querySelector('.o_form_view [name=contact_name]')?.innerText"
            f" === '{name}'"
        )
        result = self.result(code)
        order = self.env["dealer.followup.result"].search([("is_for_calls", "=", True)])
        place = order.ids.index(result.id)
        self.alt(page, "1234567890"[place])
        page.wait_for(f"{RESULT}[value='{result.id}'][aria-pressed=true]")
        if key:
            self.alt(page, key)

    def test_a_handler_writes_a_complaint_and_the_first_call(self):
        complaint = self.make_complaint(user_id=self.handler.id)
        with self.open_page("/odoo/complaint-home", login="handler") as page:
            page.wait_for("[data-way=complain]")
            self.assertEqual(self.overlay(page).get("C"), "complain")
            self.alt(page, "c")
            page.wait_for(".o_form_view [name=subject] :is(input, textarea)")
        with self.open_page(f"/odoo/complaints/{complaint.id}", "handler") as page:
            page.wait_for("button[name=action_log_contact]")
            self.alt(page, "l")
            page.wait_for(".modal [name=summary] textarea")
            page.click(".modal [name=summary] textarea")
            page.send("Input.insertText", text="Comes at two.")
            self.alt(page, "s")
            page.wait("!document.querySelector('.modal')")
            self.alt(page, "q")
            page.wait_for(".o_arrow_button_current[data-value=investigating]")
        complaint.invalidate_recordset()
        self.assertEqual(complaint.contact_ids.summary, "Comes at two.")
