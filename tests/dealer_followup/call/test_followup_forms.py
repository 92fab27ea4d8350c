"""Who calls customers opens what the call is about."""

from freezegun import freeze_time

from odoo.tests import Form, users

from ...followup_common import DealerFollowupCase, cn


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

    def test_a_call_about_a_visit_is_named_by_the_plate_of_that_visit(self):
        visit = self.make_past_visit(1)
        about_visit = self.make_task(visit_id=visit.id)
        about_car = self.make_task()
        old, new = visit.license_plate, "皖B·Z8888"
        self.vehicle.license_plate = new
        with freeze_time(cn(2, 10)):
            sheet = self.open_sheet(about_visit)
        for task, plate in ((about_visit, old), (about_car, new)):
            self.assertEqual(task.license_plate, plate)
            self.assertIn(plate, task.display_name)
        self.assertIn(old, sheet.display_name)
        self.assertIn(new, sheet.display_name)
