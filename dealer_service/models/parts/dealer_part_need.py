from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.actions import open_dialog
from ...tools.customer_words import check_length
from ..common.dealer_reception_states import OPEN_STATES

#: Where a needed part is, in the order in which it comes nearer.
PART_STATES = [
    ("needed", "Needed"),
    ("ordered", "On Order"),
    ("here", "Here"),
    ("laid_out", "Laid Out"),
    ("ended", "No Longer Needed"),
]
#: What says which part it is, and how many of it.
WHAT = frozenset({"product_id", "name", "quantity"})


class DealerPartNeed(models.Model):
    """A part that a visit needs, and where it is (配件准备)."""

    _name = "dealer.part.need"
    _description = "Needed Part"
    _inherit = "dealer.recorded.mixin"
    _order = "reception_id, id"
    _check_company_auto = True
    # where it is; and when it came, for whoever asks why a car waited
    _RECORDED_FIELDS = frozenset(
        {
            "reception_id",
            "state",
            "date_ordered",
            "date_here",
            "date_laid_out",
            "user_id",
        }
    )
    # it is of the visit for which it was entered
    _CHOSEN_FIELDS = frozenset({"reception_id"})

    reception_id = fields.Many2one(
        "dealer.reception", "Visit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="reception_id.company_id", store=True, precompute=True, index=True
    )
    date_appointment = fields.Datetime(
        related="reception_id.date_appointment", store=True, precompute=True
    )
    vehicle_id = fields.Many2one(related="reception_id.vehicle_id", string="Car")
    prepared_bay_id = fields.Many2one(related="reception_id.prepared_bay_id")
    product_id = fields.Many2one(
        "product.product",
        "Part",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('dealer_kind', '=', 'part')]",
    )
    name = fields.Char(
        "Description",
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    quantity = fields.Float(digits="Product Unit", default=1.0, required=True)
    state = fields.Selection(
        PART_STATES, required=True, default="needed", readonly=True, copy=False
    )
    date_expected = fields.Date(
        "Expected On", copy=False, help="The day on which the supplier delivers it."
    )
    date_ordered = fields.Datetime("Ordered On", readonly=True, copy=False)
    date_here = fields.Datetime("Here Since", readonly=True, copy=False)
    date_laid_out = fields.Datetime("Laid Out On", readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users", "Recorded By", readonly=True, copy=False, ondelete="restrict"
    )

    _open_idx = models.Index(
        "(company_id, date_appointment) WHERE state IN ('needed', 'ordered', 'here')"
    )
    _check_quantity = models.Constraint(
        "CHECK(quantity > 0)", "At least something of a part is needed."
    )

    @api.depends("product_id")
    def _compute_name(self):
        for need in self:
            need.name = need.name or need.product_id.name

    @api.constrains("name")
    def _check_name(self):
        check_length(self, "name")
        if any(not need.name.strip() for need in self):
            raise UserError(self.env._("Say which part is needed."))

    @api.model_create_multi
    def create(self, vals_list):
        needs = super().create(vals_list)
        needs.reception_id._follow_parts()
        return needs

    def write(self, vals):
        result = super().write(vals)
        if {"state", "date_expected"} & vals.keys():
            self.reception_id._follow_parts()
        return result

    def unlink(self):
        visits = self.reception_id
        result = super().unlink()
        visits._follow_parts()
        return result

    @api.model
    def _check_entered(self, vals_list):
        """:raise UserError: for a part of a visit that is over"""
        visits = self.env["dealer.reception"].browse(
            {vals.get("reception_id") for vals in vals_list} - {None, False}
        )
        for visit in visits:
            if visit.state not in OPEN_STATES:
                self._raise_over(visit)
        return super()._check_entered(vals_list)

    def _check_direct_write(self, vals):
        """What lies in the shop is what was entered, so that nobody fetches another
        part."""
        if not self.env.su:
            for name in WHAT.intersection(vals):
                self._would_change(vals, name)._check_not_here()
        return super()._check_direct_write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_here(self):
        if not self.env.su:
            self._check_not_here()

    def _check_not_here(self):
        """:raise UserError: for a part that is in the shop"""
        for need in self:
            if need.state in ("here", "laid_out"):
                raise UserError(
                    self.env._(
                        "%(part)s is “%(state)s”. Press “Needed Again” before you "
                        "change or delete it.",
                        part=need.name,
                        state=need._state_label(),
                    )
                )

    @api.model
    def _raise_over(self, visit):
        raise UserError(
            self.env._(
                "%(visit)s is over, and needs no parts any more.",
                visit=visit.display_name,
            )
        )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_order(self):
        """It is on order, and expected on the day that was entered.

        :raise UserError: without that day
        """
        for need in self:
            if not need.date_expected:
                raise UserError(
                    self.env._(
                        "%(part)s: enter in “Expected On” the day on which it comes, "
                        "so that the customer can be told.",
                        part=need.name,
                    )
                )
        return self._go("ordered", "date_ordered")

    def action_here(self):
        """It is in stock, or has arrived."""
        return self._go("here", "date_here")

    def action_lay_out(self):
        """It lies ready for the technician."""
        return self._go("laid_out", "date_laid_out")

    def action_pick_list(self):
        """Choose the day whose parts are printed, visit by visit."""
        self.check_access("write")
        return open_dialog(self.env["dealer.pick.list"], self.env._("Pick List"))

    def action_take_back(self):
        """A button was pressed by mistake, or the part is gone: it is needed again.

        :raise UserError: for a part of a visit that is over
        """
        self.check_access("write")
        for need in self:
            if need.reception_id.state not in OPEN_STATES:
                self._raise_over(need.reception_id)
        self._write_by_method(
            {
                "state": "needed",
                "date_ordered": False,
                "date_here": False,
                "date_laid_out": False,
                "is_from_stock": False,
                "user_id": self.env.uid,
            }
        )
        return True

    def _go(self, state, stamp):
        self.check_access("write")
        order = [value for value, _label in PART_STATES]
        for need in self:
            if order.index(need.state) >= order.index(state):
                raise UserError(
                    self.env._(
                        "%(part)s is “%(state)s” already. “Needed Again” takes it "
                        "back.",
                        part=need.name,
                        state=need._state_label(),
                    )
                )
        now = fields.Datetime.now()
        vals = {"state": state, stamp: now, "user_id": self.env.uid}
        with self._telling_what_came():
            if state == "laid_out":
                # what lies there is here
                self.filtered(lambda need: not need.date_here)._write_by_method(
                    {"date_here": now}
                )
            self._write_by_method({**vals, "is_from_stock": False})
        return True

    @contextmanager
    def _telling_what_came(self):
        """Whoever waits for the last of the parts is told once it is here."""
        before = {visit: visit.parts_state for visit in self.reception_id}
        yield
        for visit, former in before.items():
            is_awaited = former == "ordered" or (visit.is_away and former == "needed")
            if is_awaited and visit.parts_state in ("here", "laid_out"):
                visit._tell_parts_here()

    def _state_label(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return labels[self.state]
