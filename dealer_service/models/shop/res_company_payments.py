from odoo import fields, models
from odoo.fields import Domain

#: Ways to pay that have a journal of their own: its code and its type.
JOURNALS = {
    "cash": ("CSH", "cash"),
    "wechat": ("WX", "bank"),
    "alipay": ("ZFB", "bank"),
    "card": ("POS", "bank"),
}
#: Journals of a new chart of accounts: cash and one bank account.
OF_THE_CHART = 2


class ResCompany(models.Model):
    """How customers pay: a journal for each way, so that each till is counted alone."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_payments_known = fields.Boolean(
        "Ways to Pay Entered", readonly=True, help="The setup asks for them no longer."
    )

    def cache_invalidation_fields(self):
        return super().cache_invalidation_fields() | {
            "chart_template",
            "country_id",
            "dealer_payments_known",
        }

    def _dealer_has_payments(self):
        """Whether nothing is to be asked: elsewhere than in China Odoo's own do."""
        return (
            self.dealer_payments_known
            or self.country_id.code != "CN"
            or not self.chart_template
            or len(self._dealer_journals()) > OF_THE_CHART
        )

    def _receives_cars(self):
        """Whether this is a shop, and no other company of the same database."""
        self.ensure_one()
        # whoever collects has no rights on visits
        visits = self.env["dealer.reception"].sudo()
        return bool(visits.search_count([("company_id", "=", self.id)], limit=1))

    def _dealer_journals(self):
        """The journals that take in money."""
        return self.env["account.journal"].search(
            Domain("company_id", "=", self.id) & Domain("type", "in", ("cash", "bank"))
        )

    def _dealer_enter_payments(self, ways):
        """Give each way to pay a journal, unless there is one; name them alike.

        :param ways: keys of :data:`JOURNALS`
        """
        present = self._dealer_journals()
        names = {
            "cash": self.env._("Cash"),
            "wechat": self.env._("WeChat Pay"),
            "alipay": self.env._("Alipay"),
            "card": self.env._("Bank Card"),
        }
        self.env["account.journal"].create(
            [
                {
                    "name": names[way],
                    "code": JOURNALS[way][0],
                    "type": JOURNALS[way][1],
                    "company_id": self.id,
                }
                for way in ways
                if not present.filtered(
                    lambda journal, way=way: (
                        journal.code == JOURNALS[way][0]
                        or journal.type == JOURNALS[way][1] == "cash"
                    )
                )
            ]
        )
        self._dealer_name_payments()
        self.dealer_payments_known = True

    def _dealer_name_payments(self):
        """Call the only way to pay of a journal by its name, not “Manual Payment”."""
        journals = self._dealer_journals()
        methods = self.env["account.payment.method"].search([("code", "=", "manual")])
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        stock = {
            name
            for code in ("en_US", *languages)
            for name in methods.with_context(lang=code).mapped("name")
        }
        for journal in journals:
            lines = (
                journal.inbound_payment_method_line_ids
                | journal.outbound_payment_method_line_ids
            )
            lines.filtered(
                lambda line: line.code == "manual" and line.name in stock
            ).name = journal.name
