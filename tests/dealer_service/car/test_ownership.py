"""A car changes hands: its history stays, the papers of the former owner do too."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import users

from ...common import DealerServiceCase


class TestOwnership(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls.make_partner(name="新车主", phone="13900001111")

    def sell(self, **values):
        change = self.env["dealer.vehicle.owner.change"].create(
            {"vehicle_id": self.vehicle.id, "owner_id": self.buyer.id, **values}
        )
        change.action_apply()

    def history(self):
        rows = self.vehicle.ownership_ids.sorted("id")
        return [(row.partner_id, row.date_from, row.date_to) for row in rows]

    @users("advisor")
    def test_visit_of_somebody_else_says_who_the_owner_is(self):
        visit = self.make_reception(partner_id=self.customer.id).with_env(self.env)
        self.assertFalse(visit.owner_line)
        self.vehicle.owner_id = self.buyer
        visit.partner_id = self.customer
        self.assertEqual(
            visit.owner_line,
            "王建国 no longer owns 皖B·A1234: the new owner is 新车主.",
        )
        visit.partner_id = self.make_partner(name="王小明", phone="13900002222")
        self.assertEqual(
            visit.owner_line, "王小明 does not own 皖B·A1234: the owner is 新车主."
        )

    def test_first_owner_is_recorded_with_the_car(self):
        self.assertEqual(self.history(), [(self.customer, False, False)])
        sold = self.make_vehicle(license_plate="皖B·2", sale_date="2026-01-05")
        self.assertEqual(sold.ownership_ids.date_from, date(2026, 1, 5))

    @freeze_time("2026-03-02 04:00:00")
    @users("advisor")
    def test_new_owner_from_a_day(self):
        self.vehicle.contact_id = self.make_partner(name="送修人")
        self.sell(date="2026-02-20", new_plate="皖B·Z9999")
        day = date(2026, 2, 20)
        self.assertEqual(self.vehicle.owner_id, self.buyer)
        self.assertEqual(self.vehicle.license_plate, "皖B·Z9999")
        self.assertFalse(self.vehicle.contact_id)
        self.assertEqual(
            self.history(), [(self.customer, False, day), (self.buyer, day, False)]
        )

    def test_bringer_is_reset_on_every_path(self):
        self.vehicle.contact_id = self.make_partner(name="送修人")
        self.vehicle.write({"owner_id": self.buyer.id})
        self.assertFalse(self.vehicle.contact_id)
        self.assertEqual(len(self.vehicle.ownership_ids), 2)

    @users("advisor")
    def test_correction_is_no_change_of_hands(self):
        self.sell(is_correction=True)
        self.assertEqual(self.history(), [(self.buyer, False, False)])

    @freeze_time("2026-03-02 04:00:00")
    @users("advisor")
    def test_same_owner_or_a_future_day_is_refused(self):
        with self.assertRaises(UserError):
            self.sell(owner_id=self.customer.id)
        with self.assertRaises(UserError):
            self.sell(date="2026-04-01")

    @users("advisor")
    def test_appointment_of_the_former_owner_is_cancelled(self):
        booking = self.make_reception(date_appointment="2026-03-05 02:00:00")
        self.sell()
        self.assertEqual(booking.state, "cancelled")

    @users("advisor")
    def test_history_cannot_be_rewritten(self):
        ownership = self.vehicle.with_env(self.env).ownership_ids
        with self.assertRaises(AccessError):
            ownership.write({"date_from": "2020-01-01"})
        with self.assertRaises(AccessError):
            ownership.create(
                {"vehicle_id": self.vehicle.id, "partner_id": self.buyer.id}
            )

    def test_new_owner_comes_for_the_first_time_again(self):
        delivered = self.make_reception(state="arrived")
        with freeze_time("2026-03-02 04:00:00"):
            self.force_delivered(delivered, "2026-02-01 04:00:00")
            again = self.make_reception(state="arrived")
            self.assertFalse(again.is_first_visit)
            self.sell(date="2026-03-01")
            visit = self.make_reception(partner_id=self.buyer.id, state="arrived")
        self.assertTrue(visit.is_first_visit)

    def force_delivered(self, reception, day):
        """A visit of the past, as an import would leave it."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dealer_reception SET state = 'delivered', date_arrived = %s,"
            " date_delivered = %s WHERE id = %s",
            (day, day, reception.id),
        )
        self.env.invalidate_all()

    def test_merging_customers_loses_nothing(self):
        double = self.make_partner(name="王建国", phone="13805531234")
        car = self.make_vehicle(license_plate="皖B·2", owner_id=double.id)
        third = self.make_vehicle(license_plate="皖B·3", contact_id=double.id)
        visit = self.make_reception(vehicle_id=car.id, partner_id=double.id)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer + double).ids, self.customer)
        self.assertFalse(double.exists())
        self.assertEqual(car.owner_id, self.customer)
        self.assertEqual(third.contact_id, self.customer)
        self.assertEqual(visit.partner_id, self.customer)
        self.assertEqual(car.ownership_ids.partner_id, self.customer)
        self.assertEqual(self.customer.vehicle_ids, self.vehicle + car + third)

    def test_counts_on_the_customer(self):
        self.make_reception()
        self.make_reception(state="arrived")
        customer = self.customer.with_user(self.advisor)
        self.assertEqual(customer.vehicle_count, 1)
        self.assertEqual(customer.reception_count, 2)
