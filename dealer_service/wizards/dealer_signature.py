from odoo import api, fields, models
from odoo.exceptions import UserError


class DealerSignature(models.TransientModel):
    """The customer signs on the screen: a sheet, the settlement, or for the car."""

    _name = "dealer.signature"
    _description = "Customer's Signature"
    _inherit = "dealer.dialog.mixin"

    reception_id = fields.Many2one("dealer.reception", required=True)
    kind = fields.Selection(
        [
            ("inspection", "Inspection Sheet"),
            ("settlement", "Settlement Sheet"),
            ("delivery", "Handover"),
        ],
        required=True,
    )
    signed_by = fields.Char(required=True)
    content_html = fields.Html(
        "What Is Signed", compute="_compute_content_html", sanitize=False
    )
    signature = fields.Image(max_width=1024, max_height=1024)

    @api.depends("reception_id", "kind")
    def _compute_content_html(self):
        for dialog in self:
            visit = dialog.reception_id
            dialog.content_html = visit._signed_content(dialog.kind) if visit else False

    def action_sign(self):
        """Put the signature where it belongs."""
        self.ensure_one()
        if not self.signature:
            raise UserError(self.env._("Please let the customer sign first."))
        if self.kind == "inspection":
            self.reception_id.inspection_id.action_sign(self.signature, self.signed_by)
        elif self.kind == "settlement":
            self.reception_id._sign_settlement(self.signature, self.signed_by)
        else:
            self.reception_id._sign_delivery(self.signature, self.signed_by)
        return {"type": "ir.actions.act_window_close"}
