"""The advisor hears that the customer has seen the offer, and what he decided."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .portal_case import PortalDecisionCase


@tagged("standard", "post_install", "-at_install")
class TestPortalSeen(PortalDecisionCase):
    def tell_seen(self, token=None):
        """As the program of the page does, once it is in front of somebody."""
        token = self.token if token is None else token
        answer = self.make_jsonrpc_request(f"{self.url}/seen?access_token={token}", {})
        self.order.invalidate_recordset()
        return answer

    # -- seen

    def test_look_of_the_customer_is_told(self):
        self.assertFalse(self.order.dealer_date_seen)
        self.assertIn("o_dealer_seen", self.page().text)
        self.order.invalidate_recordset()
        self.assertFalse(self.order.dealer_date_seen, "a preview of the link is none")
        self.tell_seen()
        self.assertTrue(self.order.with_user(self.advisor).dealer_date_seen)

    def test_look_of_the_shop_is_none(self):
        self.authenticate("advisor", "advisorx")
        self.assertNotIn("o_dealer_seen", self.page().text)
        self.tell_seen()
        self.assertFalse(self.order.dealer_date_seen)

    @mute_logger("odoo.http")
    def test_stranger_has_seen_nothing(self):
        for token in ("", "0" * 36):
            with self.assertRaises(JsonRpcException):
                self.tell_seen(token)
        new_test_user(self.env, "stranger", "base.group_portal", password="stranger1")
        self.authenticate("stranger", "stranger1")
        with self.assertRaises(JsonRpcException):
            self.tell_seen("")
        self.assertFalse(self.order.dealer_date_seen)

    def test_later_look_counts_and_a_new_link_was_seen_by_nobody(self):
        first = fields.Datetime.now() - timedelta(minutes=30)
        self.order._write_by_method({"dealer_date_seen": first})
        self.order._mark_seen()
        last = self.order.dealer_date_seen
        self.assertGreater(last, first)
        with freeze_time(last + timedelta(seconds=30)):
            self.order._mark_seen()
        self.assertEqual(self.order.dealer_date_seen, last, "the same look")
        self.order.action_share_link()
        self.assertFalse(self.order.dealer_date_seen)

    def test_what_was_decided_is_not_seen_again(self):
        self.accept(self.confirm_page())
        self.tell_seen()
        self.assertFalse(self.order.dealer_date_seen)

    def test_nobody_enters_that_it_was_seen(self):
        with self.assertRaisesRegex(UserError, "by hand"):
            self.order.dealer_date_seen = fields.Datetime.now()

    # -- the message

    def test_message_names_the_person_the_car_and_the_link(self):
        order = self.order.with_user(self.advisor)
        for expected in (
            "王建国",
            "皖B·A1234",
            "制动液含水量",
            "300",
            order.dealer_link,
            self.company.name,
        ):
            self.assertIn(expected, order.dealer_link_text)
        self.customer.lang = "en_US"
        estimate = self.make_order(self.reception, dealer_kind="estimate")
        estimate.action_share_link()
        self.assertIn("the estimate for your car", estimate.dealer_link_text)

    def test_message_is_for_those_who_give_the_link_out(self):
        cashier = self.make_users(
            {"login": "cashier", "groups": "account.group_account_invoice"}
        )
        with self.assertRaises(AccessError):
            self.order.with_user(cashier).read(["dealer_link_text"])

    # -- decided

    def tasks(self):
        return self.reception.activity_ids.filtered(
            lambda task: self.order.name in (task.summary or "")
        )

    def test_advisor_gets_a_task_when_the_customer_agrees(self):
        self.accept(self.confirm_page())
        task = self.tasks()
        self.assertEqual(task.user_id, self.advisor)
        self.assertIn("王建国 has agreed to", task.summary)
        self.assertIn("300", task.summary)

    def test_part_and_refusal_are_told_as_such(self):
        self.accept(self.confirm_page(**self.declined(self.wiper_line)))
        self.assertIn("agreed to part of", self.tasks().summary)
        self.assertIn("180", self.tasks().summary)

    def test_refusal_is_told(self):
        self.decline(self.confirm_page(**self.declined(*self.order.order_line)))
        self.assertIn("has declined", self.tasks().summary)

    def test_what_the_advisor_records_himself_is_no_news(self):
        self.order.with_user(self.advisor).action_record_consent("phone", "王建国")
        self.assertFalse(self.tasks())

    # -- taken back

    def test_page_says_what_was_withdrawn_when_the_customer_left(self):
        self.accept(self.confirm_page())
        self.reception.action_leave("wait", billed=[])
        text = self.page().text
        self.assertIn("This order was withdrawn.", text)
        self.assertNotIn("Thank you!", text)

    def test_page_says_what_was_not_carried_out(self):
        self.accept(self.confirm_page())
        self.reception.action_leave("wait", billed=self.fluid_line.ids)
        text = self.page().text
        self.assertIn("Thank you!", text)
        self.assertEqual(text.count("o_dealer_not_done"), 1)
