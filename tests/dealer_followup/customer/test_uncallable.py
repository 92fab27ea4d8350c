"""Cars about which nobody can be called are a list, whatever the rules leave out."""

import ast

from lxml import etree

from odoo.tests import users

from ...followup_common import DealerFollowupCase


class TestUncallable(DealerFollowupCase):
    def found(self):
        name = "dealer_followup.fleet_vehicle_action_uncallable"
        action = self.env.ref(name).sudo()  # as the client is given it
        cars = self.env["fleet.vehicle"]
        view = cars.get_view(action.search_view_id.id, "search")
        [row] = etree.fromstring(view["arch"]).iterfind(".//filter[@name='uncallable']")
        domain = ast.literal_eval(row.get("domain"))
        return cars.search([*ast.literal_eval(action.domain), *domain])

    @users("caller")
    def test_no_number_or_a_wrong_one(self):
        named = {
            name: self.make_partner(name=name, phone=phone)
            for name, phone in (
                ("有号", "138 0000 7001"),
                ("无号", False),
                ("错号", "138 0000 7003"),
                ("代办", "138 0000 7004"),
            )
        }
        named["错号"].is_phone_wrong = True
        plates = {}
        for number, (owner, bringer) in enumerate(
            (
                ("有号", None),
                ("无号", None),
                ("错号", None),
                ("无号", "代办"),
                ("有号", "无号"),
            )
        ):
            plates[owner, bringer] = self.make_vehicle(
                license_plate=f"皖B·U70{number}0",
                owner_id=named[owner].id,
                contact_id=named[bringer].id if bringer else False,
            )
        mine = self.env["fleet.vehicle"].browse(car.id for car in plates.values())
        expected = {
            plates[key].id for key in (("无号", None), ("错号", None), ("有号", "无号"))
        }
        self.assertEqual(set((self.found() & mine).ids), expected)
