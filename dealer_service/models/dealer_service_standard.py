from odoo import api, fields, models

APPLIES_TO = [
    ("all", "All Visits"),
    ("appointment", "Appointments"),
    ("first_visit", "First Visits"),
    ("waiting", "Waiting Customers"),
    ("supplement", "Visits With a Supplement"),
]


class DealerServiceStandard(models.Model):
    """A key point of a step: what the standard asks the staff to do."""

    _name = "dealer.service.standard"
    _description = "Service Standard"
    _order = "step_id, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char("Key Point", required=True, translate=True)
    step_id = fields.Many2one(
        "dealer.service.step", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="step_id.company_id", store=True, index=True)
    active = fields.Boolean(default=True)
    applies_to = fields.Selection(APPLIES_TO, required=True, default="all")
    is_mandatory = fields.Boolean(
        "Mandatory", default=True, help="Left open, it is recorded as a lapse."
    )
    is_blocking = fields.Boolean(
        "Blocking", help="The visit cannot go on before this is done."
    )
    note = fields.Text("How", translate=True)

    @api.onchange("is_blocking")
    def _onchange_is_blocking(self):
        self.is_mandatory = self.is_mandatory or self.is_blocking

    _check_blocking_is_mandatory = models.Constraint(
        "CHECK(is_mandatory OR NOT is_blocking)",
        "A blocking standard is mandatory as well.",
    )
