from odoo import api, fields, models

from .dealer_customer_message_tell import TextRefused
from .res_company_sms import APIS

#: The text for colleagues: they are told by the same rules of the provider.
STAFF_TEMPLATE = "dealer_service.sms_template_staff"


class DealerCustomerMessage(models.Model):
    """What a provider in China sends: an approved text, and the values filled in."""

    _name = "dealer.customer.message"
    _inherit = "dealer.customer.message"
    _RECORDED_FIELDS = frozenset({"sms_approval_id", "sms_variables"})

    sms_approval_id = fields.Many2one(
        "dealer.sms.approval",
        "Approved Text",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    sms_variables = fields.Json("Values", readonly=True)

    @api.model
    def _write_sms(self, occasion, company, record, person, due, mail_values):
        """The words and values as they are now: what is sent later says the same.

        :raise TextRefused: when the provider has approved no such text
        """
        if company.dealer_sms_provider not in APIS:
            return super()._write_sms(
                occasion, company, record, person, due, mail_values
            )
        lang = person.lang or self.env.lang or "en_US"
        said = occasion.sms_template_id._dealer_message(record, company, lang)
        if not said["sms_approval_id"]:
            raise TextRefused(company._dealer_sms_api()._no_template())
        return said

    @api.model
    def _is_used(self, key, company, channel):
        is_used = super()._is_used(key, company, channel)
        # whoever asks reads no settings
        provider = company.sudo().dealer_sms_provider
        if not is_used or channel != "sms" or provider not in APIS:
            return is_used
        occasion = self.env["dealer.message.occasion"]._of(key)
        approvals = occasion.sms_template_id._dealer_approval(company, self.env.lang)
        return bool(approvals)

    @api.model
    def _alert_refusal(self, channel, user, company):
        """Without an approved text for colleagues none would arrive: whoever alerts
        goes another way."""
        # whoever tells reads no settings
        provider = company.sudo().dealer_sms_provider
        if channel == "sms" and provider in APIS:
            template = self.env.ref(STAFF_TEMPLATE, raise_if_not_found=False)
            if not template or not template._dealer_approval(company, user.lang):
                return company._dealer_sms_api()._no_template()
        return super()._alert_refusal(channel, user, company)

    def _send_by_sms(self):
        if (
            self.purpose == "staff"
            and not self.sms_approval_id
            and self.company_id.dealer_sms_provider in APIS
        ):
            self._approve_for_staff()
        return super()._send_by_sms()

    def _approve_for_staff(self):
        """Colleagues are told in the approved text for colleagues."""
        template = self.env.ref(STAFF_TEMPLATE, raise_if_not_found=False)
        if template:
            lang = self.partner_id.lang or self.env.lang
            said = template._dealer_message(self, self.company_id, lang)
            if said["sms_approval_id"]:
                self._write_by_method(said)

    def _ask_provider(self):
        company = self.company_id
        if self[:1].channel == "sms" and company.dealer_sms_provider in APIS:
            return company._dealer_sms_api()._ask(self)
        return super()._ask_provider()

    def _follow_card(self):
        """Go to the number that the customer has now; whether there is one."""
        person = self.partner_id
        if not self.is_by_card or self.channel != "sms":
            return True
        if person.is_phone_wrong or not (person.phone_key or "").startswith("+"):
            return False
        if person.phone_key != self.address:
            self._write_by_method({"address": person.phone_key})
        return True
