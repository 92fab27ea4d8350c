"""Every text that customers get: by mail and on the phone, in both languages."""

import re

from odoo.tools import html2plaintext

from odoo.addons.dealer_service.tools.messages.variables import fault

from ..security.common import SecurityCase

EMPTY = re.compile(r"<(strong|b|p)\b[^>]*>\s*</\1>")


class TestEveryText(SecurityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = world = cls.sides["own"]
        visit = world.visits["ready"]
        visit._write_by_method({"date_promised": visit.date_arrived})
        times = {visit: "02:30", world.online_booking.reception_id: "05:00"}
        for booked, time in times.items():
            booked._write_by_method({"date_appointment": f"2027-03-02 {time}:00"})
        world.invitee.activity_id.place = "二楼培训厅"
        world.survey_task._begin_survey()
        world.online_booking._write_by_method({"access_token": "a" * 20})
        phone = cls.env["dealer.booking.phone"]._claim("+8613905530001")
        world.order.write({"dealer_reason": "前刹车片磨损"})
        cls.company.dealer_hotline = "0553-1234567"
        cls.records = {
            "dealer.booking.phone": phone.with_context(dealer_booking_code="123456"),
            "dealer.online.booking": world.online_booking,
            "dealer.reception": visit,
            "sale.order": world.order,
            "dealer.complaint": world.complaint,
            "dealer.followup": world.survey_task,
            "dealer.activity.invitee": world.invitee,
        }

    def occasions(self):
        """Those that are shipped, each with a record."""
        shipped = self.env["ir.model.data"].search(
            [("model", "=", "dealer.message.occasion")]
        )
        occasions = self.env["dealer.message.occasion"].browse(shipped.mapped("res_id"))
        self.assertGreater(len(occasions), 20)
        for occasion in occasions:
            for lang in ("zh_CN", "en_US"):
                yield occasion, self.records[occasion.model], lang

    def assert_language(self, words, lang):
        if lang == "zh_CN":
            self.assertRegex(words, "[一-鿿]{4}")
            self.assertNotRegex(words, r"(?i)\b(hello|please|your|have)\b")
        else:
            self.assertRegex(words, r"(?i)\b(you|your|we)\b")

    def test_text_messages(self):
        self.company.dealer_sms_provider = "aliyun"
        for occasion, record, lang in self.occasions():
            # as the process does that tells: a code stands in its context alone
            occasion = occasion.with_env(record.env)
            template = occasion.sms_template_id.with_context(lang=lang)
            with self.subTest(occasion=occasion.key, lang=lang):
                self.assertTrue(template, "no text")
                parts = template._dealer_parts(self.company)
                count = sum(1 for _words, value in parts if value)
                self.env["dealer.sms.approval"].create(
                    {
                        "template_id": template.id,
                        "company_id": self.company.id,
                        "provider": "aliyun",
                        "lang": lang,
                        "code": f"{occasion.key}-{lang}",
                        "variables": ",".join(f"v{i}" for i in range(count)),
                    }
                )
                said = template._dealer_message(record, self.company, lang)
                faults = [fault(value, 35) for value in said["sms_variables"]]
                self.assertEqual(faults, [None] * count, said["sms_variables"])
                self.assert_language(said["text"], lang)
                self.assertNotIn("{{", said["text"])
                # the same words where a shop sends any text
                self.assertTrue(occasion._sms_text(record, lang))
                words = "".join(words for words, _value in parts)
                self.assertLessEqual(len(words), 110 if lang == "zh_CN" else 220)

    def test_mails(self):
        for occasion, record, lang in self.occasions():
            if occasion.purpose == "code":
                continue  # proves a telephone
            with self.subTest(occasion=occasion.key, lang=lang):
                template = occasion.mail_template_id
                self.assertTrue(template, "no mail")
                template.lang = lang
                said = template._generate_template(record.ids, ("subject", "body_html"))
                subject = said[record.id]["subject"]
                body = str(said[record.id]["body_html"])
                self.assertTrue(subject)
                self.assertNotRegex(body, EMPTY)
                self.assert_language(html2plaintext(body), lang)
