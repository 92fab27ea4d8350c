"""Remedies: approved by limit, carried out once, with the document that results."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import users

from ...complaint_common import DealerComplaintCase


class TestComplaintRemedies(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_complaint_remedy_limit = 500
        cls.visit = cls.make_reception(state="arrived", odometer=12000)
        cls.complaint = cls.make_complaint(vehicle_id=cls.vehicle.id)

    def remedy(self, **values):
        return self.env["dealer.complaint.action"].create(
            {
                "complaint_id": self.complaint.id,
                "kind": "repair",
                "name": "Repeat it",
                "cost": 200,
                **values,
            }
        )

    @users("handler")
    def test_within_the_limit_no_manager_is_asked(self):
        remedy = self.remedy()
        remedy.action_request()
        self.assertEqual(remedy.state, "approved")
        self.assertEqual(remedy.approver_id, self.env.user)

    @users("handler")
    def test_above_the_limit_a_manager_decides(self):
        remedy = self.remedy(cost=501)
        remedy.action_request()
        self.assertEqual(remedy.state, "requested")
        activities = self.complaint.sudo().activity_ids
        self.assertIn(self.complaint_manager, activities.user_id)
        for refused in ("action_approve", "action_refuse"):
            with self.assertRaises(AccessError):
                getattr(remedy, refused)()
        remedy.with_user(self.complaint_manager).action_approve()
        self.assertEqual(remedy.approver_id, self.complaint_manager)

    @users("handler")
    def test_small_rows_together_do_not_pass_under_the_limit(self):
        self.remedy(cost=300).action_request()
        second = self.remedy(cost=300)
        second.action_request()
        self.assertEqual(second.state, "requested")

    @users("handler")
    def test_several_complaints_do_not_pass_under_the_limit_together(self):
        self.remedy(kind="gift", cost=400).action_request()
        others = [
            self.make_complaint(partner_id=self.customer.id),
            self.make_complaint(
                partner_id=self.make_partner(name="家人").id,
                vehicle_id=self.complaint.vehicle_id.id,
            ),
        ]
        for other in others:
            with self.subTest(other.partner_id.name):
                remedy = self.remedy(kind="gift", cost=400, complaint_id=other.id)
                remedy.action_request()
                self.assertEqual(remedy.state, "requested")
        stranger = self.make_complaint(
            partner_id=self.make_partner(name="别人").id, vehicle_id=False
        )
        theirs = self.remedy(kind="gift", cost=400, complaint_id=stranger.id)
        theirs.action_request()
        self.assertEqual(theirs.state, "approved")
        # what was granted long ago is over
        remedy = self.remedy(kind="gift", cost=400, complaint_id=others[0].id)
        later = fields.Datetime.now() + timedelta(days=31)
        with freeze_time(later):
            remedy.action_request()
        self.assertEqual(remedy.state, "approved")

    @users("handler")
    def test_nothing_is_carried_out_without_approval(self):
        with self.assertRaises(UserError):
            self.remedy().action_carry_out()
        self.assertFalse(
            self.env["dealer.reception"].search([("id", ">", self.visit.id)])
        )

    @users("handler")
    def test_approval_is_void_when_the_remedy_changes(self):
        remedy = self.remedy()
        remedy.action_request()
        remedy.name = "Repeat it"
        self.assertEqual(remedy.state, "approved")
        remedy.cost = 20000
        self.assertEqual(remedy.state, "draft")
        self.assertFalse(remedy.approver_id)

    @users("handler")
    def test_state_and_documents_are_not_written(self):
        for vals in ({"state": "approved"}, {"order_id": 1}):
            with self.assertRaises(UserError):
                self.remedy(**vals)
        remedy = self.remedy().with_context(dealer_complaint_action_method=True)
        for vals in ({"state": "done"}, {"approver_id": self.officer.id}):
            with self.assertRaises(UserError):
                remedy.write(vals)

    @users("handler")
    def test_who_approved_is_not_wiped_out(self):
        remedy = self.remedy()
        remedy.action_request()
        for name in ("user_id", "approver_id", "date_approved", "order_id"):
            with (
                self.subTest(name),
                self.assertRaisesRegex(UserError, "is recorded by the process"),
            ):
                remedy.write({name: False})

    def test_merged_complaint_hands_on_what_was_agreed_on(self):
        remedy = self.remedy()
        remedy.action_request()
        target = self.make_complaint(vehicle_id=self.vehicle.id)
        self.complaint.with_user(self.officer).action_merge(target)
        self.assertEqual(remedy.complaint_id, target)
        self.assertEqual(remedy.state, "approved")

    @users("handler")
    def test_repair_is_another_visit_once(self):
        remedy = self.remedy()
        remedy.action_request()
        remedy.action_carry_out()
        visit = remedy.reception_id
        self.assertEqual(visit.vehicle_id, self.vehicle)
        self.assertEqual(visit.state, "booked")
        self.assertIn(self.complaint.name, visit.sudo().concern_ids.name)
        remedy.action_carry_out()
        self.assertEqual(remedy.reception_id, visit)
        count = self.env["dealer.reception"].search_count(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        self.assertEqual(count, 2)

    @users("handler")
    def test_repair_in_an_open_visit_is_a_goodwill_order_of_it(self):
        self.complaint.reception_id = self.visit
        remedy = self.remedy()
        remedy.action_request()
        remedy.action_carry_out()
        order = remedy.sudo().order_id
        self.assertEqual(order.reception_id, self.visit)
        self.assertEqual(order.dealer_payer, "goodwill")
        self.assertEqual(order.state, "draft")
        self.assertIn(order.name, remedy.document)
        remedy.action_carry_out()
        self.assertEqual(self.visit.sudo().order_ids, order)

    @users("handler")
    def test_refund_is_a_draft_credit_note_once(self):
        remedy = self.remedy(kind="refund", cost=120)
        remedy.action_request()
        self.assertEqual(remedy.state, "requested", "money for no invoice")
        remedy.with_user(self.complaint_manager).action_approve()
        remedy.action_carry_out()
        move = remedy.sudo().move_id
        self.assertEqual(
            (move.move_type, move.state, move.amount_total),
            ("out_refund", "draft", 120),
        )
        self.assertEqual(move.partner_id, self.customer)
        remedy.action_carry_out()
        self.assertEqual(remedy.sudo().move_id, move)

    @users("handler")
    def test_what_needs_a_car_or_an_amount_says_so(self):
        self.complaint.vehicle_id = False
        for kind in ("repair", "refund"):
            remedy = self.remedy(kind=kind, cost=0)
            remedy.with_user(self.complaint_manager).action_approve()
            with self.assertRaises(UserError):
                remedy.action_carry_out()
            self.assertEqual(remedy.state, "approved")

    @users("handler")
    def test_apology_needs_no_document_and_open_remedies_keep_it_open(self):
        remedy = self.remedy(kind="apology", cost=0)
        remedy.action_request()
        gaps = self.complaint._closing_gaps()
        self.assertIn(remedy.display_name, " ".join(gaps))
        remedy.action_carry_out()
        self.assertEqual(remedy.state, "done")
        self.assertFalse(remedy.document)
        gaps = self.complaint._closing_gaps()
        self.assertNotIn(remedy.display_name, " ".join(gaps))

    @users("handler")
    def test_cost_counts_what_is_approved_or_done(self):
        approved, draft = self.remedy(cost=100), self.remedy(cost=50)
        approved.action_request()
        self.assertEqual(self.complaint.remedy_cost, 100)
        approved.action_cancel()
        self.assertEqual(self.complaint.remedy_cost, 0)
        with self.assertRaises(UserError):
            approved.unlink()
        draft.unlink()

    @users("handler")
    def test_remedies_of_others_and_of_other_companies_are_hidden(self):
        other = self.policy.env["res.company"].create({"name": "Other shop"})
        theirs = self.make_complaint(user_id=self.colleague.id)
        foreign = self.make_complaint(company_id=other.id, user_id=False)
        for complaint in (theirs, foreign):
            remedy = complaint.env["dealer.complaint.action"].create(
                {"complaint_id": complaint.id}
            )
            with self.assertRaises(AccessError):
                remedy.with_env(self.env).read(["name"])
        with self.assertRaises(AccessError):
            self.visit.with_user(self.technician).env["dealer.complaint.action"].search(
                []
            )

    def test_promise_of_a_merged_complaint_goes_on_with_the_other_one(self):
        target = self.make_complaint()
        remedy = self.remedy(kind="gift")
        remedy.with_user(self.handler).action_request()
        self.complaint.with_user(self.handler).action_merge(target.id)
        self.assertEqual((remedy.complaint_id, remedy.state), (target, "approved"))
        self.assertEqual((self.complaint.remedy_cost, target.remedy_cost), (0, 200))
        remedy.with_user(self.handler).action_carry_out()
        self.assertEqual(remedy.state, "done")
