"""A car is booked, comes and is greeted, on the advisor's tablet; the lane looks on."""

from odoo import fields
from odoo.tests import tagged

from ...common import DealerServiceCase
from .walk_case import DESK, TABLET, WalkCase

MODAL = ".modal"


@tagged("post_install", "-at_install")
class TestReception(WalkCase, DealerServiceCase):
    def reception(self, device):
        people = (("/odoo", "advisor", device), ("/odoo/visits", "manager", DESK))
        with self.walk(*people) as (hand, lane):
            with hand.job("Book a known car"):
                hand.press("[data-way=book]")
                hand.pick(f"{MODAL} [name=vehicle_id] input", "A1234")
                hand.press(f"{MODAL} .o_dealer_chip:not(.o_dealer_day)")
                hand.press(f"{MODAL} footer button[name=action_book]")
            hand.is_rid_of(MODAL)
            lane.sees("A1234", inside=".o_kanban_record")
            hand.goes_to("/odoo")
            with hand.job("Receive a known car"):
                hand.press("[data-way=arrive]")
                box = f"{MODAL} .o_dealer_arrival_query input"
                hand.page.wait(f"document.activeElement.matches('{box}')")
                hand.type("a1234")
                hand.sees("王建国", inside=MODAL)
                hand.press(f"{MODAL} footer button.btn-primary")
            hand.is_at("arrived")
            lane.page.wait_for(".o_kanban_record button.o_lane_next")
            with hand.job("Greet the customer"):
                hand.press("button[name=action_greet]")
            hand.page.wait_for("button[name=action_inspect]")
        visit = self.vehicle.reception_ids
        self.assertEqual(len(visit), 1, "the booking is what arrived")
        self.assertTrue(visit.date_appointment)
        self.assertEqual(visit.state, "arrived")
        self.assertTrue(visit.date_greeted)
        self.assertEqual(fields.Date.to_date(visit.date_arrived), fields.Date.today())

    def test_on_the_tablet_by_touch(self):
        self.reception(TABLET)

    def test_at_the_desk_with_the_mouse(self):
        self.reception(DESK)
