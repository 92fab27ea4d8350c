"""Who a customer is and to whom he belongs: written by those who deal with him."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user

from ...common import DealerServiceCase


class TestWhoseCustomer(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_reception()
        cls.person = cls.make_partner(name="李国庆", phone="138 0553 9999")
        cls.firm = cls.make_partner(name="芜湖运输", is_company=True)
        cls.other = cls.env["res.company"].create({"name": "Other Shop"})
        cls.elsewhere = cls.make_user(
            "elsewhere",
            "manager",
            company_id=cls.other.id,
            company_ids=[Command.set(cls.other.ids)],
        )
        cls.seller = new_test_user(
            cls.env,
            "seller",
            "sales_team.group_sale_manager,base.group_partner_manager",
        )

    def seen(self):
        """Whether whoever logs in for the other person sees the visit."""
        login = new_test_user(self.env, "login", "base.group_portal")
        login.partner_id = self.person
        return bool(self.env["dealer.reception"].with_user(login).search([]))

    def test_customer_with_visits_belongs_to_no_other_person(self):
        for user in (self.advisor, self.manager, self.seller):
            for record, vals in (
                (self.customer, {"parent_id": self.person.id}),
                (self.person, {"commercial_partner_id": self.customer.id}),
            ):
                with self.subTest(user=user.login, vals=list(vals)):
                    with self.assertRaises(UserError):
                        record.with_user(user).write(vals)
        self.assertFalse(self.seen())

    def test_advisor_enters_the_company_and_sales_does_not(self):
        with self.assertRaisesRegex(AccessError, "Ask a service advisor"):
            self.customer.with_user(self.seller).parent_id = self.firm
        self.customer.with_user(self.advisor).parent_id = self.firm
        self.assertEqual(self.customer.commercial_partner_id, self.firm)

    def test_whom_nobody_has_served_belongs_to_anybody(self):
        child = self.make_partner(name="王小明")
        child.with_user(self.seller).parent_id = self.person
        self.assertEqual(child.parent_id, self.person)

    def test_other_shop_does_not_say_who_a_customer_is(self):
        customer = self.customer.with_user(self.elsewhere)
        both = customer | self.make_partner(name="x").with_user(self.elsewhere)
        for vals in (
            {"phone": "139 0000 0000"},
            {"email": "a@example.com"},
            {"name": "x"},
            {"vat": "91340200MA2TEST123"},
            {"parent_id": self.firm.id},
        ):
            for records in (customer, both):
                with self.subTest(vals=vals, count=len(records)):
                    with self.assertRaisesRegex(AccessError, self.company.name):
                        records.write(vals)
        customer.write({"phone": self.customer.phone, "drink": "绿茶"})
        self.assertEqual(self.customer.drink, "绿茶")

    def test_shop_that_served_him_too_does(self):
        self.make_reception(company_id=self.other.id, advisor_id=False)
        self.customer.with_user(self.elsewhere).phone = "139 0000 0000"
        self.customer.with_user(self.advisor).phone = "139 0000 0001"
        self.assertEqual(self.customer.phone, "139 0000 0001")

    def test_customer_is_not_pushed_to_a_shop_one_does_not_work_in(self):
        for user in (self.advisor, self.seller):
            with self.subTest(user=user.login):
                with self.assertRaisesRegex(AccessError, "You do not work in"):
                    self.customer.with_user(user).company_id = self.other
        self.customer.with_user(self.advisor).company_id = self.company
        self.assertEqual(self.customer.company_id, self.company)
