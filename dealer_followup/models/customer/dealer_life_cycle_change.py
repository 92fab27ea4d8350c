from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rule.dealer_segment import CLASSES, LIFE_CYCLES


class DealerLifeCycleChange(models.Model):
    """What became of a customer with one car, and when. Lines are added, never changed.

    Written by ``fleet.vehicle._update_life_cycle`` alone, set-based.
    """

    _name = "dealer.life.cycle.change"
    _description = "Change of the Life Cycle"
    _order = "date desc, id desc"
    _rec_name = "vehicle_id"

    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The owner at that time.",
    )
    company_id = fields.Many2one("res.company", "Shop", readonly=True, index=True)
    date = fields.Date(
        required=True,
        readonly=True,
        index=True,
        help="The day of the change, even if it was noticed later.",
    )
    old_life_cycle = fields.Selection(LIFE_CYCLES, "From", readonly=True)
    life_cycle = fields.Selection(LIFE_CYCLES, "To", readonly=True)
    old_class = fields.Selection(CLASSES, "From Class", readonly=True)
    customer_class = fields.Selection(CLASSES, "To Class", readonly=True)
    reason_id = fields.Many2one(
        "dealer.leave.reason",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if vals_list:
            raise UserError(
                self.env._(
                    "The history is derived from the visits and cannot be entered "
                    "by hand."
                )
            )
        return super().create(vals_list)

    def write(self, vals):
        if self:
            raise UserError(self.env._("The history cannot be changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("The history cannot be changed."))
