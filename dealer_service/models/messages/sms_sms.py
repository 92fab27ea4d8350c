from odoo import models

from odoo.addons.sms.tools.sms_api import SmsApi


class SmsSms(models.Model):
    """Text messages that Odoo sends by itself leave by the service of their shop."""

    _name = "sms.sms"
    _inherit = "sms.sms"

    def _split_by_api(self):
        """What is sent at once would else go to Odoo's service, whatever was chosen."""
        for company, messages in self.grouped(
            lambda sms: sms._get_sms_company()
        ).items():
            service = company[:1]._get_sms_api_class()(self.env)
            if type(service) is SmsApi:
                yield from super(SmsSms, messages)._split_by_api()
            else:
                service._set_company(company)
                yield service, messages

    def _send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        """Odoo's own queue hands over the messages of all shops at once."""
        for service, messages in self._of_services():
            super(SmsSms, messages.with_context(sms_api=service))._send(
                unlink_failed=unlink_failed,
                unlink_sent=unlink_sent,
                raise_exception=raise_exception,
            )
        return True

    def _of_services(self):
        """Pairs of service and messages."""
        if service := self.env.context.get("sms_api"):
            return [(service, self)]
        return self._split_by_api()
