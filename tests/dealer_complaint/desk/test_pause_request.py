"""A pause is requested by whoever is responsible, and decided by somebody else."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from ...complaint_common import DealerComplaintCase, cn


class TestPauseRequest(DealerComplaintCase):
    def setUp(self):
        super().setUp()
        with freeze_time(cn(2, 9)):
            self.complaint = self.make_complaint()
            self.make_contact(self.complaint)
        self.feedback = self.timer(self.complaint, "feedback")

    def ask(self, complaint=None, day=2, hour=10, until=None, user=None):
        """The dialog, as the handler fills it in; returns the request."""
        complaint = complaint or self.complaint
        with freeze_time(cn(day, hour)):
            dialog = (
                self.env["dealer.complaint.pause"]
                .with_user(user or self.handler)
                .create(
                    {
                        "complaint_ids": complaint.ids,
                        "reason": "parts",
                        "note": "订货单 QC-1",
                        "until": until,
                    }
                )
            )
            dialog.action_confirm()
        return complaint.pause_request_ids[:1]

    def decide(self, request, action, *arguments, user=None, day=2, hour=11):
        with freeze_time(cn(day, hour)):
            return getattr(request.with_user(user or self.officer), action)(*arguments)

    def test_request_pauses_nothing_until_it_is_approved(self):
        request = self.ask(until=cn(4))
        self.assertEqual(self.feedback.state, "running")
        self.decide(request, "action_approve")
        self.assertEqual(self.feedback.state, "paused")
        self.assertEqual(self.feedback.date_pause, cn(2, 11))
        self.assertEqual(self.feedback.date_pause_cap, cn(4))
        self.assertEqual(self.feedback.pause_user_id, self.handler)
        self.assertEqual(self.feedback.pause_approver_id, self.officer)
        self.assertEqual(request.state, "approved")
        self.assertEqual(request.decided_by_id, self.officer)

    def test_refused_request_tells_why_and_the_clock_runs_on(self):
        request = self.ask()
        dialog = self.decide(request, "action_refuse")
        self.assertEqual(dialog["res_model"], "dealer.reason.wizard")
        self.assertEqual(request.state, "asked")
        wizard = (
            self.env["dealer.reason.wizard"]
            .with_user(self.officer)
            .with_context(**dialog["context"])
            .create({"reason": "配件有货"})
        )
        wizard.action_apply()
        self.assertEqual(request.state, "refused")
        self.assertEqual(request.answer, "配件有货")
        self.assertEqual(self.feedback.state, "running")
        told = self.env["mail.message"].search(
            [
                ("model", "=", "dealer.complaint"),
                ("res_id", "=", self.complaint.id),
                ("partner_ids", "in", self.handler.partner_id.ids),
                ("body", "ilike", "配件有货"),
            ]
        )
        self.assertTrue(told)

    def test_who_asked_or_is_responsible_does_not_decide(self):
        request = self.ask()
        for user in (self.handler, self.colleague):
            with self.assertRaises(AccessError):
                self.decide(request, "action_approve", user=user)
        with freeze_time(cn(2, 12)):
            own = self.make_complaint(user_id=self.officer.id)
            self.make_contact(own)
        asked = self.ask(own, hour=13, user=self.officer)
        with self.assertRaises(AccessError):
            self.decide(asked, "action_refuse", "no", user=self.officer, hour=14)
        self.decide(asked, "action_refuse", "no", user=self.complaint_manager, hour=14)

    def test_decided_request_is_not_decided_again(self):
        request = self.ask()
        self.decide(request, "action_refuse", "no")
        with self.assertRaisesRegex(UserError, "already “Refused”"):
            self.decide(request, "action_approve")

    def test_request_whose_time_has_passed_is_not_approved(self):
        request = self.ask(until=cn(3))
        with self.assertRaisesRegex(UserError, "has passed"):
            self.decide(request, "action_approve", day=3, hour=9)

    def test_one_request_at_a_time(self):
        self.ask()
        with self.assertRaisesRegex(UserError, "already been requested"):
            self.ask(hour=11)

    def test_request_is_not_typed(self):
        requests = self.env["dealer.complaint.pause.request"].with_user(self.handler)
        with self.assertRaises(AccessError):
            requests.create(
                {
                    "complaint_id": self.complaint.id,
                    "reason": "parts",
                    "user_id": self.colleague.id,
                }
            )
        request = self.ask()
        with self.assertRaises(UserError):
            request.with_user(self.handler).note = "else"

    def test_finished_complaint_takes_its_request_back(self):
        request = self.ask()
        self.complaint.with_user(self.officer).action_cancel("twice")
        self.assertEqual(request.state, "withdrawn")
        self.assertFalse(self.complaint.activity_ids)

    def test_officers_are_asked_once_and_no_longer_after_the_decision(self):
        kind = self.env.ref("dealer_complaint.mail_activity_type_pause")
        request = self.ask()

        def todo():
            return self.complaint.activity_ids.filtered(
                lambda a: a.activity_type_id == kind
            )

        self.assertIn(self.officer, todo().user_id)
        self.decide(request, "action_refuse", "no")
        self.assertFalse(todo())

    def test_another_shop_does_not_see_the_request(self):
        request = self.ask()
        elsewhere = self.env["res.company"].create({"name": "Other shop"})
        stranger = self.make_complaint_user(
            "stranger",
            "officer",
            company_id=elsewhere.id,
            company_ids=[(6, 0, elsewhere.ids)],
        )
        seen = request.with_user(stranger).search([])
        self.assertNotIn(request, seen)
        self.assertNotIn(request, request.with_user(self.colleague).search([]))


class TestPausedAltogether(DealerComplaintCase):
    def setUp(self):
        super().setUp()
        with freeze_time(cn(2, 9)):
            self.complaint = self.make_complaint()
            self.make_contact(self.complaint)

    def pause(self, day, hour=10, until=None):
        with freeze_time(cn(day, hour)):
            self.complaint.with_user(self.officer).action_pause("parts", until=until)
        return self.timer(self.complaint, "feedback").date_pause_cap

    def resume(self, day, hour=10):
        with freeze_time(cn(day, hour)):
            self.complaint.with_user(self.officer).action_resume()

    def test_pauses_end_when_all_together_are_as_long_as_the_shop_allows(self):
        self.company.dealer_pause_total_days = 3
        self.assertEqual(self.pause(2), cn(5, 10))
        self.resume(4)
        # two days are spent, one is left
        self.assertEqual(self.pause(9), cn(10, 10))
        self.resume(10, 12)
        with self.assertRaisesRegex(UserError, "3 days altogether"):
            self.pause(11)

    def test_pause_that_is_asked_for_shorter_stays_shorter(self):
        self.company.dealer_pause_total_days = 3
        self.assertEqual(self.pause(2, until=cn(3, 10)), cn(3, 10))

    def test_shop_without_a_limit_has_that_of_each_pause(self):
        self.company.dealer_pause_total_days = 0
        self.pause(2)
        self.resume(16)
        self.assertEqual(self.pause(17), cn(17, 10) + timedelta(days=15))

    def test_clocks_that_stand_still_together_count_once(self):
        self.company.dealer_pause_total_days = 4
        self.pause(2)
        timers = self.complaint.timer_ids.filtered(lambda t: t.state == "paused")
        other = timers[:1].copy({"metric": "remedy", "state": "paused"})
        other.sudo().write({"date_pause": cn(2, 10), "date_pause_cap": cn(6, 10)})
        with freeze_time(cn(3, 10)):
            left = self.complaint._pause_left(cn(3, 10))[self.complaint]
        self.assertEqual(left, timedelta(days=3))
