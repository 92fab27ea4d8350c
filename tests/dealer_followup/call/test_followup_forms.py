"""Who calls customers opens what the call is about."""

from odoo.tests import Form, users

from ...followup_common import DealerFollowupCase


class TestFollowupForms(DealerFollowupCase):
    @users("caller", "care_manager")
    def test_the_visit_and_the_car_of_a_call_open(self):
        visit = self.make_reception(
            state="arrived",
            odometer=12_000,
            concern_ids=[(0, 0, {"name": "刹车时有异响"})],
        )
        for record in (visit, self.vehicle):
            with self.subTest(record=record.display_name):
                form = Form(record.with_env(self.env))
                self.assertEqual(form.license_plate, record.license_plate)
