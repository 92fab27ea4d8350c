"""Who is forgotten has no number in the register of consents."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from ...followup_common import DealerFollowupCase, cn


@freeze_time(cn(2, 10))
class TestAnonymise(DealerFollowupCase):
    def test_the_person_is_forgotten_the_counts_stay(self):
        task = self.make_task(note="Is on holiday in Sanya")
        self.call(task, "reached", note="Tell my wife")
        self.consent("given")
        self.customer.with_user(self.care_manager).action_anonymise_customer()
        self.assertFalse(self.customer.phone)
        self.assertNotIn("王建国", self.customer.name)
        attempt = task.attempt_ids
        self.assertEqual(attempt.result_id, self.result("reached"))
        self.assertFalse(attempt.note)
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT 1 FROM dealer_followup WHERE contact_phone = %(phone)s
                OR contact_name = '王建国' OR note IS NOT NULL
            UNION ALL SELECT 1 FROM dealer_followup_attempt WHERE phone = %(phone)s
            UNION ALL SELECT 1 FROM dealer_consent WHERE phone = %(phone)s""",
            {"phone": "+8613805531234"},
        )
        self.assertFalse(self.env.cr.fetchall())

    def test_the_ledger_forgets_the_number_unless_somebody_shares_it(self):
        values = {"partner_id": False, "phone": "138 0553 1234"}
        line = self.consent("given", **values)
        wife = self.make_partner(name="李梅", phone="13805531234")
        self.customer.with_user(self.care_manager).action_anonymise_customer()
        self.assertEqual(line.phone, "+8613805531234")
        wife.with_user(self.care_manager).action_anonymise_customer()
        self.assertEqual(line.phone, f"anonymous-{wife.id}")

    def test_not_while_something_is_open(self):
        self.make_complaint()
        with self.assertRaises(UserError):
            self.customer.with_user(self.care_manager).action_anonymise_customer()

    def test_only_a_manager(self):
        with self.assertRaises(AccessError):
            self.customer.with_user(self.caller).action_anonymise_customer()

    def test_no_number_is_a_link_past_the_check(self):
        """A link dials, and its button writes, without asking hours and consent."""
        models = (
            "dealer.followup",
            "dealer.followup.attempt",
            "dealer.consent",
            "dealer.activity.invitee",
        )
        for view in self.env["ir.ui.view"].search([("model", "in", models)]):
            self.assertNotIn('widget="phone"', view.arch_db, view.name)
