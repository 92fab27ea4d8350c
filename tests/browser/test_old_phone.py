"""The customer's pages on an old phone, in the browser of WeChat.

No script that is younger than the phone runs there, so none does here. One thumb, large
type, and nothing to download.
"""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..activity_common import ActivityCase
from ..portal_common import ComplaintPortalCase
from .devtools import DevToolsCase

WECHAT = (
    "Mozilla/5.0 (Linux; Android 8.1.0; vivo X20 Build/OPM1.171019.011; wv) "
    "AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/66.0.3359.126 "
    "MQQBrowser/6.2 TBS/044807 Mobile Safari/537.36 "
    "MicroMessenger/7.0.10.1580(0x27000A34) Process/tools NetType/4G Language/zh_CN"
)
#: What is cut off at the right.
TOO_WIDE = """[...document.querySelectorAll("body *")].filter((one) =>
    one.getClientRects().length && one.getBoundingClientRect().right > 360.5
).map((one) => one.outerHTML.slice(0, 160))"""
#: What is touched and is smaller than a thumb; a tick is touched by its words.
TOO_SMALL = """[...document.querySelectorAll(
    ".o_dealer_page :is(a, button, summary, select, textarea, label.btn,"
    + " .o_dealer_tick label, input:not([type=hidden]))"
)].filter((one) => {
    if (!one.getClientRects().length || one.matches(".btn-check, [type=checkbox]")) {
        return false;
    }
    const box = one.getBoundingClientRect();
    return box.height < 44 || box.width < 44;
}).map((one) => one.outerHTML.slice(0, 120))"""
#: Words in letters that are too small to read, in CSS pixels.
TOO_FINE = """[...document.querySelectorAll(".o_dealer_page *")].filter((one) =>
    one.getClientRects().length
    && [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim())
    && parseFloat(getComputedStyle(one).fontSize) < 14
).map((one) => one.innerText)"""


class OldPhoneCase(DevToolsCase):
    browser_size = "360x640"
    touch_enabled = True

    def open_old(self, page, path):
        page.send("Network.setUserAgentOverride", userAgent=WECHAT)
        page.send("Emulation.setScriptExecutionDisabled", value=True)
        page.send("Page.navigate", url=f"{self.base_url()}{path}")
        self.is_there(page, ".o_dealer_page")

    def is_there(self, page, selector):
        """A page without scripts has no timers to wait with: it is asked again."""
        for _look in range(400):
            found = page.js(
                "document.readyState === 'complete'"
                f" && Boolean(document.querySelector({selector!r}))"
            )
            if found:
                return
        raise AssertionError(f"{selector} never came")

    def check_page(self, page):
        with self.subTest(page=page.js("location.pathname")):
            self.assertEqual(page.js(TOO_WIDE), [])
            self.assertEqual(page.js(TOO_SMALL), [])
            self.assertEqual(page.js(TOO_FINE), [])
            body = "parseFloat(getComputedStyle(document.querySelector"
            size = page.js(f"{body}('.o_dealer_page')).fontSize)")
            self.assertGreaterEqual(size, 16)

    def press(self, page, selector):
        """One thumb; without scripts the page has no frames to wait for."""
        point = page.js(
            f"(() => {{ const one = document.querySelector({selector!r});"
            " one.scrollIntoView({ block: 'center' });"
            " const box = one.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        page.press_at(*point)


@tagged("standard", "post_install", "-at_install")
class TestComplaintOnAnOldPhone(ComplaintPortalCase, OldPhoneCase):
    def test_the_proposal_is_read_and_agreed_to(self):
        self.complaint.action_investigate()
        self.complaint.proposal = "免费更换刹车片"
        self.complaint.action_propose()
        path = f"/my/complaints/{self.complaint.id}?access_token={self.token}"
        with self.open_page("/web/login") as page:
            self.open_old(page, path)
            self.check_page(page)
            self.press(page, ".o_dealer_answer button[value=accepted]")
            self.is_there(page, ".alert-success")
            self.check_page(page)
        self.complaint.invalidate_recordset()
        self.assertEqual(self.complaint.decision_answer, "accepted")

    def test_a_visit_is_followed_and_complained_about(self):
        visit = self.bring_to(self.make_reception(state="arrived"), "authorized")
        visit._portal_ensure_token()
        token = f"?access_token={visit.access_token}"
        with self.open_page("/web/login") as page:
            self.open_old(page, f"/my/visits/{visit.id}{token}")
            self.check_page(page)
            self.open_old(page, f"/my/visits/{visit.id}/complaint{token}")
            self.check_page(page)


@tagged("standard", "post_install", "-at_install")
class TestInvitationOnAnOldPhone(ActivityCase, OldPhoneCase):
    def test_the_invitation_and_the_consent_are_answered(self):
        start = fields.Datetime.now() + timedelta(days=7)
        activity = self.make_inviting(
            seat_limit=5, date_start=start, date_end=start + timedelta(hours=2)
        )
        activity.invitee_ids.action_make_link()
        mine = activity.invitee_ids[:1]
        consent = mine.partner_id._consent_url()
        with self.open_page("/web/login") as page:
            self.open_old(page, f"/activity/{mine.access_token}")
            self.check_page(page)
            self.press(page, "button[value=coming]")
            self.is_there(page, ".alert-success")
            self.open_old(page, consent[consent.index("/consent/") :])
            self.check_page(page)
        mine.invalidate_recordset()
        self.assertEqual(mine.state, "coming")
