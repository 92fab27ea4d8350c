from odoo import api, fields, models


class ResCompany(models.Model):
    """What a shop does for a customer whose car it sees first (首次进店)."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_first_visit_plan_id = fields.Many2one(
        "mail.activity.plan",
        "First Visit Plan",
        domain="[('res_model', '=', 'dealer.reception'),"
        " ('company_id', 'in', (id, False))]",
        default=lambda self: self._shipped_first_visit_plan(),
        ondelete="set null",
        help="Its tasks are given out when the car arrives. Empty: none.",
    )
    dealer_first_visit_user_id = fields.Many2one(
        "res.users",
        "Greets First Visitors",
        ondelete="set null",
        help="Usually the service manager. Empty: the service advisor of the visit.",
    )
    dealer_first_return_months = fields.Integer(
        "First Visitors Come Again Within (months)",
        default=12,
        help="By then it is counted whether a first visitor came again.",
    )

    @api.model
    def _shipped_first_visit_plan(self):
        return self.env.ref(
            "dealer_service.activity_plan_first_visit", raise_if_not_found=False
        )

    @api.model
    def _plan_first_visits(self):
        """Shops that were there before the plan use it, too."""
        plan = self._shipped_first_visit_plan()
        if plan:
            unplanned = self.search([("dealer_first_visit_plan_id", "=", False)])
            unplanned.dealer_first_visit_plan_id = plan
