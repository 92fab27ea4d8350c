"""Every menu, view and filter of the follow-up opens in a browser, by role."""

from .test_calls import CallsCase
from .test_every_menu import START


class TestEveryFollowUpMenu(CallsCase):
    def click_through(self, login):
        self.browser_js(
            "/odoo",
            START % "dealer_followup.dealer_followup_menu_root",
            "odoo.isReady === true",
            login=login,
            timeout=900,
            success_signal="clickbot test succeeded",
        )

    def test_a_manager_opens_every_follow_up_menu(self):
        self.care_manager.lang = "zh_CN"
        self.click_through("care_manager")

    def test_a_caller_opens_every_follow_up_menu(self):
        self.caller.lang = "zh_CN"
        self.click_through("caller")
