from odoo import api, fields, models


class DealerWatch(models.TransientModel):
    """Before a customer goes into the workshop: who goes along, and what is said."""

    _name = "dealer.watch"
    _description = "Watching the Repair"
    _inherit = "dealer.dialog.mixin"

    reception_id = fields.Many2one("dealer.reception", "Visit", required=True)
    words = fields.Text("Say to the Customer", compute="_compute_rule")
    guide = fields.Char("Accompanied By", compute="_compute_rule")
    inside = fields.Integer("In the Workshop Now", compute="_compute_rule")

    @api.depends("reception_id")
    def _compute_rule(self):
        for dialog in self:
            shop = dialog.reception_id.company_id
            dialog.words = shop._watch_words()
            dialog.guide = shop._watch_guide()
            dialog.inside = len(shop._watching_visits()) if shop else 0

    def action_go_in(self):
        """They go; who presses it goes along."""
        self.reception_id._go_in_to_watch()
        return {"type": "ir.actions.act_window_close"}

    def action_not_wanted(self):
        """It was offered, and the customer would rather not."""
        self.reception_id._decline_watch()
        return {"type": "ir.actions.act_window_close"}
