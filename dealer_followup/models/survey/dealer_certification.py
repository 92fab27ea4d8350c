from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Of whom a certification is asked; see ``_people`` of the report for who that is.
ROLES = [
    ("advisor", "Service Advisor"),
    ("technician", "Technician"),
    ("inspector", "Final Inspector"),
    ("handler", "Complaint Handler"),
    ("caller", "Follow-up Caller"),
]


class DealerCertification(models.Model):
    """Which certification a role, or a standard of the service, asks for.

    The exam is one of Odoo's own certifications; who has passed it, and until when it
    is valid, is read from its answers (``dealer.certificate.report``). A standard asks
    those who carry out its step.
    """

    _name = "dealer.certification"
    _description = "Required Certification"
    _inherit = ["dealer.group.mixin"]
    _order = "survey_id, role, id"
    _rec_name = "survey_id"

    survey_id = fields.Many2one(
        "survey.survey",
        "Certification",
        required=True,
        index=True,
        domain="[('certification', '=', True)]",
        ondelete="restrict",
    )
    role = fields.Selection(
        ROLES, "Asked Of", help="Everybody who has this role in the shop."
    )
    standard_ids = fields.Many2many(
        "dealer.service.standard",
        string="Asked by Standards",
        help="Everybody who carries out the step of one of these standards.",
    )
    valid_months = fields.Integer(
        related="survey_id.dealer_valid_months", readonly=False
    )
    company_id = fields.Many2one(
        "res.company",
        "Shop",
        index=True,
        default=lambda self: self._default_group_company_id(),
        help="Empty: for every shop of the group.",
    )
    active = fields.Boolean(default=True)

    _role_uniq = models.UniqueIndex(
        "(survey_id, role, COALESCE(company_id, 0)) WHERE role IS NOT NULL",
        "The role is asked for this certification already.",
    )

    @api.constrains("survey_id")
    def _check_certification(self):
        # whoever says what is asked for need not be allowed to edit every exam
        for survey in self.sudo().survey_id:
            if not survey.certification:
                raise ValidationError(
                    self.env._(
                        "“%s” is no certification: it has no score to be reached.",
                        survey.title,
                    )
                )


class DealerServiceStandard(models.Model):
    """A standard says which certifications it asks for."""

    _name = "dealer.service.standard"
    _inherit = "dealer.service.standard"

    certification_ids = fields.Many2many(
        "dealer.certification",
        string="Certifications",
        help="Asked of everybody who carries out this step.",
    )
