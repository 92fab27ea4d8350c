from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerLeaveReason(models.Model):
    """Why a customer does not come any more. Data of the shop, not code."""

    _name = "dealer.leave.reason"
    _description = "Reason for Leaving"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [("inside", "Within Our Control"), ("outside", "Beyond Our Control")],
        required=True,
        default="inside",
        help="Whether the shop can do something about this reason.",
    )
    is_leaving = fields.Boolean(
        "Ends the Relationship",
        help="The car was sold, has moved away or was scrapped, and is no longer "
        "invited. Otherwise the customer may be won back.",
    )

    _name_uniq = models.UniqueIndex(
        "(name)", "There is already a reason with this name."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # changes of every shop count, whoever asks
        changes = self.env["dealer.life.cycle.change"].sudo()
        used = changes.search_count([("reason_id", "in", self.ids)], limit=1)
        sold = self.env.ref(
            "dealer_followup.leave_reason_sold", raise_if_not_found=False
        )
        if used or (sold and sold in self):
            raise UserError(
                self.env._(
                    "A reason that has been used cannot be deleted. Archive it instead."
                )
            )
