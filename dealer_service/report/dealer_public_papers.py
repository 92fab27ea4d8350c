from odoo import models


class DealerPublicPosting(models.Model):
    """The poster of what is posted. Called by its template."""

    _name = "dealer.public.posting"
    _inherit = ["dealer.public.posting", "dealer.paper.mixin"]

    def _paper_lang(self):
        """The shop's: whoever prints it, everybody reads it."""
        return self.company_id._public_lang()

    def _poster_codes(self):
        """The codes for the phones of those who stand before it."""
        # the link hangs on the wall, for everybody
        company = self.company_id.sudo().with_context(lang=self._paper_lang())
        reports = self.env["ir.actions.report"]
        return [
            {**code, "qr": reports._paper_qr(code["url"])}
            for code in company._lounge_codes()
        ]
