from markupsafe import Markup

from odoo import api, fields, models

from ...tools import groups


class DealerReception(models.Model):
    """What each payer of the visit was offered, and has agreed to."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    payer_summary = fields.Html(
        "By Payer",
        compute="_compute_payer_summary",
        sanitize=False,
        groups=groups.ADVISOR,
    )

    def _totals_by_payer(self):
        """Offered and agreed amounts of the living orders, in company currency.

        :return: list of dicts: payer, label, offered, agreed
        """
        self.ensure_one()
        orders = self.order_ids.filtered(lambda o: o.state != "cancel")
        labels = dict(orders._fields["dealer_payer"]._description_selection(self.env))
        totals = []
        for payer, label in labels.items():
            mine = orders.filtered(lambda o, p=payer: o.dealer_payer == p)
            if mine:
                totals.append(
                    {
                        "payer": payer,
                        "label": label,
                        "offered": sum(
                            self._in_company_currency(o, o.amount_total) for o in mine
                        ),
                        "agreed": sum(
                            self._in_company_currency(o, o.consent_amount)
                            for o in mine
                            if o.consent_date
                        ),
                    }
                )
        return totals

    @api.depends("order_ids.amount_total", "order_ids.consent_amount")
    def _compute_payer_summary(self):
        for reception in self:
            money = reception.currency_id.format
            totals = reception._totals_by_payer() if reception.id else []
            rows = Markup("").join(
                Markup(
                    "<tr><td>%s</td><td class='text-end'>%s</td>"
                    "<td class='text-end'>%s</td></tr>"
                )
                % (total["label"], money(total["offered"]), money(total["agreed"]))
                for total in totals
            )
            reception.payer_summary = totals and Markup(
                "<table class='table table-sm mb-0'><thead><tr><th>%s</th>"
                "<th class='text-end'>%s</th><th class='text-end'>%s</th></tr></thead>"
                "<tbody>%s</tbody></table>"
            ) % (
                self.env._("Payer"),
                self.env._("Offered"),
                self.env._("Agreed"),
                rows,
            )

    def _in_company_currency(self, order, amount):
        """``amount`` of an order at the rate of its date, which the order keeps."""
        return self.currency_id.round(amount / (order.currency_rate or 1.0))
