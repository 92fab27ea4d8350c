"""A shop with an occasion, and a way that writes down what it is handed."""

from unittest.mock import patch

from odoo.addons.sms.tools.sms_api import SmsApiBase

from ...common import DealerServiceCase


class RecordingApi(SmsApiBase):
    """What the shop hands to its provider; the test says what comes back."""

    #: Every message, in the order of the requests.
    handed = []
    #: By number: the result, or an exception that breaks the connection.
    answers = {}

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        results = []
        for message in messages:
            for number in message["numbers"]:
                self.handed.append((number["number"], message["content"]))
                answer = self.answers.get(number["number"], {"state": "success"})
                if isinstance(answer, Exception):
                    raise answer
                results.append({"uuid": number["uuid"], **answer})
        return results


class MessageCase(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_sms_provider = "outbox"
        # at whatever hour the tests run; those of the night set it again
        cls.company.write(
            {
                "dealer_tz": "Asia/Shanghai",
                "dealer_quiet_from": 0,
                "dealer_quiet_until": 0,
            }
        )
        cls.occasion = cls.make_occasion("test_service")
        cls.visit = cls.make_reception()

    def setUp(self):
        super().setUp()
        RecordingApi.handed, RecordingApi.answers = [], {}
        company = type(self.env["res.company"])
        self.startPatcher(
            patch.object(company, "_get_sms_api_class", lambda shop: RecordingApi)
        )

    @classmethod
    def make_occasion(cls, key, purpose="service", **values):
        model = cls.env["ir.model"]._get("dealer.reception")
        sms = cls.env["sms.template"].create(
            {
                "name": key,
                "model_id": model.id,
                "body": "Your car {{ object.license_plate }} is ready",
            }
        )
        mail = cls.env["mail.template"].create(
            {
                "name": key,
                "model_id": model.id,
                "subject": "Your car {{ object.license_plate }}",
                "body_html": "<p>It is ready.</p>",
                "partner_to": "{{ object.partner_id.id }}",
                "use_default_to": False,
            }
        )
        return cls.env["dealer.message.occasion"].create(
            {
                "key": key,
                "name": key,
                "purpose": purpose,
                "model_id": model.id,
                "sms_template_id": sms.id,
                "mail_template_id": mail.id,
                **values,
            }
        )

    def tell(self, key="test_service", **options):
        return self.env["dealer.customer.message"]._tell(key, self.visit, **options)

    def all_messages(self):
        return self.env["dealer.customer.message"].search(
            [("res_model", "=", "dealer.reception"), ("res_id", "=", self.visit.id)]
        )

    def send(self):
        cron = self.env.ref("dealer_service.ir_cron_dealer_service_messages")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
