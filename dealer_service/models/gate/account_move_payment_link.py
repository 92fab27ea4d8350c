from base64 import b64encode

from odoo import api, models
from odoo.tools import str2bool

from ...tools.refusal import NamedRefusal


class NoPaymentLink(NamedRefusal):
    """There is nothing that the customer could pay online."""


class AccountMove(models.Model):
    """Odoo's own payment link as a code at the counter, where a provider takes money.

    In China there mostly is none: the counter works without, and shows nothing of it.
    """

    _name = "account.move"
    _inherit = "account.move"

    @api.model
    def get_cashier_board(self):
        """With ``link_shops``: the shops whose customers can pay by Odoo's link."""
        board = super().get_cashier_board()
        return {**board, "link_shops": self._payment_link_shops().ids}

    def action_show_payment_link(self):
        """The code by which the customer pays this bill on the own phone.

        A draft is posted. What was paid shows on the counter by itself.

        :raise NoPaymentLink: in a shop without a provider, and when nothing is due
        :return: dict ``url``, ``qr`` (picture as a data URL), ``amount`` as text
        """
        self._check_cashier()
        self.check_access("write")
        self._claim_for_payment()
        if self.company_id not in self._payment_link_shops():
            raise NoPaymentLink(
                self.env._("No provider takes online payments for this shop.")
            )
        self.filtered(lambda move: move.state == "draft").action_post()
        # Odoo's link is that of one invoice; the next one follows when it is paid
        invoice = self.filtered("amount_residual")[:1]
        if not invoice:
            raise NoPaymentLink(self.env._("Nothing is due any more."))
        url = invoice._get_portal_payment_link()
        # a plain text from here on: what is put into it is not escaped
        svg = str(self.env["ir.actions.report"]._paper_qr(url))
        picture = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        return {
            "url": url,
            "qr": f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}",
            "amount": invoice.currency_id.format(invoice.amount_residual),
        }

    @api.model
    def _payment_link_shops(self):
        """The shops of the user that have switched on a provider of online payments."""
        # whether customers pay online is no secret, and the providers' keys stay one
        parameters = self.env["ir.config_parameter"].sudo()
        if not str2bool(parameters.get_param("account_payment.enable_portal_payment")):
            return self.env["res.company"]
        # see above
        providers = self.env["payment.provider"].sudo()
        return providers.search(
            [
                ("state", "in", ("enabled", "test")),
                ("is_published", "=", True),
                ("company_id", "in", self.env.companies.ids),
            ]
        ).company_id
