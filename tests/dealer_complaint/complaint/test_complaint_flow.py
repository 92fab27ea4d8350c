"""The way of a complaint through its states, and who is responsible for it."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, users

from odoo.addons.dealer_complaint.models.common.dealer_complaint_states import (
    STATES,
    TRANSITIONS,
)

from ...complaint_common import WORDS, DealerComplaintCase, cn


class TestComplaintFlow(DealerComplaintCase):
    def test_transitions_name_states_of_the_selection(self):
        known = {state for state, _label in STATES}
        self.assertFalse({s for pair in TRANSITIONS for s in pair} - known)

    @users("handler")
    def test_illegal_move_names_both_states(self):
        complaint = self.make_complaint().with_env(self.env)
        with self.assertRaisesRegex(UserError, "New.*Closed"):
            complaint.action_close()

    @users("handler")
    def test_page_that_is_out_of_date_is_told_who_was_faster(self):
        complaint = self.make_complaint().with_env(self.env)
        complaint.with_user(self.officer).action_investigate()
        complaint.flush_recordset()
        moved = complaint._format_local(complaint.write_date)
        with self.assertRaises(UserError) as refusal:
            complaint.action_investigate()
        for word in ("already", "Investigating", "officer", moved):
            self.assertIn(word, str(refusal.exception))
        self.assertIn("Reload the page", str(refusal.exception))
        self.assertNotIn("cannot go", str(refusal.exception))

    @users("handler")
    def test_state_cannot_be_written_nor_forged(self):
        complaint = self.make_complaint().with_env(self.env)
        for forged in (complaint, complaint.with_context(dealer_complaint_method=True)):
            with self.assertRaises(UserError):
                forged.write({"state": "closed"})
            with self.assertRaises(UserError):
                forged.write({"grade": "major"})
            with self.assertRaises(UserError):
                forged.write({"first_receiver_id": self.colleague.id})
            with self.assertRaises(UserError):
                forged.write({"sla_state": "met"})

    @users("handler")
    def test_each_step_is_stamped(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint().with_env(self.env)
            complaint.action_investigate()
        with freeze_time(cn(2, 10)):
            complaint.proposal = "New pads"
            complaint.action_propose()
        self.assertEqual(complaint.date_investigated, cn(2, 9))
        self.assertEqual(complaint.date_proposed, cn(2, 10))

    @users("handler")
    def test_closing_says_everything_that_is_missing(self):
        complaint = self.make_complaint(**WORDS).with_env(self.env)
        for action in ("investigate", "propose", "resolve"):
            getattr(complaint, f"action_{action}")()
        with self.assertRaises(UserError) as refusal:
            complaint.action_close()
        for gap in ("phoned", "decision", "answer", "been called back"):
            self.assertIn(gap, str(refusal.exception))
        Contact = self.env["dealer.complaint.contact"]
        Contact.create({"complaint_id": complaint.id, "kind": "decision"})
        Contact.create({"complaint_id": complaint.id, "kind": "callback"})
        complaint.decision_answer = "accepted"
        complaint.action_close()
        self.assertEqual(complaint.state, "closed")
        self.assertEqual(complaint.sla_state, "met")

    @users("handler")
    def test_button_asks_for_what_the_step_lacks(self):
        category = self.env["dealer.complaint.category"].search([], limit=1)
        complaint = self.make_complaint(category_id=False).with_env(self.env)
        complaint.action_investigate()
        self.make_contact(complaint)
        self.fill_in(complaint.action_ask_next(), proposal="New pads")
        self.assertEqual(
            (complaint.state, complaint.proposal), ("proposed", "New pads")
        )
        self.fill_in(complaint.action_ask_next(), decision="Pads fitted")
        self.assertEqual(complaint.state, "resolved")
        owed = self.fill_in(
            complaint.action_ask_next(),
            category_id=category,
            cause="product",
            decision_answer="accepted",
        )
        self.assertEqual(complaint.state, "resolved")
        for kind in ("decision", "callback"):
            self.assertEqual(owed["res_model"], "dealer.complaint.contact")
            self.assertEqual(owed["context"]["default_kind"], kind)
            self.make_contact(complaint, kind=kind)
            owed = complaint.action_ask_next()
        self.assertIs(owed, True)
        self.assertRecordValues(
            complaint,
            [{"state": "closed", "category_id": category.id, "cause": "product"}],
        )

    @users("handler")
    def test_nobody_but_an_officer_begins_a_complaint_for_a_colleague(self):
        with self.assertRaisesRegex(AccessError, "hand it over"):
            self.make_own(user_id=self.colleague.id)
        self.assertEqual(self.make_own(user_id=self.env.uid).user_id, self.env.user)
        self.assertTrue(self.make_own(user_id=False))
        self.env = self.env(user=self.officer)
        complaint = self.make_own(user_id=self.colleague.id)
        self.assertEqual(complaint.user_id, self.colleague)

    def make_own(self, **values):
        return self.env["dealer.complaint"].create(
            {"subject": "Noise", "partner_id": self.customer.id, **values}
        )

    @users("handler")
    def test_button_asks_why_it_is_unfounded(self):
        complaint = self.make_complaint().with_env(self.env)
        dialog = complaint.action_ask_rejection()
        self.assertEqual(dialog["name"], "Unfounded")
        self.fill_in(dialog, reject_reason="Wear", recourse="12315")
        self.assertEqual(complaint.state, "rejected")

    @users("handler")
    def test_button_asks_for_nothing_that_is_there(self):
        complaint = self.make_complaint(**WORDS).with_env(self.env)
        complaint.action_investigate()
        self.make_contact(complaint)
        self.assertIs(complaint.action_ask_next(), True)
        self.assertEqual(complaint.state, "proposed")

    def test_nobody_of_the_desk_is_asked_to_close_what_is_new(self):
        complaint = self.make_complaint()
        with self.assertRaises(UserError):
            complaint.with_user(self.handler).action_ask_next()
        with self.assertRaises(AccessError):
            complaint.with_user(self.advisor).action_ask_next()

    def fill_in(self, action, **values):
        """Fill in the dialog that a button has opened, all that it asks for."""
        self.assertEqual(action["res_model"], "dealer.complaint.step")
        dialog = Form(self.env[action["res_model"]].with_context(action["context"]))
        self.assertEqual(set(dialog.lacks), set(values))
        for name, value in values.items():
            setattr(dialog, name, value)
        return dialog.save().action_confirm()

    def test_callback_is_not_asked_for_where_the_company_does_not_want_it(self):
        self.company.dealer_complaint_needs_callback = False
        complaint = self.make_complaint()
        self.assertNotIn("been called back", " ".join(complaint._closing_gaps()))

    @users("handler")
    def test_unfounded_needs_a_reason_and_the_recourse(self):
        complaint = self.make_complaint().with_env(self.env)
        with self.assertRaises(UserError):
            complaint.action_reject()
        complaint.write({"reject_reason": "Wear", "recourse": "12315"})
        complaint.action_reject()
        self.assertEqual(complaint.state, "rejected")

    @users("handler")
    def test_each_step_asks_for_its_words_and_says_where_they_are_entered(self):
        complaint = self.make_complaint().with_env(self.env)
        complaint.action_investigate()
        steps = (
            ("propose", {"proposal": "New pads"}, "Proposed.*Solution.*Proposal"),
            ("resolve", {"decision": "Pads fitted"}, "Resolved.*Solution.*Decision"),
            (
                "reject",
                {"reject_reason": "Wear", "recourse": "12315"},
                "Rejected.*Solution.*Reason for Rejection.*Where to Turn Instead",
            ),
        )
        for action, words, sentence in steps:
            with self.subTest(action):
                step = getattr(complaint, f"action_{action}")
                complaint.write(dict.fromkeys(words, "  "))
                with self.assertRaisesRegex(UserError, sentence):
                    step()
                complaint.write(words)
                step()
                if action == "resolve":
                    complaint.action_reopen()

    @users("handler")
    def test_who_proposes_without_having_phoned_is_told(self):
        complaint = self.make_complaint(proposal="New pads").with_env(self.env)
        complaint.action_investigate()
        notice = complaint.action_propose()
        self.assertIn("not been phoned", notice["params"]["message"])
        complaint.action_investigate()
        self.make_contact(complaint)
        self.assertIs(complaint.action_propose(), True)

    @users("handler")
    def test_only_finished_complaints_are_reopened(self):
        complaint = self.make_complaint().with_env(self.env)
        with self.assertRaises(UserError):
            complaint.action_reopen()
        complaint.write(WORDS)
        for action in ("investigate", "propose", "resolve"):
            getattr(complaint, f"action_{action}")()
        with self.assertRaises(UserError):
            complaint.action_investigate()
        complaint.action_reopen()
        self.assertEqual(complaint.cycle, 2)

    def test_merging_needs_another_complaint_of_the_same_company(self):
        complaint, target = self.make_complaint(), self.make_complaint()
        other = self.env["res.company"].create({"name": "Other shop"})
        foreign = self.make_complaint(company_id=other.id, user_id=False)
        for wrong in (None, complaint, foreign):
            with self.assertRaises(UserError):
                complaint.action_merge(wrong)
        complaint.action_merge(target)
        self.assertEqual(
            (complaint.state, complaint.duplicate_of_id), ("merged", target)
        )
        with self.assertRaises(UserError):
            target.action_merge(complaint)

    def test_levels_only_rise(self):
        complaint = self.make_complaint(level="grievance")
        with self.assertRaises(UserError):
            complaint.action_promote("dissatisfaction")
        complaint.action_promote()
        with self.assertRaises(UserError):
            complaint.action_promote()

    @users("complaint_manager")
    def test_only_a_cancelled_complaint_is_deleted(self):
        complaint = self.make_complaint().with_env(self.env)
        with self.assertRaises(UserError):
            complaint.unlink()
        complaint.action_cancel("Entered twice")
        complaint.unlink()
        self.assertFalse(complaint.exists())

    def test_numbers_are_unique_in_one_call(self):
        complaints = self.env["dealer.complaint"].create(
            [{"subject": "x", "partner_id": self.customer.id} for _number in range(5)]
        )
        self.assertEqual(len(set(complaints.mapped("name"))), 5)
        self.assertRegex(complaints[0].name, r"^TS\d{4}-\d{4,}$")

    # -- first receiver and hand-over ---------------------------------------

    @users("handler")
    def test_first_receiver_is_who_typed_it_and_cannot_be_chosen(self):
        vals = {"subject": "x", "partner_id": self.customer.id}
        with self.assertRaisesRegex(UserError, "is recorded by the process"):
            self.env["dealer.complaint"].create(
                {**vals, "first_receiver_id": self.colleague.id}
            )
        complaint = self.env["dealer.complaint"].create(vals)
        self.assertEqual(complaint.first_receiver_id, self.handler)
        self.assertEqual(complaint.user_id, self.handler)

    @users("handler")
    def test_responsibility_changes_hands_only_by_acceptance(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint().with_env(self.env)
        with self.assertRaises(UserError):
            complaint.user_id = self.colleague
        with freeze_time(cn(2, 10)):
            complaint.action_handover(self.colleague)
        self.assertEqual(complaint.user_id, self.handler)
        self.assertEqual(complaint.handover_state, "pending")
        with self.assertRaises(AccessError):
            complaint.action_accept_handover()
        theirs = complaint.with_user(self.colleague)
        with freeze_time(cn(2, 10, 30)):
            theirs.action_accept_handover()
        self.assertEqual(theirs.user_id, self.colleague)
        self.assertEqual(theirs.handover_state, "accepted")
        # the clock has not restarted
        self.assertEqual(self.timer(theirs).date_deadline, cn(2, 11))

    def test_offered_only_to_somebody_who_could_accept_it(self):
        complaint = self.make_complaint().with_user(self.handler)
        elsewhere = self.env["res.company"].create({"name": "Another shop"})
        stranger = self.make_complaint_user("elsewhere", "user")
        stranger.write({"company_ids": elsewhere.ids, "company_id": elsewhere.id})
        for user in (self.technician, stranger):
            with self.subTest(user.login), self.assertRaises(UserError):
                complaint.action_handover(user.id)
        self.assertEqual(complaint.handover_state, "none")

    def test_level_that_offers_it_needs_somebody_and_an_open_complaint(self):
        self.company.dealer_general_manager_id = self.manager
        level = self.contact_target.level_ids[-1:]
        level.write({"action": "reassign", "role": "officer", "minutes": 0})
        with freeze_time(cn(2, 9)):
            offered = self.make_complaint()
            rejected = self.make_complaint(reject_reason="Wear", recourse="12315")
            rejected.action_reject()
        self.run_engine(cn(2, 16))
        self.assertEqual(offered.handover_user_id, self.officer)
        self.assertIn("breached", self.kinds(self.timer(rejected)))
        self.assertEqual(rejected.handover_state, "none")
        # a general manager without a place at the desk could not accept it
        level.role = "general_manager"
        with freeze_time(cn(3, 9)):
            unseen = self.make_complaint()
        self.run_engine(cn(3, 16))
        self.assertIn("breached", self.kinds(self.timer(unseen)))
        self.assertEqual(unseen.handover_state, "none")

    @users("handler")
    def test_refused_hand_over_stays_with_the_one_who_offered_it(self):
        complaint = self.make_complaint().with_env(self.env)
        complaint.action_handover(self.colleague)
        complaint.with_user(self.colleague).action_refuse_handover()
        self.assertEqual(complaint.user_id, self.handler)
        self.assertEqual(complaint.handover_state, "refused")

    def test_who_refuses_a_hand_over_is_not_left_on_what_he_may_not_see(self):
        for user, opened in (
            (self.colleague, {"res_model": "dealer.complaint", "target": "main"}),
            (self.officer, True),
        ):
            complaint = self.make_complaint()
            complaint.with_user(self.handler).action_handover(user)
            answer = complaint.with_user(user).action_refuse_handover()
            if opened is not True:
                answer = {key: answer[key] for key in opened}
            self.assertEqual(answer, opened)

    def test_colleague_does_not_hand_over_what_is_not_his(self):
        complaint = self.make_complaint(user_id=False)
        with self.assertRaises(AccessError):
            complaint.with_user(self.colleague).action_handover(self.handler)
        complaint.with_user(self.officer).action_handover(self.handler)

    def test_first_caller_takes_an_unassigned_complaint(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint(user_id=False)
            self.make_contact(complaint, user_id=self.colleague.id)
        self.assertEqual(complaint.user_id, self.colleague)
        self.assertEqual(self.timer(complaint).state, "met")

    # -- exception ----------------------------------------------------------

    def test_three_failed_attempts_make_an_exception_for_the_manager(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
        for minute in (10, 20, 30):
            with freeze_time(cn(2, 9, minute)):
                if minute == 30:
                    with self.assertRaises(UserError):
                        complaint.action_accept_contact_exception()
                self.make_contact(complaint, is_connected=False)
        self.assertIn(self.complaint_manager, complaint.activity_ids.user_id)
        with self.assertRaises(AccessError):
            complaint.with_user(self.officer).action_accept_contact_exception()
        with freeze_time(cn(2, 15)):
            complaint.with_user(
                self.complaint_manager
            ).action_accept_contact_exception()
        timer = self.timer(complaint)
        self.assertEqual((timer.state, timer.date_stop), ("met", cn(2, 9, 30)))
        self.assertTrue(timer.is_exception)
