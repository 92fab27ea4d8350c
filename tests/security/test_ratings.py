"""What a customer says in a rating is written by the customer's page alone."""

from odoo.exceptions import AccessError
from odoo.fields import Command

from .common import SecurityCase


class TestRatings(SecurityCase):
    def setUp(self):
        super().setUp()
        self.visit = self.sides["own"].shared_visit
        self.rating = self.sides["own"].rating
        self.staff = [
            *self.people["own"].values(),
            *self.people["other"].values(),
        ]

    def test_no_employee_rewrites_a_rating(self):
        for user in self.staff:
            rating = self.rating.with_user(user)
            for vals in (
                {"rating": 5},
                {"feedback": "great"},
                {"consumed": False},
                {"res_id": self.sides["own"].visits["ready"].id},
            ):
                with self.subTest(user=user.login, vals=vals):
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        rating.write(vals)
            with self.assertRaises(AccessError), self.cr.savepoint():
                rating.reset()
            with self.assertRaises(AccessError), self.cr.savepoint():
                rating.unlink()
        self.assertEqual(self.rating.rating, 1)

    def test_no_employee_rates_for_the_customer(self):
        complaint = self.sides["own"].complaint
        for record in (self.visit, complaint):
            token = record.sudo()._rating_get_access_token()
            for user in (self.manager, self.complaint_manager, self.advisor):
                mine = record.with_user(user)
                attempts = {
                    "create": lambda r=record, u=user: (
                        self.env["rating.rating"]
                        .with_user(u)
                        .create(
                            {
                                "res_model_id": self.env["ir.model"]._get_id(r._name),
                                "res_id": r.id,
                                "rating": 5,
                                "consumed": True,
                            }
                        )
                    ),
                    "apply": lambda r=mine, t=token: r.rating_apply(5, token=t),
                    "post": lambda r=mine: r.message_post(body="x", rating_value=5),
                    "link": lambda r=mine: r.message_post(
                        body="x", rating_id=self.rating.id
                    ),
                }
                for name, attempt in attempts.items():
                    with self.subTest(name, user=user.login, model=record._name):
                        with self.assertRaises(AccessError), self.cr.savepoint():
                            attempt()

    def test_a_rating_of_something_else_stays_an_employees(self):
        rating = (
            self.env["rating.rating"]
            .with_user(self.advisor)
            .create(
                {
                    "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                    "res_id": self.customer.id,
                }
            )
        )
        rating.rating = 4
        self.assertFalse(rating.dealer_company_id)

    def test_it_is_not_moved_to_a_visit(self):
        rating = (
            self.env["rating.rating"]
            .with_user(self.advisor)
            .create(
                {
                    "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                    "res_id": self.customer.id,
                    "rating": 5,
                    "consumed": True,
                }
            )
        )
        with self.assertRaises(AccessError):
            rating.write(
                {
                    "res_model_id": self.env["ir.model"]._get_id("dealer.reception"),
                    "res_id": self.visit.id,
                }
            )

    def test_it_is_no_part_of_a_visit_either(self):
        ratings = self.env["rating.rating"].with_user(self.people["own"]["employee"])
        parent = {
            "parent_res_model_id": self.env["ir.model"]._get_id("dealer.reception"),
            "parent_res_id": self.visit.id,
        }
        about = {
            "res_model_id": self.env["ir.model"]._get_id("base"),
            "res_id": 1,
            "rating": 5,
        }
        rating = ratings.create(about)
        with self.assertRaises(AccessError):
            rating.write(parent)

    def test_it_is_about_something(self):
        """One about nothing is put beside anything afterwards."""
        ratings = self.env["rating.rating"].with_user(self.people["own"]["employee"])
        model = self.env["ir.model"]._get_id("res.partner")
        five = {"rating": 5, "consumed": True, "res_id": self.visit.id}
        for about in ({}, {"res_model": self.visit._name}, {"res_model_id": False}):
            with self.subTest("create", about=about):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    ratings.create({**five, **about})
        rating = ratings.create(
            {"res_model_id": model, "res_id": self.customer.id, "rating": 5}
        )
        for about in ({"res_model": False}, {"res_model_id": False}):
            with self.subTest("write", about=about):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    rating.write(about)

    def test_it_is_not_shown_at_a_message_of_a_visit(self):
        about = {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": self.customer.id,
            "rating": 5,
        }
        message = self.visit.message_ids[:1]
        for user in self.people["own"].values():
            ratings = self.env["rating.rating"].with_user(user)
            with self.subTest(user.login):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    ratings.create({**about, "message_id": message.id})
                with self.assertRaises(AccessError), self.cr.savepoint():
                    ratings.create(about).write({"message_id": message.id})

    def test_no_rating_comes_with_a_visit(self):
        for record, user in (
            (self.visit, self.manager),
            (self.sides["own"].complaint, self.complaint_manager),
        ):
            mine = record.with_user(user)
            row = {"rating_ids": [Command.create({"rating": 5, "consumed": True})]}
            for name, attempt in {
                "write": lambda r=mine, v=row: r.write(v),
                "create": lambda r=mine, v=row: r.create(v),
            }.items():
                with self.subTest(name, model=record._name):
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        attempt()

    def test_other_shop_reads_none_of_it(self):
        ratings = self.env["rating.rating"]
        self.assertEqual(self.rating.dealer_company_id, self.company)
        for user in self.people["other"].values():
            with self.subTest(user.login):
                self.assertNotIn(self.rating, ratings.with_user(user).search([]))
        self.assertIn(self.rating, ratings.with_user(self.manager).search([]))

    def test_who_has_nothing_to_do_with_it_reads_none_of_it(self):
        complaint = self.sides["own"].complaint
        told = complaint.rating_apply(2, token=complaint._rating_get_access_token())
        readers = {
            self.rating: ("advisor", "manager", "handler", "officer", "caller"),
            told: ("handler", "officer", "caller"),
        }
        closed = ("technician", "cashier", "employee")
        for rating, roles in readers.items():
            for role, user in self.people["own"].items():
                found = self.env["rating.rating"].with_user(user).search([])
                with self.subTest(role, model=rating.res_model):
                    if role in roles:
                        self.assertIn(rating, found)
                    elif role in closed:
                        self.assertNotIn(rating, found)
                        with self.assertRaises(AccessError):
                            rating.with_user(user).read(["feedback", "rating"])
        self.assertNotIn(
            told, self.env["rating.rating"].with_user(self.advisor).search([])
        )

    def test_the_customer_rates_by_the_link(self):
        visit = self.sides["own"].visits["ready"]
        token = visit._rating_get_access_token()
        page = self.url_open(f"/rate/{token}/5")
        self.assertEqual(page.status_code, 200)
        self.url_open(
            f"/rate/{token}/submit_feedback",
            data={
                "rate": "5",
                "feedback": "zqfeedbackqz",
                "csrf_token": page.text.split('name="csrf_token" value="')[1].split(
                    '"'
                )[0],
            },
        )
        self.assertEqual(visit.rating_last_value, 5)
        self.assertEqual(visit.rating_ids.feedback, "zqfeedbackqz")
