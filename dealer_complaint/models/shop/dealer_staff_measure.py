from odoo import fields, models


class DealerStaffMeasure(models.Model):
    """What complaint handlers are measured by."""

    _name = "dealer.staff.measure"
    _inherit = "dealer.staff.measure"

    role = fields.Selection(selection_add=[("handler", "Complaint Handler")])
    figure = fields.Selection(
        selection_add=[
            ("complaints", "Complaints Resolved"),
            ("contact", "First Contact Within the Limit"),
            ("feedback", "Feedback Within the Limit"),
            ("reopened", "Complaints Opened Again"),
        ],
        ondelete={
            "complaints": "cascade",
            "contact": "cascade",
            "feedback": "cascade",
            "reopened": "cascade",
        },
    )
