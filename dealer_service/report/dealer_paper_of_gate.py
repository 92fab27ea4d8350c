from odoo import models


class DealerGatePass(models.Model):
    """What a gate pass on paper shows. Called by its template."""

    _name = "dealer.gate.pass"
    _inherit = ["dealer.gate.pass", "dealer.paper.mixin"]

    def _paper_link(self):
        """What the guard's phone opens. The key is printed for the guard, whoever
        prints it."""
        # whoever may print the pass prints its code, and cannot read the key
        return f"/gate/pass/{self.sudo().access_token}"

    def _paper_qr(self):
        url = self.get_base_url() + self._paper_link()
        return self.env["ir.actions.report"]._paper_qr(url)

    def _paper_reason(self):
        labels = dict(self._fields["reason"]._description_selection(self.env))
        return labels[self.reason]
