"""The owner takes the plate over to the new car; the old papers are printed again."""

from ..dealer_service.booking.booking_common import shanghai
from ..papers import PaperCase
from .story import StoryCase

ORDER = "dealer_service.action_paper_order"
SETTLEMENT = "dealer_service.action_paper_settlement"
OLD, NEW = "皖B·A1234", "皖B·Z8888"


class TestPlateMoved(PaperCase, StoryCase):
    def test_old_papers_name_the_old_car_by_the_plate_it_had(self):
        visit = self.arrive_by_plate("A1234")
        self.walk_around(visit, 20_000)
        self.agree(visit, self.oil, self.filter)
        self.authorize_visit(visit)
        self.work(visit)
        self.finish(visit)
        [invoice] = visit.invoice_ids
        job = visit.job_ids[:1]
        before = [
            self.read_text(self.print_paper(paper, visit))
            for paper in (ORDER, SETTLEMENT)
        ]

        # The plate goes to the new car, the old car gets another one.
        self.vehicle.license_plate = NEW
        successor = self.make_vehicle(license_plate=OLD)
        self.env.flush_all()
        self.env.invalidate_all()

        # The visit, what hangs on it and what is printed of it are as they were.
        self.assertEqual(visit.license_plate, OLD)
        self.assertIn(OLD, visit.display_name)
        self.assertEqual(invoice.dealer_plate, OLD)
        self.assertIn(OLD, job.display_name)
        for paper in (ORDER, SETTLEMENT):
            self.assertIn("Copy", self.read_text(self.print_paper(paper, visit)))
        for paper, text in zip((ORDER, SETTLEMENT), before, strict=True):
            self.assertEqual(self.read_text(self.print_anew(paper, visit)), text)

        # The invoice is made again: it is of the same visit.
        visit.with_user(self.manager).action_correct_settlement("车牌换了")
        visit.action_invoice_again()
        again = visit.invoice_ids - invoice
        self.assertEqual(again.dealer_plate, OLD)
        self.assertEqual(again.vehicle_id, self.vehicle)

        # Who looks for the plate finds both: the visit of then and the car of today.
        visits = self.Reception.with_user(self.advisor)
        self.assertIn(visit, visits.search([("display_name", "ilike", "皖ba1234")]))
        self.assertIn(visit, visits.search([("display_name", "ilike", "A1234")]))
        new_visit = self.arrive_by_plate("A1234")
        self.assertEqual(new_visit.vehicle_id, successor)
        self.assertEqual(new_visit.license_plate, OLD)

    def test_no_show_who_comes_after_all_comes_with_the_plate_of_today(self):
        visit = self.book(shanghai(2, 10), advisor_id=self.advisor.id)
        old = visit.license_plate
        with self.later(hours=3):
            visit.action_no_show()
            visit.vehicle_id.license_plate = NEW
            self.assertEqual(visit.license_plate, old)
            visit.action_arrive()
            self.assertEqual(visit.license_plate, NEW)
