from odoo import api, fields, models


class ResCompany(models.Model):
    """The address to which customers write their complaints: one for each shop."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_complaint_alias_id = fields.Many2one(
        "mail.alias",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    dealer_complaint_alias_name = fields.Char(
        "Address for Complaints",
        compute="_compute_dealer_complaint_alias",
        inverse="_inverse_dealer_complaint_alias_name",
        compute_sudo=True,
        help="Each mail to this address becomes a complaint of this shop. Empty: no "
        "complaints are created from mails.",
    )
    dealer_complaint_alias_email = fields.Char(
        compute="_compute_dealer_complaint_alias", compute_sudo=True
    )
    dealer_complaint_mail_customer = fields.Boolean(
        "Write to the Customer",
        default=True,
        help="Customers with an e-mail address receive a confirmation of their "
        "complaint, a request to answer the proposal, and a request for a rating at "
        "the end.",
    )

    @api.depends("dealer_complaint_alias_id.alias_full_name")
    def _compute_dealer_complaint_alias(self):
        for company in self:
            alias = company.dealer_complaint_alias_id
            company.dealer_complaint_alias_name = alias.alias_name
            company.dealer_complaint_alias_email = (
                alias.alias_domain and alias.alias_full_name
            )

    def _inverse_dealer_complaint_alias_name(self):
        # who may write the company decides where its complaints arrive; aliases
        # themselves are Odoo's administrators'
        for company in self.sudo():
            name = (company.dealer_complaint_alias_name or "").strip()
            alias = company.dealer_complaint_alias_id
            if not name:
                alias.unlink()
            elif alias:
                alias.alias_name = name
            else:
                company.dealer_complaint_alias_id = alias.create(
                    company._dealer_complaint_alias_vals(name)
                )

    def _dealer_complaint_alias_vals(self, name):
        self.ensure_one()
        return {
            "alias_name": name,
            "alias_domain_id": self.alias_domain_id.id,
            "alias_model_id": self.env["ir.model"]._get_id("dealer.complaint"),
            "alias_contact": "everyone",
            # the shop of the address is the shop of the complaint
            "alias_defaults": repr({"company_id": self.id}),
        }

    def write(self, vals):
        result = super().write(vals)
        if "alias_domain_id" in vals:
            for company in self:
                # as above
                company.sudo().dealer_complaint_alias_id.alias_domain_id = (
                    company.alias_domain_id
                )
        return result
