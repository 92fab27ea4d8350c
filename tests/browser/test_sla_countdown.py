"""The countdown on the screen: the server's time, one ticker, words beside colours."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..complaint_common import DealerComplaintCase
from .devtools import DevToolsCase

BADGE = ".o_sla_countdown"
TEXTS = f"[...document.querySelectorAll('{BADGE}')].map((badge) => badge.innerText)"


@tagged("standard", "post_install", "-at_install")
class TestSlaCountdown(DealerComplaintCase, DevToolsCase):
    browser_size = "1280x800"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # hours of the day, so that the house is open whenever this runs
        cls.contact_target.unit = "clock_hours"

    def test_list_counts_down_and_turns_missed_without_reload(self):
        now = fields.Datetime.now()
        running = self.make_complaint(date_received=now - timedelta(minutes=20))
        ending = self.make_complaint(
            date_received=now - timedelta(hours=2) + timedelta(seconds=25)
        )
        with self.open_page("/odoo/complaints", login="handler") as page:
            page.wait(f"document.querySelectorAll('{BADGE}').length === 2")
            page.wait(f"{TEXTS}.some((text) => text.includes('1:39:'))")
            first = page.js(TEXTS)
            page.wait(f"JSON.stringify({TEXTS}) !== '{self.quoted(first)}'")
            # the deadline passes: words and colour change, the server is told
            page.wait(
                f"[...document.querySelectorAll('{BADGE}.text-bg-danger')]"
                ".some((badge) => badge.innerText.includes('Missed by'))"
            )
            page.wait(
                "performance.getEntriesByType('resource')"
                ".some((request) => request.name.includes('action_sla_poke'))"
            )
        self.env.invalidate_all()
        breached = ending.timer_ids.event_ids.filtered(lambda e: e.kind == "breached")
        self.assertEqual(len(breached), 1)
        self.assertFalse(running.timer_ids.event_ids)

    @staticmethod
    def quoted(texts):
        return "[" + ",".join(f'"{text}"' for text in texts) + "]"

    def test_wrong_clock_of_the_computer_changes_nothing(self):
        self.make_complaint(date_received=fields.Datetime.now() - timedelta(minutes=20))
        with self.open_page("/odoo/complaints", login="handler") as page:
            page.wait(f"document.querySelectorAll('{BADGE}').length === 1")
            page.js(
                "(() => { const real = Date.now.bind(Date);"
                " Date.now = () => real() + 86400000; return true; })()"
            )
            page.wait(f"{TEXTS}.some((text) => text.includes('1:39:'))")

    def test_computer_that_slept_asks_the_server_again(self):
        """The browser's own counting stands still during sleep; its time goes on."""
        self.make_complaint(date_received=fields.Datetime.now() - timedelta(minutes=20))
        with self.open_page("/odoo/complaints", login="handler") as page:
            page.wait(f"{TEXTS}.some((text) => text.includes('1:39:'))")
            page.js(
                "(() => { const real = performance.now.bind(performance);"
                " performance.now = () => real() - 600000; return true; })()"
            )
            # not ten minutes more, once the next second has been counted
            first = page.js(TEXTS)
            page.wait(f"JSON.stringify({TEXTS}) !== '{self.quoted(first)}'")
            page.wait(f"{TEXTS}.some((text) => /1:3[89]:/.test(text))")

    def test_many_rows_share_one_ticker(self):
        for number in range(30):
            self.make_complaint(subject=f"Complaint {number}")
        with self.open_page("/odoo/manufacturer-reports", login="handler") as page:
            page.wait_for(".o_list_view, .o_view_nocontent")
            page.js(
                "(() => { const real = window.setInterval; window.tickers = 0;"
                " window.setInterval = (call, wait, ...rest) => {"
                " window.tickers += wait === 1000; return real(call, wait, ...rest); };"
                " return true; })()"
            )
            page.js(
                "odoo.__WOWL_DEBUG__.root.env.services.action"
                ".doAction('dealer_complaint.dealer_complaint_action').then(() => 1)"
            )
            page.wait(f"document.querySelectorAll('{BADGE}').length === 30")
            page.wait(f"{TEXTS}.every((text) => /\\d:\\d\\d/.test(text))")
            self.assertEqual(page.js("window.tickers"), 1)
