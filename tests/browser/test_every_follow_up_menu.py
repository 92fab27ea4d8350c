"""Every menu, view and filter of the follow-up opens in a browser, by role."""

from .click_case import ClickCase
from .test_calls import CallsCase

APP = "dealer_followup.dealer_followup_menu_root"


class TestEveryFollowUpMenu(CallsCase, ClickCase):
    def test_a_manager_opens_every_follow_up_menu(self):
        self.care_manager.lang = "zh_CN"
        self.click_through("care_manager", APP)

    def test_a_caller_opens_every_follow_up_menu(self):
        self.caller.lang = "zh_CN"
        self.click_through("caller", APP)
