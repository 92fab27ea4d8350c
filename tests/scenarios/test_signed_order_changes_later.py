"""The customer signs at nine; until he fetches the car, much becomes different."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from ..papers import PaperCase
from ..signature import SIGNATURE
from .story import StoryCase

ORDER = "dealer_service.action_paper_order"
SUPPLEMENT = "dealer_service.action_paper_supplement"


class TestSignedOrderChangesLater(PaperCase, StoryCase):
    def test_what_was_signed_is_printed_as_it_was(self):
        visit = self.arrive_by_plate("A1234")
        self.walk_around(visit, 20_000, "刹车异响。")
        order = (
            self.env["sale.order"]
            .with_user(self.advisor)
            .create(
                {
                    "reception_id": visit.id,
                    "order_line": [
                        Command.create({"product_id": product.id})
                        for product in (self.pads_labour, self.pads, self.tyre)
                    ],
                }
            )
        )
        visit.date_promised = fields.Datetime.now() + timedelta(hours=2)
        tyre = order.order_line[2]

        # He signs for the brakes and does not want the tyre.
        order.action_record_consent(
            "signature", "王建国", declined={tyre.id: "下个月再换"}, signature=SIGNATURE
        )
        self.authorize_visit(visit)
        signed = self.read_text(self.print_paper(ORDER, visit))
        ordered, declined = signed.split("Declined by the customer, not ordered")
        self.assertNotIn("轮胎", ordered)
        self.assertIn("轮胎", declined)
        self.assertIn("548.00", declined, "the total of what was ordered")

        # A supplement moves the promise; the advisor adds what the customer said on
        # the phone; the technician writes down the cause; the telephone is corrected.
        supplement = (
            self.env["sale.order"]
            .with_user(self.advisor)
            .create(
                {
                    "reception_id": visit.id,
                    "order_line": [Command.create({"product_id": self.oil.id})],
                    "dealer_reason": "机油发黑",
                    "dealer_date_promised": visit.date_promised + timedelta(hours=1),
                }
            )
        )
        supplement.action_record_consent("phone", "王建国")
        agreed = self.read_text(self.print_paper(SUPPLEMENT, supplement))
        visit.concern_ids.cause = "前制动片磨损到极限"
        visit.concern_ids = [Command.create({"name": "空调有异味。"})]
        self.customer.phone = "139 0553 9999"
        visit.date_promised = visit.date_promised + timedelta(hours=5)

        # The next visit offers the tyre again, dearer; the plate is a new one.
        self.work(visit)
        self.finish(visit)
        self.tyre.list_price = 700.0
        self.vehicle.license_plate = "皖B·Z8888"
        again = self.arrive_by_plate("Z8888")
        again.declined_work_ids.with_context(reception_id=again.id).action_offer()
        offer = again.order_ids
        offer.action_record_consent(
            "phone", "王建国", declined={line.id: "" for line in offer.order_line}
        )

        # Both papers say what was signed and agreed to, to the letter.
        self.env.flush_all()
        self.env.invalidate_all()
        for report, record, before in (
            (ORDER, visit, signed),
            (SUPPLEMENT, supplement, agreed),
        ):
            self.assertIn("Copy", self.read_text(self.print_paper(report, record)))
            self.assertEqual(self.read_text(self.print_anew(report, record)), before)
