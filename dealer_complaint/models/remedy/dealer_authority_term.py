from odoo import api, fields, models

BODIES = [
    ("12315", "12315"),
    ("12365auto", "12365auto"),
    ("12328", "12328"),
    ("consumer_association", "Consumer Association"),
    ("recall_centre", "Recall Centre"),
    ("media", "Media"),
    ("court", "Court or Arbitration"),
    ("other", "Other"),
]


class DealerAuthorityTerm(models.Model):
    """The periods that an authority has set itself, in its working days.

    A change of the law is a new row from its day on: older cases keep theirs.
    """

    _name = "dealer.authority.term"
    _description = "Period of an Authority"
    _inherit = ["dealer.group.mixin", "dealer.label.mixin"]
    _order = "body, date_from desc, id desc"
    _rec_name = "body"

    body = fields.Selection(BODIES, required=True, default="12315")
    date_from = fields.Date("Cases Filed From", required=True)
    accept_days = fields.Integer(
        "Acceptance (working days)", help="0: this authority has no such period."
    )
    mediation_days = fields.Integer(
        "Mediation (working days)",
        help="Counted from the acceptance. 0: this body has no such period.",
    )
    source = fields.Text(
        "Legal Basis", required=True, translate=True, help="With the year it is of."
    )
    active = fields.Boolean(default=True)

    _date_uniq = models.UniqueIndex(
        "(body, date_from) WHERE active",
        "Other periods of this authority already begin on this day.",
    )
    _check_days = models.Constraint(
        "CHECK(accept_days >= 0 AND mediation_days >= 0)",
        "A period is not shorter than no day.",
    )

    @api.model
    def _in_force(self, body, day):
        """The row that holds for a case filed on ``day``; empty where there is none."""
        # the law is the same for whoever enters a case
        return self.sudo().search(
            [("body", "=", body), ("date_from", "<=", day)], limit=1
        )
