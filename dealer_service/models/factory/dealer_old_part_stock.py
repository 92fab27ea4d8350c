from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools.actions import open_list

#: Under which XML ids the warehouse knows them: one product, and a place of each shop.
PRODUCT = "dealer_service.product_old_part"
PLACE = "dealer_service.location_old_parts_%s"
#: What is still here, by state.
HERE = ("kept", "listed")


class DealerOldPart(models.Model):
    """Old parts as the warehouse of Odoo knows them: with ``stock`` only.

    All of them are one product, each tag a lot of it, and the manufacturer is the
    owner. They lie in a place beside the warehouses: neither the stock nor the value of
    the new part is touched, and nobody sells or reserves them. Without ``stock``
    everything here does nothing. See decision 0034.
    """

    _name = "dealer.old.part"
    _inherit = "dealer.old.part"
    _INTAKE = ("_take_into_stock",)
    _CONSEQUENCES = ((("state",), "_take_out_of_stock"),)

    has_moves = fields.Boolean(
        compute="_compute_has_moves",
        help="The warehouse knows the part, and the user may look into it.",
    )

    @api.model
    def _has_stock(self):
        return "stock.move" in self.env

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_has_moves(self):
        self.has_moves = False
        if self._has_stock() and self.env["stock.move.line"].has_access("read"):
            lots = self._stock_lots()
            for part in self:
                part.has_moves = part in lots

    def action_view_moves(self):
        """What the warehouse has recorded of the part.

        :raise UserError: without a warehouse
        """
        self.ensure_one()
        self.check_access("read")
        if not self._has_stock():
            raise UserError(
                self.env._(
                    "No warehouse is kept here. Where the part is stands in “Shelf”."
                )
            )
        lines = self.env["stock.move.line"]
        lines.check_access("read")
        lots = [lot.id for lot in self._stock_lots().values()]
        domain = [("lot_id", "in", lots)]
        return open_list(lines, self.env._("Moves"), domain)

    # ------------------------------------------------------------------
    # WHAT FOLLOWS
    # ------------------------------------------------------------------

    def _take_into_stock(self):
        """What came off a car lies in the warehouse; what is there already stays."""
        for parts, shop in self._of_the_warehouse():
            known = parts._stock_lots()
            new = parts.filtered(lambda part, known=known: part not in known)
            if new:
                lots, place = new._create_lots(), parts._stock_place(shop)
                customers, _suppliers = self._outer_places()
                new._move_in_stock(lots, customers, place)

    def _take_out_of_stock(self, _change=None):
        """What has left the shop leaves its warehouse."""
        gone = self.filtered(lambda part: part.state not in HERE)
        # one that was tagged before there was a warehouse comes in first
        gone._take_into_stock()
        for parts, shop in gone._of_the_warehouse():
            lots, place = parts._stock_lots(), parts._stock_place(shop)
            sent = parts.filtered(lambda part: part.state == "returned")
            if sent:
                _customers, suppliers = self._outer_places()
                sent._move_in_stock(lots, place, suppliers)
            if scrapped := parts - sent:
                scrapped._scrap_in_stock(lots, place)

    @api.model
    def _take_in_what_is_kept(self):
        """What was tagged before there was a warehouse comes into it as well."""
        if self._has_stock():
            self.search([("state", "in", HERE)])._take_into_stock()

    def _of_the_warehouse(self):
        """These parts by shop, with the rights that their moves need."""
        if not self._has_stock():
            return
        # whoever settles or packs need not be of the warehouse
        parts = self.sudo().filtered(lambda part: part.quantity > 0)
        for shop, mine in parts.grouped("company_id").items():
            yield mine.with_company(shop), shop

    # ------------------------------------------------------------------
    # THE WAREHOUSE
    # ------------------------------------------------------------------

    def _stock_lots(self):
        """The lot of each of these parts that the warehouse knows.

        :return: dict of part: ``stock.lot``
        """
        # that there is one is no secret to whoever sees the part
        lots = self.env["stock.lot"].sudo()
        product = self.env.ref(PRODUCT, raise_if_not_found=False)
        if not product:
            return {}
        found = lots.search(
            [("product_id", "=", product.id), ("name", "in", self.mapped("name"))]
        ).grouped(lambda lot: (lot.company_id, lot.name))
        pairs = ((part, found.get((part.company_id, part.name))) for part in self)
        return {part: lot for part, lot in pairs if lot}

    def _create_lots(self):
        product = self._stock_product()
        lots = self.env["stock.lot"].create(
            [
                {
                    "name": part.name,
                    "ref": part.part_code,
                    "product_id": product.id,
                    "company_id": part.company_id.id,
                }
                for part in self
            ]
        )
        return dict(zip(self, lots, strict=True))

    def _move_in_stock(self, lots, place_from, place_to):
        """Move these parts, each as its lot."""
        moves = self.env["stock.move"].create(
            [part._stock_move_values(lots[part], place_from, place_to) for part in self]
        )
        moves._action_done()

    def _stock_move_values(self, lot, place_from, place_to):
        """A move that has been made: nothing of it waits or is reserved."""
        self.ensure_one()
        way = {"location_id": place_from.id, "location_dest_id": place_to.id}
        product = lot.product_id
        return {
            **way,
            "company_id": self.company_id.id,
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": self.quantity,
            "origin": self._stock_origin(),
            "restrict_partner_id": self.partner_id.id,
            "state": "confirmed",
            "picked": True,
            "move_line_ids": [
                Command.create(
                    {
                        **way,
                        "company_id": self.company_id.id,
                        "product_id": product.id,
                        "product_uom_id": product.uom_id.id,
                        "quantity": self.quantity,
                        "lot_id": lot.id,
                        "owner_id": self.partner_id.id,
                    }
                )
            ],
        }

    def _scrap_in_stock(self, lots, place):
        """Scrap these parts, as the warehouse scraps whatever else it has."""
        scraps = self.env["stock.scrap"].create(
            [
                {
                    "company_id": part.company_id.id,
                    "product_id": lots[part].product_id.id,
                    "lot_id": lots[part].id,
                    "owner_id": part.partner_id.id,
                    "scrap_qty": part.quantity,
                    "location_id": place.id,
                    "origin": part._stock_origin(),
                }
                for part in self
            ]
        )
        scraps.do_scrap()

    def _stock_origin(self):
        """Where the warehouse looks for more: the claim, and the parcel if there is."""
        names = (self.claim_id.name, self.return_id.name)
        return ", ".join(filter(None, names))

    @api.model
    def _outer_places(self):
        """Where customers' and suppliers' things are, for Odoo."""
        # what they are called is no secret of the warehouse
        return self.env["stock.warehouse"].sudo()._get_partner_locations()

    @api.model
    def _stock_product(self):
        """The product that stands for every old part; made when it is needed first."""
        product = self.env.ref(PRODUCT, raise_if_not_found=False)
        # one that has outlived its warehouse has forgotten how it was kept
        if product and product.is_storable and product.tracking == "lot":
            return product
        words = self.with_context(lang="en_US")
        product = words._load_known(
            PRODUCT,
            "product.product",
            {
                "name": words.env._("Old Warranty Part"),
                "type": "consu",
                "is_storable": True,
                "tracking": "lot",
                "sale_ok": False,
                "purchase_ok": False,
                "list_price": 0.0,
                "standard_price": 0.0,
                "taxes_id": [],
                "supplier_taxes_id": [],
                # nobody needs it for a visit
                "dealer_kind": "fee",
            },
        )
        for code, _name in self.env["res.lang"].get_installed():
            words = self.with_context(lang=code)
            product.with_env(words.env).name = words.env._("Old Warranty Part")
        return product.with_env(self.env)

    @api.model
    def _stock_place(self, shop):
        """Where the old parts of a shop lie; made when it is needed first."""
        place = self.env.ref(PLACE % shop.id, raise_if_not_found=False)
        if place:
            return place
        words = self.with_context(lang=shop.partner_id.lang or self.env.lang)
        return self._load_known(
            PLACE % shop.id,
            "stock.location",
            {
                "name": words.env._("Old Warranty Parts"),
                "usage": "internal",
                "company_id": shop.id,
            },
        )

    @api.model
    def _load_known(self, xml_id, model, values):
        """A record that is found by its XML id, and that no upgrade takes away."""
        row = {"xml_id": xml_id, "values": values, "noupdate": True}
        return self.env[model]._load_records([row])


class DealerPartNeed(models.Model):
    """The look into the warehouse, which is taken every few minutes."""

    _name = "dealer.part.need"
    _inherit = "dealer.part.need"

    @api.model
    def _cron_follow_stock(self):
        result = super()._cron_follow_stock()
        self.env["dealer.old.part"]._take_in_what_is_kept()
        return result
