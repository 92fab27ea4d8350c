"""The same trouble within the repair warranty is proposed as a comeback."""

from odoo.fields import Command

from .story import StoryCase


class TestComeback(StoryCase):
    def visit_for_brakes(self, km):
        visit = self.arrive_by_plate("A1234")
        brakes = self.env.ref("dealer_service.dealer_vehicle_system_brakes")
        visit.concern_ids = [
            Command.create({"name": "刹车异响。", "system_id": brakes.id})
        ]
        self.walk_around(visit, km)
        return visit

    def carry_out(self, visit, **order_values):
        self.agree(visit, self.pads_labour, **order_values)
        self.authorize_visit(visit)
        self.work(visit)
        self.finish(visit)

    def test_comeback_is_proposed_confirmed_and_flagged_the_second_time(self):
        first = self.visit_for_brakes(20_000)
        self.carry_out(first)

        # Five days and 300 km later the noise is back.
        with self.later(days=5):
            second = self.visit_for_brakes(20_300)
            self.assertEqual(second.comeback_candidate_id, first)
            self.assertFalse(second.is_comeback, "the advisor decides")
            second.action_confirm_comeback()
            self.assertTrue(second.is_comeback)
            self.assertEqual(second.comeback_of_id, first)
            self.assertFalse(second.is_second_failure)
            self.carry_out(second, dealer_payer="internal")

        # It comes back once more: the law asks for another repairer.
        with self.later(days=5):
            third = self.visit_for_brakes(20_600)
            self.assertEqual(third.comeback_candidate_id, second)
            third.action_confirm_comeback()
            self.assertTrue(third.is_second_failure)

    def test_after_the_warranty_it_is_a_new_repair(self):
        self.carry_out(self.visit_for_brakes(20_000))
        with self.later(days=11):
            late = self.visit_for_brakes(20_300)
            self.assertFalse(late.comeback_candidate_id)
