"""No clock starts in a zone that nobody has chosen; with the zone, all of them do."""

from datetime import datetime

from freezegun import freeze_time

from ...complaint_common import DealerComplaintCase

#: Monday, 09:00 in Shanghai.
RECEIVED = datetime(2026, 3, 2, 1, 0)


class TestClockWithoutZone(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar.tz = "UTC"

    def choose_zone(self, moment, tz="Asia/Shanghai"):
        """The manager chooses it, and the recount works its queue off."""
        with freeze_time(moment):
            self.company.dealer_tz = tz
            while job := self.env["dealer.sla.replan"].search([], limit=1):
                job._replan_batch(100)

    def receive(self):
        with freeze_time(RECEIVED):
            return self.make_complaint(date_received=RECEIVED)

    def test_no_clock_starts(self):
        complaint = self.receive()
        self.assertFalse(complaint.timer_ids)
        self.assertEqual(complaint.sla_state, "none")
        self.assertTrue(complaint.waits_for_zone, "and it says so")

    def test_missing_zone_is_no_fault_of_the_policies(self):
        self.assertFalse(self.receive().activity_ids)

    def test_clocks_are_counted_from_the_receipt_once_the_zone_is_chosen(self):
        complaint = self.receive()
        self.choose_zone(datetime(2026, 3, 2, 2, 0))
        self.assertFalse(complaint.waits_for_zone)
        timer = self.timer(complaint)
        self.assertEqual(timer.date_start, RECEIVED)
        self.assertEqual(
            timer.date_deadline, datetime(2026, 3, 2, 3, 0), "11:00 in Shanghai"
        )
        self.assertTrue(self.timer(complaint, "feedback"))

    def test_talk_before_the_zone_was_chosen_counts(self):
        complaint = self.receive()
        with freeze_time(datetime(2026, 3, 2, 2, 0)):
            self.make_contact(complaint)
        self.choose_zone(datetime(2026, 3, 2, 9, 0))
        self.assertEqual(self.timer(complaint).state, "met")

    def test_utc_that_was_chosen_is_a_zone(self):
        complaint = self.receive()
        self.choose_zone(datetime(2026, 3, 2, 2, 0), "UTC")
        self.assertTrue(self.timer(complaint))

    def test_new_complaint_has_its_clocks_at_once(self):
        self.choose_zone(datetime(2026, 3, 2, 0, 0))
        self.assertEqual(self.timer(self.receive()).state, "running")
