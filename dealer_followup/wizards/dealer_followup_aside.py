from odoo import api, fields, models


class DealerFollowupAside(models.AbstractModel):
    """A dialog beside the open call, about a car that the call may be about.

    Callers have no rights on cars and visits. What such a dialog does for the customer
    of the own call it does with the rights of the system, for no other car.
    """

    _name = "dealer.followup.aside"
    _description = "Dialog Beside a Call"
    _inherit = "dealer.dialog.mixin"

    call_id = fields.Many2one("dealer.followup.call", required=True, readonly=True)
    offered_vehicle_ids = fields.Many2many(
        "fleet.vehicle", compute="_compute_offered_vehicle_ids"
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        compute="_compute_vehicle_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', offered_vehicle_ids)]",
    )

    @api.depends("call_id")
    def _compute_offered_vehicle_ids(self):
        for dialog in self:
            dialog.offered_vehicle_ids = dialog.call_id._cars_told_of()

    @api.depends("call_id")
    def _compute_vehicle_id(self):
        for dialog in self:
            dialog.vehicle_id = dialog.vehicle_id or dialog.offered_vehicle_ids[:1]
