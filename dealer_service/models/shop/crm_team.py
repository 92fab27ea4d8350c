from odoo import api, models
from odoo.fields import Domain


class CrmTeam(models.Model):
    """The workshop sells with its visits, and nothing besides."""

    _name = "crm.team"
    _inherit = "crm.team"

    @api.model
    def _get_default_team_id(self, user_id=False, domain=False):
        """The team of the workshop is nobody's by default, except its members'."""
        team = super()._get_default_team_id(user_id=user_id, domain=domain)
        companies = self.env.companies
        # whether a team is a workshop's does not depend on who asks
        workshop = companies.sudo().dealer_team_id | companies._dealer_shipped_team()
        if team not in workshop:
            return team
        user = self.env["res.users"].browse(user_id) if user_id else self.env.user
        if user in team.member_ids | team.user_id:
            return team
        others = Domain("id", "not in", workshop.ids) & Domain(
            "company_id", "in", [False, *companies.ids]
        )
        teams = self.search(others)
        return teams.filtered_domain(domain or [])[:1] or teams[:1]
