"""A remedy issues a real voucher, once, and the complaint desk hands it out."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import users

from ...complaint_common import DealerComplaintCase


class TestRemedyVoucher(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_complaint_remedy_limit = 500
        cls.complaint = cls.make_complaint(vehicle_id=cls.vehicle.id)

    def remedy(self, **values):
        remedies = self.env["dealer.complaint.action"]
        return remedies.create(
            {
                "complaint_id": self.complaint.id,
                "kind": "voucher",
                "name": "两次等待的补偿",
                "cost": 200.0,
                **values,
            }
        )

    @users("handler")
    def test_amount_of_the_remedy_is_that_of_the_voucher(self):
        remedy = self.remedy()
        remedy.action_request()
        action = remedy.action_carry_out()
        voucher = remedy.voucher_id
        self.assertEqual(
            (action["res_model"], action["res_id"]), (voucher._name, voucher.id)
        )
        self.assertEqual(
            (voucher.kind, voucher.amount, voucher.partner_id, voucher.state),
            ("value", 200.0, self.customer, "issued"),
        )
        self.assertEqual(voucher.user_id, self.handler)
        self.assertEqual(
            voucher.date_until,
            self.company._dealer_today() + timedelta(self.company.dealer_voucher_days),
        )
        self.assertIn(self.complaint.name, voucher.reason)
        self.assertIn(voucher.name, remedy.document)
        # two clicks make one
        remedy.action_carry_out()
        self.assertEqual(
            self.env["dealer.voucher"].search_count(
                [("partner_id", "=", self.customer.id)]
            ),
            1,
        )

    @users("handler")
    def test_service_until_a_day(self):
        service = self.make_product("基础保养")
        until = self.company._dealer_today() + timedelta(days=30)
        remedy = self.remedy(voucher_product_id=service.id, voucher_until=until, cost=0)
        remedy.action_request()
        remedy.action_carry_out()
        voucher = remedy.voucher_id
        self.assertEqual(
            (voucher.kind, voucher.product_id, voucher.date_until),
            ("service", service, until),
        )

    @users("handler")
    def test_approval_is_void_when_it_is_another_service(self):
        remedy = self.remedy()
        remedy.action_request()
        remedy.voucher_product_id = self.make_product("基础保养")
        self.assertEqual(remedy.state, "draft")

    @users("handler")
    def test_voucher_for_nothing_or_of_the_past_is_not_issued(self):
        yesterday = self.company._dealer_today() - timedelta(days=1)
        with self.assertRaises(UserError):
            self.remedy(voucher_until=yesterday).action_request()
        remedy = self.remedy(cost=0)
        remedy.action_request()
        with self.assertRaises(UserError):
            remedy.action_carry_out()
        self.assertFalse(remedy.voucher_id)

    @users("handler")
    def test_a_free_service_counts_with_its_price(self):
        self.company.sudo().dealer_complaint_remedy_limit = 500.0
        service = self.make_product("玻璃更换", price=850.0)
        remedy = self.remedy(voucher_product_id=service.id, cost=1)
        remedy.action_request()
        self.assertEqual(remedy.state, "requested")
        cheap = self.make_product("添加玻璃水", price=30.0)
        small = self.remedy(voucher_product_id=cheap.id, cost=1)
        small.action_request()
        self.assertEqual(small.state, "approved")
        # what was promised before counts with its price, too
        more = self.remedy(cost=480)
        more.action_request()
        self.assertEqual(more.state, "requested")

    @users("handler")
    def test_only_a_voucher_has_a_service_and_a_last_day(self):
        for values in (
            {"voucher_product_id": self.make_product().id},
            {"voucher_until": fields.Date.today()},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.remedy(kind="gift", **values)

    @users("handler")
    def test_desk_prints_and_neither_issues_nor_withdraws_by_hand(self):
        remedy = self.remedy()
        remedy.action_request()
        remedy.action_carry_out()
        voucher = remedy.voucher_id
        html = self.env["ir.actions.report"]._render_qweb_html(
            "dealer_service.action_paper_voucher", voucher.ids
        )[0]
        self.assertIn(voucher.name, html.decode())
        with self.assertRaises(AccessError):
            voucher.action_withdraw("试试")
        with self.assertRaises(AccessError):
            self.env["dealer.voucher"].create(
                {"partner_id": self.customer.id, "reason": "x", "amount": 1.0}
            )
