"""Which service a shop has, and which approved text."""

from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from odoo.addons.dealer_service.models.messages.sms_provider import SmsApiNone
from odoo.addons.sms.tools.sms_api import SmsApi

from ...common import DealerServiceCase


@tagged("post_install", "-at_install")
class TestSmsProvider(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["iap.account"].search([]).unlink()
        cls.company.dealer_sms_provider = False
        cls.template = cls.env["sms.template"].create(
            {
                "name": "ready",
                "model_id": cls.env["ir.model"]._get_id("dealer.reception"),
                "body": "{{ object.license_plate }} 已完工：{{ object.name ||| – }}",
            }
        )

    # ------------------------------------------------------------------
    # THE SERVICE
    # ------------------------------------------------------------------

    def test_shop_in_china_without_a_choice_sends_nothing_abroad(self):
        self.assertEqual(self.company.country_id.code, "CN")
        self.assertIs(self.company._get_sms_api_class(), SmsApiNone)
        self.assertFalse(self.company._dealer_can_text())
        sms = self.env["sms.sms"].create({"number": "13805531234", "body": "你好"})
        with patch.object(SmsApi, "_contact_iap") as abroad:
            sms.send(unlink_sent=False)
            self.env["sms.sms"].create(
                {"number": "13805531235", "body": "你好"}
            )._send()
        abroad.assert_not_called()
        self.assertEqual((sms.state, sms.failure_type), ("error", "sms_acc"))

    def test_odoo_service_is_picked_by_hand(self):
        self.company.dealer_sms_provider = "iap"
        self.assertIs(self.company._get_sms_api_class(), SmsApi)

    def test_account_that_was_opened_before_stays(self):
        self.open_text_account()
        self.assertIs(self.company._get_sms_api_class(), SmsApi)
        self.assertTrue(self.company._dealer_can_text())

    def test_shop_elsewhere_is_as_odoo_made_it(self):
        other = self.env["res.company"].create(
            {"name": "Wien", "country_id": self.env.ref("base.at").id}
        )
        self.assertIs(other._get_sms_api_class(), SmsApi)

    def test_each_shop_has_its_own_service_within_one_queue(self):
        other = self.env["res.company"].create(
            {"name": "Wien", "country_id": self.env.ref("base.at").id}
        )
        texts = self.env["sms.sms"].create(
            [{"number": f"1380553123{n}", "body": "你好"} for n in range(2)]
        )
        companies = dict(zip(texts, (self.company, other), strict=True))
        self.patch(
            type(texts),
            "_get_sms_company",
            lambda sms: companies.get(sms, sms.env.company),
        )
        services = [type(service) for service, _sms in texts._split_by_api()]
        self.assertEqual(services, [SmsApiNone, SmsApi])

    def test_what_is_missing_is_said_before_the_first_customer(self):
        self.company.dealer_sms_provider = "tencent"
        with self.assertRaisesRegex(UserError, "Signature, Key ID, Key Secret, SDK"):
            self.company.action_check_sms_provider()
        with (
            patch.dict("sys.modules", {"tencentcloud": None}),
            self.assertRaisesRegex(
                Exception, "pip install tencentcloud-sdk-python-sms"
            ),
        ):
            self.company.action_check_sms_provider()

    def test_neutralized_copy_has_no_key_and_sends_nothing(self):
        secrets = [
            name
            for name, field in self.company._fields.items()
            if name.startswith(("dealer_sms_", "dealer_wecom_"))
            and field.store
            and not field.exportable
        ]
        self.assertIn("dealer_wecom_secret", secrets)
        texts = [n for n in secrets if self.company._fields[n].type == "char"]
        self.company.write(
            {**dict.fromkeys(texts, "key"), "dealer_sms_provider": "aliyun"}
        )
        self.env.flush_all()
        with file_open("dealer_service/data/neutralize.sql") as file:
            self.cr.execute(file.read())
        self.env.invalidate_all()
        self.assertFalse(any(self.company[name] for name in secrets))
        self.assertEqual(self.company.dealer_sms_provider, "outbox")

    # ------------------------------------------------------------------
    # THE APPROVED TEXT
    # ------------------------------------------------------------------

    def approve(self, **values):
        return self.env["dealer.sms.approval"].create(
            {
                "template_id": self.template.id,
                "provider": "aliyun",
                "lang": "zh_CN",
                "code": "SMS_1",
                "variables": "plate, number",
                **values,
            }
        )

    def test_words_for_the_provider(self):
        approval = self.approve()
        self.assertEqual(approval.text, "${plate} 已完工：${number}")
        approval.write({"provider": "tencent", "variables": "1，2"})
        self.assertEqual(approval.text, "{1} 已完工：{2}")

    def test_names_must_fit_the_text(self):
        for variables in ("plate", "plate,number,more", "plate,num ber", False):
            with self.assertRaises(ValidationError, msg=variables):
                self.approve(variables=variables)

    def test_language_of_the_customer_before_that_of_the_shop(self):
        self.company.write({"dealer_sms_provider": "aliyun"})
        self.company.partner_id.lang = "zh_CN"
        chinese, english = self.approve(), self.approve(lang="en_US", code="SMS_2")
        self.assertEqual(self.template._dealer_approval(self.company, "en_US"), english)
        english.unlink()
        self.assertEqual(self.template._dealer_approval(self.company, "en_US"), chinese)

    @mute_logger("odoo.sql_db")
    def test_one_approval_for_each_shop_provider_and_language(self):
        self.approve()
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.approve(code="SMS_3")
