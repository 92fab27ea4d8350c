from odoo import fields, models


class ResCompany(models.Model):
    """What a shop asks before a car leaves it."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_pay_first = fields.Boolean(
        "Paid Before the Key",
        default=True,
        help="The key is handed over once the customer has paid, buys on account, or "
        "a service manager has released it. What others pay never holds a car.",
    )
    dealer_gate_pass = fields.Boolean(
        "Gate Pass at the Handover",
        help="Whoever gets the key gets a pass that is checked at the gate. Passes for "
        "road tests, sublet work and tows are issued in any case.",
    )
    dealer_gate_minutes = fields.Integer(
        "Gate Pass Valid For (min)", default=120, required=True
    )

    dealer_statement_days = fields.Integer(
        "Statement Payable Within (days)", default=15, required=True
    )

    _dealer_statement_days_positive = models.Constraint(
        "CHECK(dealer_statement_days >= 0)",
        "A statement is payable on its last day, or some days later.",
    )
    _dealer_gate_minutes_positive = models.Constraint(
        "CHECK(dealer_gate_minutes > 0)", "A gate pass is valid for some minutes."
    )
