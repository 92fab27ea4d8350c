"""Stock cars, cars we sell twice, and cars that another dealer has sold."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields

from ...common import DealerServiceCase

JANUARY = date(2026, 1, 15)
JUNE = date(2026, 6, 1)
#: Before the first service of a car sold in January is due.
SUMMER = "2026-06-02 04:00:00"


class TestFirstSale(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model.write(
            {
                "warranty_months": 36,
                "warranty_km": 100_000,
                "first_service_months": 6,
                "first_service_km": 5_000,
                "service_months": 12,
                "service_km": 10_000,
            }
        )
        cls.buyer = cls.make_partner(name="李娟", phone="139 0000 0002")

    def today(self):
        return self.company._dealer_day(fields.Datetime.now())

    def assertWarrantyFrom(self, car, day):  # noqa: N802
        self.assertEqual(car.first_sale_date, day)
        until = day and fields.Date.add(day, months=36)
        self.assertEqual(car.warranty_end_date, until)

    def test_new_car_is_sold_for_the_first_time(self):
        self.vehicle.sale_date = JANUARY
        self.assertWarrantyFrom(self.vehicle, JANUARY)
        self.vehicle.sale_date = JANUARY + timedelta(days=1)
        self.assertWarrantyFrom(self.vehicle, JANUARY + timedelta(days=1))

    def test_car_of_the_shop_is_new_when_it_is_sold(self):
        stock = self.make_vehicle(
            license_plate="皖B·S0001", owner_id=self.company.partner_id.id
        )
        stock.write({"owner_id": self.buyer.id, "sale_date": JANUARY})
        self.assertWarrantyFrom(stock, JANUARY)

    def test_factory_warranty_does_not_begin_anew_with_the_second_sale(self):
        self.vehicle.sale_date = JANUARY
        planned = self.vehicle.next_service_date
        self.vehicle.write({"owner_id": self.buyer.id, "sale_date": JUNE})
        self.assertEqual(self.vehicle.sale_date, JUNE)
        self.assertWarrantyFrom(self.vehicle, JANUARY)
        self.assertEqual(self.vehicle.next_service_date, planned)

    def test_used_car_that_we_sell_has_no_new_warranty(self):
        self.vehicle.owner_id = self.company.partner_id
        self.vehicle.write({"owner_id": self.buyer.id, "sale_date": self.today()})
        self.assertWarrantyFrom(self.vehicle, False)

    def test_day_on_which_the_new_owner_has_it_is_that_of_the_sale(self):
        self.vehicle.sale_date = JANUARY
        self.vehicle.write({"owner_id": self.buyer.id, "sale_date": JUNE})
        rows = self.vehicle.ownership_ids.sorted("id")
        self.assertEqual(rows.mapped("date_to"), [JUNE, False])
        self.assertEqual(rows[-1].date_from, JUNE)

    def test_sale_entered_after_the_car_has_changed_hands_is_the_first_one(self):
        self.vehicle.owner_id = self.buyer
        self.vehicle.sale_date = JANUARY
        self.assertWarrantyFrom(self.vehicle, JANUARY)

    def test_car_of_another_dealer_has_its_warranty_and_is_not_sold_by_us(self):
        with freeze_time(SUMMER):
            car = self.make_vehicle(license_plate="皖B·T0001", first_sale_date=JANUARY)
            self.env.flush_all()
        self.assertFalse(car.sale_date)
        self.assertWarrantyFrom(car, JANUARY)
        self.assertEqual(car.next_service_date, date(2026, 7, 15))

    def test_old_car_of_another_dealer_comes_for_the_first_time(self):
        car = self.make_vehicle(
            license_plate="皖B·T0002", first_sale_date=date(2019, 5, 1)
        )
        self.assertFalse(car.next_service_date, "nobody knows what was done since")
        self.assertFalse(car.is_under_warranty)
        visit = self.make_reception(
            vehicle_id=car.id, state="arrived", odometer=135_000
        )
        self.assertTrue(visit.is_first_visit)
        self.assertFalse(visit.odometer_warning)
        self.bring_to(visit, "delivered")
        self.assertEqual(car.last_odometer, 135_000)
        self.assertEqual(car.next_service_odometer, 145_000)
        self.assertEqual(
            car.next_service_date, fields.Date.add(self.today(), months=12)
        )

    def test_preparation_before_the_sale_is_no_visit_of_the_buyer(self):
        stock = self.make_vehicle(license_plate="皖B·S0002", owner_id=False)
        ours = self.company.partner_id
        past = self.make_reception(
            vehicle_id=stock.id, partner_id=ours.id, state="arrived", odometer=12
        )
        self.bring_to(past, "delivered")
        early = fields.Datetime.now() - timedelta(days=20)
        past._write_by_method(
            {name: early for name in ("date_arrived", "date_delivered")}
            | dict.fromkeys(
                (
                    "date_booked",
                    "date_greeted",
                    "date_inspected",
                    "date_authorized",
                    "date_started",
                    "date_finished",
                    "date_passed",
                    "date_ready",
                    "date_settled",
                ),
                early,
            )
        )
        yesterday = self.today() - timedelta(days=1)
        stock.write({"owner_id": self.buyer.id, "sale_date": yesterday})
        visit = self.make_reception(
            vehicle_id=stock.id, partner_id=self.buyer.id, state="arrived"
        )
        self.assertTrue(visit.is_first_visit)
        again = self.make_reception(vehicle_id=stock.id, partner_id=self.buyer.id)
        self.bring_to(visit, "delivered")
        again.action_arrive()
        self.assertFalse(again.is_first_visit)
