from odoo import api, fields, models
from odoo.fields import Command


class DealerDelivery(models.TransientModel):
    """The key is handed over: what is still open is asked once, in one dialog."""

    _name = "dealer.delivery"
    _description = "Handover"
    _inherit = "dealer.dialog.mixin"

    reception_id = fields.Many2one("dealer.reception", "Visit", required=True)
    is_delivery_signed = fields.Boolean(related="reception_id.is_delivery_signed")
    signed_by = fields.Char("Received By")
    content_html = fields.Html(
        "What Is Signed", compute="_compute_content_html", sanitize=False
    )
    signature = fields.Image(max_width=1024, max_height=1024)
    unsigned_reason = fields.Char(
        "Reason for No Signature",
        help="For example: a driver of the company fetched it.",
    )
    key_words = fields.Char("What Is Owed", compute="_compute_key_words")
    is_key_held = fields.Boolean("Key Is Held", compute="_compute_key_words")
    release_reason = fields.Char(
        "Release the Key Because", help="Of a service manager; it is kept and reported."
    )
    concern_ids = fields.Many2many("dealer.reception.concern", string="Concerns")
    check_ids = fields.Many2many("dealer.reception.check", string="Standards")

    @api.depends("reception_id")
    def _compute_content_html(self):
        for dialog in self:
            visit = dialog.reception_id
            dialog.content_html = visit._signed_content("delivery") if visit else False

    @api.depends("reception_id")
    def _compute_key_words(self):
        for dialog in self:
            visit = dialog.reception_id
            words, is_held = visit._key_words() if visit else ("", False)
            dialog.key_words = words
            dialog.is_key_held = is_held

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        visit = self.env["dealer.reception"].browse(
            values.get("reception_id") or self.env.context.get("default_reception_id")
        )
        values.setdefault("signed_by", visit.contact_id.name or visit.partner_id.name)
        if "concern_ids" in fields:
            values["concern_ids"] = [Command.set(visit._unsolved_concerns().ids)]
        if "check_ids" in fields:
            values["check_ids"] = [Command.set(visit._open_checks().ids)]
        return values

    def action_deliver(self):
        """Keep the signature, or the reason why there is none, and hand over."""
        self.ensure_one()
        if self.is_key_held and self.release_reason:
            self.reception_id.action_release_key(self.release_reason)
        if self.signature:
            self.reception_id._sign_delivery(self.signature, self.signed_by)
        self.reception_id.action_deliver(unsigned_reason=self.unsigned_reason)
        return self.reception_id._after_delivery()
