"""What is known of car, customer and model while one types; words that are kept ready;
who has how much to do."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import Form, users

from ...complaint_common import DealerComplaintCase, cn


class TestSimilarComplaints(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.waiting = cls.env.ref("dealer_complaint.complaint_category_waiting")

    def make_one(self, **values):
        return self.make_complaint(
            **{
                "partner_id": self.make_partner(name="王芳").id,
                "category_id": self.waiting.id,
                **values,
            }
        )

    @users("handler")
    def test_what_is_known_is_shown_while_one_types(self):
        of_car = self.make_one(vehicle_id=self.vehicle.id)
        of_customer = self.make_one(partner_id=self.customer.id, category_id=False)
        strange = self.make_one()
        form = Form(self.env["dealer.complaint"])
        self.assertFalse(form.similar_line)
        form.partner_id = self.customer
        self.assertIn(of_customer.id, form.similar_ids.ids)
        self.assertNotIn(strange.id, form.similar_ids.ids)
        form.vehicle_id = self.vehicle
        self.assertIn(of_car.id, form.similar_ids.ids)
        self.assertIn("this car: 1, 1 open", form.similar_line)

    def test_model_counts_with_the_category_for_so_many_days(self):
        model = self.vehicle.model_id
        other = self.make_one(model_id=model.id)
        mine = self.make_one(model_id=model.id)
        self.assertIn(other, mine.similar_ids)
        mine.category_id = self.env.ref("dealer_complaint.complaint_category_price")
        self.assertNotIn(other, mine.similar_ids)
        mine.category_id = self.waiting
        self.company.dealer_complaint_cluster_days = 30
        with freeze_time(fields.Datetime.now() + timedelta(days=31)):
            self.env.invalidate_all()
            self.assertNotIn(other, mine.similar_ids)

    def test_colleagues_complaints_are_counted_and_not_shown(self):
        hidden = self.make_one(vehicle_id=self.vehicle.id, user_id=self.colleague.id)
        mine = self.make_one(vehicle_id=self.vehicle.id).with_user(self.handler)
        self.assertNotIn(hidden.id, mine.similar_ids.ids)
        self.assertIn("this car: 1", mine.similar_line)

    def test_nothing_of_another_shop_and_nothing_entered_by_mistake(self):
        void = self.make_one(vehicle_id=self.vehicle.id)
        void.action_cancel("twice")
        mine = self.make_one(vehicle_id=self.vehicle.id)
        self.assertFalse(mine.similar_ids)
        self.assertFalse(mine.similar_line)

    def test_unknown_customers_are_not_one_customer(self):
        unknown = self.env["dealer.complaint"]._unknown_partner()
        self.make_one(partner_id=unknown.id, category_id=False)
        self.assertFalse(
            self.make_one(partner_id=unknown.id, category_id=False).similar_ids
        )


class TestCannedReplies(DealerComplaintCase):
    def setUp(self):
        super().setUp()
        self.reply = self.env["dealer.complaint.reply"].create(
            {
                "name": "Ordered",
                "step": "feedback",
                "text": "{customer}, {plate}, {number}: ordered.",
            }
        )
        self.complaint = self.make_complaint(vehicle_id=self.vehicle.id)

    @users("handler")
    def test_words_are_put_into_the_talk_and_can_be_changed(self):
        contacts = self.env["dealer.complaint.contact"].with_context(
            default_complaint_id=self.complaint.id, default_kind="feedback"
        )
        view = "dealer_complaint.dealer_complaint_contact_view_form"
        with Form(contacts, view=view) as form:
            form.summary = "On the phone:"
            form.reply_id = self.reply
            self.assertEqual(
                form.summary,
                f"On the phone:\n{self.customer.name}, {self.vehicle.license_plate}, "
                f"{self.complaint.name}: ordered.",
            )
            self.assertFalse(form.reply_id)
            form.summary += " Two days."
        self.assertTrue(self.complaint.contact_ids.summary.endswith("Two days."))

    def test_words_are_in_the_language_of_the_customer(self):
        self.reply.with_context(lang="zh_CN").text = "{customer}：已订货。"
        self.customer.lang = "zh_CN"
        self.assertEqual(
            self.reply._said_of(self.complaint), f"{self.customer.name}：已订货。"
        )

    @users("handler")
    def test_words_of_a_step(self):
        self.reply.sudo().step = "proposal"
        complaint = self.complaint.with_env(self.env)
        self.make_contact(self.complaint)
        complaint.action_investigate()
        dialog = Form(
            self.env["dealer.complaint.step"].with_context(
                default_complaint_id=complaint.id, default_target="proposed"
            )
        )
        self.assertEqual(dialog.reply_step, "proposal")
        dialog.reply_id = self.reply
        self.assertIn("ordered.", dialog.proposal)

    def test_every_shipped_reply_has_its_place_and_both_languages(self):
        replies = self.env["dealer.complaint.reply"].search([])
        shipped = replies.filtered(lambda r: r.get_external_id()[r.id])
        self.assertGreaterEqual(len(shipped), 12)
        for reply in shipped:
            with self.subTest(reply=reply.name):
                said = reply._said_of(self.complaint)
                self.assertNotRegex(said, r"[{}]")
                chinese = reply.with_context(lang="zh_CN")
                self.assertRegex(chinese.name, "[一-鿿]")
                self.assertRegex(chinese.text, "[一-鿿]")


class TestWorkload(DealerComplaintCase):
    def away(self, user, start, stop):
        resource = self.env["resource.resource"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": self.company.id,
                "resource_type": "user",
            }
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "resource_id": resource.id,
                "calendar_id": resource.calendar_id.id,
                "company_id": self.company.id,
                "date_from": start,
                "date_to": stop,
            }
        )

    def desk(self):
        """The people of this test, in the order in which they are proposed."""
        team = self.handler | self.colleague | self.officer | self.complaint_manager
        rows = self.env["dealer.complaint"]._workload(self.company)
        return [row for row in rows if row["user"] in team]

    def test_who_has_least_to_do_is_proposed_and_nobody_who_is_away(self):
        with freeze_time(cn(2, 9)):
            for _number in range(2):
                self.make_complaint(user_id=self.colleague.id)
            complaint = self.make_complaint()
            self.away(self.officer, cn(2), cn(6))
            self.away(self.complaint_manager, cn(2), cn(6))
            rows = {row["user"]: row for row in self.desk()}
            self.assertEqual(rows[self.colleague]["open"], 2)
            self.assertEqual(rows[self.colleague]["due"], 2)
            self.assertEqual(rows[self.officer]["away"], cn(5, 12).date())
            order = [row["user"] for row in self.desk()]
            self.assertEqual(order[:2], [self.handler, self.colleague])
            others = self.env["dealer.sla.level"]._members("user", self.company)
            others = others - self.handler - self.colleague - self.officer
            others.write({"active": False})
            dialog = Form(
                self.env["dealer.complaint.handover"]
                .with_user(self.handler)
                .with_context(default_complaint_ids=complaint.ids)
            )
            self.assertEqual(dialog.user_id, self.colleague)
            self.assertIn(self.colleague.name, str(dialog.workload))

    def test_an_administrator_is_proposed_only_with_complaints_of_his_own(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
            for _number in range(2):
                self.make_complaint(user_id=self.colleague.id)
            others = self.env["dealer.sla.level"]._members("user", self.company)
            others = others - self.handler - self.colleague - self.officer
            others.write({"active": False})
            self.officer.group_ids += self.env.ref("base.group_system")
            # who looks after the database has least to do at the desk
            self.assertEqual(self.desk()[0]["user"], self.officer)
            self.assertEqual(complaint._least_busy(), self.colleague)
            self.away(self.colleague, cn(2), cn(6))
            self.assertFalse(complaint._least_busy(), "there is nobody on duty")
            self.make_complaint(user_id=self.officer.id)
            self.assertEqual(complaint._least_busy(), self.officer)

    def test_dialog_warns_of_a_colleague_who_is_away(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
            self.away(self.colleague, cn(2), cn(6))
            dialog = Form(
                self.env["dealer.complaint.handover"]
                .with_user(self.handler)
                .with_context(default_complaint_ids=complaint.ids)
            )
            dialog.user_id = self.colleague
            self.assertIn("is away until", dialog.away_warning)

    def test_missed_limits_are_counted(self):
        with freeze_time(cn(2, 9)):
            self.make_complaint()
        self.run_engine(cn(2, 12))
        with freeze_time(cn(2, 12)):
            self.env.invalidate_all()
            rows = {row["user"]: row for row in self.desk()}
        self.assertEqual(rows[self.handler]["missed"], 1)
