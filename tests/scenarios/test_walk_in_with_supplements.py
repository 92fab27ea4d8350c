"""A walk-in waits in the lounge; one supplement is approved, one is declined."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

from .story import StoryCase


class TestWalkInWithSupplements(StoryCase):
    def supplement(self, visit, product, reason):
        return (
            self.env["sale.order"]
            .with_user(self.advisor)
            .create(
                {
                    "reception_id": visit.id,
                    "dealer_kind": "supplement",
                    "dealer_reason": reason,
                    "order_line": [Command.create({"product_id": product.id})],
                }
            )
        )

    def test_waiting_customer_decides_about_two_supplements(self):
        # He comes without appointment and waits here.
        visit = self.arrive_by_plate("A1234")
        visit.is_waiting = True
        self.walk_around(visit, 20_000)
        self.agree(visit, self.oil)
        self.authorize_visit(visit)
        self.assertEqual(
            visit.date_progress_due, visit.date_arrived + timedelta(minutes=60)
        )

        # The mechanic finds worn pads and an old tyre; nothing is touched yet.
        self.work(visit)
        pads = self.supplement(visit, self.pads_labour, "制动片仅剩2毫米。")
        tyre = self.supplement(visit, self.tyre, "右前轮胎花纹已磨平。")
        self.assertFalse(visit.job_ids.filtered(lambda j: j.state != "done"))
        with self.assertRaises(UserError):
            pads.action_confirm()

        # He agrees to the pads and declines the tyre, in the lounge.
        new_promise = visit.date_promised + timedelta(hours=1)
        pads.dealer_date_promised = new_promise
        first = visit.date_promised
        pads.action_record_consent("in_person", "王建国")
        tyre.action_record_consent(
            "in_person", "王建国", declined={tyre.order_line.id: "下次再换"}
        )
        self.assertEqual((pads.state, tyre.state), ("sale", "cancel"))
        self.assertEqual(visit.date_promised, new_promise)
        self.assertEqual(visit.date_promised_first, first)

        # The declined tyre is remembered as a matter of safety.
        declined = self.env["dealer.declined.work"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        self.assertEqual(declined.reason, "下次再换")
        self.assertTrue(declined.is_safety)

        # The new work is done; only what was agreed to is invoiced.
        visit.invalidate_recordset()
        self.work(visit)
        self.finish(visit)
        self.assertEqual(visit.settled_total, 90.0 + 180.0)
        self.assertEqual(visit.settled_total, visit.estimate_total)

        # At the next visit it is told on arrival, and offered again with one click.
        with self.later(days=90):
            again = self.arrive_by_plate("A1234")
            self.assertTrue(
                any("轮胎" in str(notice) for notice in again._arrival_notices())
            )
            self.walk_around(again, 24_000)
            declined.with_user(self.advisor).action_offer()
            self.assertEqual(declined.state, "offered")
            again.order_ids.action_record_consent("in_person", "王建国")
            again.date_promised = fields.Datetime.now() + timedelta(hours=2)
            self.authorize_visit(again)
            self.work(again)
            self.finish(again)
            self.assertEqual(declined.state, "done")
