"""Whoever has no right of ours reads records of Odoo's own whole, as before."""

from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("standard", "post_install", "-at_install")
class TestPlainReads(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        brand = cls.env["fleet.vehicle.model.brand"].create({"name": "奇瑞"})
        cls.model = cls.env["fleet.vehicle.model"].create(
            {"name": "瑞虎8", "brand_id": brand.id}
        )

    def plain(self, login, groups):
        """A user with rights of Odoo's own alone."""
        return new_test_user(self.env, login, groups, lang="en_US")

    def assertReadWhole(self, record, user):
        record = record.with_user(user)
        record.invalidate_recordset()
        [values] = record.read()
        self.assertEqual(values["id"], record.id)
        readable = record.fields_get(attributes=["type"])
        self.assertEqual(values.keys(), readable.keys())

    def test_car_of_the_company(self):
        car = self.env["fleet.vehicle"].create(
            {"model_id": self.model.id, "license_plate": "皖B·C0001"}
        )
        for groups in ("fleet.fleet_group_user", "fleet.fleet_group_manager"):
            with self.subTest(groups):
                self.assertReadWhole(car, self.plain(groups[-7:], groups))

    def test_model_of_a_car(self):
        user = self.plain("driver", "fleet.fleet_group_user")
        self.assertReadWhole(self.model, user)

    def test_digest(self):
        """By somebody who has every right that Odoo's own figures ask for."""
        user = self.plain(
            "accountant",
            "base.group_system,account.group_account_manager,sales_team.group_sale_manager",
        )
        for digest in self.env["digest.digest"].search([]):
            with self.subTest(digest.name):
                self.assertReadWhole(digest, user)

    def test_order_and_company(self):
        seller = self.plain("seller", "sales_team.group_sale_salesman")
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "王芳"}).id,
                "user_id": seller.id,
            }
        )
        for record in (order, self.env.company):
            with self.subTest(record._name):
                self.assertReadWhole(record, seller)

    def test_answers_of_a_questionnaire(self):
        survey = self.env["survey.survey"].create({"title": "茶水间"})
        answer = survey._create_answer(user=self.env.user)
        user = self.plain("surveyor", "base.group_user,survey.group_survey_user")
        self.assertReadWhole(answer, user)
