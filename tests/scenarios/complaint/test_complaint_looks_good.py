"""A handler who wants to look good: what was missed stays missed, whatever he tries."""

from odoo.exceptions import AccessError, UserError, ValidationError

from ...complaint_common import cn
from .complaint_story import ComplaintStoryCase


class TestComplaintLooksGood(ComplaintStoryCase):
    def setUp(self):
        super().setUp()
        with self.at(cn(2, 9)):
            self.complaint = self.open_complaint(self.handler)
        # nobody phones: missed at 11:00

    def missed(self):
        """What was missed, counted from the facts alone: deadline and stop of every
        clock of the shop that nobody has called off."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT count(*) FROM dealer_sla_timer
                WHERE company_id = %s AND state != 'cancelled'
                  AND COALESCE(date_stop, %s) > date_deadline""",
            (self.company.id, self.now()),
        )
        return self.env.cr.fetchone()[0]

    def now(self):
        return self.env["dealer.sla.timer"]._source().now

    def figures(self, *groupby):
        """The analysis as the officer reads it: missed, met, corrected."""
        self.env.flush_all()
        report = self.env["dealer.sla.report"].with_user(self.officer)
        report.invalidate_model()
        return report._read_group(
            [("company_id", "=", self.company.id), ("metric", "=", "contact")],
            groupby,
            ["missed:sum", "met:sum", "corrected:sum"],
        )

    def assert_still_missed(self, total=1):
        self.assertEqual(self.missed(), total)
        self.assertEqual(self.figures(), [(total, 0, self.figures()[0][2])])

    # -- the receipt -------------------------------------------------------

    def test_receipt_moved_forward(self):
        with self.at(cn(2, 14)):
            mine = self.complaint.with_user(self.handler)
            with self.assertRaises(UserError):
                mine.date_received = cn(2, 13)
            with self.assertRaises(AccessError):
                mine.action_correct_receipt(cn(2, 13), "I was wrong")
            self.assert_still_missed()
            # earlier, somebody else would have missed it
            with self.assertRaises(UserError):
                mine.date_received = cn(2, 8, 30)
            self.assert_still_missed()

    def test_receipt_corrected_by_an_officer_is_visible(self):
        with self.at(cn(2, 14)):
            theirs = self.complaint.with_user(self.officer)
            with self.assertRaises(UserError):
                theirs.action_correct_receipt(cn(2, 13), "")
            theirs.action_correct_receipt(cn(2, 13), "The camera says so")
            self.assertEqual(self.timer(self.complaint).date_deadline, cn(2, 15))
            self.assertIn("rescinded", self.kinds(self.timer(self.complaint)))
            self.assertEqual(self.figures(), [(0, 0, 1)])
            self.assertIn("The camera says so", self.complaint.message_ids[:1].body)

    def test_receipt_is_not_moved_behind_a_talk(self):
        with self.at(cn(2, 9, 30)):
            self.say(self.complaint, self.handler)
        with self.at(cn(2, 14)), self.assertRaises(ValidationError):
            self.complaint.with_user(self.officer).action_correct_receipt(
                cn(2, 10), "Typing error"
            )

    def test_officer_who_is_responsible_corrects_nothing_of_his_own(self):
        with self.at(cn(2, 9)):
            own = self.open_complaint(self.officer)
        with self.at(cn(2, 14)):
            for attempt in (
                lambda: own.action_correct_receipt(cn(2, 13), "x"),
                lambda: own.action_cancel("x"),
                lambda: own.action_pause("parts", "x"),
            ):
                with self.assertRaises(AccessError):
                    attempt()
            # neither once it was handed over
            own.action_handover(self.colleague)
            own.with_user(self.colleague).action_accept_handover()
            with self.assertRaises(AccessError):
                own.with_user(self.officer).action_cancel("x")

    # -- entered by mistake ------------------------------------------------

    def test_cancelled_as_entered_by_mistake(self):
        with self.at(cn(2, 14)):
            mine = self.complaint.with_user(self.handler)
            action = mine.action_cancel()
            self.assertEqual(action["res_model"], "dealer.complaint.correction")
            with self.assertRaises(AccessError):
                mine.action_cancel("Nothing happened")
            self.assertEqual(mine.state, "new")
            self.assert_still_missed()

    def test_handler_asks_and_the_officer_decides(self):
        with self.at(cn(2, 14)):
            action = self.complaint.with_user(self.handler).action_cancel()
            dialog = (
                self.env[action["res_model"]]
                .with_user(self.handler)
                .with_context(**action["context"])
                .create({"reason": "A test"})
            )
            self.assertFalse(dialog.may_confirm)
            dialog.action_confirm()
            self.assertEqual(self.complaint.state, "new")
            asked = self.complaint.activity_ids.filtered(
                lambda a: a.user_id == self.officer and "A test" in (a.note or "")
            )
            self.assertTrue(asked)
            self.complaint.with_user(self.officer).action_cancel("A test")
            self.assertEqual(self.complaint.state, "cancelled")
            self.assertEqual(self.complaint.cancel_reason, "A test")
            # out of the figures of complaints, but the miss is on record
            self.assert_still_missed()
            with self.assertRaises(UserError):
                self.complaint.with_user(self.complaint_manager).unlink()

    def test_request_of_the_only_officer_goes_to_the_managers(self):
        with self.at(cn(2, 9)):
            own = self.open_complaint(self.officer)
            own._ask_officers("Please check", "A test")
        asked = own.activity_ids.filtered(lambda a: "A test" in (a.note or ""))
        self.assertIn(self.complaint_manager, asked.user_id)
        self.assertNotIn(self.officer, asked.user_id)

    # -- merged ------------------------------------------------------------

    def test_merged_into_what_is_closed_or_a_strangers(self):
        stranger = self.make_partner(name="Li")
        with self.at(cn(2, 14)):
            mine = self.complaint.with_user(self.handler)
            values = {"partner_id": stranger.id, "vehicle_id": False}
            for target in (
                self.open_complaint(self.handler, **values),
                self.make_complaint(state="closed", **values),
                self.make_complaint(state="closed", vehicle_id=self.vehicle.id),
            ):
                with self.assertRaises(UserError):
                    mine.action_merge(target)
            self.assert_still_missed()

    # -- a call dated back -------------------------------------------------

    def test_call_dated_back(self):
        with self.at(cn(3, 9)):
            call = self.say(self.complaint, self.handler, date=cn(2, 10))
            self.assertTrue(call.is_late_open)
            self.assert_still_missed()
            self.assertEqual(self.timer(self.complaint).state, "missed")
            for user in (self.handler, self.colleague):
                with self.assertRaises(AccessError):
                    call.with_user(user).action_accept_late_entry("Trust me")
            with self.assertRaises(UserError):
                call.with_user(self.officer).action_accept_late_entry(" ")

        # The officer has seen the bill of the telephone.
        with self.at(cn(3, 10)):
            call.with_user(self.officer).action_accept_late_entry("On the bill")
            timer = self.timer(self.complaint)
            self.assertEqual((timer.state, timer.date_stop), ("met", cn(2, 10)))
            self.assertEqual(timer.used_seconds, 3600)
            self.assertEqual(self.figures("correction"), [("late_entry", 0, 1, 1)])
            self.assertEqual(self.missed(), 0)

    def test_officer_enters_the_call_of_a_colleague_and_says_why(self):
        with self.at(cn(2, 14)):
            self.say(
                self.complaint,
                self.officer,
                user_id=self.handler.id,
                date=cn(2, 10),
                late_reason="The network was down",
            )
            self.assertEqual(self.figures("correction"), [("late_entry", 0, 1, 1)])

    def test_call_is_not_rewritten_afterwards(self):
        with self.at(cn(2, 14)):
            call = self.say(self.complaint, self.handler, date=cn(2, 13))
            for user in (self.handler, self.officer, self.env.user):
                with self.assertRaises(UserError):
                    call.with_user(user).date = cn(2, 10)
            with self.assertRaises(UserError):
                call.sudo().unlink()
            self.assert_still_missed()

    # -- others ------------------------------------------------------------

    def test_another_source_with_more_time_does_not_undo_it(self):
        self.env["dealer.sla.policy"].create(
            {
                "name": "Portal",
                "sequence": 1,
                "source": "portal",
                "target_ids": [
                    (0, 0, {"metric": "contact", "amount": 9, "unit": "working_hours"})
                ],
            }
        )
        with self.at(cn(2, 14)):
            self.complaint.with_user(self.handler).source = "portal"
            self.assert_still_missed()

    def test_handed_over_after_it_was_missed(self):
        with self.at(cn(2, 14)):
            self.complaint.with_user(self.handler).action_handover(self.colleague)
            theirs = self.complaint.with_user(self.colleague)
            theirs.action_accept_handover()
            self.assertEqual(self.figures("user_id"), [(self.handler, 1, 0, 0)])
        with self.at(cn(2, 14, 30)):
            self.say(theirs, self.colleague)
            self.assertEqual(self.timer(self.complaint).responsible_id, self.handler)
            self.assertEqual(self.figures("user_id"), [(self.handler, 1, 0, 0)])


class TestComplaintCallsAroundAHandOver(ComplaintStoryCase):
    """A call counts for who was responsible when it was made."""

    def setUp(self):
        super().setUp()
        with self.at(cn(2, 9)):
            self.complaint = self.open_complaint(self.handler)
            self.complaint.with_user(self.handler).action_handover(self.colleague)
        with self.at(cn(2, 10)):
            self.complaint.with_user(self.colleague).action_accept_handover()

    def test_call_before_the_hand_over_counts_though_entered_after_it(self):
        with self.at(cn(2, 10, 10)):
            self.say(self.complaint, self.handler, date=cn(2, 9, 50))
            timer = self.timer(self.complaint)
            self.assertEqual((timer.state, timer.date_stop), ("met", cn(2, 9, 50)))
            self.assertEqual(timer.responsible_id, self.handler)

    def test_call_of_who_had_it_not_yet_or_no_more_does_not(self):
        with self.at(cn(2, 10, 10)):
            self.say(self.complaint, self.colleague, date=cn(2, 9, 50))
            self.say(self.complaint, self.handler, date=cn(2, 10, 5))
            self.assertEqual(self.timer(self.complaint).state, "running")
        with self.at(cn(2, 10, 20)):
            self.say(self.complaint, self.colleague)
            self.assertEqual(self.timer(self.complaint).state, "met")

    def test_attempts_count_for_who_made_them_too(self):
        with self.at(cn(2, 10, 10)):
            for minute in (30, 40, 50):
                self.say(
                    self.complaint,
                    self.handler,
                    date=cn(2, 9, minute),
                    is_connected=False,
                )
            self.assertEqual(self.complaint.failed_attempt_count, 3)

    def test_who_had_it_is_seen_by_those_who_see_the_complaint(self):
        holders = self.complaint.sudo().holder_ids
        self.assertEqual(holders.user_id, self.handler)
        holders.with_user(self.officer).read(["date_until"])
        other = self.env["res.company"].create({"name": "Other shop"})
        foreign = self.make_complaint(company_id=other.id, user_id=self.env.uid)
        foreign.sudo().user_id = False
        with self.assertRaises(AccessError):
            foreign.holder_ids.with_user(self.officer).read(["date_until"])
        # the handler has heard it first and still sees it; others do not
        holders.with_user(self.handler).read(["date_until"])
        stranger = self.make_complaint_user("stranger", "user")
        with self.assertRaises(AccessError):
            holders.with_user(stranger).read(["date_until"])
