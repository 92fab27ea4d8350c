"""Guests who want to buy, in Odoo's CRM: run by test_beside_modules.py on a database of
its own.

Needs ``crm``, which the suite does not depend on.
"""

from freezegun import freeze_time

from odoo.exceptions import UserError

from ...activity_common import ActivityCase, cn


class TestLeadsInTheCrm(ActivityCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(cn(2, 10)))
        self.activity = self.make_inviting(kind="launch")
        self.guest = self.row(self.activity).with_user(self.caller)

    def lead(self):
        return self.env["crm.lead"].search(
            [("campaign_id", "=", self.activity.campaign_id.id)]
        )

    def test_a_guest_who_wants_to_buy_is_a_lead_of_the_crm_once(self):
        self.guest.write({"is_lead": True, "lead_note": "换购瑞虎9"})
        lead = self.lead()
        self.assertEqual(len(lead), 1)
        self.assertEqual(
            (lead.partner_id, lead.phone), (self.customer, self.guest.contact_phone)
        )
        self.assertIn("换购瑞虎9", lead.name)
        self.assertEqual(lead.company_id, self.company)
        self.guest.is_lead = False
        self.guest.is_lead = True
        self.assertEqual(self.lead(), lead)

    def test_the_lead_is_opened_by_who_may_read_it(self):
        self.guest.is_lead = True
        self.assertFalse(self.guest.has_open_lead)
        with self.assertRaisesRegex(UserError, "no lead"):
            self.guest.action_view_lead()
        self.caller.group_ids += self.env.ref(
            "sales_team.group_sale_salesman_all_leads"
        )
        self.assertTrue(self.guest.has_open_lead)
        self.assertEqual(self.guest.action_view_lead()["res_id"], self.lead().id)

    def test_a_lead_that_sales_has_deleted_is_no_error(self):
        self.guest.is_lead = True
        self.lead().unlink()
        self.caller.group_ids += self.env.ref(
            "sales_team.group_sale_salesman_all_leads"
        )
        self.env.invalidate_all()
        self.assertFalse(self.guest.has_open_lead)
