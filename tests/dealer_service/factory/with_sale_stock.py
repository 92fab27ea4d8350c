"""Old and new parts in the warehouse: run by test_beside_modules.py on a database of
its own.

Needs ``sale_stock``, which the suite does not depend on.
"""

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, users

from .claim_case import ClaimCase, HandedOut


class TestOldPartsInTheWarehouse(HandedOut, ClaimCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.warranty.warehouse_id
        cls.shelf = cls.warehouse.lot_stock_id
        cls.warranty_part.write({"is_storable": True, "tracking": "serial"})
        cls.warranty_part.standard_price = 300.0
        cls.serials = cls.env["stock.lot"].create(
            [
                {
                    "name": f"SN-004{number}",
                    "product_id": cls.warranty_part.id,
                    "company_id": cls.company.id,
                }
                for number in range(2)
            ]
        )
        for serial in cls.serials:
            cls.env["stock.quant"]._update_available_quantity(
                cls.warranty_part, cls.shelf, 1, lot_id=serial
            )
        cls.keeper = new_test_user(
            cls.env,
            "keeper",
            "dealer_service.group_dealer_service_user,stock.group_stock_user",
        )

    def old_part(self):
        return self.claim().old_part_ids

    def moves(self, part):
        """What the warehouse has recorded of the tag: from, to, how many, whose."""
        lines = self.env["stock.move.line"].sudo()
        lines = lines.search([("lot_id.name", "=", part.name)], order="id")
        self.assertLessEqual(set(lines.mapped("state")), {"done"})
        return [
            (
                line.location_usage,
                line.location_dest_usage,
                line.quantity,
                line.owner_id,
            )
            for line in lines
        ]

    def came(self):
        return ("customer", "internal", 1.0, self.chery)

    def quants(self, part):
        """What of the tag lies in the shop."""
        quants = self.env["stock.quant"].sudo()
        return quants.search(
            [("lot_id.name", "=", part.name), ("location_id.usage", "=", "internal")]
        )

    def of_the_new_part(self):
        """What is there of it, what it is worth, and how often it was moved."""
        part = self.warranty_part.sudo()
        part.invalidate_recordset()
        moves = self.env["stock.move"].sudo().search([("product_id", "=", part.id)])
        return (
            part.qty_available,
            part.free_qty,
            part.standard_price,
            part.total_value,
            len(moves),
        )

    @users("advisor")
    def test_old_part_comes_in_and_touches_no_new_one(self):
        self.ready()
        before = self.of_the_new_part()
        part = self.old_part()
        self.assertEqual(self.moves(part), [self.came()])
        self.assertEqual(self.of_the_new_part(), before)
        quant = self.quants(part)
        self.assertEqual((quant.quantity, quant.available_quantity), (1, 1))
        self.assertEqual((quant.owner_id, quant.value), (self.chery, 0))
        # beside every warehouse: nobody reserves or sells it
        self.assertFalse(quant.location_id.warehouse_id)
        self.assertEqual(quant.location_id.company_id, self.company)
        self.assertEqual(quant.product_id.qty_available, 0)
        self.assertFalse(quant.product_id.sale_ok)
        self.assertEqual(quant.lot_id.ref, "T15-2905010")

    @users("advisor")
    def test_parcel_takes_it_to_the_manufacturer(self):
        part = self.old_part()
        part.action_put_on_list()
        part.action_take_off_list()
        part.action_put_on_list()
        self.assertEqual(self.moves(part), [self.came()])
        part.return_id.action_send()
        went = ("internal", "supplier", 1.0, self.chery)
        self.assertEqual(self.moves(part), [self.came(), went])
        self.assertFalse(sum(self.quants(part).mapped("quantity")))
        move = self.env["stock.move"].sudo().search([], order="id desc", limit=1)
        self.assertIn(part.return_id.name, move.origin)
        self.assertIn(part.claim_id.name, move.origin)

    @users("manager")
    def test_scrapped_part_is_scrapped_in_the_warehouse(self):
        part = self.old_part()
        part.action_scrap("厂家不回收")
        gone = ("internal", "inventory", 1.0, self.chery)
        self.assertEqual(self.moves(part), [self.came(), gone])
        scraps = self.env["stock.scrap"].sudo()
        scrap = scraps.search([("lot_id.name", "=", part.name)])
        self.assertEqual((scrap.state, scrap.scrap_qty), ("done", 1.0))
        self.assertEqual(scrap.origin, part.claim_id.name)

    def without_stock(self):
        """As if there were no warehouse yet."""
        model = self.registry["dealer.old.part"]
        return patch.object(model, "_has_stock", lambda self: False)

    @users("advisor")
    def test_part_that_was_tagged_before_comes_in_by_itself(self):
        with self.without_stock():
            part = self.old_part()
        self.assertFalse(self.moves(part))
        cron = self.env.ref("dealer_service.ir_cron_dealer_service_stock").sudo()
        for _turn in range(2):
            self.env.flush_all()
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.env.invalidate_all()
            self.assertEqual(self.moves(part), [self.came()])

    @users("advisor")
    def test_part_that_was_tagged_before_comes_in_before_it_leaves(self):
        with self.without_stock():
            part = self.old_part()
            part.action_put_on_list()
        part.return_id.action_send()
        went = ("internal", "supplier", 1.0, self.chery)
        self.assertEqual(self.moves(part), [self.came(), went])

    @users("advisor")
    def test_its_moves_are_shown_to_who_reads_the_warehouse(self):
        part = self.old_part()
        for reader in (part, part.with_user(self.keeper)):
            self.assertTrue(reader.has_moves)
            action = reader.action_view_moves()
            lines = reader.env[action["res_model"]].search(action["domain"])
            self.assertEqual(lines.lot_id.mapped("name"), [part.name])
        # whoever sells reads moves, unless an administrator takes that away
        rights = self.env["ir.model.access"].sudo()
        rights = rights.search([("model_id.model", "=", "stock.move.line")])
        rights.perm_read = False
        part.invalidate_recordset(["has_moves"])
        self.assertFalse(part.has_moves)
        with self.assertRaises(AccessError):
            part.action_view_moves()

    @users("advisor")
    def test_one_product_and_a_place_for_each_shop(self):
        parts = self.env["dealer.old.part"].sudo()
        other = self.env["res.company"].sudo().create({"name": "南京店"})
        product, place = parts._stock_product(), parts._stock_place(self.company)
        self.assertEqual(parts._stock_product(), product)
        self.assertEqual(parts._stock_place(self.company), place)
        self.assertEqual(parts._stock_place(other).company_id, other)
        self.assertNotEqual(parts._stock_place(other), place)
        # nobody lists it among the parts that a visit needs
        self.assertNotEqual(product.dealer_kind, "part")

    @users("advisor")
    def test_claim_names_the_serial_number_that_was_handed_out(self):
        self.ready()
        line = self.warranty.order_line[1]
        [name] = line.move_ids.lot_ids.mapped("name")
        self.assertIn(name, self.serials.mapped("name"))
        claimed = self.claim().line_ids
        self.assertEqual(claimed.mapped("installed_lots"), [False, name])

    @users("advisor")
    def test_serial_number_that_was_brought_back_is_not_named(self):
        self.ready()
        line = self.warranty.order_line[1]
        lot, customers = line.move_ids.lot_ids, line.move_ids.location_dest_id
        way = {"location_id": customers.id, "location_dest_id": self.shelf.id}
        product = {"product_id": self.warranty_part.id}
        back = line.env["stock.move"].create(
            {
                **way,
                **product,
                "product_uom_qty": 1.0,
                "sale_line_id": line.id,
                "picked": True,
                "move_line_ids": [
                    Command.create({**way, **product, "quantity": 1, "lot_id": lot.id})
                ],
            }
        )
        back._action_done()
        self.assertFalse(line._installed_lots())
