"""The link of a visit is the customer's: who learns it, and who does not."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ...common import DealerServiceCase


@tagged("standard", "post_install", "-at_install")
class TestVisitLink(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_reception(state="arrived")
        cls.token = cls.visit._portal_ensure_token()
        cls.stranger = new_test_user(cls.env, "stranger", "base.group_portal")
        cls.owner = new_test_user(cls.env, "owner", "base.group_portal")
        cls.owner.partner_id = cls.customer
        cls.employee = new_test_user(cls.env, "employee", "base.group_user")
        shop = cls.env["res.company"].create({"name": "另一家店"})
        cls.other_advisor = new_test_user(
            cls.env,
            "other_advisor",
            "dealer_service.group_dealer_service_user",
            company_id=shop.id,
            company_ids=[Command.set(shop.ids)],
        )

    def as_user(self, user):
        self.env.invalidate_all()
        return self.visit.with_user(user)

    def test_advisor_of_the_shop_gets_the_link(self):
        self.assertIn(self.token, self.as_user(self.advisor).get_portal_url())
        share = self.as_user(self.advisor)._get_share_url()
        self.assertIn(self.token, share)

    def test_nobody_else_is_told_the_link(self):
        for user in (
            self.stranger,
            self.owner,
            self.employee,
            self.other_advisor,
            self.technician,
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.as_user(user).get_portal_url()

    def test_link_that_does_not_exist_yet_is_not_made_for_others(self):
        self.visit.access_token = False
        for user in (self.stranger, self.employee, self.other_advisor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.as_user(user).get_portal_url()
        self.assertFalse(self.visit.access_token)

    def test_customer_who_signs_in_is_led_to_the_page_without_a_token(self):
        action = self.as_user(self.owner)._get_access_action()
        self.assertEqual(action["url"].rstrip("?"), f"/my/visits/{self.visit.id}")

    def test_who_reads_visits_without_prices_shares_the_address_without_proof(self):
        self.make_job(
            self.visit, technician_id=self.make_technician(self.technician).id
        )
        # may send portal links at all
        self.technician.group_ids += self.env.ref("base.group_partner_manager")
        visit = self.as_user(self.technician)
        share = visit._get_share_url(redirect=True, pid=self.technician.partner_id.id)
        self.assertNotIn("token", share)
        self.assertNotIn("hash", share)
        wizard = (
            self.env["portal.share"]
            .with_user(self.technician)
            .create({"res_model": visit._name, "res_id": visit.id})
        )
        self.assertNotIn(self.token, wizard.share_link)

    def test_whoever_only_works_with_prices_cannot_decide_as_the_customer(self):
        """Cashier, bookkeeper and salesperson read the order, not the key to it."""
        order = self.make_order(self.visit)
        order.action_share_link()
        token = order.sudo().access_token
        self.assertIn(token, order.with_user(self.advisor).dealer_link)
        for group in (
            "account.group_account_invoice",
            "account.group_account_manager",
            "sales_team.group_sale_manager",
        ):
            user = new_test_user(self.env, f"of_{group}", f"base.group_user,{group}")
            user.company_ids, user.company_id = self.company, self.company
            mine = order.with_user(user).with_company(self.company)
            self.assertTrue(mine.amount_total)
            with self.subTest(group):
                for name in ("access_token", "dealer_link", "dealer_link_qr"):
                    with self.assertRaises(AccessError):
                        mine.read([name])
                    with self.assertRaises(AccessError):
                        mine.search([(name, "!=", False)])
                with self.assertRaises(AccessError):
                    mine.get_portal_url()
                with self.assertRaises(AccessError):
                    mine.action_preview_sale_order()
                self.assertNotIn(token, mine._get_share_url(pid=user.partner_id.id))
                for field in ("access_token",):
                    with self.assertRaises(AccessError):
                        self.visit.with_user(user).read([field])

    def test_only_who_gives_the_link_out_makes_another(self):
        """Who only bills or sells does not take the customer's link from him."""
        order = self.make_order(self.visit)
        order.action_share_link()
        seen = fields.Datetime.now()
        order._write_by_method({"dealer_date_seen": seen})
        token = order.access_token
        for group in (
            "account.group_account_invoice",
            "account.group_account_manager",
            "sales_team.group_sale_manager",
        ):
            user = new_test_user(self.env, f"of_{group}", f"base.group_user,{group}")
            user.company_ids, user.company_id = self.company, self.company
            mine = order.with_user(user).with_company(self.company)
            with self.subTest(group), self.assertRaisesRegex(AccessError, "advisor"):
                mine.action_share_link()
        self.assertEqual(order.access_token, token)
        self.assertEqual(order.dealer_date_seen, seen)

    def test_orders_without_a_visit_are_shared_as_ever(self):
        seller = new_test_user(self.env, "seller", "sales_team.group_sale_salesman")
        seller.company_ids, seller.company_id = self.company, self.company
        order = (
            self.env["sale.order"]
            .with_user(seller)
            .with_company(self.company)
            .create({"partner_id": self.customer.id, "company_id": self.company.id})
        )
        url = order.action_preview_sale_order()["url"]
        self.assertIn(order.sudo().access_token, url)

    def test_technician_prints_the_address_without_the_token(self):
        self.make_job(
            self.visit, technician_id=self.make_technician(self.technician).id
        )
        visit = self.as_user(self.technician)
        self.assertEqual(visit._paper_link(), f"/my/visits/{self.visit.id}")
        self.assertIn(self.token, self.as_user(self.advisor)._paper_link())

    def test_numbers_and_keys_are_written_by_nobody(self):
        order = self.make_order(self.visit)
        order.action_share_link()
        for record, name in (
            (self.visit, "name"),
            (self.visit, "access_token"),
            (order, "access_token"),
        ):
            kept = record[name]
            for user in (self.advisor, self.manager):
                with (
                    self.subTest(record._name, name=name),
                    self.assertRaises(UserError),
                ):
                    record.with_user(user).write({name: "chosen"})
            self.assertEqual(record[name], kept)
        # making a new one and withdrawing it goes on
        order.with_user(self.advisor).action_share_link()
        self.assertTrue(order.access_token)
