"""Start, stop, pause and truth of the timers."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import users

from ...complaint_common import WORDS, DealerComplaintCase, cn


class TestSlaTimers(DealerComplaintCase):
    # -- start ------------------------------------------------------------

    def test_contact_is_due_two_working_hours_after_receipt(self):
        with freeze_time(cn(2, 16, 40)):
            complaint = self.make_complaint()
        self.assertEqual(self.timer(complaint).date_deadline, cn(3, 9, 10))
        self.assertEqual(complaint.sla_deadline, cn(3, 9, 10))
        self.assertEqual(complaint.sla_metric, "contact")
        self.assertEqual(complaint.sla_state, "ok")

    def test_feedback_is_due_at_the_close_of_the_third_legal_day(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
        self.assertEqual(self.timer(complaint, "feedback").date_deadline, cn(5, 17, 30))

    def test_clocks_run_from_receipt_and_not_from_typing(self):
        with freeze_time(cn(2, 14)):
            complaint = self.make_complaint(date_received=cn(2, 9))
        self.assertEqual(self.timer(complaint).date_deadline, cn(2, 11))
        self.assertTrue(self.timer(complaint).is_breached)
        self.assertEqual(complaint.sla_state, "breached")

    def test_receipt_in_the_future_is_refused(self):
        with freeze_time(cn(2, 9)), self.assertRaises(ValidationError):
            self.make_complaint(date_received=cn(2, 9, 0, 1))

    def test_corrected_receipt_moves_the_running_clocks(self):
        with freeze_time(cn(2, 14)):
            complaint = self.make_complaint()
            complaint.date_received = cn(2, 9)
        self.assertEqual(self.timer(complaint).date_deadline, cn(2, 11))

    def test_finished_complaint_of_the_past_has_no_clocks(self):
        complaint = self.make_complaint(state="closed", date_received=cn(2, 9))
        self.assertFalse(complaint.timer_ids)
        self.assertEqual(complaint.sla_state, "none")

    @users("handler")
    def test_handler_does_not_enter_finished_complaints(self):
        with self.assertRaises(AccessError):
            self.env["dealer.complaint"].create(
                {"subject": "x", "partner_id": self.customer.id, "state": "closed"}
            )

    def test_seconds_are_whole(self):
        with freeze_time(cn(2, 9) + timedelta(microseconds=654_321)):
            complaint = self.make_complaint()
        self.assertEqual(self.timer(complaint).date_deadline, cn(2, 11))

    # -- truth ------------------------------------------------------------

    def test_breach_is_true_a_second_after_the_deadline_without_any_worker(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
        timer = self.timer(complaint)
        Timer = self.env["dealer.sla.timer"]
        Complaint = self.env["dealer.complaint"]
        for moment, missed, state in (
            (cn(2, 10, 29, 59), False, "ok"),
            (cn(2, 10, 30), False, "warning"),
            (cn(2, 11), False, "warning"),
            (cn(2, 11, 0, 1), True, "breached"),
        ):
            with self.subTest(moment), freeze_time(moment):
                timer.invalidate_recordset()
                complaint.invalidate_recordset()
                self.assertEqual(timer.is_breached, missed)
                found = Timer.search(
                    [("is_breached", "=", True), ("complaint_id", "=", complaint.id)]
                )
                self.assertEqual(bool(found), missed)
                unbroken = Timer.search(
                    [("is_breached", "=", False), ("id", "=", timer.id)]
                )
                self.assertEqual(bool(unbroken), not missed)
                self.assertEqual(
                    timer.filtered_domain([("is_breached", "=", True)]),
                    timer if missed else Timer,
                )
                self.assertEqual(complaint.sla_state, state)
                self.assertEqual(
                    Complaint.search(
                        [("id", "=", complaint.id), ("sla_state", "=", state)]
                    ),
                    complaint,
                )
                groups = Complaint._read_group(
                    [("id", "=", complaint.id)], ["sla_state"], ["__count"]
                )
                self.assertEqual(groups, [(state, 1)])

    def test_stop_exactly_at_the_deadline_is_met_and_a_second_later_missed(self):
        for moment, state, overrun in (
            (cn(2, 11), "met", 0),
            (cn(2, 11, 0, 1), "missed", 1),
        ):
            with self.subTest(state):
                with freeze_time(cn(2, 9)):
                    complaint = self.make_complaint()
                with freeze_time(moment):
                    self.make_contact(complaint)
                timer = self.timer(complaint)
                self.assertEqual(timer.state, state)
                self.assertEqual(timer.overrun_seconds, overrun)
                self.assertEqual(timer.is_breached, state == "missed")
                self.assertEqual(timer.responsible_id, self.handler)

    def test_deadline_at_closing_time_stays_there(self):
        with freeze_time(cn(2, 15, 30)):
            complaint = self.make_complaint()
        self.assertEqual(self.timer(complaint).date_deadline, cn(2, 17, 30))

    # -- contact ----------------------------------------------------------

    def test_contact_timer_ignores_calls_that_did_not_connect(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
            self.make_contact(complaint, is_connected=False)
        self.assertEqual(self.timer(complaint).state, "running")

    def test_contact_timer_ignores_calls_of_somebody_else(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
            self.make_contact(complaint, user_id=self.colleague.id)
        self.assertEqual(self.timer(complaint).state, "running")

    def test_contact_timer_ignores_messages_and_states(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint(**WORDS)
            self.make_contact(complaint, channel="message")
            complaint.action_investigate()
            complaint.action_propose()
            complaint.action_resolve()
        self.assertEqual(self.timer(complaint).state, "running")

    def test_feedback_call_of_the_responsible_person_is_a_contact_too(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
            self.make_contact(complaint, kind="feedback")
        self.assertEqual(self.timer(complaint).state, "met")
        self.assertEqual(self.timer(complaint, "feedback").cycle, 2)

    def test_call_recorded_later_counts_when_it_was_made_and_is_marked(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
        self.run_engine(cn(2, 11, 5))
        self.assertIn("breached", self.kinds(self.timer(complaint)))
        with freeze_time(cn(2, 13)):
            contact = self.make_contact(complaint, date=cn(2, 10))
        timer = self.timer(complaint)
        self.assertTrue(contact.is_late_entry)
        self.assertEqual((timer.state, timer.date_stop), ("met", cn(2, 10)))
        self.assertIn("rescinded", self.kinds(timer))

    def test_call_before_receipt_is_refused(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
            with self.assertRaises(ValidationError):
                self.make_contact(complaint, date=cn(2, 8, 59))
            with self.assertRaises(ValidationError):
                self.make_contact(complaint, date=cn(2, 9, 1))

    @users("handler")
    def test_handler_does_not_record_calls_of_others(self):
        complaint = self.make_complaint().with_env(self.env)
        with self.assertRaises(AccessError):
            self.env["dealer.complaint.contact"].create(
                {"complaint_id": complaint.id, "user_id": self.colleague.id}
            )

    @users("handler")
    def test_recorded_contact_is_final_but_for_its_summary(self):
        complaint = self.make_complaint().with_env(self.env)
        contact = self.env["dealer.complaint.contact"].create(
            {"complaint_id": complaint.id, "is_connected": False}
        )
        contact.summary = "Nobody answered"
        with self.assertRaises(UserError):
            contact.is_connected = True
        with self.assertRaises(AccessError):
            contact.unlink()

    # -- feedback ---------------------------------------------------------

    def test_each_feedback_arms_the_next_one_until_the_decision(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
        for day, deadline in ((4, 7), (6, 9)):
            with freeze_time(cn(day, 10)):
                self.make_contact(complaint, kind="feedback")
            timer = self.timer(complaint, "feedback")
            self.assertEqual(timer.date_start, cn(day, 10))
            self.assertEqual(timer.date_deadline, cn(deadline, 17, 30))
        with freeze_time(cn(7, 10)):
            self.make_contact(complaint, kind="decision")
        timers = complaint.timer_ids.filtered(lambda t: t.metric == "feedback")
        self.assertEqual(timers.mapped("state"), ["met"] * 3)
        self.assertEqual(complaint.date_decision, cn(7, 10))

    def test_complaint_whose_clocks_were_all_met_says_so(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
            self.make_contact(complaint, kind="decision")
            complaint.action_investigate()
            complaint.write(WORDS)
            complaint.action_propose()
            complaint.action_resolve()
            self.make_contact(complaint, kind="callback")
        self.assertEqual(complaint.sla_state, "met")
        self.assertFalse(complaint.sla_deadline)

    def test_late_feedback_is_missed_and_the_next_starts_when_it_was_given(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
        with freeze_time(cn(6, 9)):
            self.make_contact(complaint, kind="feedback")
        first, second = complaint.timer_ids.filtered(
            lambda t: t.metric == "feedback"
        ).sorted("cycle")
        self.assertEqual(first.state, "missed")
        self.assertEqual(first.overrun_seconds, 15.5 * 3600)
        self.assertEqual(second.date_deadline, cn(9, 17, 30))

    def test_feedback_that_did_not_reach_the_customer_counts_as_none(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
            self.make_contact(complaint, kind="feedback", is_connected=False)
        self.assertEqual(self.timer(complaint, "feedback").cycle, 1)

    # -- pause ------------------------------------------------------------

    def paused(self, received=None, at=None, **kwargs):
        with freeze_time(received or cn(2, 9)):
            complaint = self.make_complaint()
        with freeze_time(at or cn(2, 15, 30)):
            complaint.action_pause("parts", note="ordered", **kwargs)
        return complaint

    def test_first_contact_is_never_paused(self):
        complaint = self.paused()
        self.assertEqual(self.timer(complaint).state, "running")
        self.assertEqual(self.timer(complaint, "feedback").state, "paused")
        self.feedback_target.policy_id = self.env["dealer.sla.policy"].create(
            {"name": "Set aside", "active": False}
        )
        with freeze_time(cn(2, 9)):
            other = self.make_complaint()
        with self.assertRaises(UserError):
            other.action_pause("parts", note="ordered")

    @users("handler")
    def test_handler_cannot_approve_a_pause(self):
        complaint = self.make_complaint().with_env(self.env)
        with self.assertRaises(AccessError):
            complaint.action_pause("customer", note="asked")

    def test_pause_moves_the_deadline_by_the_working_time_paused(self):
        # nine and a half hours a day; paused Monday 15:30 to Wednesday 9:00
        complaint = self.paused()
        with freeze_time(cn(4, 9)):
            complaint.action_resume()
        timer = self.timer(complaint, "feedback")
        # 2 h + 8.5 h + 1 h of pause after Thursday 17:30
        self.assertEqual(timer.date_deadline, cn(7, 11))
        self.assertEqual(timer.segment_ids.mapped("kind"), ["run", "pause"])
        pause = timer.segment_ids.filtered(lambda s: s.kind == "pause")
        self.assertEqual(pause.seconds, 11.5 * 3600)
        self.assertEqual(pause.reason, "parts")
        self.assertEqual(pause.approver_id, self.env.user)

    def test_stop_out_of_a_pause_counts_only_what_ran(self):
        complaint = self.paused()
        with freeze_time(cn(16, 9)):
            self.make_contact(complaint, kind="decision")
        timer = self.timer(complaint, "feedback")
        self.assertEqual(timer.state, "met")
        self.assertEqual(timer.used_seconds, 5.5 * 3600)

    def test_pause_after_the_deadline_does_not_undo_the_breach(self):
        complaint = self.paused(at=cn(6, 9))
        timer = self.timer(complaint, "feedback")
        self.assertTrue(timer.is_breached)
        with freeze_time(cn(9, 9)):
            complaint.action_resume()
            timer.invalidate_recordset()
            self.assertTrue(timer.is_breached)
            self.assertEqual(timer.date_deadline, cn(5, 17, 30))
            self.make_contact(complaint, kind="decision")
        self.assertEqual(timer.state, "missed")

    def test_second_pause_and_second_resume_change_nothing(self):
        complaint = self.paused()
        with freeze_time(cn(3, 9)):
            complaint.action_pause("customer", note="again")
        timer = self.timer(complaint, "feedback")
        self.assertEqual(timer.pause_reason, "parts")
        with freeze_time(cn(4, 9)):
            complaint.action_resume()
            complaint.action_resume()
        self.assertEqual(len(timer.segment_ids), 2)

    def test_pause_ends_by_itself_at_its_cap(self):
        complaint = self.paused(until=cn(3, 10))
        self.run_engine(cn(3, 10, 5))
        timer = self.timer(complaint, "feedback")
        self.assertEqual((timer.state, timer.date_run), ("running", cn(3, 10)))

    def test_pause_is_no_longer_than_the_target_allows(self):
        complaint = self.paused(until=cn(31, 10))
        timer = self.timer(complaint, "feedback")
        self.assertEqual(timer.date_pause_cap, cn(17, 15, 30))

    def test_no_second_drifts_over_a_thousand_pauses(self):
        self.contact_target.unlink()
        with freeze_time(cn(2, 13)):
            complaint = self.make_complaint()
        timer = self.timer(complaint, "feedback").sudo()
        moment = cn(2, 13)
        running = 0
        for step in range(1000):
            moment += timedelta(seconds=7)
            running += 7
            timer._pause(timer._source(moment), "customer")
            if step % 3:
                moment += timedelta(seconds=11)
            timer._resume(timer._source(moment))
        self.assertEqual(timer.used_seconds, running)
        self.assertEqual(
            sum(
                timer.segment_ids.filtered(lambda s: s.kind == "run").mapped("seconds")
            ),
            running,
        )
        paused = sum(
            timer.segment_ids.filtered(lambda s: s.kind == "pause").mapped("seconds")
        )
        source = timer._source(moment)
        used = timer._measure(source, timer.date_start, timer.date_deadline)
        self.assertEqual(used - paused, timer.target_seconds)

    def test_ledger_and_events_are_final(self):
        complaint = self.paused()
        self.run_engine(cn(9, 10))
        for record in (
            complaint.timer_ids.segment_ids[:1],
            complaint.timer_ids.event_ids[:1],
        ):
            self.assertTrue(record)
            with self.assertRaises(UserError):
                record.write({"epoch" if "epoch" in record else "note": False})
            with self.assertRaises(UserError):
                record.unlink()

    # -- explanation ------------------------------------------------------

    def test_deadline_explains_itself(self):
        with freeze_time(cn(2, 16, 40)):
            complaint = self.make_complaint()
        self.assertEqual(
            self.timer(complaint).explanation,
            "2 h = 0:50 on Mon 16:40–17:30 + 1:10 on Tue from 08:00",
        )
        self.assertIn("Thu", self.timer(complaint, "feedback").explanation)
        # once it is met the limit is still the one that it was
        with freeze_time(cn(2, 17)):
            self.timer(complaint).sudo()._stop(
                cn(2, 17), self.timer(complaint)._source()
            )
        self.assertEqual(self.timer(complaint).state, "met")
        self.env.invalidate_all()
        self.assertEqual(
            self.timer(complaint).explanation,
            "2 h = 0:50 on Mon 16:40–17:30 + 1:10 on Tue from 08:00",
        )
