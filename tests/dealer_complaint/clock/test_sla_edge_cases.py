"""What went wrong in other systems, and must not here."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import users
from odoo.tools import mute_logger

from ...complaint_common import WORDS, DealerComplaintCase, cn


class TestSlaEdgeCases(DealerComplaintCase):
    def received(self, moment=None, **values):
        with freeze_time(moment or cn(2, 9)):
            return self.make_complaint(**values)

    def armed(self, moment):
        return self.env["ir.cron.trigger"].search_count(
            [("cron_id", "=", self.tick_cron.id), ("call_at", "=", moment)]
        )

    # -- the clock --------------------------------------------------------

    def test_deleted_working_hours_leave_the_deadline(self):
        hours = self.make_calendar(name="Weekend hours")
        self.contact_target.calendar_id = hours
        complaint = self.received()
        timer = self.timer(complaint)
        self.contact_target.calendar_id = False
        hours.unlink()
        self.assertEqual(timer.date_deadline, cn(2, 11))
        self.assertIn("2 h", timer.explanation)
        self.run_engine(cn(2, 11, 0, 1))
        self.assertIn("breached", self.kinds(timer))

    def test_year_whose_holidays_are_not_entered_yet_is_an_ordinary_one(self):
        self.env["dealer.workday"]._fill_public_holidays([2025], self.company)
        complaint = self.received(cn(date(2025, 12, 31), 17, 0))
        # 1 January 2026 is a holiday that nobody has entered
        self.assertEqual(
            self.timer(complaint).date_deadline, cn(date(2026, 1, 1), 9, 30)
        )

    # -- pause and re-open -------------------------------------------------

    def test_pause_over_night_and_sunday_takes_working_time_only(self):
        self.feedback_target.write({"unit": "working_hours", "amount": 4})
        complaint = self.received(cn(7, 15))
        timer = self.timer(complaint, "feedback")
        self.assertEqual(timer.date_deadline, cn(9, 9, 30))
        with freeze_time(cn(7, 16)):
            complaint.action_pause("customer", "On a journey")
        # longer than what was left, by night and by Sunday
        with freeze_time(cn(11, 8)):
            complaint.action_resume()
        self.assertEqual(timer.date_deadline, cn(11, 11))
        self.assertEqual(timer.used_seconds, 3600)

    def test_answer_and_pause_in_one_save_still_stop_the_first_contact(self):
        complaint = self.received()
        with freeze_time(cn(2, 9, 30)):
            complaint.with_user(self.officer).write(
                {
                    "contact_ids": [
                        Command.create({"user_id": self.handler.id, "kind": "feedback"})
                    ]
                }
            )
            complaint.with_user(self.officer).action_pause("parts", "Ordered")
        self.assertEqual(self.timer(complaint).state, "met")
        self.assertEqual(self.timer(complaint, "feedback").state, "paused")

    def test_two_pauses_within_one_minute_are_two(self):
        self.feedback_target.write({"unit": "working_hours", "amount": 4})
        complaint = self.received()
        for second in (0, 20):
            with freeze_time(cn(2, 10, 0, second)):
                complaint.action_pause("parts", "Ordered")
            with freeze_time(cn(2, 10, 0, second + 10)):
                complaint.action_resume()
        timer = self.timer(complaint, "feedback")
        pauses = timer.segment_ids.filtered(lambda s: s.kind == "pause")
        self.assertEqual(pauses.mapped("seconds"), [10, 10])
        self.assertEqual(timer.date_deadline, cn(2, 14, 0, 20))

    def test_flapping_between_solved_and_open_keeps_every_cycle(self):
        complaint = self.received()
        with freeze_time(cn(2, 9, 10)):
            self.make_contact(complaint)
            complaint.action_investigate()
        complaint.write(WORDS)
        for minute in (20, 30, 40):
            with freeze_time(cn(2, 9, minute)):
                complaint.action_propose()
                complaint.action_resolve()
                complaint.action_reopen()
        contacts = complaint.timer_ids.filtered(lambda t: t.metric == "contact")
        # what was still owed went on; only the first was met
        self.assertEqual(complaint.cycle, 4)
        self.assertEqual(sorted(contacts.mapped("state")), ["met", "running"])

    @users("officer")
    def test_complaint_stays_with_its_company(self):
        other = self.env["res.company"].sudo().create({"name": "Other shop"})
        complaint = self.received()
        self.officer.sudo().company_ids += other
        with self.assertRaisesRegex(UserError, "cannot be moved to another company"):
            complaint.with_env(self.env).company_id = other
        with self.assertRaises(UserError):
            complaint.sudo().company_id = other
        complaint.with_env(self.env).company_id = self.company

    # -- the engine --------------------------------------------------------

    @mute_logger("odoo.addons.base.models.ir_cron")
    def test_run_that_fails_as_a_whole_loses_nothing(self):
        complaint = self.received()
        Timer = self.registry["dealer.sla.timer"]
        cron = self.tick_cron.with_env(self.env(user=SUPERUSER_ID))

        def run():
            with freeze_time(cn(2, 11, 1)), self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.env.invalidate_all()

        with patch.object(Timer, "_lock_due", side_effect=RuntimeError("no disk")):
            run()
        self.assertFalse(self.kinds(self.timer(complaint)))
        # the wake-up is used up, the safety interval comes
        run()
        self.assertIn("breached", self.kinds(self.timer(complaint)))

    def test_earlier_deadline_arms_an_earlier_wake_up(self):
        complaint = self.received()
        self.assertFalse(self.armed(cn(2, 9, 30)))
        self.contact_target.amount = 1
        with freeze_time(cn(2, 9, 1)):
            for job in self.env["dealer.sla.replan"].search([]):
                job._replan_batch(100)
        self.assertEqual(self.timer(complaint).date_deadline, cn(2, 10))
        self.assertTrue(self.armed(cn(2, 9, 30)))

    def test_engine_has_one_now_whatever_the_database_says(self):
        complaint = self.received()
        moment = cn(2, 11, 0, 1)
        # the wall clock is another; only the moment that is handed in counts
        self.assertNotEqual(fields.Datetime.now(), moment)
        self.env["dealer.sla.timer"]._process_due(moment)
        breached = self.timer(complaint).event_ids.filtered(
            lambda event: event.kind == "breached"
        )
        self.assertEqual((breached.date, breached.date_noticed), (cn(2, 11), moment))

    def test_screens_of_others_are_told_that_a_clock_has_moved(self):
        complaint = self.received()
        told = []

        def send(group, kind, message, **_options):
            told.append((group, kind, message["ids"]))

        with (
            patch.object(self.registry["res.groups"], "_bus_send", send),
            freeze_time(cn(2, 9, 30)),
        ):
            self.make_contact(complaint)
        handlers = self.env.ref("dealer_complaint.group_dealer_complaint_user")
        self.assertIn((handlers, "dealer_complaint/sla", complaint.ids), told)

    # -- intake ------------------------------------------------------------

    def test_superuser_gives_each_company_its_own_policy_and_hours(self):
        """Mail, portal, import and events create with all rights."""
        other = self.env["res.company"].create({"name": "Other shop"})
        other.dealer_calendar_id = self.make_calendar(company_id=other.id, days=1)
        self.env["dealer.sla.policy"].create(
            {
                "name": "Other shop",
                "company_id": other.id,
                "sequence": 1,
                "target_ids": [
                    Command.create(
                        {"metric": "contact", "amount": 1, "unit": "working_hours"}
                    )
                ],
            }
        )
        root = self.env(user=SUPERUSER_ID)
        with freeze_time(cn(3, 9)):
            here, there = root["dealer.complaint"].create(
                [
                    {
                        "subject": "By mail",
                        "source": "email",
                        "partner_id": self.customer.id,
                        "company_id": company.id,
                    }
                    for company in (self.company, other)
                ]
            )
            raised = root["dealer.complaint"]._raise_once(
                "test", other, subject="By event", partner_id=self.customer.id
            )
        self.assertEqual(self.timer(here).date_deadline, cn(3, 11))
        for complaint in (there, raised):
            self.assertEqual(complaint.company_id, other)
            timer = self.timer(complaint)
            self.assertEqual(timer.company_id, other)
            # a Tuesday; that shop opens on Mondays only
            self.assertEqual(timer.date_deadline, cn(9, 9))
        self.assertFalse((here | there | raised).user_id)
        self.assertFalse((here | there | raised).first_receiver_id)
