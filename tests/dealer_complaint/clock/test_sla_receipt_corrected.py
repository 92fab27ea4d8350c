"""A corrected receipt judges every clock that began with it, also those that ended."""

from datetime import timedelta
from itertools import product

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.fields import Command

from ...complaint_common import HOURS, SHANGHAI, UTC, WORDS, DealerComplaintCase, cn

MINUTE = timedelta(minutes=1)


def open_minutes(start, end):
    """The minutes of opening between two moments, counted one by one."""
    count, moment = 0, start
    while moment < end:
        local = moment.replace(tzinfo=UTC).astimezone(SHANGHAI)
        hour = local.hour + local.minute / 60
        count += local.weekday() < 6 and any(
            low <= hour < high for low, high, period in HOURS if period != "lunch"
        )
        moment += MINUTE
    return count


def after_open_minutes(start, minutes):
    """The moment when so many minutes of opening are over."""
    moment = start
    while minutes:
        minutes -= open_minutes(moment, moment + MINUTE)
        moment += MINUTE
    return moment


class TestSlaReceiptCorrected(DealerComplaintCase):
    def handled(self, received, called, closed=True):
        """A complaint whose customer was phoned at ``called``."""
        with freeze_time(received):
            complaint = self.make_complaint()
        self.run_engine(called)
        with freeze_time(called):
            self.make_contact(complaint)
            self.make_contact(complaint, kind="decision")
            if closed:
                complaint.write(WORDS)
                complaint.action_investigate()
                complaint.action_propose()
                complaint.decision_answer = "accepted"
                complaint.action_resolve()
                self.make_contact(complaint, kind="callback")
                complaint.action_close()
        return complaint

    def correct(self, complaint, date, at=None):
        with freeze_time(at or cn(9, 9)):
            complaint.with_user(self.officer).action_correct_receipt(date, "Camera")
        self.env.invalidate_all()

    def talk(self, complaint, date):
        """The handler enters a call of before."""
        talks = self.env["dealer.complaint.contact"].with_user(self.handler)
        return talks.create({"complaint_id": complaint.id, "date": date})

    def figures(self, complaint, metric="contact"):
        self.env.flush_all()
        row = self.env["dealer.sla.report"].search(
            [("complaint_id", "=", complaint.id), ("metric", "=", metric)]
        )
        return row.met, row.missed, row.corrected, round(row.overrun_hours, 2)

    def test_call_that_was_in_time_is_late_by_the_corrected_receipt(self):
        for closed in (True, False):
            complaint = self.handled(cn(2, 11), cn(2, 11, 30), closed)
            timer = self.timer(complaint)
            self.assertEqual(self.figures(complaint), (1, 0, 0, 0))
            self.correct(complaint, cn(2, 8))
            self.assertRecordValues(
                timer,
                [
                    {
                        "state": "missed",
                        "correction": "receipt",
                        "date_start": cn(2, 8),
                        "date_deadline": cn(2, 10),
                        "date_stop": cn(2, 11, 30),
                        "used_seconds": 3.5 * 3600,
                        "overrun_seconds": 1.5 * 3600,
                        "responsible_id": self.handler.id,
                    }
                ],
            )
            self.assertEqual(self.figures(complaint), (0, 1, 1, 1.5))
            self.assertEqual(self.kinds(timer), ["breached", "recovered"])
            self.assertEqual(
                self.timer(complaint, "feedback").date_start, cn(2, 8), "of all limits"
            )

    def test_call_that_was_late_is_in_time_by_the_corrected_receipt(self):
        complaint = self.handled(cn(2, 8), cn(2, 11, 30))
        timer = self.timer(complaint)
        self.assertEqual(self.figures(complaint), (0, 1, 0, 1.5))
        self.assertEqual(complaint.sla_state, "breached")
        self.correct(complaint, cn(2, 11))
        self.assertEqual((timer.state, timer.correction), ("met", "receipt"))
        self.assertEqual((timer.used_seconds, timer.overrun_seconds), (1800, 0))
        self.assertEqual(self.figures(complaint), (1, 0, 1, 0))
        self.assertEqual(self.kinds(timer)[-1:], ["rescinded"])
        self.assertEqual(complaint.sla_state, "met")
        # and back, each time visibly
        self.correct(complaint, cn(2, 8))
        self.assertEqual(timer.state, "missed")
        self.assertEqual(self.kinds(timer)[-2:], ["breached", "recovered"])

    def test_former_result_stays_in_the_chatter(self):
        complaint = self.handled(cn(2, 11), cn(2, 11, 30))
        self.correct(complaint, cn(2, 8))
        said = str(complaint.message_ids[:1].body)
        for words in ("Camera", "14:00", "Met", "10:00", "Missed"):
            self.assertIn(words, said)
        self.assertNotIn("Feedback", said, "its result is what it was")

    def test_result_that_holds_is_marked_by_nothing(self):
        complaint = self.handled(cn(2, 11), cn(2, 11, 30))
        self.correct(complaint, cn(2, 10))
        timer = self.timer(complaint)
        self.assertEqual((timer.state, timer.correction), ("met", False))
        self.assertEqual(timer.used_seconds, 1.5 * 3600)
        self.assertFalse(self.kinds(timer))

    def test_every_receipt_and_call_is_judged_as_if_it_had_been_entered_so(self):
        moments = [cn(2, 9), cn(2, 11, 45), cn(2, 16, 40), cn(3, 12, 20), cn(7, 17, 10)]
        for entered, true, called in product(moments, moments, moments):
            if called < max(entered, true):
                continue
            complaint = self.handled(entered, called, closed=False)
            self.correct(complaint, true)
            deadline = after_open_minutes(true, 120)
            timer = self.timer(complaint)
            with self.subTest(entered=entered, true=true, called=called):
                self.assertEqual(timer.date_deadline, deadline)
                self.assertEqual(timer.state, "missed" if called > deadline else "met")
                self.assertEqual(timer.used_seconds, 60 * open_minutes(true, called))

    def test_talk_entered_late_waits_for_a_second_person_as_before(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
        with freeze_time(cn(2, 16)):
            talk = self.talk(complaint, cn(2, 10))
        timer = self.timer(complaint)
        self.assertEqual((timer.state, timer.date_stop), ("missed", cn(2, 16)))
        # half an hour earlier the talk is still in time, and still entered too late
        self.correct(complaint, cn(2, 8, 30))
        self.assertEqual((timer.state, timer.late_contact_id), ("missed", talk))
        self.assertTrue(talk.is_late_open)
        # by this receipt the talk itself was late
        self.correct(complaint, cn(2, 8) - timedelta(days=2))
        self.assertEqual((timer.state, timer.date_stop), ("missed", cn(2, 10)))
        self.assertFalse(talk.is_late_open)

    def test_late_talk_that_was_entered_in_time_by_the_receipt_is_met(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
        with freeze_time(cn(2, 11, 30)):
            talk = self.talk(complaint, cn(2, 10, 50))
        self.correct(complaint, cn(2, 10))
        timer = self.timer(complaint)
        self.assertEqual((timer.state, timer.date_stop), ("met", cn(2, 10, 50)))
        self.assertFalse(talk.is_late_open)

    def paused(self):
        """The feedback clock ran on Monday 9:00–10:00 and paused until Tuesday 9:00."""
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
            self.make_contact(complaint)
        with freeze_time(cn(2, 10)):
            complaint.with_user(self.officer).action_pause("parts", note="ordered")
        with freeze_time(cn(3, 9)):
            complaint.with_user(self.officer).action_resume()
        return complaint

    def test_clock_that_was_paused_follows_too(self):
        received = cn(1, 9) - timedelta(days=1)
        for ended in (False, True):
            complaint = self.paused()
            timer = self.timer(complaint, "feedback")
            if ended:
                with freeze_time(cn(4, 9)):
                    self.make_contact(complaint, kind="decision")
            self.correct(complaint, received, at=cn(5, 9))
            # Saturday the 28th and three days: Tuesday; a day and eight and a half
            # hours of it are left on Tuesday at nine, that is on Wednesday at nine
            # half an hour is left: what ran until the pause is used
            ran = open_minutes(received, cn(2, 10))
            total = open_minutes(received, cn(3, 17, 30))
            deadline = after_open_minutes(cn(3, 9), total - ran)
            self.assertEqual(timer.date_deadline, deadline)
            if ended:
                ran += open_minutes(cn(3, 9), cn(4, 9))
            self.assertEqual(timer.used_seconds, 60 * ran)

    def test_limit_missed_before_a_pause_stays_missed_there(self):
        complaint = self.paused()
        timer = self.timer(complaint, "feedback")
        self.correct(complaint, cn(2, 9) - timedelta(days=7), at=cn(4, 9))
        # Monday the 23rd and three days: Thursday the 26th of February
        self.assertEqual(timer.date_deadline, cn(2, 17, 30) - timedelta(days=4))
        self.assertTrue(timer.is_breached)

    def test_receipt_after_an_end_is_refused(self):
        self.policy.target_ids = [
            Command.create({"metric": "resolve", "amount": 9, "unit": "legal_days"})
        ]
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
            complaint.action_investigate()
            complaint.reject_reason = complaint.recourse = "None of ours"
            complaint.action_reject()
        with self.assertRaisesRegex(ValidationError, "09:00"):
            self.correct(complaint, cn(2, 10))

    def test_receipt_after_that_of_a_merged_complaint_is_refused(self):
        with freeze_time(cn(2, 9)):
            merged = self.make_complaint()
        with freeze_time(cn(4, 9)):
            complaint = self.make_complaint()
            merged.action_merge(complaint)
        missed = self.timer(complaint, "contact").filtered("is_breached")
        self.assertTrue(missed)
        with self.assertRaisesRegex(ValidationError, f"{merged.name}.*09:00"):
            self.correct(complaint, cn(4, 9))
        self.assertTrue(missed.is_breached)
        self.correct(merged, cn(3, 9))
        self.correct(complaint, cn(3, 9))
        self.assertEqual(complaint.date_received, cn(3, 9))

    def test_what_was_cancelled_or_merged_stays_as_it_was(self):
        with freeze_time(cn(2, 9)):
            complaint, target = self.make_complaint(), self.make_complaint()
        with freeze_time(cn(2, 14)):
            complaint.action_cancel("Twice")
            target.action_merge(self.make_complaint())
        for void in (complaint, target):
            before = void.timer_ids.read(["state", "date_deadline", "correction"])
            self.correct(void, cn(2, 13))
            self.assertEqual(
                void.timer_ids.read(["state", "date_deadline", "correction"]), before
            )
