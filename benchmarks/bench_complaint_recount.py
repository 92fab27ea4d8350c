"""Working hours, targets and policies are edited while many clocks run."""

import time
from datetime import timedelta

from freezegun import freeze_time

from odoo.fields import Command

from odoo.addons.dealer_complaint.models.clock.dealer_sla_timer_tick import BATCH_SIZE

from tests.complaint_common import DealerComplaintCase, cn

from .generator import ROWS

COUNT = min(ROWS, 5_000)


def seconds():
    """Of a clock that stands still for nobody."""
    return time.clock_gettime(time.CLOCK_MONOTONIC)


class BenchComplaintRecount(DealerComplaintCase):
    """In batches as the job takes them, each with an empty cache as after a commit;
    nothing of it stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact_target.amount = 4
        some = min(COUNT, 1000)
        with freeze_time(cn(2, 11)):
            for start in range(0, COUNT, some):
                cls.env["dealer.complaint"].with_context(tracking_disable=True).create(
                    [
                        {
                            "subject": "刹车异响",
                            "partner_id": cls.customer.id,
                            "user_id": cls.handler.id,
                            # no two deadlines are the same
                            "date_received": cn(2, 8) + timedelta(seconds=2 * number),
                        }
                        for number in range(start, start + some)
                    ]
                )
                cls.env.flush_all()
                cls.env.invalidate_all()
        cls.env["dealer.sla.replan"].search([]).unlink()
        cls.env.cr.execute("ANALYZE dealer_sla_timer, dealer_complaint")

    def work_off(self):
        """:return: seconds, and those of the longest batch"""
        self.env.flush_all()
        start, longest = seconds(), 0
        while True:
            self.env.invalidate_all()
            begin = seconds()
            job = self.env["dealer.sla.replan"].search([], limit=1)
            if not job:
                return seconds() - start, longest
            job._replan_batch(BATCH_SIZE)
            # as a commit does
            self.env.cr.flush()
            longest = max(longest, seconds() - begin)

    def edit_target(self):
        self.contact_target.amount = 5
        return [("target_id", "=", self.contact_target.id)]

    def close_a_day(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "停业",
                "calendar_id": False,
                "company_id": self.company.id,
                "date_from": cn(5),
                "date_to": cn(5, 23, 59, 59),
            }
        )
        return [("company_id", "=", self.company.id)]

    def add_policy(self):
        self.env["dealer.sla.policy"].create(
            {
                "name": "更严的时限",
                "sequence": 1,
                "target_ids": [
                    Command.create(
                        {"metric": "contact", "amount": 3, "unit": "working_hours"}
                    )
                ],
            }
        )
        return [("company_id", "=", self.company.id)]

    def deadlines(self, domain):
        timers = self.env["dealer.sla.timer"].search_fetch(domain, ["date_deadline"])
        return {timer.id: timer.date_deadline for timer in timers}

    def test_recount(self):
        running = [("state", "=", "running")]
        for what, edit in (
            ("a target", self.edit_target),
            ("a closing day", self.close_a_day),
            ("a policy", self.add_policy),
        ):
            before = self.deadlines(running)
            with freeze_time(cn(2, 11)):
                concerned = self.env["dealer.sla.timer"].search_count(running + edit())
                taken, longest = self.work_off()
            after = self.deadlines(running)
            moved = sum(after[timer_id] != date for timer_id, date in before.items())
            self.assertTrue(moved)
            print(
                f"\n{what}: {concerned} clocks in {taken:.1f} s,"
                f" {concerned / taken:.0f} a second, {moved} moved,"
                f" longest batch {longest:.2f} s"
            )
