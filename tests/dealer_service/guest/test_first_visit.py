"""A first visit gives out the tasks of a plan, and it is counted who comes again."""

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import users
from odoo.tools import SQL

from ...common import DealerServiceCase


class FirstVisitCase(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env.ref("dealer_service.activity_plan_first_visit")
        cls.company.dealer_first_visit_plan_id = cls.plan
        cls.company.dealer_first_visit_user_id = cls.manager


class TestFirstCare(FirstVisitCase):
    def test_the_tasks_go_to_the_manager_and_the_advisor(self):
        visit = self.make_reception(state="arrived", advisor_id=self.advisor.id)
        today = self.company._dealer_today()
        self.assertRecordValues(
            visit.first_care_ids.sorted("id"),
            [
                {"user_id": self.manager.id, "date_deadline": today},
                {"user_id": self.advisor.id, "date_deadline": today},
                {"user_id": self.advisor.id, "date_deadline": today},
                {
                    "user_id": self.advisor.id,
                    "date_deadline": today + relativedelta(days=1),
                },
            ],
        )
        self.assertTrue(visit.first_care_ids <= visit.activity_ids)

    def test_an_appointment_gives_them_out_when_the_car_arrives(self):
        visit = self.make_reception()
        self.assertFalse(visit.first_care_ids)
        visit.with_user(self.advisor).action_arrive()
        self.assertEqual(len(visit.first_care_ids), 4)

    def test_shipped_words_are_in_the_language_of_who_does_it(self):
        self.manager.lang = "zh_CN"
        visit = self.make_reception(state="arrived")
        greeting = visit.first_care_ids.filtered(lambda a: a.user_id == self.manager)
        self.assertEqual(greeting.summary, "迎接首次进店客户，以姓氏称呼")

    def test_a_changed_plan_is_what_is_done(self):
        self.plan.template_ids[1:].unlink()
        self.plan.template_ids.write(
            {"summary": "店长迎接", "responsible_type": "dealer_advisor"}
        )
        visit = self.make_reception(state="arrived", advisor_id=self.advisor.id)
        self.assertRecordValues(
            visit.first_care_ids,
            [{"summary": "店长迎接", "user_id": self.advisor.id}],
        )

    def test_without_a_plan_nobody_has_anything_to_do(self):
        self.company.dealer_first_visit_plan_id = False
        self.assertFalse(self.make_reception(state="arrived").activity_ids)

    def test_a_known_car_gives_out_nothing(self):
        first = self.make_reception(state="arrived")
        first._write_by_method(
            {"state": "delivered", "date_delivered": fields.Datetime.now()}
        )
        self.assertFalse(self.make_reception(state="arrived").first_care_ids)

    def test_an_arrival_that_is_taken_back_leaves_nothing_to_do(self):
        visit = self.make_reception()
        visit.with_user(self.advisor).action_arrive()
        visit.with_user(self.manager).action_undo_arrival("车牌看错")
        self.assertFalse(visit.activity_ids)

    def test_who_turns_out_to_be_known_is_not_toured(self):
        known = self.make_vehicle(license_plate="皖B·K2222")
        self.make_reception(vehicle_id=known.id, state="arrived")._write_by_method(
            {"state": "delivered", "date_delivered": fields.Datetime.now()}
        )
        visit = self.make_reception(state="arrived")
        done = visit.first_care_ids[0]
        done.action_feedback(feedback="已迎接")
        visit.vehicle_id = known
        visit._recognize_first_visit()
        self.assertFalse(visit.is_first_visit)
        self.assertFalse(visit.activity_ids)

    @users("manager")
    def test_the_manager_changes_the_plan_of_visits_and_no_other(self):
        plan = self.plan.with_env(self.env)
        plan.template_ids[0].summary = "店长迎接"
        other = plan.sudo().create({"name": "x", "res_model": "res.partner"})
        with self.assertRaises(AccessError):
            other.sudo(False).name = "y"

    @users("advisor")
    def test_the_advisor_does_not_change_the_plan(self):
        with self.assertRaises(AccessError):
            self.plan.with_env(self.env).template_ids[0].summary = "x"


class TestCameAgain(FirstVisitCase):
    def past(self, months, **values):
        day = fields.Datetime.now() - relativedelta(months=months)
        visit = self.make_reception(state="arrived", **values)
        visit._write_by_method(
            {
                "state": "delivered",
                "date_arrived": day,
                "date_delivered": day,
                "is_first_visit": values.get("is_first_visit", True),
            }
        )
        return visit

    def rate(self, visit):
        """``None``: the visit is not counted."""
        report = self.env["dealer.reception.report"]
        self.env.flush_all()
        query = SQL(
            "SELECT came_again_rate FROM (%s) report WHERE id = %s",
            report._table_query,
            visit.id,
        )
        [(value,)] = self.env.execute_query(query)
        return value

    def test_who_came_again_in_time_is_counted(self):
        first = self.past(14)
        self.past(6, is_first_visit=False)
        self.assertEqual(self.rate(first), 100)

    def test_who_came_too_late_or_never_is_counted_too(self):
        first = self.past(20)
        self.past(2, is_first_visit=False)
        self.assertEqual(self.rate(first), 0)

    def test_it_is_counted_once_the_time_is_over(self):
        first = self.past(6)
        self.past(1, is_first_visit=False)
        self.assertIsNone(self.rate(first))

    def test_a_comeback_is_no_new_visit(self):
        first = self.past(14)
        again = self.past(13, is_first_visit=False)
        again._write_by_method({"is_comeback": True})
        self.assertEqual(self.rate(first), 0)

    def test_a_later_visit_of_a_known_car_is_not_counted(self):
        visit = self.past(14, is_first_visit=False)
        self.assertIsNone(self.rate(visit))
