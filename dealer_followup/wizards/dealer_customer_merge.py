from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Two cards of one customer become one: so do his cars, classes and stages."""

    _name = "base.partner.merge.automatic.wizard"
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        partners = self.env["res.partner"].browse(partner_ids).exists() | (
            dst_partner or self.env["res.partner"]
        )
        partners.vehicle_ids._update_life_cycle()
        partners._update_life_cycle()
        for partner in partners:
            partner._carry_withdrawals()
        return result

    def _update_values(self, src_partners, dst_partner):
        """The link to the consent page moves: two cards cannot have the same one."""
        # whoever merges cards may not see the links
        kept, others = dst_partner.sudo(), src_partners.sudo()
        token = next(filter(None, (kept + others).mapped("consent_token")), False)
        others.consent_token = False
        others.flush_recordset()
        result = super()._update_values(src_partners, dst_partner)
        kept.consent_token = token
        return result
