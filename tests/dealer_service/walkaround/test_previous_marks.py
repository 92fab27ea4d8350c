"""What the walk-around knows of earlier visits."""

from odoo.exceptions import AccessError
from odoo.tests import users

from ...common import DealerServiceCase
from ...signature import SIGNATURE


class TestPreviousMarks(DealerServiceCase):
    def setUp(self):
        super().setUp()
        self.first = self.visit("2026-01-05 02:00:00", "rust")
        self.second = self.visit("2026-03-05 02:00:00", "dent")
        self.now = self.visit("2026-05-05 02:00:00")

    def visit(self, arrived, kind=None, **values):
        reception = self.make_reception(state="arrived", date_arrived=arrived, **values)
        if kind:
            self.env["dealer.damage.mark"].create(
                {"reception_id": reception.id, "zone": "left", "kind": kind, "x": 30}
            )
        return reception

    @users("advisor")
    def test_last_earlier_visit_counts(self):
        now = self.now.with_env(self.env)
        self.assertEqual(
            now.get_previous_marks(),
            [
                {
                    "zone": "left",
                    "x": 30.0,
                    "y": 50.0,
                    "kind": "dent",
                    "severity": "light",
                    "note": "",
                    "date": "2026-03-05",
                }
            ],
        )
        first = self.first.with_env(self.env)
        self.assertEqual(first.get_previous_marks(), [])

    @users("advisor")
    def test_last_version_of_the_sheet_counts(self):
        self.env.flush_all()
        sheet = self.second.inspection_id.sudo()
        self.second.odometer = 1000
        sheet.action_sign(SIGNATURE, "王建国")
        self.second.action_new_inspection_version()
        self.second.mark_ids.kind = "crack"
        marks = self.now.with_env(self.env).get_previous_marks()
        self.assertEqual([mark["kind"] for mark in marks], ["crack"])

    def test_other_cars_and_other_shops_tell_nothing(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        self.visit("2026-04-05 02:00:00", "missing", company_id=other.id)
        self.visit(
            "2026-04-06 02:00:00",
            "missing",
            vehicle_id=self.make_vehicle(license_plate="皖B·D5K78").id,
        )
        self.assertEqual(
            [mark["kind"] for mark in self.now.get_previous_marks()], ["dent"]
        )

    def test_visit_of_another_shop_is_not_asked(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        theirs = self.visit(
            "2026-06-05 02:00:00", company_id=other.id, advisor_id=False
        )
        with self.assertRaises(AccessError):
            theirs.with_user(self.advisor).get_previous_marks()
