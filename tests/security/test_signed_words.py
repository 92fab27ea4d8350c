"""What was signed, agreed to or read off an instrument is not rewritten afterwards."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import users

from .common import SecurityCase


class TestSignedWords(SecurityCase):
    @users("advisor")
    def test_concerns_on_a_signed_sheet_stay(self):
        visit = self.sides["own"].visits["working"].with_env(self.env)
        concern = visit.concern_ids
        for command in (
            Command.delete(concern.id),
            Command.unlink(concern.id),
            Command.update(concern.id, {"name": "Nothing"}),
        ):
            with self.subTest(command=command):
                with self.assertRaises(UserError), self.cr.savepoint():
                    visit.concern_ids = [command]
                    self.env.flush_all()
        with self.assertRaises(UserError), self.cr.savepoint():
            concern.reception_id = self.sides["own"].visits["arrived"].id
        concern.write({"name": concern.name, "cause": "Worn pads", "sequence": 20})
        visit.concern_ids = [Command.create({"name": "It squeaks too"})]
        self.assertEqual(len(visit.concern_ids), 2)

    @users("advisor")
    def test_concerns_change_with_a_new_version_of_the_sheet(self):
        visit = self.sides["own"].visits["working"].with_env(self.env)
        visit.action_new_inspection_version()
        visit.concern_ids.name = "It squeaks when it is wet"

    @users("advisor")
    def test_date_of_an_agreed_order_stays(self):
        order = self.sides["own"].agreed_order.with_env(self.env)
        with self.assertRaises(UserError):
            order.date_order = "2020-01-01 00:00:00"

    @users("advisor")
    def test_advisor_notes_a_reading_today_in_his_own_name(self):
        car = self.sides["own"].visits["working"].vehicle_id
        readings = self.env["dealer.odometer.reading"]
        note = {"vehicle_id": car.id, "value": 30_000}
        for vals in ({"user_id": self.manager.id}, {"date": "2020-01-01"}):
            with self.subTest(**vals):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    readings.create({**note, **vals})
        reading = readings.create({**note, "date": Date.context_today(readings)})
        self.assertEqual(reading.user_id, self.env.user)

    @users("manager")
    def test_manager_notes_another_day_in_his_own_name(self):
        car = self.sides["own"].visits["working"].vehicle_id
        readings = self.env["dealer.odometer.reading"]
        note = {"vehicle_id": car.id, "value": 30_000, "date": "2026-01-02"}
        reading = readings.create(note)
        with self.assertRaises(AccessError):
            reading.user_id = self.advisor
