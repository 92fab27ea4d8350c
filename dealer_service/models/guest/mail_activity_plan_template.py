from odoo import fields, models


class MailActivityPlanTemplate(models.Model):
    """A task of the plan for first visits goes to who is there for it."""

    _name = "mail.activity.plan.template"
    _inherit = "mail.activity.plan.template"

    responsible_type = fields.Selection(
        selection_add=[
            ("dealer_advisor", "Service Advisor of the Visit"),
            ("dealer_greeter", "Who Greets First Visitors"),
        ],
        ondelete={
            "dealer_advisor": "set default",
            "dealer_greeter": "set default",
        },
    )

    def _determine_responsible(self, on_demand_responsible, applied_on_record):
        if self.responsible_type not in ("dealer_advisor", "dealer_greeter"):
            return super()._determine_responsible(
                on_demand_responsible, applied_on_record
            )
        visit = applied_on_record
        advisor = visit.advisor_id or on_demand_responsible
        greeter = visit.company_id.dealer_first_visit_user_id
        is_greeter = self.responsible_type == "dealer_greeter"
        return {
            "responsible": (is_greeter and greeter) or advisor,
            "error": False,
            "warning": False,
        }
