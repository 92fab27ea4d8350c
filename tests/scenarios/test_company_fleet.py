"""One user has the company's own fleet and the customers' cars; neither harms other."""

from odoo.fields import Command
from odoo.tools.safe_eval import safe_eval

from .story import StoryCase


class TestCompanyFleet(StoryCase):
    def test_both_worlds_stay_whole(self):
        shuttle = self.env["fleet.vehicle"].create(
            {"model_id": self.model.id, "license_plate": "皖B·00888"}
        )
        fleet_group = self.env.ref("fleet.fleet_group_user")
        both = self.make_user("both", "user")
        both.group_ids = [Command.link(fleet_group.id)]
        Vehicle = self.env["fleet.vehicle"]

        # Who has both rights sees both kinds.
        seen = Vehicle.with_user(both).search([])
        self.assertIn(shuttle, seen)
        self.assertIn(self.vehicle, seen)
        # An advisor sees customers' cars only.
        seen = Vehicle.with_user(self.advisor).search([])
        self.assertNotIn(shuttle, seen)
        self.assertIn(self.vehicle, seen)

        # Fleet's own screen shows the company's cars only.
        action = self.env.ref("fleet.fleet_vehicle_action")
        native = Vehicle.with_user(both).search(safe_eval(action.domain))
        self.assertIn(shuttle, native)
        self.assertNotIn(self.vehicle, native)

        # A visit of a customer's car leaves the fleet's driver log alone.
        visit = self.arrive_by_plate("A1234")
        self.walk_around(visit, 20_000)
        self.assertFalse(self.vehicle.driver_id)
        self.assertFalse(self.vehicle.log_drivers)
        # The shuttle is not found at the reception by its plate.
        found = self.env["dealer.arrival"].with_user(both).create({"query": "00888"})
        self.assertFalse(found.candidate_ids)
