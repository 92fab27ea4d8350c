"""A car is sold: the new owner starts anew, the former owner's papers stay his."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .story import StoryCase


class TestSoldCar(StoryCase):
    def portal_user(self, login, partner):
        user = new_test_user(self.env, login=login, groups="base.group_portal")
        user.partner_id = partner
        return user

    def test_new_owner_never_sees_the_papers_of_the_former_one(self):
        visit = self.arrive_by_plate("A1234")
        self.walk_around(visit, 20_000)
        self.agree(visit, self.oil)
        self.authorize_visit(visit)
        self.work(visit)
        self.finish(visit)

        # The car changes hands.
        buyer = self.make_partner(name="李娟", phone="138 0000 0002")
        self.env["dealer.vehicle.owner.change"].with_user(self.advisor).create(
            {"vehicle_id": self.vehicle.id, "owner_id": buyer.id}
        ).action_apply()
        self.assertEqual(self.vehicle.owner_id, buyer)

        # Staff see the whole history; each customer sees his own part.
        self.assertIn(visit, self.vehicle.with_user(self.advisor).reception_ids)
        seller_user = self.portal_user("seller", self.customer)
        buyer_user = self.portal_user("buyer", buyer)
        for record in (visit, visit.order_ids):
            record.with_user(seller_user).check_access("read")
            with self.assertRaises(AccessError):
                record.with_user(buyer_user).check_access("read")
        self.vehicle.with_user(buyer_user).check_access("read")
        with self.assertRaises(AccessError):
            self.vehicle.with_user(seller_user).check_access("read")

        # The next visit is the buyer's.
        with self.later(days=30):
            again = self.arrive_by_plate("A1234")
        self.assertEqual(again.partner_id, buyer)
        again.with_user(buyer_user).check_access("read")
        with self.assertRaises(AccessError):
            again.with_user(seller_user).check_access("read")
