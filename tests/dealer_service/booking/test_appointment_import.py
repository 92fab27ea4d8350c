"""Appointments come from a file through Odoo's own import."""

from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import users
from odoo.tools.misc import file_open

from .booking_common import BookingCase, shanghai

HEADERS = [
    "Car",
    "Customer",
    "Appointment",
    "Planned Hours",
    "Concerns/Customer's Words",
]
FIELDS = [
    "vehicle_id",
    "partner_id",
    "date_appointment",
    "planned_hours",
    "concern_ids/name",
]


class TestAppointmentImport(BookingCase):
    def import_rows(self, *rows):
        """Import rows of plate, customer, time on the user's clock, hours, wish."""
        content = "\n".join(",".join(row) for row in [HEADERS, *rows])
        record = self.env["base_import.import"].create(
            {
                "res_model": "dealer.reception",
                "file": content.encode(),
                "file_type": "text/csv",
                "file_name": "appointments.csv",
            }
        )
        return record.execute_import(
            FIELDS,
            HEADERS,
            {
                "quoting": '"',
                "separator": ",",
                "has_headers": True,
                "datetime_format": "%Y-%m-%d %H:%M:%S",
                "date_format": "%Y-%m-%d",
                "float_decimal_separator": ".",
                "float_thousand_separator": ",",
            },
        )

    @users("advisor")
    def test_plate_customer_time_and_wish_become_a_booking(self):
        result = self.import_rows(
            ["皖ba1234", "王建国", "2026-03-02 09:00:00", "1.5", "刹车有异响"]
        )
        self.assertFalse(result["messages"])
        visit = self.env["dealer.reception"].browse(result["ids"])
        self.assertEqual(visit.vehicle_id, self.vehicle)
        self.assertEqual(visit.date_appointment, shanghai(2, 9))
        self.assertEqual(visit.planned_hours, 1.5)
        self.assertEqual(visit.concern_ids.name, "刹车有异响")
        self.assertEqual(visit.state, "booked")

    @users("advisor")
    def test_owner_of_the_car_is_the_customer_when_none_is_named(self):
        result = self.import_rows(["皖BA1234", "", "2026-03-02 09:00:00", "1", "保养"])
        self.assertFalse(result["messages"])
        visit = self.env["dealer.reception"].browse(result["ids"])
        self.assertEqual(visit.partner_id, self.customer)

    @users("advisor")
    def test_bad_row_is_refused_with_its_line_and_nothing_is_stored(self):
        plates = ("皖B10001", "皖B10002", "皖B10003")
        for plate in plates:
            self.make_vehicle(license_plate=plate)
        count = self.Reception.search_count([])
        rows = [[p, "王建国", "2026-03-02 09:00:00", "1", "保养"] for p in plates]
        result = self.import_rows(*rows)
        self.assertFalse(result["ids"])
        self.assertEqual(len(result["messages"]), 1, result["messages"])
        message = result["messages"][0]
        self.assertEqual((message["type"], message["record"]), ("error", 4))
        self.assertIn("Next free", message["message"])
        self.assertEqual(self.Reception.search_count([]), count)

    @users("advisor")
    def test_unknown_plate_names_the_plate_and_the_line(self):
        result = self.import_rows(
            ["皖BA1234", "王建国", "2026-03-02 09:00:00", "1", "保养"],
            ["皖B77777", "王建国", "2026-03-02 10:00:00", "1", "保养"],
        )
        self.assertFalse(result["ids"])
        self.assertIn("皖B77777", result["messages"][0]["message"])
        self.assertEqual(result["messages"][0]["record"], 3)

    def test_a_manager_imports_past_appointments_as_history(self):
        row = ["皖BA1234", "王建国", "2026-02-02 09:00:00", "1", "保养"]
        for user, refused in ((self.advisor, 1), (self.manager, 0)):
            with self.with_user(user.login):
                result = self.import_rows(row)
            self.assertEqual(len(result["messages"]), refused, result["messages"])

    @users("advisor")
    def test_mistyped_year_in_one_row_does_not_read_all_the_years_between(self):
        Company = self.registry["res.company"]
        book_of = Company._dealer_book
        spans = []

        def measured(company, first, last, **options):
            spans.append((last - first).days)
            return book_of(company, first, last, **options)

        self.patch(Company, "_dealer_book", measured)
        result = self.import_rows(
            ["皖ba1234", "王建国", "2026-03-02 09:00:00", "1", "保养"],
            ["皖ba1234", "王建国", "2062-03-03 09:00:00", "1", "保养"],
        )
        self.assertFalse(result["messages"])
        self.assertEqual(set(spans), {0})

    @users("advisor")
    def test_template_is_offered_and_its_headings_are_understood(self):
        template = self.env["dealer.reception"].get_import_templates()[0]["template"]
        with file_open(template.lstrip("/"), "rb") as file:
            record = self.env["base_import.import"].create(
                {
                    "res_model": "dealer.reception",
                    "file": file.read(),
                    "file_type": "application/vnd.openxmlformats-officedocument"
                    ".spreadsheetml.sheet",
                    "file_name": "appointments.xlsx",
                }
            )
        preview = record.parse_preview({"has_headers": True, "quoting": '"'})
        self.assertFalse(preview.get("error"))
        self.assertEqual(
            {number: "/".join(path) for number, path in preview["matches"].items()},
            dict(enumerate([*FIELDS[:4], "advisor_id", FIELDS[4]])),
        )

    @users("advisor")
    def test_booking_of_the_same_moment_has_the_import_run_again(self):
        """Odoo runs a request again that lost a race; a message would end it."""
        days = type(self.env["dealer.booking.day"])
        with (
            patch.object(days, "_claim", side_effect=SerializationFailure("raced")),
            self.assertRaises(SerializationFailure),
        ):
            self.import_rows(
                ["皖ba1234", "王建国", "2026-03-02 09:00:00", "1.5", "刹车有异响"]
            )
