"""Who sees and does what with activities: caller, manager, others, other shops."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, users

from ...activity_common import ActivityCase, cn

MODELS = (
    "dealer.activity",
    "dealer.activity.invitee",
    "dealer.activity.budget",
    "dealer.activity.effect",
    "dealer.activity.report",
    "dealer.care.calendar",
)
MONEY = ("cost_actual", "revenue", "subsidy", "budget_ids", "cost_per_visit")


class TestActivityRights(ActivityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls.env["res.company"].create({"name": "Other shop"})
        with freeze_time(cn(2, 10)):
            cls.activity = cls.make_inviting(
                budget_ids=[Command.create({"name": "场地", "actual": 500})]
            )
        cls.foreign = cls.make_activity(
            company_id=cls.shop.id,
            user_id=False,
            budget_ids=[Command.create({"name": "场地", "actual": 500})],
        )
        cls.foreign_row = cls.Invitee.create(
            {
                "activity_id": cls.foreign.id,
                "company_id": cls.shop.id,
                "vehicle_id": cls.vehicle.id,
                "partner_id": cls.customer.id,
            }
        )
        cls.env["dealer.activity.effect"].create(
            [
                {
                    "activity_id": activity.id,
                    "company_id": activity.company_id.id,
                    "vehicle_id": cls.vehicle.id,
                    "date_from": day,
                    "date_to": day,
                }
                for activity, day in (
                    (cls.activity, date(2026, 3, 10)),
                    (cls.foreign, date(2026, 3, 11)),
                )
            ]
        )
        new_test_user(cls.env, "customer_login", groups="base.group_portal")
        cls.env.flush_all()

    def companies(self, model):
        found = self.env[model].search([])
        field = "company_id"
        return found.sudo().mapped(field)

    @users("care_manager")
    def test_nobody_sees_the_activities_of_another_shop(self):
        for model in MODELS:
            seen = self.companies(model)
            self.assertNotIn(self.shop, seen, model)
            self.assertIn(self.company, seen, model)

    def test_who_works_for_both_shops_sees_both(self):
        self.care_manager.company_ids += self.shop
        for model in MODELS:
            records = self.env[model].with_user(self.care_manager)
            records = records.with_context(
                allowed_company_ids=(self.company + self.shop).ids
            )
            seen = records.search([]).sudo().mapped("company_id")
            self.assertIn(self.shop, seen, model)

    @users("advisor", "technician", "handler", "customer_login")
    def test_other_roles_see_no_activities(self):
        for model in (*MODELS, "dealer.activity.checkin"):
            with self.assertRaises(AccessError):
                self.env[model].search([])

    @users("caller")
    def test_a_caller_sees_guests_and_no_money(self):
        activity = self.activity.with_env(self.env)
        self.assertTrue(activity.invitee_ids)
        self.assertEqual(activity.listed, 1)
        for name in MONEY:
            with self.assertRaises(AccessError):
                activity.read([name])
        for model in MODELS[2:5]:
            with self.assertRaises(AccessError):
                self.env[model].search([])

    @users("caller")
    def test_a_caller_changes_no_activity(self):
        activity = self.activity.with_env(self.env)
        for change in (
            lambda: activity.write({"name": "Mine"}),
            lambda: activity.copy(),
            lambda: activity.unlink(),
            activity.action_start,
            activity.action_cancel,
            activity.action_refresh_audience,
        ):
            with self.assertRaises(AccessError):
                change()

    @users("caller")
    def test_a_caller_makes_and_deletes_no_invitees(self):
        row = self.row(self.activity).with_env(self.env)
        with self.assertRaises(AccessError):
            row.unlink()
        with self.assertRaises(AccessError):
            self.env["dealer.activity.invitee"].create(
                {"activity_id": self.activity.id, "company_id": self.company.id}
            )
        row.is_lead = True
        with self.assertRaises(UserError):
            row.persons = 9

    @users("care_manager")
    def test_a_manager_plans_and_pays_and_makes_no_invitees_by_hand(self):
        activity = self.activity.with_env(self.env)
        self.assertEqual(activity.cost_actual, 500)
        activity.budget_ids.actual = 600
        activity.copy()
        with self.assertRaises(AccessError):
            self.env["dealer.activity.invitee"].create(
                {"activity_id": activity.id, "company_id": self.company.id}
            )
        with self.assertRaises(AccessError):
            self.env["dealer.activity.effect"].search([]).unlink()

    @users("caller")
    def test_the_link_of_an_invitation_is_for_staff(self):
        row = self.row(self.activity).with_env(self.env)
        row.action_make_link()
        self.assertIn(row.sudo().access_token, row.invite_url)

    @users("care_manager")
    def test_reply_of_an_invitee_of_another_shop_is_refused(self):
        with self.assertRaises(AccessError):
            self.foreign_row.with_env(self.env).action_coming()

    def test_the_paper_is_for_managers(self):
        reports = self.env["ir.actions.report"]
        paper = "dealer_followup.action_paper_activity"
        with self.assertRaises(AccessError):
            reports.with_user(self.caller)._render_qweb_html(paper, self.activity.ids)
        html = reports.with_user(self.care_manager)._render_qweb_html(
            paper, self.activity.ids
        )[0]
        self.assertIn("冬季用车讲堂", html.decode())
