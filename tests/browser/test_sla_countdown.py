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
