from datetime import timedelta

from odoo import fields, models

from odoo.addons.dealer_service.models.messages.dealer_message_occasion import (
    BY_CONSENT,
)

#: Channels of messages, as the ledger of consent calls them.
CHANNEL_OF = {"sms": "sms", "mail": "email"}


class ResCompany(models.Model):
    """What binds messages that the customer does not need: consent, caps and hours.

    The same ledger, the same cap and the same hours as for calls.
    """

    _name = "res.company"
    _inherit = "res.company"

    def _message_refusals(self, purpose, channel, targets):
        reasons = super()._message_refusals(purpose, channel, targets)
        if purpose not in BY_CONSENT:
            return reasons
        numbers = [
            address if channel == "sms" else person.phone_key
            for person, address in targets
        ]
        # the ledger is asked, whoever drives the process
        current = (
            self.env["dealer.consent"]
            .sudo()
            ._current(
                self,
                purpose,
                CHANNEL_OF.get(channel, channel),
                set(filter(None, numbers)),
            )
        )
        full = self._messages_at_limit(
            purpose, [address for _person, address in targets]
        )
        needs_consent = purpose == "marketing" and self.dealer_marketing_needs_consent
        for index, ((person, address), number) in enumerate(
            zip(targets, numbers, strict=True)
        ):
            if reasons[index]:
                continue
            decision = current.get(number)
            if person.no_care:
                reasons[index] = self.env._("the customer wants no calls or messages")
            elif decision == "withdrawn":
                reasons[index] = self.env._("the customer has withdrawn consent")
            elif needs_consent and not decision:
                reasons[index] = self.env._("the customer has not given consent")
            elif address in full:
                reasons[index] = self.env._(
                    "the customer has had as many marketing messages as the shop sends "
                    "within %s days",
                    self.dealer_marketing_limit_days,
                )
        return reasons

    def _messages_at_limit(self, purpose, addresses):
        """Addresses that have had as much marketing as this shop sends."""
        self.ensure_one()
        if purpose != "marketing" or not self.dealer_marketing_limit:
            return set()
        since = fields.Datetime.now() - timedelta(days=self.dealer_marketing_limit_days)
        # what colleagues have sent counts as well
        groups = (
            self.env["dealer.customer.message"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", self.id),
                    ("purpose", "=", "marketing"),
                    ("address", "in", [name for name in addresses if name]),
                    ("create_date", ">=", since),
                    ("state", "in", ("sent", "delivered", "unknown")),
                ],
                ["address"],
                ["__count"],
            )
        )
        return {
            address for address, count in groups if count >= self.dealer_marketing_limit
        }

    def _message_due(self, purpose, channel, moment):
        if purpose not in BY_CONSENT or not self._dealer_has_zone():
            return super()._message_due(purpose, channel, moment)
        return self._dealer_next_call(moment)

    def _message_withdraw(self, number, text):
        super()._message_withdraw(number, text)
        # the evidence is read by the shop
        self = self.with_context(lang=self._public_lang())
        ledger = self.env["dealer.consent"]
        lines = ledger.search(
            [
                ("phone", "=", number),
                ("company_id", "=", self.id),
                ("purpose", "=", "marketing"),
            ],
            order="date desc, id desc",
            limit=1,
        )
        if lines.decision == "withdrawn" and lines.channel == "any":
            return
        owner = self.env["res.partner"].search([("phone_key", "=", number)], limit=1)
        ledger.create(
            {
                "phone": number,
                "partner_id": owner.id,
                "company_id": self.id,
                "purpose": "marketing",
                "channel": "any",
                "decision": "withdrawn",
                "origin": self.env._("Reply to a Text Message"),
                "evidence": self.env._("Replied: %s", text),
            }
        )
