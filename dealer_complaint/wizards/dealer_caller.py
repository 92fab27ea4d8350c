from odoo import api, fields, models


class DealerCaller(models.TransientModel):
    """Who calls may call to complain."""

    _name = "dealer.caller"
    _inherit = "dealer.caller"

    may_complain = fields.Boolean(compute="_compute_may_complain")

    @api.depends("call_id")
    def _compute_may_complain(self):
        may = self.env["dealer.complaint"].has_access("create")
        for page in self:
            page.may_complain = may

    def action_new_complaint(self):
        """Write down the complaint of who calls, known or not."""
        self.ensure_one()
        self.check_access("read")
        if self.partner_id:
            return self.partner_id.action_new_complaint()
        return self.env["dealer.complaint"]._new_action()
