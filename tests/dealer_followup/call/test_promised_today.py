"""Whoever was promised a call by tonight is on a list of its own."""

from ast import literal_eval

from freezegun import freeze_time
from lxml import etree

from odoo.tests import Form

from ...followup_common import DealerFollowupCase, cn


class TestPromisedToday(DealerFollowupCase):
    def promised_today(self, now):
        """What the filter of the follow-ups finds for a caller."""
        arch = self.env.ref("dealer_followup.dealer_followup_view_search").arch
        [rule] = etree.fromstring(arch).xpath("//filter[@name='promised_today']")
        with freeze_time(now):
            tasks = self.Followup.with_user(self.caller).with_context(
                tz="Asia/Shanghai"
            )
            return tasks.search(literal_eval(rule.get("domain")))

    def promise(self, moment, **values):
        task = self.make_task(**values)
        with freeze_time(cn(2, 10)):
            self.call(task, "call_later", promised_at=moment)
        return task

    def test_promises_of_today_and_those_that_are_late_are_found(self):
        tonight = self.promise(cn(2, 19, 59))
        other = self.env["res.partner"].create({"name": "李", "phone": "13905530002"})
        tomorrow = self.promise(cn(3, 9), partner=other)
        self.make_task()
        self.assertEqual(self.promised_today(cn(2, 11)), tonight)
        self.assertEqual(self.promised_today(cn(3, 8)), tonight + tomorrow)

    def test_promise_that_was_kept_is_not(self):
        task = self.promise(cn(2, 19))
        with freeze_time(cn(2, 19)):
            self.call(task, "reached")
        self.assertFalse(self.promised_today(cn(2, 20)))

    @freeze_time(cn(2, 10, 41))
    def test_time_that_is_agreed_on_most_often_is_proposed(self):
        """In two hours; the lunch break is no time to call."""
        sheet = self.open_sheet(self.make_task())
        with Form(sheet) as form:
            form.result_id = self.result("reached")
            self.assertFalse(form.promised_at)
            form.result_id = self.result("call_later")
            self.assertEqual(form.promised_at, cn(2, 14))
            form.promised_at = cn(3, 9)
            form.result_id = self.result("reached")
            form.result_id = self.result("call_later")
            self.assertEqual(form.promised_at, cn(3, 9), "what was agreed on stays")
