"""What follows from what stands in tables, and follows for what really changed."""

from odoo import fields
from odoo.exceptions import UserError

from odoo.addons.dealer_service.models.booking.dealer_reception_booking import (
    CAPACITY_CHECKS,
)
from odoo.addons.dealer_service.models.shop.res_company_live import LANE
from odoo.addons.dealer_service.models.walkaround.dealer_inspection import SHEET_FIELDS

from ..booking.booking_common import BookingCase, shanghai
from ..shop.news import news_of


class TestTables(BookingCase):
    def tables(self):
        """The rows of every record with a process: (model, keys, method)."""
        mixin = self.env.registry["dealer.process.mixin"]
        for name, model in sorted(self.env.registry.items()):
            if issubclass(model, mixin) and not model._abstract:
                yield self.env[name]

    def test_every_row_names_fields_and_a_method_that_exist(self):
        for model in self.tables():
            for fields_of_row, method in [*model._guards(), *model._consequences()]:
                with self.subTest(model=model._name, method=method):
                    self.assertTrue(callable(getattr(model, method)))
                    self.assertLessEqual(set(fields_of_row), set(model._fields))
            for method in [*model._completions(), *model._intake()]:
                with self.subTest(model=model._name, method=method):
                    self.assertTrue(callable(getattr(model, method)))
            self.assertLessEqual(model._recorded_fields(), set(model._fields))

    def test_every_step_is_one_of_a_state_that_can_be_reached(self):
        for model in self.tables():
            reached = {target for _state, target in model._transitions}
            for states, method in model._leave_steps():
                with self.subTest(model=model._name, method=method):
                    self.assertTrue(callable(getattr(model, method)))
                    self.assertTrue(reached.intersection(states))
            for states, method in model._enter_steps():
                with self.subTest(model=model._name, method=method):
                    self.assertTrue(callable(getattr(model, method)))
                    known = model._fields["state"].get_values(self.env)
                    self.assertLessEqual(set(states), {*known, "reopened"})

    def test_no_step_stands_in_a_table_twice(self):
        for model in self.tables():
            for table in (model._completions(), model._intake()):
                self.assertEqual(len(table), len(set(table)), model._name)
            for table in (
                model._guards(),
                model._consequences(),
                model._leave_steps(),
                model._enter_steps(),
            ):
                rows = [(tuple(keys), method) for keys, method in table]
                self.assertEqual(len(rows), len(set(rows)), model._name)

    def test_what_takes_room_and_what_was_signed_is_in_the_table(self):
        model = self.env["dealer.reception"]
        rows = {method: set(names) for names, method in model._consequences()}
        self.assertEqual(rows["_take_other_slot"], {*CAPACITY_CHECKS, "package_id"})
        rows = {method: set(names) for names, method in model._guards()}
        self.assertEqual(rows["_check_sheet_open"], set(SHEET_FIELDS))


class TestConsequences(BookingCase):
    """Of two visits that are written together, one changes and one does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.changed, cls.same = (
            cls.make_reception(
                vehicle_id=cls.make_vehicle(license_plate=f"皖B·T000{number}").id,
                advisor_id=advisor.id,
                date_appointment=shanghai(3, hour),
            )
            for number, (advisor, hour) in enumerate(
                ((cls.advisor, 9), (cls.advisor2, 14))
            )
        )
        cls.both = cls.changed | cls.same

    def test_only_who_was_replaced_is_a_former_advisor(self):
        self.both.advisor_id = self.advisor2
        self.assertEqual(self.changed.former_advisor_ids, self.advisor)
        self.assertFalse(self.same.former_advisor_ids)

    def test_only_the_link_of_a_former_customer_dies(self):
        partner = self.make_partner(name="李秀英")
        self.same.partner_id = partner
        for visit in self.both:
            visit._portal_ensure_token()
        kept = self.same.access_token
        self.both.partner_id = partner
        self.assertFalse(self.changed.access_token)
        self.assertEqual(self.same.access_token, kept)

    def test_only_a_moved_appointment_is_reminded_of_again(self):
        self.both._write_by_method({"date_reminded_day": fields.Datetime.now()})
        self.both.date_appointment = self.same.date_appointment
        self.assertFalse(self.changed.date_reminded_day)
        self.assertTrue(self.same.date_reminded_day)

    def test_what_was_there_already_is_told_to_no_board(self):
        for is_news in (True, False):
            told = news_of(self.env, lambda: self.both.write({"is_waiting": True}))
            self.assertEqual(any(LANE in news["boards"] for _, news in told), is_news)

    def test_what_the_process_records_is_written_by_nobody(self):
        visit = self.changed.with_user(self.manager)
        for name, value in (("is_first_visit", True), ("rework_count", 3)):
            with (
                self.subTest(name),
                self.assertRaisesRegex(UserError, "is recorded by the process"),
            ):
                visit.write({name: value})
