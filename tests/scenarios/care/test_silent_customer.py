"""Two stars and not a word: found, called first, and back in the shop."""

from datetime import date

from odoo.fields import Command

from ...life_cycle_common import LifeCycleCase
from .care_story import CareStory


class TestSilentCustomer(CareStory, LifeCycleCase):
    codes = ("unhappy",)

    def row(self):
        self.look(date(2026, 3, 10))
        self.env.flush_all()
        self.env.invalidate_all()
        report = self.env["dealer.customer.report"].with_user(self.care_manager)
        return report.search([("vehicle_id", "=", self.vehicle.id)])

    def test_a_silent_customer_is_won_back(self):
        self.company.dealer_complaint_on_low_rating = "none"
        self.vehicle.owner_id = self.customer
        self.company.write(
            {
                "dealer_advisor_ids": [Command.set(self.advisor.ids)],
                "dealer_utilisation": 100.0,
                "dealer_reserve_walkin_hours": 0.0,
                "dealer_reserve_supplement_hours": 0.0,
            }
        )
        self.make_technician(
            self.technician, calendar_id=self.calendar.id, company_id=self.company.id
        )
        # A week after the visit he gives two stars, and writes nothing.
        visit = self.past_visit(date(2026, 3, 2), paid=False).sudo()
        with self.at(9, 20):
            visit.rating_apply(2, token=visit._rating_get_access_token())
        self.assertFalse(
            self.env["dealer.complaint"].search([("reception_id", "=", visit.id)])
        )

        # The manager finds him, with what may be lost, and has him called.
        with self.at(10, 9):
            row = self.row()
            self.assertTrue(row.is_silent)
            at_risk = row.value_at_risk
            neighbour = self.make_partner(name="邻居", phone="139 0553 8888")
            ordinary = self.make_task(
                self.make_rule("manual", sequence=20),
                partner=neighbour,
                vehicle_id=self.make_vehicle(
                    owner_id=neighbour.id, license_plate="皖B·L0001"
                ).id,
            )
            row.action_call_silent()
        # The caller gets him before the others, and books Wednesday for him.
        with self.at(10, 10):
            sheet = self.next_call()
            self.assertEqual(sheet.followup_ids, self.task("unhappy"))
            self.assertNotEqual(sheet.followup_ids, ordinary)
            sheet.action_dial()
            sheet.note = "右前轮还是响，周三来。"
            dialog = self.env["dealer.followup.book"].with_user(self.caller)
            dialog = dialog.with_context(**sheet.action_book()["context"]).create({})
            dialog.write({"way": "slot", "vehicle_id": self.vehicle.id})
            dialog.day = date(2026, 3, 11)
            free = [slot for slot in dialog.slot_data["slots"] if not slot["refusal"]]
            dialog.date_appointment = free[0]["utc"]
            dialog.action_confirm()
            sheet.action_save()
            self.assertFalse(self.row().is_silent, "he has been heard")

        # He comes; the car is put right, and he says so.
        booking = self.env["dealer.reception"].search(
            [("vehicle_id", "=", self.vehicle.id), ("state", "=", "booked")]
        )
        self.assertEqual(booking.concern_ids.mapped("name"), ["右前轮还是响，周三来。"])
        with self.at(11, 9):
            booking.with_user(self.advisor).action_arrive()
            self.assertEqual(booking.state, "arrived")
            booking._write_by_method(
                {"state": "delivered", "date_delivered": self.env.cr.now()}
            )
            again = booking.sudo()
            again.rating_apply(5, token=again._rating_get_access_token())
            row = self.row()
            self.assertFalse(row.is_silent)
            self.assertLess(row.value_at_risk, at_risk)
