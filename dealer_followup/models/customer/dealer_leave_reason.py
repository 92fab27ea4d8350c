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
        [("inside", "In Our Hands"), ("outside", "Not in Our Hands")],
        required=True,
        default="inside",
        help="What we can do something about, and what we cannot.",
    )
    is_leaving = fields.Boolean(
        "Ends the Relation",
        help="The car was sold, has moved away or is scrapped: nobody invites it any"
        " more. Otherwise the customer may be won back.",
    )

    _name_uniq = models.UniqueIndex(
        "(name)", "There is a reason with this name already."
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
                self.env._("A reason that was used belongs to history: archive it.")
            )
