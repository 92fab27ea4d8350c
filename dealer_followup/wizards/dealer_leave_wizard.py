from odoo import fields, models


class DealerLeaveWizard(models.TransientModel):
    """Why a customer does not come any more, in two clicks."""

    _name = "dealer.leave.wizard"
    _description = "No Longer Comes"
    _inherit = "dealer.dialog.mixin"

    vehicle_ids = fields.Many2many(
        "fleet.vehicle",
        string="Cars",
        required=True,
        context={"active_test": False},
    )
    reason_id = fields.Many2one("dealer.leave.reason", required=True)
    is_leaving = fields.Boolean(related="reason_id.is_leaving")
    note = fields.Char("In the Customer's Words")

    def action_save(self):
        """Record the reason; one that ends the relation also ends the calls."""
        self.ensure_one()
        cars = self.vehicle_ids
        cars.check_access("read")
        cars._check_served_here()
        # callers and advisors do not edit this part of the card by hand
        cars.sudo()._record_leaving(self.reason_id, self.note)
        return {"type": "ir.actions.act_window_close"}
