from odoo import api, fields, models

from odoo.addons.dealer_service.tools.refusal import NamedRefusal


class UnprovenCall(NamedRefusal):
    """A result that neither a call nor a reason stands behind."""


class DealerFollowupCall(models.TransientModel):
    """The call sheet of a shop that goes by the calls of its exchange."""

    _name = "dealer.followup.call"
    _inherit = "dealer.followup.call"

    stated_reason = fields.Char(
        "Reason Without a Call",
        help="Why the exchange knows no call: made from the own mobile, for example. "
        "The result is then marked as stated.",
    )
    asks_proof = fields.Boolean(compute="_compute_asks_proof")

    @api.depends("attempt_id", "followup_ids")
    def _compute_asks_proof(self):
        for sheet in self:
            # callers read no settings
            shop = sheet.company_id.sudo()
            sheet.asks_proof = shop.dealer_followup_proof and not sheet.attempt_id

    def _check_proof(self):
        """:raise UnprovenCall: where nobody dialled, no call is known and no reason is
        given"""
        if not self.asks_proof or (self.stated_reason or "").strip():
            return
        calls = self.env["dealer.call.record"]._calls_at(
            self.company_id,
            self.env.user,
            fields.Datetime.now(),
            self.partner_id,
            (self.contact_phone,),
        )
        if not calls:
            raise UnprovenCall(
                self.env._(
                    "The exchange knows no call to this number. Dial it here, or enter "
                    "the reason why there is no call."
                )
            )
