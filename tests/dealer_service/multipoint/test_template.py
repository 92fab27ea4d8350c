"""Which list a car is inspected by, and by whose items."""

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .multipoint_case import MultipointCase


@tagged("standard", "post_install", "-at_install")
class TestTemplate(MultipointCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.templates = cls.env["dealer.multipoint.template"]
        cls.lamps = cls.items["lamps"]

    def make(self, name, **values):
        return self.templates.create(
            {"name": name, "item_ids": [Command.set(self.lamps.ids)], **values}
        )

    def test_shipped_list_follows_the_energy(self):
        self.template.active = False
        for fuel, key in (
            ("gasoline", "petrol"),
            ("diesel", "petrol"),
            ("plug_in_hybrid_gasoline", "hybrid"),
            ("electric", "electric"),
        ):
            self.vehicle.fuel_type = fuel
            self.assertEqual(
                self.templates._for_visit(self.visit),
                self.env.ref(f"dealer_service.dealer_multipoint_template_{key}"),
            )

    def test_model_before_energy_before_service(self):
        self.vehicle.fuel_type = "gasoline"
        self.assertEqual(self.templates._for_visit(self.visit), self.template)
        both = self.make("Both", model_ids=self.model.ids, energy="engine")
        self.assertEqual(self.templates._for_visit(self.visit), both)

    def test_service_of_the_reading(self):
        model = [Command.set(self.model.ids)]
        major = self.make("40,000", model_ids=model, every_km=40_000, tolerance_km=1000)
        for reading, expected in (
            (20_000, self.template),
            (39_100, major),
            (40_900, major),
            (42_000, self.template),
            (0, self.template),
        ):
            self.visit.sudo()._write_by_method({"odometer": reading})
            self.assertEqual(self.templates._for_visit(self.visit), expected, reading)

    def test_item_of_the_shop_goes_before_that_of_the_group(self):
        own = self.items["tread"].copy({"company_id": self.company.id})
        self.assertEqual(own.code, self.items["tread"].code)
        shown = self.template._items_for(self.company)
        self.assertIn(own, shown)
        self.assertNotIn(self.items["tread"], shown)

    def test_copy_is_another_item(self):
        other = self.items["tread"].copy()
        self.assertNotEqual(other.code, self.items["tread"].code)

    def test_limits_in_the_wrong_order_are_refused(self):
        for worse, amber, red in (("low", 1, 3), ("high", 3, 1)):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.items["tread"].write(
                    {"worse": worse, "limit_amber": amber, "limit_red": red}
                )

    def test_shipped_items_are_complete(self):
        """Limits have a source; what can be bad has a job and plain words."""
        items = self.env["dealer.multipoint.item"].search([])
        for item in items.filtered(lambda item: not item.code.startswith("t_")):
            self.assertTrue(item.work and item.customer_words, item.code)
            if item.is_measured:
                self.assertTrue(item.source and item.unit and item.guide, item.code)
                scale = item._scale()
                colours = {
                    self.env["dealer.multipoint.sheet"]._judgement(
                        item, {"value": value}
                    )["colour"]
                    for value in scale
                }
                self.assertEqual(colours, {"green", "amber", "red"}, item.code)
                self.assertLessEqual(len(scale), 25)
                self.assertLess(item.possible_from, item.possible_to, item.code)
                self.assertTrue(all(map(item._is_possible, scale)), item.code)

    def test_roles(self):
        for user in (self.technician, self.advisor):
            self.assertTrue(self.template.with_user(user).name)
            with self.assertRaises(AccessError):
                self.template.with_user(user).name = "x"
            with self.assertRaises(AccessError):
                self.lamps.with_user(user).name = "x"
        own = self.make("Own", company_id=self.company.id)
        own.with_user(self.manager).name = "Ours"
