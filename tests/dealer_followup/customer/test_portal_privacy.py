"""What the shop thinks of a customer is not read by the customer."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from ...followup_common import DealerFollowupCase

PRIVATE = {
    "fleet.vehicle": (
        "customer_class",
        "description",
        "is_owner_wrong",
        "leave_note",
        "leave_reason_id",
        "left_date",
        "life_cycle",
        "life_cycle_date",
        "life_cycle_next_date",
        "owner_name",
        "owner_phone",
    ),
    "dealer.reception": ("is_low_rated", "open_complaint_note"),
}


class TestPortalPrivacy(DealerFollowupCase):
    def test_customer_reads_his_car_and_visit_but_not_what_the_shop_makes_of_it(self):
        # whoever receives the customer; a caller has it on the call sheet
        self.readers = {"open_complaint_note": self.advisor}
        user = new_test_user(self.env, "owner", groups="base.group_portal")
        user.partner_id = self.customer
        visit = self.make_past_visit(1)
        for record, shown in ((self.vehicle, "license_plate"), (visit, "state")):
            own = record.with_user(user)
            self.assertTrue(own.read([shown])[0][shown])
            for name in PRIVATE[record._name]:
                with self.subTest(name):
                    self.assertNotIn(name, own.fields_get())
                    with self.assertRaises(AccessError):
                        own.read([name])
                    if record._fields[name].store:
                        with self.assertRaises(AccessError):
                            own.search([(name, "!=", False)])
                    # there is such a field, and the shop reads it
                    reader = self.readers.get(name, self.caller)
                    self.assertIn(name, record.with_user(reader).fields_get())
