"""Whoever logs in comes to the own work."""

from odoo.tests import TransactionCase, new_test_user, tagged

#: Where somebody lands who has been given one role and nothing else.
FIRST_SCREENS = {
    "dealer_service.group_dealer_service_technician": "my-jobs",
    "dealer_service.group_dealer_service_user": "service-home",
    "dealer_service.group_dealer_service_manager": "service-home",
    "dealer_complaint.group_dealer_complaint_user": "complaint-home",
    "dealer_complaint.group_dealer_complaint_officer": "complaint-home",
    "dealer_complaint.group_dealer_complaint_manager": "complaint-home",
    "dealer_followup.group_dealer_followup_user": "follow-up-home",
    "dealer_followup.group_dealer_followup_manager": "follow-up-home",
    "account.group_account_invoice": "cashier",
}


@tagged("standard", "post_install", "-at_install")
class TestFirstScreen(TransactionCase):
    def first_screen(self, user):
        """The web client opens the first app of whoever has chosen no other screen."""
        self.assertFalse(user.action_id)
        menus = self.env["ir.ui.menu"].with_user(user).load_web_menus(False)
        return menus[menus["root"]["children"][0]]["actionPath"]

    def test_each_role_alone_begins_at_its_own_work(self):
        for number, (group, path) in enumerate(FIRST_SCREENS.items()):
            with self.subTest(group):
                user = new_test_user(
                    self.env, login=f"first{number}", groups=f"base.group_user,{group}"
                )
                self.assertEqual(self.first_screen(user), path)

    def test_service_manager_who_also_takes_payments_begins_at_the_service(self):
        user = new_test_user(
            self.env,
            login="first",
            groups="dealer_service.group_dealer_service_manager,"
            "account.group_account_invoice",
        )
        self.assertEqual(self.first_screen(user), "service-home")
