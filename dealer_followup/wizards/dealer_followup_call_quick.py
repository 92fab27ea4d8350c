from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dealer_service.tools.arguments import RECORD, arguments


class DealerFollowupCall(models.TransientModel):
    """The results that end most calls: one click, or one key, and the next customer."""

    _name = "dealer.followup.call"
    _inherit = "dealer.followup.call"

    quick_results = fields.Json(
        compute="_compute_quick_results", help="Results that are saved with one click."
    )

    @api.depends_context("lang")
    @api.depends("followup_ids")
    def _compute_quick_results(self):
        results = self.env["dealer.followup.result"].search(
            [("is_quick", "=", True), ("is_for_calls", "=", True)]
        )
        rows = [{"id": result.id, "name": result.name} for result in results]
        for sheet in self:
            sheet.quick_results = rows

    @arguments(result=RECORD)
    def action_quick(self, result):
        """Save the call with this result, and open the sheet of the next customer.

        :raise UserError: for a result that asks for more than a click
        """
        self.ensure_one()
        results = self.env["dealer.followup.result"]
        chosen = results.browse(getattr(result, "id", result)).exists()
        if not chosen.is_quick:
            raise UserError(
                self.env._("Choose how the call ended, and press “Save and Call Next”.")
            )
        self.result_id = chosen
        return self.action_save_and_next()
