"""The walk-around sheet: signed versions never change."""

import base64

from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import users
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from ...common import DealerServiceCase
from ...signature import SIGNATURE

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9aw"
    "AAAABJRU5ErkJggg=="
)


class TestInspection(DealerServiceCase):
    def setUp(self):
        super().setUp()
        self.reception = self.make_reception(state="arrived", odometer=41234).with_user(
            self.advisor
        )
        self.sheet = self.reception.inspection_id

    def mark(self, **values):
        return (
            self.env["dealer.damage.mark"]
            .with_user(self.advisor)
            .create({"reception_id": self.reception.id, "zone": "left", **values})
        )

    def test_arrival_opens_the_first_version(self):
        self.assertEqual(self.sheet.version, 1)
        self.assertEqual(self.sheet.state, "draft")

    def offered_lamps(self, energy, lit=()):
        """The lamps that the form offers for a car of this energy."""
        self.vehicle.fuel_type = energy
        arch = etree.fromstring(self.reception.get_view(view_type="form")["arch"])
        [domain] = arch.xpath("//field[@name='lamp_ids']/@domain")
        names = ("has_engine", "has_drive_battery")
        values = {name: self.reception[name] for name in names}
        lamps = self.env["dealer.warning.lamp"].with_user(self.advisor)
        return lamps.search(safe_eval(domain, {**values, "lamp_ids": list(lit)}))

    def test_dashboard_has_the_lamps_that_the_car_has(self):
        oil, battery, brake = (
            self.env.ref(f"dealer_service.dealer_warning_lamp_{name}")
            for name in ("oil", "hv_battery", "brake")
        )
        for energy, expected in (
            ("electric", battery),
            ("gasoline", oil),
            ("diesel", oil),
            ("plug_in_hybrid_gasoline", oil + battery),
            (False, oil + battery),
        ):
            with self.subTest(energy):
                lamps = self.offered_lamps(energy)
                self.assertEqual(lamps & (oil + battery), expected)
                self.assertIn(brake, lamps)
        # what was lit by mistake can be put out
        self.assertIn(oil, self.offered_lamps("electric", lit=oil.ids))

    def test_mark_goes_on_the_current_sheet(self):
        self.assertEqual(self.mark(x=12.5, y=80).inspection_id, self.sheet)

    def test_mark_outside_the_drawing_is_refused(self):
        with self.assertRaises(Exception) as raised, mute_logger("odoo.sql_db"):
            self.mark(x=100.1).flush_recordset()
        self.assertIn("check_position", str(raised.exception))

    def test_sheet_is_not_signed_without_signature_name_or_odometer(self):
        for signature, name in (
            (False, "王建国"),
            (SIGNATURE, "  "),
            (SIGNATURE, False),
        ):
            with self.assertRaises(UserError):
                self.sheet.action_sign(signature, name)
        self.reception.odometer = 0
        with self.assertRaisesRegex(UserError, "odometer"):
            self.sheet.action_sign(SIGNATURE, "王建国")

    def test_signed_sheet_is_frozen_for_everyone(self):
        mark = self.mark()
        self.sheet.action_sign(SIGNATURE, "王建国")
        for change in (
            lambda: mark.write({"kind": "dent"}),
            mark.unlink,
            self.mark,
            lambda: self.sheet.write({"note": "later"}),
            lambda: self.sheet.sudo().write({"signature": False}),
            lambda: self.reception.write({"odometer": 41000}),
            lambda: self.reception.write({"belongings": "umbrella"}),
            self.sheet.sudo().unlink,
        ):
            with self.assertRaisesRegex(UserError, "signed by 王建国"):
                change()
        self.assertEqual(self.sheet.odometer, 41234)

    def test_signature_cannot_be_forged(self):
        with self.assertRaises(UserError):
            self.sheet.write({"state": "signed"})
        with self.assertRaises(UserError):
            self.sheet.with_context(dealer_inspection_method=True).write(
                {"signed_by": "Somebody"}
            )
        with self.assertRaises(UserError):
            self.sheet.create({"reception_id": self.reception.id, "signed_by": "X"})

    def test_new_version_keeps_the_signed_one(self):
        self.mark(kind="scratch")
        self.sheet.action_sign(SIGNATURE, "王建国")
        self.reception.action_new_inspection_version()
        new = self.reception.inspection_id
        self.assertEqual((new.version, new.state), (2, "draft"))
        self.assertEqual(new.mark_ids.mapped("kind"), ["scratch"])
        new.mark_ids.kind = "dent"
        self.reception.odometer = 41235
        new.action_sign(SIGNATURE, "李娟")
        self.assertEqual(self.sheet.mark_ids.kind, "scratch")
        self.assertEqual(self.sheet.odometer, 41234)
        self.assertEqual(new.odometer, 41235)

    def test_signing_dialog_signs_the_current_sheet(self):
        action = self.reception.action_sign_inspection()
        wizard = (
            self.env["dealer.signature"]
            .with_user(self.advisor)
            .with_context(**action["context"])
            .create({"signature": SIGNATURE})
        )
        wizard.action_sign()
        self.assertEqual(self.sheet.state, "signed")
        self.assertEqual(self.sheet.signed_by, "王建国")

    def test_odometer_is_read_before_anybody_draws(self):
        self.reception.odometer = 0
        with self.assertRaisesRegex(UserError, "read the odometer before"):
            self.reception.action_sign_inspection()
        self.reception.odometer = 41234
        self.assertTrue(self.reception.action_sign_inspection())

    @users("technician")
    def test_technician_cannot_change_the_sheet(self):
        with self.assertRaises(AccessError):
            self.sheet.with_env(self.env).write({"note": "x"})

    def test_sheet_of_another_company_is_invisible(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        reception = self.make_reception(
            state="arrived",
            company_id=other.id,
            vehicle_id=self.make_vehicle(license_plate="沪A·00001").id,
            advisor_id=False,
        )
        for model in ("dealer.reception", "dealer.inspection"):
            found = self.env[model].with_user(self.advisor).search([])
            self.assertNotIn(other, found.company_id, model)
        mark = self.env["dealer.damage.mark"].create(
            {"inspection_id": reception.inspection_id.id}
        )
        with self.assertRaises(AccessError):
            mark.with_user(self.advisor).read(["kind"])

    def test_signed_sheet_is_not_deleted_with_its_visit(self):
        self.sheet.action_sign(SIGNATURE, "王建国")
        self.reception.action_cancel()
        with self.assertRaisesRegex(UserError, "signed by the customer"):
            self.reception.with_user(self.manager).unlink()
        self.assertTrue(self.sheet.exists())

    def test_photo_of_a_mark_is_a_picture(self):
        drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"
        for content in (drawing, b"<html></html>"):
            with self.assertRaisesRegex(ValidationError, "must be an image"):
                self.mark(photo=base64.b64encode(content))
        with self.assertRaises(UserError):
            self.mark(photo=base64.b64encode(b"no picture at all"))
        self.assertTrue(self.mark(photo=PIXEL).photo)
