from odoo import fields, models

from ..models.orders.sale_order_consent import CONSENT_METHODS


class DealerDriveAway(models.TransientModel):
    """What the customer agrees to who drives the car until the part comes."""

    _name = "dealer.drive.away"
    _description = "Drives Until the Part Comes"
    _inherit = "dealer.dialog.mixin"

    reception_id = fields.Many2one("dealer.reception", "Visit", required=True)
    parts = fields.Char("Awaited Parts", compute="_compute_parts")
    date_expected = fields.Date(related="reception_id.date_parts_expected")
    agreed_by = fields.Char("Who Agrees", required=True)
    method = fields.Selection(
        CONSENT_METHODS, "How", required=True, default="in_person"
    )
    note = fields.Text("What Was Agreed")
    is_time_stopped = fields.Boolean(
        "Days Away Are No Repair Days",
        help="Only if the customer agrees to it. Otherwise waiting for parts is repair "
        "time, as the law counts it.",
    )

    def _compute_parts(self):
        for dialog in self:
            awaited = dialog.reception_id._awaited_parts()
            dialog.parts = ", ".join(awaited.mapped("name"))

    def action_drive_away(self):
        """Record the agreement, and let the car go."""
        self.ensure_one()
        self.reception_id.action_drive_away(
            self.agreed_by, self.method, self.note, self.is_time_stopped
        )
        return {"type": "ir.actions.act_window_close"}
