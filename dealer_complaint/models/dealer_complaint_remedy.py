from odoo import api, fields, models

from .dealer_complaint_action import SPENT_STATES


class DealerComplaint(models.Model):
    """The remedies of a complaint and what they cost."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    currency_id = fields.Many2one(related="company_id.currency_id")
    action_ids = fields.One2many("dealer.complaint.action", "complaint_id", "Remedies")
    remedy_cost = fields.Monetary(
        "Cost of Remedies",
        compute="_compute_remedy_cost",
        store=True,
        help="Of the remedies that are approved or done.",
    )

    @api.depends("action_ids.cost", "action_ids.state")
    def _compute_remedy_cost(self):
        for complaint in self:
            complaint.remedy_cost = sum(
                action.cost
                for action in complaint.action_ids
                if action.state in SPENT_STATES
            )

    def _hand_on_remedies(self):
        """What was promised is still to be done, and costs what it costs."""
        for complaint in self:
            complaint.action_ids._write_by_method(
                {"complaint_id": complaint.duplicate_of_id.id}
            )

    def _closing_gaps(self):
        gaps = super()._closing_gaps()
        gaps += [
            self.env._("Not carried out yet: %(remedy)s", remedy=action.display_name)
            for action in self.action_ids
            if action.state in ("requested", "approved")
        ]
        return gaps
