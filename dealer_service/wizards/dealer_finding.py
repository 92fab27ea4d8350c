from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.common.picture import check_picture
from ..models.orders.sale_order_offer import URGENCIES
from ..tools.customer_words import check_length


class DealerFinding(models.TransientModel):
    """What a technician found on the car, told from the phone (报增项)."""

    _name = "dealer.finding"
    _description = "Found Work"
    _inherit = "dealer.dialog.mixin"

    job_id = fields.Many2one("dealer.job", required=True)
    note = fields.Text("What Was Found", required=True)
    urgency = fields.Selection(URGENCIES, required=True, default="soon")
    photo = fields.Image(max_width=1920, max_height=1920)
    is_reported = fields.Boolean("Reported", readonly=True, copy=False)

    @api.constrains("photo")
    def _check_photo(self):
        check_picture(self, "photo")

    @api.constrains("note")
    def _check_note(self):
        check_length(self, "note")

    def action_report(self):
        """Hand it to the advisor as a draft supplement: once, however often it is
        tapped.

        :raise UserError: for nothing
        """
        if not self:
            raise UserError(
                self.env._("Nothing was reported. Say first what you found.")
            )
        for dialog in self.with_context(bin_size=False):
            if not dialog.is_reported:
                dialog.is_reported = True
                dialog.job_id._report_finding(dialog.note, dialog.urgency, dialog.photo)
        # a technician is told who looks after the car
        advisors = self.sudo().job_id.reception_id.advisor_id
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Reported to %(advisor)s.",
                    advisor=", ".join(advisors.mapped("name"))
                    or self.env._("the service desk"),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
