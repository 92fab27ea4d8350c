"""A message as the phone shows it, and texts before they are sent."""

import doctest

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form
from odoo.tools import mute_logger

from odoo.addons.dealer_service.tools.messages import words

from ...providers.aliyun import Aliyun
from .message_case import MessageCase
from .provider_case import ProviderCase
from .test_messages import DAY


def test_doctests():
    assert not doctest.testmod(words).failed


@freeze_time(DAY)
class TestShown(MessageCase):
    def preview(self):
        dialogs = self.env["dealer.message.preview"].with_user(self.manager)
        with Form(dialogs.with_context(default_occasion_id=self.occasion.id)) as form:
            form.record_ref = f"dealer.reception,{self.visit.id}"
        return form.record

    def test_text_message_begins_with_the_signature_and_says_what_it_costs(self):
        self.company.dealer_sms_sign_name = "奇瑞芜湖店"
        message = self.tell()
        self.assertEqual(
            message.shown_text, "【奇瑞芜湖店】Your car 皖B·A1234 is ready"
        )
        # oracle: 7 characters of the signature and 26 of the text
        self.assertEqual(message.sms_size, "33 characters, billed as 1")
        self.company.dealer_sms_provider = "iap"
        message.invalidate_recordset(["shown_text"])
        self.assertEqual(message.shown_text, message.text)

    def test_preview_shows_each_language_with_the_data_of_a_record(self):
        template = self.occasion.sms_template_id
        template.with_context(lang="zh_CN").body = (
            "您的车 {{ object.license_plate }} 已修好" + "，" * 60
        )
        self.company.dealer_sms_sign_name = "奇瑞"
        text = self.preview().texts
        self.assertIn("【奇瑞】Your car 皖B·A1234 is ready", text)
        self.assertIn("【奇瑞】您的车 皖B·A1234 已修好", text)
        # oracle: counted by hand, 4 + 4 + 8 + 4 + 60
        self.assertIn("80 characters, billed as 2", text)
        self.assertIn("Your car 皖B·A1234</div>", text)
        self.assertIn("It is ready", text)

    def test_place_of_a_plate_that_is_not_there_is_closed(self):
        self.visit.vehicle_id.license_plate = False
        template = self.occasion.sms_template_id
        plate = "{{ object.license_plate or '' }}"
        template.with_context(lang="zh_CN").body = f"您的爱车 {plate} 保险即将到期"
        template.with_context(lang="en_US").body = f"Your car {plate} is ready"
        said = [
            self.occasion._sms_text(self.visit, lang) for lang in ("zh_CN", "en_US")
        ]
        self.assertEqual(said, ["您的爱车保险即将到期", "Your car is ready"])

    def test_preview_begins_with_the_newest_record(self):
        action = self.occasion.with_user(self.manager).action_preview()
        dialog = Form(
            self.env[action["res_model"]]
            .with_user(self.manager)
            .with_context(**action["context"])
        )
        newest = self.env["dealer.reception"].search([], order="id desc", limit=1)
        self.assertEqual(dialog.record_ref, f"dealer.reception,{newest.id}")
        self.assertFalse(dialog.is_example)

    @mute_logger("odoo.addons.mail.models.mail_render_mixin")
    def test_preview_says_what_is_wrong_with_a_text(self):
        self.occasion.sms_template_id.body = "{{ object.no_such_field }}"
        text = self.preview().texts
        self.assertIn("alert-danger", text)
        self.assertIn("It is ready", text, "the mail is not broken")

    def test_preview_sends_nothing_and_is_for_managers(self):
        self.preview()
        self.assertFalse(self.all_messages())
        with self.assertRaises(AccessError):
            self.env["dealer.message.preview"].with_user(self.advisor).create(
                {"occasion_id": self.occasion.id}
            )

    def test_record_of_another_shop_is_not_shown(self):
        other = self.env["res.company"].create({"name": "Other Shop"})
        stranger = self.make_user(
            "stranger_of_texts",
            "manager",
            company_ids=[(6, 0, other.ids)],
            company_id=other.id,
        )
        dialog = (
            self.env["dealer.message.preview"]
            .with_user(stranger)
            .create(
                {
                    "occasion_id": self.occasion.id,
                    "record_ref": f"dealer.reception,{self.visit.id}",
                }
            )
        )
        with self.assertRaises(AccessError):
            dialog.read(["texts"])


class TestShownOfProvider(ProviderCase):
    server_class, provider = Aliyun, "aliyun"

    def preview(self):
        texts = self.occasion._texts_of_all_languages(self.visit)
        return {text["name"]: text for text in texts}

    def test_preview_shows_what_the_provider_would_be_handed(self):
        for text in self.preview().values():
            self.assertEqual(text["sms"], "【奇瑞芜湖店】您的皖B·A1234在芜湖店已完工。")
            self.assertFalse(text["fault"])

    def test_preview_says_what_the_provider_would_refuse(self):
        self.company.name = "https://a.example"
        for text in self.preview().values():
            self.assertIn("must stand in the approved text", text["fault"])
        self.approval.unlink()
        for text in self.preview().values():
            self.assertIn("No approved text of the provider", text["fault"])
