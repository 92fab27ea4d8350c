"""What happens at the moments of the timers, and how often."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tools import SQL, mute_logger

from ...complaint_common import WORDS, DealerComplaintCase, cn

ENGINE_LOG = "odoo.addons.dealer_complaint.models.clock.dealer_sla_timer_tick"
NOTICE_LOG = "odoo.addons.dealer_complaint.models.clock.dealer_sla_notice"


class SlaEngineCase(DealerComplaintCase):
    def received(self, moment=None, **values):
        with freeze_time(moment or cn(2, 9)):
            return self.make_complaint(**values)

    def notices(self, complaints):
        return self.env["dealer.sla.notice"].search(
            [("complaint_id", "in", complaints.ids)]
        )


class TestSlaEngine(SlaEngineCase):
    # -- facts ------------------------------------------------------------

    def test_warning_breach_and_escalation_each_once(self):
        complaint = self.received()
        timer = self.timer(complaint)
        for moment, kinds in (
            (cn(2, 10, 29, 59), []),
            (cn(2, 10, 30), ["warned"]),
            (cn(2, 10, 45), ["warned"]),
            (cn(2, 11), ["warned"]),
            (cn(2, 11, 0, 1), ["warned", "breached", "escalated"]),
            (cn(2, 11, 30), ["warned", "breached", "escalated"]),
            (cn(2, 13), ["warned", "breached", "escalated", "escalated"]),
            (cn(3, 9), ["warned", "breached", "escalated", "escalated"]),
            # a working day late: the general manager
            (cn(3, 10, 30), ["warned", "breached", *["escalated"] * 3]),
        ):
            with self.subTest(moment):
                self.run_engine(moment)
                self.assertEqual(self.kinds(timer), kinds)
        self.assertFalse(timer.next_event_at)

    def test_breach_happened_at_the_deadline_however_late_it_is_noticed(self):
        complaint = self.received()
        self.run_engine(cn(4, 9))
        event = self.timer(complaint).event_ids.filtered(lambda e: e.kind == "breached")
        self.assertEqual(event.date, cn(2, 11))
        self.assertEqual(event.date_noticed, cn(4, 9))
        self.assertEqual(event.late_seconds, 46 * 3600)

    def test_long_outage_tells_everybody_concerned_of_the_highest_level(self):
        director = self.make_complaint_user("director", "manager")
        self.company.dealer_general_manager_id = director
        complaint = self.received()
        self.run_engine(cn(4, 9))
        timer = self.timer(complaint)
        self.assertEqual(len(timer.event_ids), 5)
        told = self.notices(complaint)
        concerned = self.handler | self.officer | self.complaint_manager | director
        self.assertEqual(told.user_id & concerned, concerned)
        self.assertEqual(len(told), len(told.user_id), "each of them once")

    def test_stored_state_follows_the_clock_so_that_rules_fire(self):
        complaint = self.received()
        for moment, state in (
            (cn(2, 10, 30), "warning"),
            (cn(2, 11, 0, 1), "breached"),
        ):
            self.run_engine(moment)
            [[stored]] = self.env.execute_query(
                SQL(
                    "SELECT sla_state FROM dealer_complaint WHERE id = %s", complaint.id
                )
            )
            self.assertEqual(stored, state)

    def test_the_write_that_stores_the_state_sees_the_old_value(self):
        """``base_automation`` compares the value before and after the write."""
        complaint = self.received()
        seen = []
        Complaint = type(self.env["dealer.complaint"])
        original = Complaint.write

        def write(records, vals):
            if "sla_state" in vals:
                seen.append((records.mapped("sla_state"), vals["sla_state"]))
            return original(records, vals)

        with patch.object(Complaint, "write", write):
            self.run_engine(cn(2, 11, 0, 1))
        self.assertEqual(seen, [(["ok"], "breached")])
        self.assertTrue(complaint)

    def test_warning_longer_than_the_target_comes_at_the_start(self):
        self.contact_target.level_ids.filtered(
            lambda level: level.minutes < 0
        ).minutes = -600
        complaint = self.received()
        self.assertEqual(self.timer(complaint).date_warning, cn(2, 9))
        self.assertEqual(complaint.sla_state, "warning")

    def test_nobody_is_told_out_of_hours_unless_it_is_major(self):
        self.contact_target.unit = "clock_hours"
        general = self.received(cn(2, 17))
        major = self.received(cn(2, 17), is_safety=True)
        self.assertEqual(major.grade, "major")
        self.run_engine(cn(2, 19, 0, 1))
        self.assertEqual(self.kinds(self.timer(general)), ["breached"])
        self.assertIn("escalated", self.kinds(self.timer(major)))
        self.run_engine(cn(3, 8))
        self.assertIn("escalated", self.kinds(self.timer(general)))

    def test_breach_at_closing_time_is_told_on_the_same_evening(self):
        complaint = self.received(cn(2, 15, 30))
        self.run_engine(cn(2, 17, 30, 1))
        self.assertIn("escalated", self.kinds(self.timer(complaint)))

    def test_cancelled_complaint_neither_escalates_nor_counts_as_met(self):
        complaint = self.received()
        with freeze_time(cn(2, 9, 30)):
            complaint.action_cancel()
        self.run_engine(cn(9, 9))
        self.assertEqual(set(complaint.timer_ids.mapped("state")), {"cancelled"})
        self.assertFalse(complaint.timer_ids.event_ids)
        self.assertFalse(any(complaint.timer_ids.mapped("is_breached")))
        self.assertEqual(complaint.sla_state, "none")

    def test_merged_complaint_never_escalates(self):
        complaint, other = self.received(), self.received()
        with freeze_time(cn(2, 9, 30)):
            complaint.action_merge(other)
        self.run_engine(cn(9, 9))
        self.assertFalse(complaint.timer_ids.event_ids)
        self.assertTrue(other.timer_ids.event_ids)

    def test_copy_has_its_own_clocks(self):
        complaint = self.received()
        with freeze_time(cn(2, 14)):
            copied = complaint.copy()
        self.assertEqual(self.timer(copied).date_start, cn(2, 14))
        self.assertNotEqual(copied.name, complaint.name)

    def test_reopening_starts_a_new_cycle_and_leaves_the_first_as_it_was(self):
        complaint = self.received()
        with freeze_time(cn(2, 9, 30)):
            self.make_contact(complaint, kind="decision")
            complaint.write(WORDS)
            for action in ("investigate", "propose", "resolve"):
                getattr(complaint, f"action_{action}")()
        first = self.timer(complaint)
        with freeze_time(cn(5, 9)):
            complaint.action_reopen()
        self.assertEqual(complaint.cycle, 2)
        self.assertEqual((first.state, first.date_stop), ("met", cn(2, 9, 30)))
        second = self.timer(complaint)
        self.assertEqual((second.cycle, second.date_deadline), (2, cn(5, 11)))
        self.assertFalse(complaint.date_decision)

    def test_reopening_does_not_renew_what_is_still_owed(self):
        complaint = self.received()
        with freeze_time(cn(5, 9)):
            complaint.write(WORDS)
            for action in ("investigate", "propose", "resolve", "reopen"):
                getattr(complaint, f"action_{action}")()
        self.assertEqual(self.timer(complaint).cycle, 1)
        self.assertEqual(self.timer(complaint).date_start, cn(2, 9))

    # -- notices ----------------------------------------------------------

    def test_notices_are_activities_that_go_when_the_call_is_made(self):
        complaint = self.received()
        self.run_engine(cn(2, 10, 30))
        activity = complaint.activity_ids
        self.assertEqual(activity.user_id, self.handler)
        with freeze_time(cn(2, 10, 40)):
            self.make_contact(complaint)
        self.assertFalse(activity.exists())
        self.assertFalse(complaint.activity_ids)

    def test_outage_gives_each_person_one_summary(self):
        complaints = self.env["dealer.complaint"].union(
            *(self.received() for _number in range(8))
        )
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        self.run_engine(cn(2, 10, 35))
        self.assertFalse(complaints.activity_ids)
        digests = self.env["mail.message"].search(
            [("id", ">", before), ("partner_ids", "in", self.handler.partner_id.ids)]
        )
        self.assertEqual(len(digests), 1)
        for complaint in complaints:
            self.assertIn(complaint.name, digests.body)
        self.assertEqual(set(self.notices(complaints).mapped("state")), {"sent"})

    def test_summary_is_in_the_language_of_who_gets_it(self):
        self.handler.lang = "zh_CN"
        for _number in range(8):
            self.received()
        self.run_engine(cn(2, 10, 35))
        digest = self.env["mail.message"].search(
            [("partner_ids", "in", self.handler.partner_id.ids)], limit=1
        )
        self.assertIn("时限", digest.subject)

    def test_what_the_clocks_do_by_themselves_is_in_the_language_of_the_shop(self):
        self.company.partner_id.lang = "zh_CN"
        self.officer.lang = "zh_CN"
        level = self.contact_target.level_ids[0]
        level.write({"action": "grade", "role": "officer"})
        complaint = self.received()
        # the cron has no language
        engine = complaint.with_context(lang=None)
        engine._raise_grade_by_level(level)
        engine._offer_by_level(level)
        self.assertIn("时限", complaint.grade_reason)
        self.assertIn("移交", complaint.activity_ids.summary)

    def test_summary_waits_for_facts_that_are_still_being_written(self):
        complaint = self.received()
        Timer, Notice = self.env["dealer.sla.timer"], self.env["dealer.sla.notice"]
        other = self.received()
        moment = cn(2, 10, 30)
        with freeze_time(moment):
            Timer._process_due(moment, complaint_ids=complaint.ids)
            self.assertFalse(Notice._send_all(moment))
            late = moment + timedelta(seconds=31)
            self.assertTrue(Notice._send_all(late))
            Timer._process_due(moment, complaint_ids=other.ids)
            self.assertTrue(Notice._send_all(moment))

    def test_archived_responsible_is_replaced_by_the_officers(self):
        complaint = self.received()
        self.handler.active = False
        self.run_engine(cn(2, 10, 30))
        self.assertEqual(complaint.activity_ids.user_id, self.officer)

    def test_group_without_members_falls_back_to_somebody(self):
        level = self.contact_target.level_ids[0]
        level.role = "officer"
        everybody = self.env["res.users"].search(
            [
                (
                    "all_group_ids",
                    "in",
                    self.env.ref("dealer_complaint.group_dealer_complaint_user").id,
                )
            ]
        )
        everybody.write({"active": False})
        complaint = self.received(user_id=False)
        self.assertTrue(level._recipients(complaint))

    def test_two_missed_limits_escalate_the_complaint(self):
        complaint = self.received()
        self.assertEqual(complaint.grade, "general")
        self.run_engine(cn(5, 17, 31))
        self.assertEqual(complaint.grade, "escalated")

    def test_level_may_offer_the_complaint_to_somebody_else(self):
        level = self.contact_target.level_ids.filtered(lambda lev: lev.minutes == 60)
        level.write({"action": "reassign", "role": "officer"})
        complaint = self.received()
        self.run_engine(cn(2, 13))
        self.assertEqual(complaint.handover_state, "pending")
        self.assertEqual(complaint.user_id, self.handler)

    # -- robustness -------------------------------------------------------

    @mute_logger(ENGINE_LOG)
    def test_poison_timer_is_put_off_and_the_others_go_on(self):
        complaints = [self.received() for _number in range(4)]
        poison = self.timer(complaints[1])
        Timer = type(poison)
        original = Timer._note_fired

        def fail(timer, due, source):
            if timer == poison:
                raise ValueError("broken template")
            return original(timer, due, source)

        moment = cn(2, 10, 30)
        with patch.object(Timer, "_note_fired", fail):
            self.run_engine(moment)
            self.assertEqual(poison.attempts, 1)
            self.assertIn("broken template", poison.last_error)
            self.assertEqual(poison.next_event_at, moment + timedelta(minutes=1))
            self.assertFalse(self.kinds(poison))
            self.run_engine(moment + timedelta(minutes=1))
            self.assertEqual(poison.next_event_at, moment + timedelta(minutes=1 + 2))
        for complaint in complaints[:1] + complaints[2:]:
            self.assertEqual(self.kinds(self.timer(complaint)), ["warned"])
        self.assertEqual(self.env["dealer.sla.timer"]._health(moment)["failing"], 1)
        self.run_engine(moment + timedelta(minutes=3))
        self.assertEqual(self.kinds(poison), ["warned"])
        self.assertEqual(poison.attempts, 0)

    @mute_logger(NOTICE_LOG)
    def test_notice_that_fails_is_sent_later(self):
        complaint = self.received()
        Notice = type(self.env["dealer.sla.notice"])
        with patch.object(Notice, "_send_activity", side_effect=ValueError("no")):
            self.run_engine(cn(2, 10, 30))
        notice = self.notices(complaint)
        self.assertEqual((notice.state, notice.attempts), ("pending", 1))
        self.run_engine(cn(2, 10, 31))
        self.assertEqual(notice.state, "sent")
        self.assertEqual(len(complaint.activity_ids), 1)

    def test_the_same_fact_twice_is_one_event(self):
        timer = self.timer(self.received())
        Event = self.env["dealer.sla.event"]
        fact = timer._fact("breached", cn(2, 11), cn(2, 12))
        self.assertEqual(len(Event._append([fact])), 1)
        self.assertFalse(Event._append([fact]))

    def test_idle_tick_is_two_queries_and_costs_what_is_due(self):
        self.received()
        moment = cn(2, 9, 1)
        Timer = self.env["dealer.sla.timer"]
        Timer._look_ahead(moment)
        self.env.flush_all()
        with self.assertQueryCount(2):
            # select what is due; look ahead
            Timer._process_due(moment)
            Timer._look_ahead(moment)

    def test_due_query_reads_the_index_only_whatever_runs(self):
        complaint = self.received()
        self.env.cr.execute(
            """INSERT INTO dealer_sla_timer (complaint_id, company_id, metric, origin,
                   cycle, state, unit, date_start, date_run, date_deadline,
                   next_event_at)
               SELECT %s, %s, 'external', 'test,' || number, 1, 'running',
                   'clock_hours', now(), now(), now(), '2026-03-02 01:00:00'::timestamp
                       + number * interval '1 minute'
               FROM generate_series(1, 20000) AS number""",
            (complaint.id, self.company.id),
        )
        self.env.cr.execute("ANALYZE dealer_sla_timer, dealer_complaint")
        query = self.env["dealer.sla.timer"]._due_sql(cn(2, 9, 0), 200)
        plan = self.env.execute_query(SQL("EXPLAIN (ANALYZE, BUFFERS) %s", query))
        text = "\n".join(line for [line] in plan)
        self.assertIn("Index Scan using dealer_sla_timer_due_idx", text)
        self.assertIn("Index Cond: (next_event_at <=", text)
        self.assertNotIn("Seq Scan on dealer_sla_timer", text)

    # -- waking up --------------------------------------------------------
