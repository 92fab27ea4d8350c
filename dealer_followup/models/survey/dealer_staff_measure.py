from odoo import fields, models


class DealerStaffMeasure(models.Model):
    """What callers are measured by, and what customers say of advisors."""

    _name = "dealer.staff.measure"
    _inherit = "dealer.staff.measure"

    role = fields.Selection(selection_add=[("caller", "Follow-up Caller")])
    figure = fields.Selection(
        selection_add=[
            ("index", "Satisfaction Index"),
            ("calls", "Due Calls"),
            ("called", "Due Calls Made"),
            ("reached", "Customers Reached"),
            ("success", "Calls That Met Their Purpose"),
            ("undialled", "Entered Without Dialling"),
        ],
        ondelete={
            "index": "cascade",
            "calls": "cascade",
            "called": "cascade",
            "reached": "cascade",
            "success": "cascade",
            "undialled": "cascade",
        },
    )
