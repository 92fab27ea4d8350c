"""Judging: by a tap or by a value, each item by itself, and never rewritten."""

import base64
import io

from PIL import Image

from odoo.exceptions import UserError
from odoo.tests import tagged, users

from ...camera import camera_photo
from .multipoint_case import ALL_GREEN, MultipointCase


@tagged("standard", "post_install", "-at_install")
class TestJudging(MultipointCase):
    def test_values_are_judged_by_their_limits(self):
        sheet = self.begin()
        for value, colour in (
            (1.5, "red"),
            (1.6, "amber"),
            (2.9, "amber"),
            (3, "green"),
        ):
            self.judge(sheet, tread=value)
            self.assertEqual(self.found(sheet, "tread").colour, colour, value)
        for value, colour in ((3.1, "red"), (3, "amber"), (1.5, "green")):
            self.judge(sheet, water=value)
            self.assertEqual(self.found(sheet, "water").colour, colour, value)

    def test_worse_than_its_value_but_never_better(self):
        sheet = self.begin()
        sheet.action_judge([self.row("tread", 5.0, colour="red")])
        self.assertEqual(self.found(sheet, "tread").colour, "red")
        sheet.action_judge([self.row("tread", 1.0, colour="green")])
        self.assertEqual(self.found(sheet, "tread").colour, "red")

    def test_what_is_measured_needs_a_value(self):
        sheet = self.begin()
        for value in (None, False, True, "5", float("nan"), float("inf"), 10**6, [5]):
            with self.assertRaises(UserError):
                sheet.action_judge([self.row("tread", "green", value=value)])
        self.judge(sheet, tread="none")
        self.assertEqual(self.found(sheet, "tread").colour, "none")
        self.assertFalse(self.found(sheet, "tread").is_measured)

    def test_limits_of_the_day_stay_with_the_finding(self):
        sheet = self.inspect(tread=2.0)
        self.items["tread"].write({"limit_amber": 1.8, "limit_red": 1.0})
        finding = self.found(sheet, "tread")
        self.assertEqual((finding.limit_amber, finding.colour), (3.0, "amber"))

    def test_only_what_was_judged_has_a_row(self):
        sheet = self.begin()
        self.assertFalse(sheet.finding_ids)
        self.judge(sheet, lamps="green", tread=6.0)
        self.assertEqual(len(sheet.finding_ids), 2)

    def test_who_judged_what_is_kept_when_it_is_judged_again(self):
        sheet = self.begin()
        self.judge(sheet, joints="red")
        self.job.helper_ids = self.colleague
        self.judge(sheet.with_user(self.colleague_user), joints="green")
        finding = self.found(sheet, "joints").sudo()
        self.assertEqual(finding.user_id, self.colleague_user)
        self.assertEqual(finding.former[0]["colour"], "red")
        self.assertEqual(finding.former[0]["user_id"], self.technician.id)
        self.assertTrue(finding.is_changed)

    def test_the_same_judgement_again_changes_nothing(self):
        sheet = self.begin()
        self.judge(sheet, joints="red", tread=2.0)
        dates = sheet.finding_ids.mapped("date")
        self.judge(sheet, joints="red", tread=2.0)
        self.assertEqual(sheet.finding_ids.mapped("date"), dates)
        self.assertFalse(any(sheet.finding_ids.mapped("is_changed")))

    def test_finishing_asks_for_every_item(self):
        sheet = self.begin()
        self.judge(sheet, lamps="green")
        with self.assertRaisesRegex(UserError, "Tread"):
            sheet.action_finish()

    def test_red_without_words_or_photo_is_not_finished(self):
        sheet = self.begin()
        self.judge(sheet, **{**ALL_GREEN, "joints": "red"})
        with self.assertRaisesRegex(UserError, "Joints"):
            sheet.action_finish()
        sheet.action_photo(
            self.items["joints"].id, base64.b64encode(camera_photo()).decode()
        )
        sheet.action_finish()
        self.assertEqual(sheet.state, "done")

    def test_finished_is_finished_for_everybody(self):
        sheet = self.inspect(tread=2.0)
        for user in (self.technician, self.advisor, self.manager):
            mine = sheet.with_user(user)
            with self.assertRaises(UserError):
                self.judge(mine, tread=8.0)
            with self.assertRaises(UserError):
                mine.action_note(self.items["tread"].id, "x")
            with self.assertRaises(UserError):
                mine.finding_ids.write({"colour": "green"})
            with self.assertRaises(UserError):
                mine.finding_ids.unlink()
        with self.assertRaises(UserError):
            # not even a program with all rights
            sheet.sudo().finding_ids[:1].write({"colour": "green"})

    def test_no_method_judges_all_items_at_once(self):
        sheet = self.begin()
        for rows in ("green", {"colour": "green"}, [{"colour": "green"}], [None]):
            with self.assertRaises(UserError):
                sheet.action_judge(rows)
        self.assertFalse(sheet.finding_ids)

    def test_nothing_is_green_by_itself(self):
        sheet = self.begin()
        for row in ({}, {"colour": False}, {"colour": ""}, {"value": 3.0}):
            row["item_id"] = self.items["lamps"].id
            with self.subTest(row), self.assertRaisesRegex(UserError, "by itself"):
                sheet.action_judge([row])
        self.assertFalse(sheet.finding_ids)

    def test_value_that_no_car_has_is_refused(self):
        item = self.items["tread"]
        sheet = self.begin()
        item.write({"possible_from": 0, "possible_to": 12})
        for value in (30, 12.01, -0.1):
            row = {"item_id": item.id, "value": value}
            with self.subTest(value), self.assertRaisesRegex(UserError, "0 to 12"):
                sheet.action_judge([row])
        self.assertFalse(sheet.finding_ids)
        for value in (0, 12, 3.0):
            sheet.action_judge([{"item_id": item.id, "value": value}])
            self.assertEqual(sheet.finding_ids.value, value)

    def test_item_of_another_list_is_refused(self):
        other = self.env["dealer.multipoint.item"].create({"name": "Other"})
        with self.assertRaises(UserError):
            self.begin().action_judge([{"item_id": other.id, "colour": "green"}])

    def test_photo_keeps_no_place(self):
        sheet = self.begin()
        self.judge(sheet, joints="red")
        sent = camera_photo()
        with Image.open(io.BytesIO(sent)) as picture:
            self.assertTrue(picture.getexif())
        sheet.action_photo(self.items["joints"].id, base64.b64encode(sent).decode())
        kept = self.found(sheet, "joints").with_context(bin_size=False).photo
        with Image.open(io.BytesIO(base64.b64decode(kept))) as picture:
            self.assertFalse(picture.getexif())
        with self.assertRaises(UserError):
            sheet.action_photo(self.items["joints"].id, "PHN2Zy8+")

    @users("technician")
    def test_speed_of_judging_is_measured(self):
        sheet = self.inspect()
        self.assertEqual(sheet.seconds_each, 0.0)
        self.assertEqual((sheet.green_count, sheet.red_count), (5, 0))

    def test_one_inspection_at_a_time_and_several_in_a_visit(self):
        sheet = self.begin()
        self.assertEqual(self.begin(), sheet)
        self.judge(sheet, **ALL_GREEN)
        sheet.action_finish()
        again = self.begin()
        self.assertNotEqual(again, sheet)
        action = self.visit.with_user(self.technician).action_multipoint()
        self.assertEqual(action["res_id"], again.id)

    def test_a_car_that_is_not_here_is_not_inspected(self):
        booked = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·N0001").id
        )
        with self.assertRaises(UserError):
            booked.with_user(self.advisor).action_multipoint()

    def test_rows_of_an_inspection(self):
        """A sheet is one row, and one for each item: no more than 45 of the longest."""
        for key in ("petrol", "hybrid", "electric"):
            template = self.env.ref(f"dealer_service.dealer_multipoint_template_{key}")
            self.assertLessEqual(1 + len(template.item_ids), 45)
            self.assertGreaterEqual(len(template.item_ids), 40)

    def test_saving_forty_items_asks_a_fixed_number_of_queries(self):
        template = self.env.ref("dealer_service.dealer_multipoint_template_petrol")
        counts = []
        for count in (10, 40):
            sheet = self.env["dealer.multipoint.sheet"].create(
                {
                    "reception_id": self.make_visit(
                        "working",
                        vehicle_id=self.make_vehicle(
                            license_plate=f"皖B·Q{count}00"
                        ).id,
                    ).id,
                    "template_id": template.id,
                }
            )
            rows = [
                {"item_id": item.id, "colour": "green", "value": item.limit_amber}
                for item in template.item_ids[:count]
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            sheet.action_judge(rows)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)
