"""Two at the desk have one complaint open: each is told of the other, and of nobody."""

from odoo.tests import tagged

from ..complaint_common import DealerComplaintCase
from .live import LiveCase

WHO = "(document.querySelector('.o_dealer_presence')?.innerText ?? '')"


@tagged("post_install", "-at_install")
class TestComplaintPresence(DealerComplaintCase, LiveCase):
    browser_size = "1280x800"
    touch_enabled = False

    def setUp(self):
        super().setUp()
        (self.handler | self.officer).tour_enabled = False
        self.complaint = self.make_complaint()

    def test_each_sees_the_other_until_he_leaves(self):
        path = f"/odoo/dealer.complaint/{self.complaint.id}"
        logins = self.handler.login, self.officer.login
        with self.open_pages(*((path, login) for login in logins)) as (first, second):
            for page in (first, second):
                page.wait_for(".o_form_view [name=state]")
            first.wait(f"{WHO}.includes('{self.officer.name}')")
            second.wait(f"{WHO}.includes('{self.handler.name}')")
            self.assertNotIn(self.handler.name, first.js(WHO), "oneself is no other")
            second.js("document.querySelector('.o_form_button_create').click()")
            first.wait(f"!{WHO}")
            # whoever closes the window is gone as well
            second.js("history.back()")
            first.wait(f"{WHO}.includes('{self.officer.name}')")
            second.send("Page.navigate", url="about:blank")
            first.wait(f"!{WHO}")
