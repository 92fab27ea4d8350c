from odoo import models


class DealerCareRule(models.Model):
    """A rule of the group, and the shop that has one of its own with the same code."""

    _name = "dealer.care.rule"
    _inherit = "dealer.care.rule"

    def _shops(self):
        """The shops that go by this rule.

        A rule of the group is not run for a shop that has its own with the same code;
        an archived one of the shop's own means that it wants no such calls.
        """
        self.ensure_one()
        if self.company_id:
            return self.company_id
        # which shops there are, and which has its own rule, is nobody's secret
        shops, rules = self.env["res.company"].sudo(), self.sudo()
        own = rules.with_context(active_test=False)._search(
            [("code", "=", self.code), ("company_id", "!=", False)]
        )
        return shops.search(
            [("active", "=", True), ("id", "not in", own.subselect("company_id"))]
        )

    def _home_of_strays(self, shops):
        """The shop that calls about a car which no shop knows: one for each code."""
        if not self.company_id:
            return shops.browse(min(shops.ids))
        twins = self.search_count(
            [("code", "=", self.code), ("company_id", "=", False)], limit=1
        )
        return shops.browse() if twins else self.company_id

    def _for_shop(self, company):
        """The rule by which ``company`` goes instead of this one of the group."""
        self.ensure_one()
        if self.company_id:
            return self
        return (
            self.search([("code", "=", self.code), ("company_id", "=", company.id)])
            or self
        )

    def _copy_for_shop(self, company):
        """The calls of the shop go along: none is made twice."""
        own = self.copy(
            {
                "company_id": company.id,
                "code": self.code,
                "name": self.name,
                "active": self.active,
                "start_date": self.start_date,
            }
        )
        # callers of the shop hold them; nothing but their rule changes
        tasks = self.env["dealer.followup"].sudo().with_context(active_test=False)
        tasks = tasks.search(
            [("rule_id", "=", self.id), ("company_id", "=", company.id)]
        )
        tasks._write_by_method({"rule_id": own.id})
        return own
