"""Who sees and does what at the complaint desk. Each test fails without its rule."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, users

from ...complaint_common import WORDS, DealerComplaintCase, cn


class TestComplaintRights(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(cn(2, 9)):
            cls.theirs = cls.make_complaint(user_id=cls.colleague.id)
            cls.contact = cls.make_contact(cls.theirs, is_connected=False)
            cls.env["dealer.sla.timer"]._process_due(cn(9, 9))
        timers = cls.theirs.timer_ids
        timers._stop(cn(9, 9), timers._source(cn(9, 9)))

    def parts(self):
        return [
            self.theirs,
            self.contact,
            self.theirs.timer_ids[:1],
            self.theirs.timer_ids.segment_ids[:1],
            self.theirs.timer_ids.event_ids[:1],
        ]

    def test_a_visit_shows_a_handler_no_rows_he_may_not_read(self):
        visits = self.env["dealer.reception"].with_user(self.handler)
        arch = visits.get_view(view_type="form")["arch"]
        for name in ("mark_ids", "lamp_ids", "check_ids", "care_ids"):
            self.assertNotIn(f'name="{name}"', arch)

    @users("handler")
    def test_handler_cannot_see_other_handlers_complaints(self):
        for part in self.parts():
            with self.subTest(part._name), self.assertRaises(AccessError):
                part.with_env(self.env).read(["display_name"])

    @users("handler")
    def test_handler_sees_complaints_of_the_own_team(self):
        team = (
            self.env["crm.team"]
            .sudo()
            .create(
                {
                    "name": "Desk",
                    "member_ids": [Command.set((self.handler + self.colleague).ids)],
                }
            )
        )
        self.assertTrue(team)
        for part in self.parts():
            with self.subTest(part._name):
                part.with_env(self.env).read(["display_name"])

    @users("handler")
    def test_handler_sees_unassigned_received_and_offered_complaints(self):
        unassigned = self.make_complaint(user_id=False)
        received = self.make_complaint(
            user_id=self.colleague.id, first_receiver_id=self.handler.id
        )
        offered = self.make_complaint(user_id=self.colleague.id)
        offered.action_handover(self.handler)
        for complaint in (unassigned, received, offered):
            complaint.with_env(self.env).read(["subject"])

    @users("officer")
    def test_officer_sees_every_complaint_of_the_company(self):
        for part in self.parts():
            with self.subTest(part._name):
                part.with_env(self.env).read(["display_name"])

    @users("complaint_manager")
    def test_nobody_sees_another_company(self):
        # created by the system: its creator would belong to it
        other = self.policy.env["res.company"].create({"name": "Other shop"})
        with freeze_time(cn(2, 9)):
            foreign = self.make_complaint(company_id=other.id, user_id=False)
            contact = self.make_contact(
                foreign, user_id=self.env.ref("base.user_admin").id, is_connected=False
            )
        for record in (foreign, contact, foreign.timer_ids[:1]):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_env(self.env).read(["display_name"])
        policy = self.policy.copy({"company_id": other.id})
        for record in (policy, policy.target_ids[:1], policy.target_ids.level_ids[:1]):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_env(self.env).read(["display_name"])

    @users("complaint_manager")
    def test_nobody_writes_the_clocks(self):
        timer, segment, event = (part.with_env(self.env) for part in self.parts()[2:])
        for part, refusal in (
            (timer, AccessError),
            (segment, UserError),
            (event, UserError),
        ):
            with self.subTest(part._name):
                with self.assertRaises(refusal):
                    part.write({"company_id": self.company.id})
                with self.assertRaises(refusal):
                    part.unlink()
                with self.assertRaises(AccessError):
                    part.create({})

    @users("officer")
    def test_time_limits_are_set_by_managers(self):
        for record in (
            self.policy,
            self.contact_target,
            self.contact_target.level_ids[:1],
        ):
            mine = record.with_env(self.env)
            mine.read(["display_name"])
            with self.subTest(record._name), self.assertRaises(AccessError):
                mine.write({"sequence": 3} if "sequence" in mine else {"minutes": 1})
        with self.assertRaises(AccessError):
            self.env["dealer.workday"].create({"date": "2026-03-08"})
        with self.assertRaises(AccessError):
            self.env["dealer.workday"].action_fill_public_holidays()

    def test_others_see_nothing(self):
        for login, group in (
            ("plain", "base.group_user"),
            ("customer", "base.group_portal"),
        ):
            user = new_test_user(self.env, login=login, groups=group)
            for part in self.parts():
                with self.subTest((login, part._name)), self.assertRaises(AccessError):
                    part.with_user(user).read(["display_name"])

    @users("handler")
    def test_handler_goes_the_whole_way_with_the_lowest_right(self):
        complaint = self.env["dealer.complaint"].create(
            {"subject": "x", "partner_id": self.customer.id, **WORDS}
        )
        Contact = self.env["dealer.complaint.contact"]
        Contact.create({"complaint_id": complaint.id})
        complaint.action_investigate()
        Contact.create({"complaint_id": complaint.id, "kind": "feedback"})
        complaint.action_propose()
        Contact.create({"complaint_id": complaint.id, "kind": "decision"})
        complaint.action_resolve()
        Contact.create({"complaint_id": complaint.id, "kind": "callback"})
        complaint.decision_answer = "accepted"
        complaint.action_close()
        self.assertEqual(complaint.sla_state, "met")
        self.assertEqual(set(complaint.timer_ids.mapped("state")), {"met"})

    @users("handler")
    def test_handler_enters_nothing_that_the_process_records(self):
        recorded = {
            "date_decision": cn(2, 8),
            "date_resolved": cn(2, 8),
            "has_contact_exception": True,
            "cycle": 7,
            "rated_cycle": 1,
            "handover_state": "accepted",
        }
        vals = {"subject": "x", "partner_id": self.customer.id, "grade": "major"}
        complaint = self.env["dealer.complaint"].create(vals)
        self.assertEqual(complaint.grade, "major")
        for name, value in recorded.items():
            with self.subTest(name):
                with self.assertRaisesRegex(UserError, "is recorded by the process"):
                    self.env["dealer.complaint"].create({**vals, name: value})
                with self.assertRaisesRegex(UserError, "is recorded by the process"):
                    complaint.write({name: value})

    @users("complaint_manager")
    def test_complaint_that_somebody_waits_for_is_not_archived(self):
        complaint = self.make_complaint(reject_reason="Wear", recourse="12315")
        complaint = complaint.with_env(self.env)
        with self.assertRaisesRegex(UserError, "still waiting"):
            complaint.action_archive()
        complaint.action_reject()
        complaint.action_archive()
        self.assertFalse(complaint.active)
