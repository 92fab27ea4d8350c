from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import groups
from ...tools.figures.part_supply import Supply
from ..common.dealer_reception_states import OPEN_STATES
from .dealer_part_need import PART_STATES

#: What the stock may still change; what was laid out lies with the technician.
FOLLOWED_STATES = ("needed", "ordered", "here")
#: Moves of the warehouse that are still to come.
COMING_MOVES = ("waiting", "confirmed", "partially_available", "assigned")


class DealerPartNeed(models.Model):
    """Where a part is, as the warehouse knows it: with ``sale_stock`` only.

    The suite depends on no warehouse. Without one everything here does nothing, and
    where a part is is entered by hand.
    """

    _name = "dealer.part.need"
    _inherit = "dealer.part.need"
    _RECORDED_FIELDS = frozenset({"is_from_stock", "quantity_reserved"})

    is_from_stock = fields.Boolean(
        "From the Warehouse",
        readonly=True,
        copy=False,
        help="The warehouse says where the part is, and changes it by itself. A button "
        "pressed by hand is kept until the warehouse knows more.",
    )
    quantity_reserved = fields.Float(
        "Reserved",
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="As much of it the warehouse keeps for the order of this visit.",
    )
    place = fields.Char(
        "Bin",
        compute="_compute_place",
        compute_sudo=True,
        groups=f"{groups.ADVISOR},{groups.TECHNICIAN}",
        help="Where it lies in the warehouse.",
    )

    @api.model
    def _has_stock(self):
        return "move_ids" in self.env["sale.order.line"]._fields

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Nobody is shown columns that a shop without a warehouse cannot fill."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if not self._has_stock():
            for name in ("place", "quantity_reserved", "action_from_stock"):
                for node in arch.xpath(f"//*[@name='{name}']"):
                    node.getparent().remove(node)
        return arch, view

    @api.depends("product_id", "quantity_reserved")
    def _compute_place(self):
        """The bins of what is reserved, else those in which there is some."""
        self.place = False
        if not self._has_stock():
            return
        for company, needs in self.grouped("company_id").items():
            stock = needs._stock_locations(company)
            quants = self.env["stock.quant"].search(
                [
                    ("product_id", "in", needs.product_id.ids),
                    ("location_id", "child_of", stock.ids),
                    ("quantity", ">", 0),
                ],
                order="quantity desc, id",
            )
            kept = needs._order_moves().move_line_ids
            for need in needs:
                mine = kept.filtered(
                    lambda line, need=need: (
                        line.product_id == need.product_id
                        and line.move_id.sale_line_id.reception_id == need.reception_id
                        and line.location_id.usage == "internal"
                    )
                )
                there = quants.filtered(
                    lambda quant, need=need: quant.product_id == need.product_id
                )
                bins = (mine or there).location_id
                need.place = ", ".join(
                    place.complete_name.split("/", 2)[-1] for place in bins[:3]
                )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_from_stock(self):
        """Look now where the parts are; by itself it is done every few minutes.

        Without a selection: where those are that are not laid out yet.
        """
        self.check_access("write")
        needs = self or self.search([("state", "in", FOLLOWED_STATES)])
        needs._follow_stock()
        return True

    @api.model
    def _cron_follow_stock(self):
        """Follow what was reserved, received and handed out."""
        if not self._has_stock():
            return
        shops = self.env["res.company"].search(Domain.TRUE)
        for done, shop in enumerate(shops, 1):
            self.search(
                [
                    ("company_id", "=", shop.id),
                    ("state", "in", FOLLOWED_STATES),
                    ("product_id.is_storable", "=", True),
                    ("reception_id.state", "in", OPEN_STATES),
                ]
            )._follow_stock()
            self.env["ir.cron"]._commit_progress(1, remaining=len(shops) - done)

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _follow_stock(self):
        """Record where the warehouse has these parts, and tell whoever waits."""
        if not self._has_stock():
            return
        # the warehouse is not the advisor's to read, and its facts are nobody's to type
        followed = self.sudo().filtered(
            lambda need: (
                need.product_id.is_storable
                and need.state in FOLLOWED_STATES
                and need.reception_id.state in OPEN_STATES
            )
        )
        for company, needs in followed.grouped("company_id").items():
            # what is free is shared with all who need the same, the earliest first
            rivals = needs.search(
                [
                    ("company_id", "=", company.id),
                    ("product_id", "in", needs.product_id.ids),
                    ("state", "in", FOLLOWED_STATES),
                    ("reception_id.state", "in", OPEN_STATES),
                ]
            )
            found = rivals._look_in_stock(company)
            for need in needs:
                need._take_from_stock(*found[need])

    def _look_in_stock(self, company):
        """Where the warehouse of the shop has each of these parts.

        :return: dict of need: ``(state, expected day, reserved quantity)``
        """
        here = self._stock_locations(company)
        arrivals = self._stock_arrivals(here, company)
        supply = {
            product.id: Supply(product.free_qty, arrivals.get(product.id, []))
            for product in self.product_id.with_context(location=here.ids)
        }
        moves = self._order_moves().grouped(
            lambda move: (move.product_id, move.sale_line_id.reception_id)
        )
        now = fields.Datetime.now()
        found = {}
        for need in self.sorted(
            lambda need: (need.date_appointment or now, need.reception_id.id, need.id)
        ):
            mine = moves.get((need.product_id, need.reception_id), ())
            issued, reserved = need._of_the_order(mine)
            rest = need.quantity - issued - reserved
            if issued and issued >= need.quantity:
                found[need] = ("laid_out", None, 0.0)
            elif need.state == "here" and not need.is_from_stock:
                # somebody has it in the hand
                found[need] = ("here", None, reserved)
            else:
                state, moment = supply[need.product_id.id].take(rest)
                day = moment and company._dealer_day(moment)
                found[need] = (state, day, reserved)
        return found

    def _stock_locations(self, company):
        # where parts lie is no secret of the warehouse
        warehouses = self.env["stock.warehouse"].sudo()
        return warehouses.search([("company_id", "=", company.id)]).view_location_id

    def _stock_arrivals(self, here, company):
        """What is on its way to the locations ``here`` of the shop.

        :return: dict of product id: list of ``(moment, quantity)``, the next first
        """
        moves = self.env["stock.move"].search(
            [
                ("product_id", "in", self.product_id.ids),
                ("company_id", "=", company.id),
                ("state", "in", COMING_MOVES),
                ("location_dest_id", "child_of", here.ids),
                "!",
                ("location_id", "child_of", here.ids),
                # what a customer gives back may be broken
                ("location_id.usage", "!=", "customer"),
            ],
            order="date, id",
        )
        return {
            product.id: [(move.date, move.product_qty) for move in coming]
            for product, coming in moves.grouped("product_id").items()
        }

    def _order_moves(self):
        """What the warehouse does for the orders of these visits."""
        # whoever lays out the parts need not read the orders
        lines = self.reception_id.sudo()._living_orders().order_line
        return lines.move_ids.filtered(
            lambda move: move.state != "cancel" and move.product_id in self.product_id
        )

    def _of_the_order(self, moves):
        """How much of the part was handed out for the visit, and is reserved for it.

        :param moves: those of this part for this visit
        """
        issued = reserved = picked = 0.0
        for move in moves:
            quantity = move.product_uom._compute_quantity(
                move.quantity, move.product_id.uom_id, round=False
            )
            if move.location_dest_id.usage == "customer":
                if move.state == "done":
                    issued += quantity
                else:
                    reserved += quantity
            elif move.location_id.usage == "customer":
                issued -= quantity if move.state == "done" else 0.0
            elif move.state != "done":
                # a way in two steps: picked first, then handed out
                picked += quantity
        return issued, max(reserved, picked)

    def _take_from_stock(self, state, day, reserved):
        """Record what the warehouse says, unless a hand has said more."""
        self.ensure_one()
        order = [value for value, _label in PART_STATES]
        vals = {"quantity_reserved": reserved}
        is_farther = order.index(state) > order.index(self.state)
        # the day of a receipt is known better than one that was typed
        if self.is_from_stock or is_farther or state == self.state == "ordered":
            vals.update(state=state, is_from_stock=state != "needed")
            if state == "ordered" or (state == "needed" and self.is_from_stock):
                vals["date_expected"] = day
        vals = {name: value for name, value in vals.items() if self[name] != value}
        if not vals:
            return
        if "state" in vals:
            now = fields.Datetime.now()
            reached = order.index(state)
            for stamp, first in (
                ("date_ordered", "ordered"),
                ("date_here", "here"),
                ("date_laid_out", "laid_out"),
            ):
                if reached < order.index(first):
                    vals[stamp] = False
                elif state == first or first == "here":
                    vals[stamp] = self[stamp] or now
            vals["user_id"] = self.env.uid
        with self._telling_what_came():
            self._write_by_method(vals)
