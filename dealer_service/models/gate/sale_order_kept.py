import hashlib
import json

from odoo import models


class SaleOrder(models.Model):
    """The sheet of a supplement is kept as it was handed out."""

    _inherit = "sale.order"

    def _kept_for(self):
        """The visit and the supplement that a kept paper is of."""
        self.ensure_one()
        # to be told on a paper, whoever prints it
        return self.sudo().reception_id, self

    def _kept_fingerprint(self, _kind):
        """What its sheet was printed from; empty until the customer has agreed."""
        self.ensure_one()
        # as above
        order = self.sudo()
        if not order.reception_id or not order.consent_date:
            return ""
        agreed = [order.id, str(order.consent_date), order.consent_amount, order.state]
        return hashlib.sha256(json.dumps(agreed).encode()).hexdigest()
