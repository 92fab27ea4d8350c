from odoo import models


class ResCompany(models.Model):
    """The poster of the booking page. Called by its template."""

    _name = "res.company"
    _inherit = "res.company"

    def _paper_lang(self):
        """The shop's: whoever prints it, everybody reads it."""
        return self._public_lang()

    def _paper_online(self):
        """What stands on the poster: the code, its address, and what is offered."""
        self.ensure_one()
        # the link hangs on the wall, for everybody
        shop = self.sudo()
        url = shop.dealer_online_url or ""
        return {
            "qr": self.env["ir.actions.report"]._paper_qr(url) if url else "",
            "url": url,
            "packages": [row["name"] for row in shop._online_packages()],
        }
