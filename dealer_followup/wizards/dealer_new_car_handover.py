from odoo import fields, models


class DealerNewCarHandover(models.TransientModel):
    """The customer sees what was done, signs, and has the key of the new car."""

    _name = "dealer.new.car.handover"
    _description = "Handover of a New Car"
    _inherit = "dealer.dialog.mixin"

    delivery_id = fields.Many2one(
        "dealer.new.car.delivery", "New Car Delivery", required=True
    )
    vehicle_id = fields.Many2one(related="delivery_id.vehicle_id")
    odometer = fields.Integer(related="delivery_id.odometer")
    check_ids = fields.One2many(related="delivery_id.check_ids")
    advisor_id = fields.Many2one(related="delivery_id.advisor_id")
    next_service_date = fields.Date(related="delivery_id.next_service_date")
    signed_by = fields.Char("Received By")
    signature = fields.Image(max_width=1024, max_height=1024)
    unsigned_reason = fields.Char(
        "Reason for No Signature",
        help="For example: the car is delivered to a company, its driver fetched it.",
    )

    def action_deliver(self):
        """Keep the signature, or why there is none, and hand the car over."""
        self.ensure_one()
        self.check_access("write")
        self.delivery_id.action_deliver(
            signature=self.signature,
            signed_by=self.signed_by,
            unsigned_reason=self.unsigned_reason,
        )
        return {"type": "ir.actions.act_window_close"}
