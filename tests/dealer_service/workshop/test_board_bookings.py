"""What was promised at the booking reaches the workshop (履约准备)."""

from datetime import timedelta

from freezegun import freeze_time

from .workshop_case import NINE, WorkshopCase

TOMORROW = NINE + timedelta(days=1)


class TestBoardBookings(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NINE):
            cls.booked = cls.make_reception(
                date_appointment=TOMORROW,
                planned_hours=1.5,
                prepared_bay_id=cls.bay.id,
                prepared_technician_id=cls.mechanic.id,
            )

    def bookings(self, day="2026-03-03", by="bay", now=NINE):
        with freeze_time(now):
            jobs = self.env["dealer.job"].with_user(self.advisor)
            board = jobs.get_board_data(day, by)
        found = {one["reception_id"]: one for one in board["bookings"]}
        return found.get(self.booked.id)

    def test_booked_car_stands_on_the_board_of_its_day(self):
        booking = self.bookings()
        self.assertEqual((booking["start"], booking["stop"]), (540, 630))
        self.assertEqual(booking["row_id"], self.bay.id)
        self.assertEqual(booking["plate"], "皖B·A1234")
        self.assertEqual(booking["technician"], self.mechanic.name)
        self.assertEqual((booking["lane"], booking["lanes"]), (0, 1))
        self.assertEqual(self.bookings(by="technician")["row_id"], self.mechanic.id)
        self.assertIsNone(self.bookings("2026-03-02"))

    def test_job_in_the_same_bay_lies_beside_it(self):
        job = self.make_job(
            self.make_visit(), bay_id=self.bay.id, date_planned_start=TOMORROW
        )
        with freeze_time(NINE):
            board = self.env["dealer.job"].get_board_data("2026-03-03")
        [block] = [one for one in board["blocks"] if one["id"] == job.id]
        self.assertEqual({block["lane"], self.bookings()["lane"]}, {0, 1})

    def test_without_a_bay_it_stands_above_all(self):
        self.booked.prepared_bay_id = False
        self.assertEqual(self.bookings()["row_id"], 0)

    def test_car_that_has_come_is_expected_no_more(self):
        with freeze_time(TOMORROW):
            self.bring_to(self.booked, "arrived")
        self.assertIsNone(self.bookings(now=TOMORROW))

    def test_reserved_technician_and_bay_are_those_of_the_jobs(self):
        with freeze_time(TOMORROW):
            self.bring_to(self.booked, "authorized")
        [job] = self.booked.job_ids
        self.assertEqual(job.technician_id, self.mechanic)
        self.assertEqual(job.bay_id, self.bay)
        self.assertFalse(job.date_planned_start, "the controller plans the hour")

    def test_supplement_is_given_to_whom_the_controller_chooses(self):
        with freeze_time(TOMORROW):
            self.bring_to(self.booked, "working")
            first = self.booked.job_ids
            order = self.make_order(self.booked, self.make_product("更换球头"))
            order.action_record_consent("phone", "王建国")
        self.assertFalse((self.booked.job_ids - first).technician_id)
