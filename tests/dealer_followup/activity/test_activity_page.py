"""The invitation on the customer's phone: its link, its reply, and nothing else."""

import re
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ...activity_common import ActivityCase


@tagged("standard", "post_install", "-at_install")
class TestActivityPage(ActivityCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        start = fields.Datetime.now() + timedelta(days=7)
        other = cls.make_owner(1)
        cls.activity = cls.make_inviting(
            seat_limit=2, date_start=start, date_end=start + timedelta(hours=2)
        )
        cls.activity.invitee_ids.action_make_link()
        rows = cls.activity.invitee_ids
        cls.mine = rows.filtered(lambda row: row.vehicle_id == cls.vehicle)
        cls.other = rows.filtered(lambda row: row.vehicle_id == other)
        cls.mine.note = "只给自己看"

    def page(self, token=None):
        return self.url_open(
            f"/activity/{token or self.mine.access_token}", allow_redirects=False
        )

    def post(self, url, **data):
        """As the form of the page posts it, with the token of this session."""
        page = self.url_open(url.rsplit("/", 1)[0] if "/reply" in url else url)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        data = {**data, "csrf_token": found[1] if found else ""}
        return self.url_open(url, data=data, allow_redirects=False)

    def reply(self, reply, persons=1, row=None):
        token = (row or self.mine).access_token
        return self.post(f"/activity/{token}/reply", reply=reply, persons=persons)

    def test_link_shows_the_invitation_and_changes_nothing(self):
        page = self.page()
        self.assertEqual(page.status_code, 200)
        self.assertIn("冬季用车讲堂", page.text)
        self.assertIn("王建国", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(page.headers["Cache-Control"], "private, no-store")
        self.mine.invalidate_recordset()
        self.assertEqual(self.mine.state, "invited")

    def test_it_shows_nothing_else(self):
        page = self.page().text
        for secret in (
            "只给自己看",
            "车主1",
            self.other.access_token,
            self.mine.contact_phone,
            "皖B·A1234",
        ):
            self.assertNotIn(secret, page)

    def test_wrong_links_lead_nowhere(self):
        token = self.mine.access_token
        for wrong in (token[:-1], token + "x", "x" * 24, "%25", str(self.mine.id)):
            for url in (f"/activity/{wrong}", f"/activity/door/{wrong}"):
                answer = self.url_open(url, allow_redirects=False)
                self.assertNotIn("冬季用车讲堂", answer.text)
                if "door" not in url:
                    self.assertEqual(answer.status_code, 404, url)

    def test_the_customer_comes_with_three(self):
        self.activity.seat_limit = 3
        answer = self.reply("coming", 3)
        self.assertEqual(answer.status_code, 303)
        self.mine.invalidate_recordset()
        self.assertEqual((self.mine.state, self.mine.persons), ("coming", 3))
        self.assertEqual(self.mine.reply_channel, "link")
        # the code for the door is shown now
        self.assertIn('class="qr"', self.page().text)

    def test_a_second_tap_changes_nothing(self):
        self.reply("coming", 2)
        since = self.mine.date_replied
        self.assertEqual(self.reply("coming", 2).status_code, 303)
        self.mine.invalidate_recordset()
        self.assertEqual(self.mine.date_replied, since)
        self.assertEqual(self.activity.seats_taken, 2)

    def test_without_a_seat_the_page_says_so(self):
        self.reply("coming", 2, self.other)
        self.assertIn("waiting list", self.page().text)
        self.reply("coming")
        self.mine.invalidate_recordset()
        self.assertEqual(self.mine.state, "waiting")
        self.assertIn("You are on the waiting list", self.page().text)

    @mute_logger("odoo.http")
    def test_a_reply_needs_the_form(self):
        url = f"/activity/{self.mine.access_token}/reply"
        without = self.url_open(url, data={"reply": "coming"}, allow_redirects=False)
        self.assertEqual(without.status_code, 400)
        by_get = self.url_open(f"{url}?reply=coming", allow_redirects=False)
        self.assertEqual(by_get.status_code, 405)
        self.mine.invalidate_recordset()
        self.assertEqual(self.mine.state, "invited")

    def test_nonsense_is_no_reply(self):
        for reply, persons in (
            ("attended", "1"),
            ("", "x"),
            ("coming", "99"),
            ("coming", "9" * 5000),
        ):
            self.reply(reply, persons)
            self.mine.invalidate_recordset()
            self.assertEqual(self.mine.state, "invited", reply)

    @mute_logger("odoo.http")
    def test_after_the_end_nothing_can_be_replied(self):
        end = fields.Datetime.now() - timedelta(minutes=1)
        self.activity.write({"date_start": end, "date_end": end})
        page = self.page()
        self.assertIn("This invitation is over", page.text)
        self.assertNotIn("<form", page.text.split("<main")[1])
        self.reply("coming")
        self.mine.invalidate_recordset()
        self.assertEqual(self.mine.state, "invited")

    def test_a_cancelled_activity_says_so(self):
        self.activity.action_cancel()
        self.assertIn("will not take place", self.page().text)

    def test_signed_in_a_customer_sees_the_own_invitations_only(self):
        user = new_test_user(
            self.env, "portal", password="portalportal", groups="base.group_portal"
        )
        user.partner_id = self.customer
        anonymous = self.url_open("/my/invitations", allow_redirects=False)
        self.assertEqual(anonymous.status_code, 303)
        self.authenticate("portal", "portalportal")
        page = self.url_open("/my/invitations").text
        self.assertIn(f"/activity/{self.mine.access_token}", page)
        self.assertNotIn(self.other.access_token, page)
        self.activity.action_cancel()
        self.assertNotIn("冬季用车讲堂", self.url_open("/my/invitations").text)

    # ------------------------------------------------------------------
    # THE DOOR
    # ------------------------------------------------------------------

    def door(self):
        return f"/activity/door/{self.mine.access_token}"

    def test_the_code_at_the_door_is_for_the_staff(self):
        self.activity.action_start()
        anonymous = self.url_open(self.door(), allow_redirects=False)
        self.assertEqual(anonymous.status_code, 303)  # to the login
        user = new_test_user(
            self.env, "portal", password="portalportal", groups="base.group_portal"
        )
        user.partner_id = self.customer
        self.authenticate("portal", "portalportal")
        self.assertEqual(self.url_open(self.door()).status_code, 404)
        self.mine.invalidate_recordset()
        self.assertEqual(self.mine.state, "invited")

    def test_scan_and_tap_checks_in_once(self):
        self.activity.action_start()
        self.authenticate("caller", "caller")
        self.assertIn("Check In", self.url_open(self.door()).text)
        self.mine.invalidate_recordset()
        self.assertEqual(self.mine.state, "invited", "a look is no check-in")
        self.assertIn("Checked in", self.post(self.door()).text)
        self.mine.invalidate_recordset()
        first = self.mine.date_attended
        self.assertEqual(self.mine.state, "attended")
        self.url_open(self.door())
        self.mine.invalidate_recordset()
        self.assertEqual(self.mine.date_attended, first)

    def test_the_door_of_another_shop_stays_closed(self):
        shop = self.env["res.company"].create({"name": "Other shop"})
        foreign = self.make_caller("foreign")
        foreign.write({"company_ids": [(6, 0, shop.ids)], "company_id": shop.id})
        self.activity.action_start()
        self.authenticate("foreign", "foreign")
        self.assertEqual(self.url_open(self.door()).status_code, 404)
