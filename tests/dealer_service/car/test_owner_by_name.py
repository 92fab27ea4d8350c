"""An owner who is named in a file is an owner: the whole change of owner follows."""

from ...common import DealerServiceCase


class TestOwnerByName(DealerServiceCase):
    def test_an_import_that_names_another_owner_changes_the_owner(self):
        brother = self.make_partner(name="王建军", phone="13700000000")
        self.vehicle.contact_id = brother
        plate = self.vehicle.license_plate
        result = self.env["fleet.vehicle"].load(
            [".id", "owner_name", "owner_phone"],
            [[str(self.vehicle.id), "李娟", "13900000002"]],
        )
        self.assertFalse([m for m in result["messages"] if m["type"] == "error"])
        self.assertEqual(self.vehicle.owner_id.name, "李娟")
        self.assertEqual(self.vehicle.license_plate, plate)
        self.assertFalse(self.vehicle.contact_id, "he came for the former owner")
        past = self.vehicle.ownership_ids.filtered("date_to")
        self.assertEqual(past.partner_id, self.customer)
        present = self.vehicle.ownership_ids - past
        self.assertEqual(present.partner_id, self.vehicle.owner_id)

    def test_the_same_owner_named_again_changes_nothing(self):
        self.vehicle.write({"owner_name": "王建国", "owner_phone": "13805531234"})
        self.assertEqual(self.vehicle.owner_id, self.customer)
        self.assertEqual(len(self.vehicle.ownership_ids), 1)
