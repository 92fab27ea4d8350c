from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import groups

#: Who sees what a customer may owe, and says how much it is.
_KEEPERS = f"{groups.MANAGER},{groups.ACCOUNTANT}"
#: What a customer owes, or is to get back.
_BILLS = Domain("move_type", "in", ("out_invoice", "out_refund"))


class ResPartner(models.Model):
    """A monthly customer (挂账客户): drives away now, pays at the end of the month."""

    _name = "res.partner"
    _inherit = "res.partner"

    dealer_credit_limit = fields.Float(
        "Limit on Account",
        company_dependent=True,
        tracking=True,
        groups=_KEEPERS,
        help="Up to this amount the customer drives away on account, in this shop, and "
        "pays by the month. 0: pays before the key is handed over.",
    )
    dealer_credit_used = fields.Float(
        "Open on Account",
        compute="_compute_dealer_credit_used",
        groups=_KEEPERS,
        help="Invoices of this shop that are not paid, with what was handed over and "
        "is not posted yet.",
    )

    @api.constrains("parent_id")
    def _check_on_account_of(self):
        """Whoever is put under a customer with credit buys on that account."""
        # a check runs with all rights; who has asked is known to its user
        if self.env.user.has_groups(_KEEPERS) or self.env.uid == SUPERUSER_ID:
            return
        for partner in self.filtered("parent_id"):
            # whether there is credit is found out for whoever asks
            known = partner.sudo().commercial_partner_id - partner
            if known.with_company(self.env.company).dealer_credit_limit:
                raise ValidationError(
                    self.env._(
                        "%(customer)s buys on account: accounting or a service manager "
                        "adds people to this customer.",
                        customer=known.name,
                    )
                )

    @api.constrains("dealer_credit_limit")
    def _check_dealer_credit_limit(self):
        for partner in self:
            if partner.dealer_credit_limit < 0:
                raise ValidationError(
                    self.env._("%s: a credit limit is not negative.", partner.name)
                )

    @api.depends_context("company")
    def _compute_dealer_credit_used(self):
        used = self._dealer_open_on_account()
        for partner in self:
            partner.dealer_credit_used = used.get(partner.commercial_partner_id, 0.0)

    def _dealer_open_on_account(self, but=()):
        """What these customers owe the current company.

        :param but: ids of invoices that are not counted
        :return: dict of commercial partner: amount in company currency
        """
        mine = (
            _BILLS
            & Domain("company_id", "=", self.env.company.id)
            & Domain("commercial_partner_id", "in", self.commercial_partner_id.ids)
            & Domain("id", "not in", list(but))
        )
        posted = Domain("state", "=", "posted") & Domain(
            "payment_state", "in", ("not_paid", "partial")
        )
        # what is in the shop is no debt yet: its car is still here
        driven = Domain("state", "=", "draft") & Domain(
            "reception_id.state", "in", ("delivered", "left")
        )
        # a sum of the process: it does not depend on whose invoices the user sees
        moves = self.env["account.move"].sudo()
        used = {}
        for domain, amount in (
            (posted, "amount_residual_signed:sum"),
            (driven, "amount_total_signed:sum"),
        ):
            for partner, due in moves._read_group(
                mine & domain, ["commercial_partner_id"], [amount]
            ):
                used[partner.with_env(self.env)] = (
                    used.get(partner.with_env(self.env), 0.0) + due
                )
        return used
