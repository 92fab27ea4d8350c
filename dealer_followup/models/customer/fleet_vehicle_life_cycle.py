from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dealer_service.tools.actions import open_dialog, open_form

from ...tools import groups
from ..rule.dealer_segment import CLASSES, LIFE_CYCLES

# The key of the context is an object of this process: no remote caller can forge it.
_BY_METHOD = object()
#: Follow from visits, sale and owner; written by the update alone.
DERIVED_FIELDS = (
    "life_cycle",
    "life_cycle_date",
    "life_cycle_next_date",
    "customer_class",
    "home_company_id",
    "known_since",
)
#: Written by "Does Not Come Any More" alone.
LEAVE_FIELDS = ("left_date", "leave_reason_id", "leave_note")
#: What the life cycle of a car hangs on, besides its visits.
CAUSES = {
    "sale_date",
    "owner_id",
    "active",
    "is_owner_wrong",
    "is_customer_vehicle",
    "company_id",
    "seller_id",
    *LEAVE_FIELDS,
}


class FleetVehicle(models.Model):
    """What the owner of this car is to the shop: his class and his stage of life.

    Stored, so that rules and lists find them; see
    ``fleet_vehicle_life_cycle_update.py`` for what they follow from.
    """

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    # what the shop thinks of its customer, and what a former owner said: the owners
    # themselves read their car on the portal
    life_cycle = fields.Selection(
        LIFE_CYCLES,
        groups="base.group_user",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="New until the first return, then active; dormant and lost after the "
        "number of months set by the shop; won back by a visit after that. Empty: "
        "never visited, and not sold by us.",
    )
    life_cycle_date = fields.Date(
        "Since", readonly=True, copy=False, groups="base.group_user"
    )
    life_cycle_next_date = fields.Date(
        "Next Change",
        groups="base.group_user",
        readonly=True,
        copy=False,
        index=True,
        help="The day on which the class or life cycle will change if nothing "
        "happens. Empty: calculated tonight.",
    )
    customer_class = fields.Selection(
        CLASSES,
        "Class",
        groups="base.group_user",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Based on the customer-paid visits of the last twelve months.",
    )
    home_company_id = fields.Many2one(
        "res.company",
        "Home Shop",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The shop on the customer's record or of the last visit; its settings "
        "apply.",
    )
    known_since = fields.Date(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The day on which the car came from a file. Months that were over by then "
        "do not make a customer lost: the shop has no history of them.",
    )
    left_date = fields.Date(
        "Left On", readonly=True, copy=False, groups="base.group_user"
    )
    leave_reason_id = fields.Many2one(
        "dealer.leave.reason",
        "Reason for Leaving",
        groups="base.group_user",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    leave_note = fields.Char(
        "In the Customer's Words", readonly=True, copy=False, groups="base.group_user"
    )
    life_cycle_change_ids = fields.One2many(
        "dealer.life.cycle.change",
        "vehicle_id",
        "Changes",
        readonly=True,
        groups=groups.CALLER,
    )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_life_cycle_write(vals)
        if self.env.context.get("import_file"):
            today = self.env.company._dealer_today()
            vals_list = [{**vals, "known_since": today} for vals in vals_list]
        cars = super().create(vals_list)
        cars.filtered("is_customer_vehicle")._update_life_cycle()
        return cars

    def write(self, vals):
        self._check_life_cycle_write(vals)
        if not CAUSES & set(vals):
            return super().write(vals)
        former = {car: car.owner_id for car in self} if "owner_id" in vals else {}
        result = super().write(vals)
        self._end_relation(former)
        self.filtered("is_customer_vehicle")._update_life_cycle()
        return result

    def _correct_owner(self, partner):
        """The owner was another one from the start: both are looked at again."""
        former = self.owner_id
        result = super()._correct_owner(partner)
        self._update_life_cycle()
        (former | partner)._update_life_cycle()
        return result

    def _check_life_cycle_write(self, vals):
        """:raise UserError: for what follows from the visits"""
        forbidden = set(DERIVED_FIELDS) & set(vals)
        if self.env.context.get("dealer_life_cycle_method") is not _BY_METHOD:
            forbidden |= set(LEAVE_FIELDS) & set(vals)
        if forbidden:
            name = self._fields[min(forbidden)]._description_string(self.env)
            raise UserError(
                self.env._(
                    "“%(field)s” is derived from the sale, the visits and what the "
                    "customer said, and cannot be entered by hand.",
                    field=name,
                )
            )

    # ------------------------------------------------------------------
    # LEAVING
    # ------------------------------------------------------------------

    def _record_leaving(self, reason, note=False):
        """The customer has told why he does not come any more.

        :param reason: ``dealer.leave.reason``; ends the relation when it says so
        """
        for shop, cars in self.grouped("home_company_id").items():
            today = (shop or self.env.company)._dealer_today()
            cars.with_context(dealer_life_cycle_method=_BY_METHOD).write(
                {
                    "left_date": today if reason.is_leaving else False,
                    "leave_reason_id": reason.id,
                    "leave_note": note,
                }
            )
        if reason.is_leaving:
            self._open_followups().filtered(lambda task: not task.complaint_id)._close(
                "cancelled", "left"
            )

    def action_leave(self):
        """Open the dialog that asks why the customer does not come any more."""
        self.check_access("read")
        return open_dialog(
            self.env["dealer.leave.wizard"],
            self.env._("No Longer Comes"),
            vehicle_ids=self.ids,
        )

    def action_undo_leaving(self):
        """It was a mistake: the customer is still one of ours."""
        self.check_access("read")
        if not self.env.user.has_group(groups.CALLER):
            self.check_access("write")
        self._check_served_here()
        # callers do not edit cards; this is all they may change
        self.sudo()._forget_leaving()
        return True

    def _forget_leaving(self):
        self.with_context(dealer_life_cycle_method=_BY_METHOD).write(
            dict.fromkeys(LEAVE_FIELDS, False)
        )

    def _come_back(self, day):
        """A visit was delivered on ``day``: whatever kept the customer away is over.

        The day he had left stays: it is why he counts as won back.
        """
        for car in self.filtered(lambda car: car.left_date or car.leave_reason_id):
            left = car.left_date
            if left and left >= day:
                left = fields.Date.subtract(day, days=1)
            car.with_context(dealer_life_cycle_method=_BY_METHOD).write(
                {"left_date": left, "leave_reason_id": False, "leave_note": False}
            )

    def _action_open_card(self):
        """The card of the car as the dealership shows it."""
        self.ensure_one()
        return open_form(self, view="dealer_service.fleet_vehicle_view_form")

    def _action_open_cars(self):
        """These cars, archived ones too, in the list of the dealership."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_service.fleet_vehicle_action_customer"
        )
        return {
            **action,
            "domain": [("id", "in", self.ids)],
            "context": {"active_test": False},
        }
