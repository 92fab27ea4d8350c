"""Who is in the shop, is expected there or complains is not to be called – on the home,
in the list and by the next call alike."""

from ast import literal_eval
from datetime import date

from freezegun import freeze_time
from lxml import etree

from odoo.fields import Domain

from ...followup_common import DealerFollowupCase, cn


@freeze_time(cn(2, 10))
class TestOnHold(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule("manual")
        cls.task = cls.make_task(cls.rule)

    def to_call(self):
        """Whom the caller is to call now: as tile, list and sheet say."""
        self.env.flush_all()
        self.env.invalidate_all()
        home = self.env["dealer.home"].with_user(self.caller)
        tiles = home.get_home("followup")["sections"][0]["tiles"]
        counts = {tile["key"]: tile["count"] for tile in tiles}
        arch = etree.fromstring(
            self.Followup.get_view(
                self.env.ref("dealer_followup.dealer_followup_view_search").id, "search"
            )["arch"]
        )
        [due] = arch.xpath("//filter[@name='due']/@domain")
        tasks = self.Followup.with_user(self.caller)
        listed = tasks.search(
            Domain(literal_eval(due)) & Domain("user_id", "in", (self.caller.id, False))
        )
        opened = home.open_tile("followup", "now")
        self.assertEqual(tasks.search(opened["domain"]), listed)
        self.assertEqual(counts["now"], len(listed))
        sheet = self.open_sheet()
        self.assertEqual(sheet.followup_ids if sheet else tasks.browse(), listed)
        if sheet:
            sheet.action_put_back()
        self.assertEqual(counts["later"], bool(self.task - listed))
        self.assertEqual(self.task.is_on_hold, not listed)
        return listed

    def test_car_in_the_shop_is_called_about_once_it_has_gone(self):
        self.assertEqual(self.to_call(), self.task)
        visit = self.make_reception(state="arrived", date_arrived=cn(2, 9))
        for state in ("arrived", "working", "ready", "settled"):
            visit._write_by_method({"state": state})
            self.assertFalse(self.to_call(), state)
        visit._write_by_method({"state": "delivered", "date_delivered": cn(2, 10)})
        # at once, and not some hours later
        self.assertEqual(self.to_call(), self.task)

    def test_the_list_says_what_a_call_waits_for(self):
        self.rule.write({"suppress_booked": True, "suppress_complaint": True})
        self.assertFalse(self.task.hold_reason)
        visit = self.make_reception(date_appointment=cn(3, 10))
        self.assertEqual(self.why(), "booked")
        visit.action_cancel()
        self.make_reception(state="arrived", date_arrived=cn(2, 9))
        self.assertEqual(self.why(), "in_house")
        self.make_complaint()
        self.assertEqual(self.why(), "complaint")
        arch = etree.fromstring(self.Followup.get_view(view_type="list")["arch"])
        [column] = arch.xpath("//field[@name='hold_reason']")
        self.assertEqual(column.get("optional"), "show")

    def why(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.task.with_user(self.caller).hold_reason

    def test_whatever_the_call_is_about(self):
        self.make_reception(state="arrived", date_arrived=cn(2, 9))
        for purpose in ("service", "satisfaction", "marketing", "greeting"):
            rule = self.make_rule("manual", purpose=purpose)
            self.assertTrue(rule.suppress_in_house, purpose)
        for code in ("complaint", "hand", "unhappy", "recall", "birthday", "3d"):
            rule = self.env.ref(f"dealer_followup.care_rule_{code}")
            self.assertTrue(rule.suppress_in_house, code)
        self.assertFalse(self.to_call())

    def test_rule_that_calls_all_the_same(self):
        self.make_reception(state="arrived", date_arrived=cn(2, 9))
        self.rule.suppress_in_house = False
        self.assertEqual(self.to_call(), self.task)

    def test_another_car_of_the_customer_keeps_from_nothing(self):
        car = self.make_vehicle(license_plate="皖B·H2222", owner_id=self.customer.id)
        self.make_reception(
            state="arrived", date_arrived=cn(2, 9), vehicle_id=car.id, odometer=0
        )
        self.assertEqual(self.to_call(), self.task)

    def test_booked_visit_and_open_complaint_where_the_rule_says_so(self):
        self.rule.write({"suppress_booked": True, "suppress_complaint": True})
        visit = self.make_reception(date_appointment=cn(3, 10))
        self.assertFalse(self.to_call())
        visit.action_cancel()
        self.assertEqual(self.to_call(), self.task)
        complaint = self.make_complaint()
        self.assertFalse(self.to_call())
        complaint.action_cancel("Entered by mistake")
        self.assertEqual(self.to_call(), self.task)

    def test_what_waits_keeps_its_time(self):
        self.make_reception(state="arrived", date_arrived=cn(2, 9))
        self.make_task(self.make_rule("manual", suppress_in_house=False))
        before = self.task.next_try_at
        # the customer is called about something else
        self.assertNotIn(self.task, self.open_sheet().followup_ids)
        self.assertEqual(self.task.next_try_at, before)

    def test_on_hold_is_searched_both_ways(self):
        other = self.make_task(
            self.rule,
            vehicle_id=False,
            partner=self.make_partner(name="李梅", phone="13900001111"),
        )
        self.make_reception(state="arrived", date_arrived=cn(2, 9))
        both = self.task | other
        mine = Domain("id", "in", both.ids)
        for value, expected in ((True, self.task), (False, other)):
            found = self.Followup.search(mine & Domain("is_on_hold", "=", value))
            self.assertEqual(found, expected)
            found = self.Followup.search(mine & Domain("is_on_hold", "!=", value))
            self.assertEqual(found, both - expected)
        self.assertEqual(both.mapped("is_on_hold"), [True, False])

    def test_many_cost_no_more_queries_than_one(self):
        tasks = self.task
        for number in range(20):
            tasks |= self.make_task(self.rule, anchor_key=f"row:{number}")
        self.make_reception(state="arrived", date_arrived=cn(2, 9))
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            tasks.mapped("is_on_hold")

    def test_what_expired_while_it_waited_is_over(self):
        self.task._write_by_method({"expire_date": date(2026, 3, 1)})
        self.make_reception(state="arrived", date_arrived=cn(2, 9))
        self.Followup._expire()
        self.assertEqual(self.task.state, "expired")
