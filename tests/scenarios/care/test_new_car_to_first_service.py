"""From the key of a new car to its first service, with all calls between."""

from datetime import date

from ...signature import SIGNATURE
from .care_story import CareStory, cn


class TestNewCarToFirstService(CareStory):
    codes = ("3d", "7d")

    def test_from_the_key_to_the_first_service(self):
        self.company.dealer_advisor_ids = self.advisor
        buyer = self.make_partner(name="秦海波", phone="138 0000 4411")
        car = self.make_vehicle(
            owner_id=self.company.partner_id.id, license_plate="皖B·N6101"
        )
        car.sale_date = False

        # Monday: promised for 15:00, handed over at 14:50, the list signed.
        with self.at(2, 9):
            delivery = self.env["dealer.new.car.delivery"].create(
                {
                    "vehicle_id": car.id,
                    "partner_id": buyer.id,
                    "advisor_id": self.advisor.id,
                    "date_promised": cn(2, 15),
                }
            )
            self.assertEqual(delivery.activity_ids.user_id, self.advisor)
        with self.at(2, 14, 50):
            delivery.check_ids.filtered("is_mandatory").is_done = True
            delivery.action_introduce()
            delivery.first_service = "later"
            delivery.action_deliver(signature=SIGNATURE, signed_by="秦海波")
            self.assertTrue(delivery.is_on_time)
            self.assertFalse(delivery.activity_ids)
        self.assertEqual((car.owner_id, car.sale_date), (buyer, date(2026, 3, 2)))
        self.assertEqual(car.life_cycle, "new")
        next_service = car.next_service_date
        self.assertGreater(next_service, date(2026, 3, 2))

        # The third and the seventh day.
        for code, day in (("3d", 5), ("7d", 9)):
            self.night(day)
            with self.at(day):
                sheet = self.next_call()
                self.assertEqual(sheet.followup_ids, self.task(code))
                self.assertEqual(sheet.partner_id, buyer)
                self.save(sheet, "reached", note="很满意")
            self.assertEqual(self.task(code).state, "done")
        self.night(10)
        with self.at(10):
            self.assertFalse(self.next_call())

        # The first service is booked with the advisor whom he knows, and he comes.
        with self.at(16, 10):
            context = delivery.action_book_first_service()["context"]
            booking = (
                self.env["dealer.booking"]
                .with_user(self.advisor)
                .with_context(**context)
                .new()
            )
            self.assertEqual(booking.vehicle_id._origin or booking.vehicle_id, car)
            self.assertEqual(booking.partner_id._origin or booking.partner_id, buyer)
        visit = self.make_past_visit(
            18, vehicle_id=car.id, partner_id=buyer.id, odometer=4800
        )
        self.assertTrue(visit.is_first_visit)
        with self.at(19):
            car._update_life_cycle()
            self.assertNotEqual(car.life_cycle, "new")
            self.assertEqual(car.last_reception_date, date(2026, 3, 18))
            self.assertGreater(car.next_service_date, date(2026, 3, 18))
