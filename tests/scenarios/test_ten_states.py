"""One car, from the booked slot to the handed-over key, through all ten states."""

from datetime import timedelta

from odoo import fields

from ..signature import SIGNATURE
from .story import StoryCase


class TestTenStates(StoryCase):
    def test_a_car_goes_through_all_ten_states(self):
        seen = []

        # The customer phones; the advisor books the first free slot.
        booking = (
            self.env["dealer.booking"]
            .with_user(self.advisor)
            .create(
                {
                    "vehicle_id": self.vehicle.id,
                    "wish": "做保养，刹车有点响。",
                    "planned_hours": 1.5,
                    "advisor_id": self.advisor.id,
                }
            )
        )
        slot = next(s for s in booking.slot_data["slots"] if not s["refusal"])
        booking.date_appointment = slot["utc"]
        visit = self.Reception.with_user(self.advisor).browse(
            booking.action_book()["res_id"]
        )
        seen.append(visit.state)
        self.assertEqual(visit.concern_ids.name, "做保养，刹车有点响。")

        # Parts, bay and technician are made ready.
        visit.write(
            {
                "prepared_bay_id": self.make_bay().id,
                "prepared_technician_id": self.mechanic.id,
            }
        )
        self.tick(visit)
        visit.action_prepare()
        seen.append(visit.state)

        # The car pulls in; the plate finds the booking.
        with self.later(hours=1):
            same = self.arrive_by_plate("b a1234")
            self.assertEqual(same, visit)
            seen.append(visit.state)

            # Walk-around and signature.
            visit.fuel_level = 50
            self.walk_around(visit, 20_000)
            seen.append(visit.state)

            # The estimate is explained and agreed to.
            order = self.agree(visit, self.oil, self.filter)
            self.authorize_visit(visit)
            seen.append(visit.state)
            self.assertEqual(order.state, "sale")
            self.assertTrue(order.locked)
            self.assertEqual(visit.estimate_total, 128.0)

            # The first job starts the visit, the last one ends the work.
            visit.job_ids.technician_id = self.mechanic
            self.tick(visit)
            visit.job_ids.with_user(self.technician).action_start()
            visit.invalidate_recordset()
            seen.append(visit.state)

        with self.later(minutes=30):
            visit.job_ids.with_user(self.technician).action_done()
            visit.invalidate_recordset()
            self.tick(visit)
            visit.action_finish()
            seen.append(visit.state)
            self.assertEqual(visit.job_ids.hours_worked, 0.5)

            # Three levels of quality check.
            self.check_quality(visit)
            self.tick(visit)
            visit.action_ready()
            seen.append(visit.state)
            self.assertEqual(visit.promise_state, "kept")

            # The settlement is explained; the cashier posts the invoice.
            self.tick(visit)
            visit.action_open_settlement()
            visit.action_settle()
            seen.append(visit.state)
            invoice = visit.invoice_ids.with_user(self.cashier)
            self.assertEqual((invoice.state, invoice.amount_total), ("draft", 128.0))
            invoice.action_post()
            self.assertEqual(invoice.state, "posted")

            # The key is handed over.
            self.tick(visit)
            visit._sign_delivery(SIGNATURE, "王建国")
            visit.action_deliver()
            seen.append(visit.state)

        self.assertEqual(
            seen,
            [
                "booked",
                "prepared",
                "arrived",
                "inspected",
                "authorized",
                "working",
                "quality",
                "ready",
                "settled",
                "delivered",
            ],
        )
        missed = visit.check_ids.filtered("is_lapse").standard_id.mapped("name")
        self.assertEqual(missed, [], "a standard was missed")
        self.assertEqual(self.vehicle.last_odometer, 20_000)
        self.assertEqual(self.vehicle.reception_count, 1)
        self.assertEqual(self.customer.reception_count, 1)
        self.assertEqual(self.vehicle.last_reception_date, fields.Date.today())
        self.assertGreater(
            self.vehicle.next_service_date, fields.Date.today() + timedelta(days=30)
        )
