from odoo import models
from odoo.fields import Domain


class ResCompany(models.Model):
    """By when the shop answers a complaint, as everybody may read it."""

    _name = "res.company"
    _inherit = "res.company"

    def _public_terms(self):
        contact = self._public_term("contact")
        feedback = self._public_term("feedback")
        terms = super()._public_terms()
        if contact:
            terms.append(
                self.env._(
                    "The person responsible calls you within %s of hearing of it.",
                    contact,
                )
            )
        if feedback:
            terms.append(
                self.env._(
                    "Until there is a result, you hear from us at least every %s.",
                    feedback,
                )
            )
        return terms

    def _public_term(self, metric):
        """The time limit that holds for a complaint of which nothing else is known;
        empty where there is none."""
        # what is told to everybody
        targets = self.env["dealer.sla.target"].sudo()
        policy = Domain.AND(
            [
                Domain("policy_id.active", "=", True),
                Domain("policy_id.company_id", "in", [False, self.id]),
                Domain("policy_id.domain", "in", [False, "[]"]),
                *(
                    Domain(f"policy_id.{name}", "=", False)
                    for name in ("level", "grade", "source", "category_id")
                ),
            ]
        )
        target = targets.search(
            Domain("metric", "=", metric) & policy, order="policy_id", limit=1
        )
        words = {
            "clock_hours": self.env._("%g hours"),
            "working_hours": self.env._("%g working hours"),
            "legal_days": self.env._("%g days"),
            "working_days": self.env._("%g working days"),
        }
        return words[target.unit] % target.amount if target else ""
