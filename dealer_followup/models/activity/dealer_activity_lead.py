from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dealer_service.tools.actions import open_form

#: Sales works with leads where Odoo's CRM is installed; the suite does not need it.
LEADS = "crm.lead"


class DealerActivityInvitee(models.Model):
    """A guest who wants to buy: on a list, and in the CRM where there is one."""

    _name = "dealer.activity.invitee"
    _inherit = "dealer.activity.invitee"
    _CONSEQUENCES = ((("is_lead",), "_hand_lead_over"),)

    lead_model = fields.Char(readonly=True)
    lead_ref = fields.Many2oneReference(
        "Lead of the CRM", model_field="lead_model", readonly=True
    )
    has_open_lead = fields.Boolean(
        "Lead May Be Opened", compute="_compute_has_open_lead"
    )

    @api.depends("lead_ref")
    @api.depends_context("uid")
    def _compute_has_open_lead(self):
        may = LEADS in self.env and self.env[LEADS].has_access("read")
        refs = [row.lead_ref for row in self if row.lead_ref]
        known = set(self.env[LEADS].browse(refs).exists().ids) if may and refs else ()
        for row in self:
            row.has_open_lead = row.lead_ref in known

    def action_view_lead(self):
        """What sales has made of it."""
        self.ensure_one()
        self.check_access("read")
        if not self.has_open_lead:
            raise UserError(
                self.env._(
                    "%s: there is no lead in the CRM that you may open.",
                    self.display_name,
                )
            )
        return open_form(self.env[LEADS].browse(self.lead_ref))

    def _hand_lead_over(self, _change):
        """Sales gets each lead once, with what the guest is interested in."""
        if LEADS not in self.env:
            return
        # whoever stands at the door has no rights in the CRM
        leads = self.env[LEADS].sudo()
        for row in self.filtered(lambda row: row.is_lead and not row.lead_ref):
            lead = leads.create(row._lead_values())
            row._write_by_method({"lead_model": LEADS, "lead_ref": lead.id})

    def _lead_values(self):
        activity = self.activity_id
        # whoever stands at the door reads no campaigns
        campaign = activity.sudo().campaign_id
        # who sold the car goes on with its owner, if the CRM knows them
        seller = self.vehicle_id.sudo().seller_id
        known = seller.has_group("sales_team.group_sale_salesman") if seller else False
        return {
            "name": f"{activity.name}: {self.lead_note or self.contact_name or ''}",
            "partner_id": self.partner_id.id,
            "contact_name": self.contact_name,
            "phone": self.contact_phone,
            "description": self.note,
            "campaign_id": campaign.id,
            "company_id": activity.company_id.id,
            "user_id": seller.id if known else False,
        }
