"""The link of a visit is the customer's: who learns it, and who does not."""

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
