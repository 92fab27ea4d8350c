from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerNewCarCheck(models.Model):
    """A point of the list as it was done for one car, by whom and when."""

    _name = "dealer.new.car.check"
    _description = "Point Done at a Delivery"
    _inherit = "dealer.recorded.mixin"
    _order = "delivery_id, sequence, id"
    _rec_name = "point_id"
    _RECORDED_FIELDS = frozenset({"user_id", "date_done"})

    delivery_id = fields.Many2one(
        "dealer.new.car.delivery", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="delivery_id.company_id", store=True, index=True
    )
    point_id = fields.Many2one(
        "dealer.new.car.point",
        required=True,
        index=True,
        ondelete="restrict",
    )
    part = fields.Selection(related="point_id.part")
    sequence = fields.Integer()
    is_mandatory = fields.Boolean("Mandatory", readonly=True)
    is_done = fields.Boolean("Done")
    user_id = fields.Many2one("res.users", "Done By", readonly=True)
    date_done = fields.Datetime("Done On", readonly=True)
    note = fields.Char("Remark")

    _point_uniq = models.UniqueIndex("(delivery_id, point_id)")

    def write(self, vals):
        """Who ticks a point, and when, follows from the tick."""
        if not self._is_by_method():
            self._check_open()
            foreign = set(vals) - {"is_done", "note"}
            if foreign and not self.env.su:
                raise UserError(
                    self.env._("A point of the list can only be ticked or remarked on.")
                )
        if "is_done" not in vals:
            return super().write(vals)
        done = bool(vals["is_done"])
        changed = self.filtered(lambda check: check.is_done != done)
        stamp = {
            "user_id": self.env.uid if done else False,
            "date_done": fields.Datetime.now() if done else False,
        }
        super(DealerNewCarCheck, changed._by_method()).write(stamp)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_listed(self):
        if not self.env.su:
            raise UserError(
                self.env._("The list of a delivery stays as it was given out.")
            )

    def _check_open(self):
        """:raise UserError: for the list of a car that is handed over, or not sold"""
        ended = self.delivery_id.filtered(lambda d: d.state != "planned")
        if ended:
            raise UserError(
                self.env._(
                    "%(delivery)s is “%(state)s”: its list stays as it is.",
                    delivery=ended[0].display_name,
                    state=ended[0]._state_label(),
                )
            )
