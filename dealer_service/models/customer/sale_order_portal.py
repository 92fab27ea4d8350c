from odoo import api, fields, models


class SaleOrder(models.Model):
    """The orders of a visit have a page of their own, where the customer decides."""

    _name = "sale.order"
    _inherit = "sale.order"

    dealer_link_qr = fields.Html(
        "QR Code",
        compute="_compute_dealer_link_qr",
        groups="base.group_user",
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

    def _parts_without_labour(self, declined):
        """Parts that are wanted though nobody would fit them: the labour they stand
        with, in their section or on the whole order, is declined.

        :param declined: ids of the lines that are not wanted
        """
        self.ensure_one()
        lines = self._decidable_lines()
        lonely = lines.browse()
        sections = {}
        section = lines.browse()
        for line in self.order_line.sorted("sequence"):
            if line.display_type == "line_section":
                section = line
            if line in lines:
                sections[section] = sections.get(section, lines.browse()) | line
        for group in sections.values():
            labour = group.filtered(lambda line: line.dealer_kind == "labour")
            if labour and all(line.id in declined for line in labour):
                lonely |= group.filtered(
                    lambda line: line.dealer_kind == "part" and line.id not in declined
                )
        return lonely

    def _shop_threads(self):
        """What is written about the order of a visit; other sales are Odoo's."""
        return self.exists().filtered("reception_id")
