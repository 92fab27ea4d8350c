from odoo import api, models
from odoo.http import request

#: So many shops are named to whoever cannot be told which one is meant.
MAX_SHOPS = 8


class ResCompany(models.Model):
    """Whom to call, where the shop is not known."""

    _inherit = "res.company"

    @api.model
    def _of_visitor(self):
        """The company of whoever comes by a wrong link, in the visitor's language."""
        company = self.env.company
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        asked = request.best_lang or ""
        lang = next(
            (code for code in installed if asked and code[:2] == asked[:2]),
            company._public_lang(),
        )
        return company.with_context(lang=lang, tz=False)

    @api.model
    def _hotlines(self):
        """Names and numbers of the shops that have a hotline; else of this company.

        A hotline stands on posters: it is no secret of a shop.
        """
        shops = self.search([("dealer_hotline", "!=", False)], limit=MAX_SHOPS + 1)
        if len(shops) > MAX_SHOPS:
            # nobody reads through a list of all shops of the group
            return []
        return [
            {"name": shop.name, "phone": shop.dealer_hotline or shop.phone}
            for shop in shops or self
            if shop.dealer_hotline or shop.phone
        ]
