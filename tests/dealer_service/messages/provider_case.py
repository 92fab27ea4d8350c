"""A shop whose text messages go to a reference server on this machine."""

from odoo.tests.common import _super_send

from ...common import DealerServiceCase


class LoopbackCase(DealerServiceCase):
    """Requests to the reference servers leave as they are, with their own patience."""

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        if request.url.startswith("http://127.0.0.1:"):
            return _super_send(session, request, **options)
        return super()._request_handler(session, request, **options)


class ProviderCase(LoopbackCase):
    #: The class of the server, and the value of the setting.
    server_class = provider = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.server_class()
        cls.addClassCleanup(cls.server.stop)
        cls.company.write(
            {
                "dealer_tz": "Asia/Shanghai",
                "dealer_quiet_from": 0,
                "dealer_quiet_until": 0,
                "dealer_sms_provider": cls.provider,
                "dealer_sms_endpoint": cls.server.address,
                "dealer_sms_sign_name": "奇瑞芜湖店",
                "dealer_sms_key_id": cls.server.key_id,
                "dealer_sms_key_secret": cls.server.key_secret,
                "dealer_sms_app_id": getattr(cls.server, "app_id", False),
            }
        )
        model = cls.env["ir.model"]._get("dealer.reception")
        cls.template = cls.env["sms.template"].create(
            {
                "name": "ready",
                "model_id": model.id,
                "body": "您的{{ object.license_plate }}在{{ object.company_id.name }}"
                "已完工。",
            }
        )
        cls.occasion = cls.env["dealer.message.occasion"].create(
            {
                "key": "test_ready",
                "name": "Ready",
                "model_id": model.id,
                "sms_template_id": cls.template.id,
            }
        )
        cls.company.name = "芜湖店"
        cls.visit = cls.make_reception()
        cls.customer.phone = "138 0553 1234"
        cls.approval = cls.approve("T100")

    def setUp(self):
        super().setUp()
        self.server.faults.clear()
        self.server.taken.clear()
        self.server.requests.clear()
        self.server.limit = 50

    @classmethod
    def approve(cls, code, variables="plate,shop", **values):
        cls.server.texts[code] = cls.names_at_provider(variables)
        return cls.env["dealer.sms.approval"].create(
            {
                "template_id": cls.template.id,
                "company_id": cls.company.id,
                "provider": cls.provider,
                "lang": "zh_CN",
                "code": code,
                "variables": variables,
                **values,
            }
        )

    @classmethod
    def names_at_provider(cls, variables):
        return variables.split(",")

    def tell(self, **options):
        return self.env["dealer.customer.message"]._tell(
            "test_ready", self.visit, **options
        )

    def send(self, message=None):
        """Hand one message over, as the queue does."""
        message = message or self.tell()
        queue = self.env["dealer.customer.message"].sudo()
        claimed = queue._claim()
        self.assertEqual(claimed, message.sudo())
        queue._send_claimed(claimed)
        return message

    def refused_with(self, fault):
        self.server.faults.append(fault)
        return self.send()
