from odoo.addons.sms.tools.sms_api import SmsApiBase


class SmsApiOutbox(SmsApiBase):
    """The way that never leaves: for a demonstration, and to try out texts.

    What would have been sent stands in the outbox.
    """

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        return [
            {"uuid": number["uuid"], "state": "success"}
            for message in messages
            for number in message["numbers"]
        ]
