from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools import groups
from ...tools.access import NOBODY


class SaleOrder(models.Model):
    """The orders of a visit have a page of their own, where the customer decides."""

    _name = "sale.order"
    _inherit = "sale.order"

    # whoever has it decides as the customer; it is handed out as an address only
    access_token = fields.Char(groups=NOBODY)
    dealer_link_qr = fields.Html(
        "QR Code",
        compute="_compute_dealer_link_qr",
        groups=groups.ADVISOR,
        sanitize=False,
        help="For the customer who stands at the desk: the own phone reads it from the "
        "screen, and he decides there.",
    )

    @api.depends("dealer_link")
    def _compute_dealer_link_qr(self):
        report = self.env["ir.actions.report"]
        for order in self:
            link = order.dealer_link
            order.dealer_link_qr = link and report._paper_qr(link)

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for order in self.filtered("reception_id"):
            order.access_url = f"/my/service/orders/{order.id}"
        return result

    def _portal_ensure_token(self):
        # whoever asks may have the address, see _may_have_link; nobody reads the token
        return super(SaleOrder, self.sudo())._portal_ensure_token()

    def _may_have_link(self):
        """Whether the user may have the customer's address of these orders.

        Of a visit's orders those who give it out, and the customer, who signs in.
        """
        user = self.env.user
        return (
            self.env.su
            or user.share
            or user.has_group(groups.ADVISOR)
            # whose orders they are says nothing that the reader must not know
            or not self.sudo().reception_id
        )

    def _check_link(self):
        self.check_access("read")
        if not self._may_have_link():
            raise AccessError(
                self.env._(
                    "The link of %(order)s is the customer's, who decides there. Ask a "
                    "service advisor to send it.",
                    order=self.display_name,
                )
            )

    def _parts_without_labour(self, declined):
        """Parts that are wanted though nobody would fit them.

        :param declined: ids of the lines that are not wanted
        :return: dict of the parts, by the declined labour they go with
        """
        lonely = {}
        for group in self._pieces_of_work():
            labour = group.filtered(lambda line: line.dealer_kind == "labour")
            parts = group.filtered(
                lambda line: line.dealer_kind == "part" and line.id not in declined
            )
            if labour and parts and all(line.id in declined for line in labour):
                lonely[labour] = parts
        return lonely

    def _shop_threads(self):
        """What is written about the order of a visit; other sales are Odoo's."""
        return self.exists().filtered("reception_id")
