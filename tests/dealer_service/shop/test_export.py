"""What users take out of the database, and what a technician does not."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import users

from ..workshop.workshop_case import WorkshopCase

VISIT = ["name", "vehicle_id/license_plate", "partner_id/name", "state"]


class TestExport(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        allowed = cls.env.ref("base.group_allow_export")
        (cls.advisor | cls.technician).group_ids = [Command.link(allowed.id)]
        cls.visit = cls.make_visit("working")
        cls.make_job(cls.visit, technician_id=cls.mechanic.id)
        cls.visit.concern_ids = [Command.create({"name": "刹车有点响。"})]
        cls.car = cls.visit.vehicle_id

    def export(self, records, *names):
        return records.with_env(self.env).export_data(list(names))["datas"]

    @users("advisor")
    def test_advisor_takes_out_visits_with_their_totals(self):
        rows = self.export(self.visit, *VISIT, "concern_ids/name", "estimate_total")
        self.assertEqual(
            rows,
            [
                [
                    self.visit.name,
                    self.car.license_plate,
                    self.visit.partner_id.name,
                    "In Progress",
                    "刹车有点响。",
                    self.visit.estimate_total,
                ]
            ],
        )

    @users("advisor")
    def test_advisor_takes_out_cars_and_appointments(self):
        names = ("license_plate", "vin_sn", "owner_id/name", "last_odometer")
        [row] = self.export(self.car, *names)
        self.assertEqual(row[0], self.car.license_plate)
        self.assertEqual(row[2], self.car.owner_id.name)
        booked = self.make_reception(date_appointment=False)
        [row] = self.export(booked, *VISIT, "date_appointment", "planned_hours")
        self.assertEqual(row[3], "Booked")
        self.assertEqual(row[5], booked.planned_hours)

    @users("technician")
    def test_technician_takes_out_own_visits(self):
        [row] = self.export(self.visit, *VISIT, "concern_ids/name")
        self.assertEqual(row[-1], "刹车有点响。")

    @users("technician")
    def test_technician_takes_out_no_price_by_whatever_path(self):
        for records, path in (
            (self.visit, "estimate_total"),
            (self.visit, "settled_total"),
            (self.visit, "order_ids/amount_total"),
            (self.visit, "invoice_ids/amount_total"),
            (self.visit, "job_ids/sale_line_id/price_unit"),
            (self.car, "reception_ids/settled_total"),
            (self.car, "reception_ids/order_ids/order_line/price_total"),
        ):
            with self.subTest(path), self.assertRaises(AccessError):
                self.export(records, path)

    @users("technician")
    def test_technician_without_the_right_to_export_takes_out_nothing(self):
        allowed = self.env.ref("base.group_allow_export")
        self.technician.sudo().group_ids = [Command.unlink(allowed.id)]
        with self.assertRaisesRegex(UserError, "export"):
            self.export(self.visit, *VISIT)
