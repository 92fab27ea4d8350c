from odoo import api, fields, models
from odoo.exceptions import UserError

from .signature import checked_signature


class DealerReception(models.Model):
    """The handover: signature for the key, and the request for a rating."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    delivery_signature = fields.Image(
        max_width=1024, max_height=1024, copy=False, readonly=True
    )
    delivery_signed_by = fields.Char("Received By", copy=False, readonly=True)

    # a new visit has no rating yet, which need not be looked up
    rating_last_value = fields.Float(
        compute="_compute_rating_last_value", store=True, precompute=True
    )
    rating = fields.Float(
        "Customer's Rating",
        compute="_compute_rating",
        compute_sudo=True,
        store=True,
        precompute=True,
        aggregator="avg",
        digits=(2, 1),
        help="Last answer to the rating request: 1 (dissatisfied) to 5 (satisfied).",
    )

    @api.depends("rating_last_value")
    def _compute_rating(self):
        for reception in self:
            reception.rating = reception.rating_last_value

    def action_sign_delivery(self):
        """Open the dialog in which the customer signs for the car."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customer Signs"),
            "res_model": "dealer.signature",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_reception_id": self.id,
                "default_kind": "delivery",
                "default_signed_by": self.contact_id.name or self.partner_id.name,
            },
        }

    def _sign_delivery(self, signature, signed_by):
        self.ensure_one()
        if self.state != "settled":
            raise UserError(
                self.env._(
                    "%(visit)s is “%(state)s”: the car is handed over after the"
                    " settlement.",
                    visit=self.name,
                    state=self._state_label(),
                )
            )
        self._write_by_method(
            {
                "delivery_signature": checked_signature(self.env, signature),
                "delivery_signed_by": signed_by,
            }
        )

    def action_deliver(self):
        """Hand over the key and ask the customer for a rating."""
        result = super().action_deliver()
        self._request_rating()
        return result

    def _request_rating(self):
        """Queue the request by mail for those who have an address.

        Nobody is asked for a rating of a visit of the shop's own (no customer), and a
        missing address or template never stops a delivery.
        """
        asked = self.filtered(lambda r: (r.contact_id or r.partner_id).email)
        template = asked and self.env.ref(
            "dealer_service.mail_template_reception_rating", raise_if_not_found=False
        )
        if not template:
            return
        for reception in asked:
            reception.rating_send_request(template, force_send=False)

    def _rating_get_partner(self):
        return self.contact_id or self.partner_id

    def _rating_get_operator(self):
        return self.advisor_id.partner_id
