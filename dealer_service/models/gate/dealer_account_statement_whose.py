from odoo import api, models
from odoo.exceptions import ValidationError


class DealerAccountStatement(models.Model):
    """Whom there is something to tell, and from when on."""

    _name = "dealer.account.statement"
    _inherit = "dealer.account.statement"

    @api.constrains("company_id", "partner_id", "date_from")
    def _check_is_to_be_told(self):
        """
        :raise ValidationError: for days to come, and for somebody who does not buy
            on account
        """
        for statement in self:
            if statement.date_from > statement.company_id._dealer_today():
                raise ValidationError(
                    self.env._(
                        "%s has not begun: there is nothing to tell of it yet.",
                        statement.display_name,
                    )
                )
            customer = statement.partner_id.commercial_partner_id
            if not statement._is_on_account():
                raise ValidationError(
                    self.env._(
                        "%s does not buy on account here, and owes nothing: give "
                        "them a credit limit first.",
                        customer.display_name,
                    )
                )

    def _is_on_account(self):
        """Whether the customer buys on account here, did so, or owes something."""
        self.ensure_one()
        # a limit is read by accounting; what is decided by it is no secret
        customer = self.partner_id.sudo().with_company(self.company_id)
        return (
            customer.commercial_partner_id.dealer_credit_limit > 0
            or bool(self.search_count(self._siblings(), limit=1))
            or not self.currency_id.is_zero(self._owed_until(self.date_to))
        )
