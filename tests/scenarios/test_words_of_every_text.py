"""Every text that customers get is changed by who keeps it, and by nobody else."""

from odoo.exceptions import AccessError, UserError

from ..followup_common import DealerFollowupCase

#: What nobody may smuggle into a letter.
CODE = (
    "<p>Hi <t t-out=\"object.env['res.users'].search([])\"/></p>",
    '<p>Hi <t t-raw="object.name"/></p>',
    '<p t-call="web.login">Hi</p>',
    '<t t-set="x" t-value="1"/><p>Hi</p>',
    '<p>Hi <a t-attf-href="/x/{{ object.access_token }}">here</a></p>',
    '<p>Hi <t t-foreach="object.search([])" t-as="one"/></p>',
)


class TestWordsOfEveryText(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shipped = cls.env["ir.model.data"].search(
            [
                ("model", "=", "dealer.message.occasion"),
                ("module", "=like", "dealer_%"),
            ]
        )
        occasions = cls.env["dealer.message.occasion"].browse(shipped.mapped("res_id"))
        #: Who keeps which: by the addon that ships the occasion.
        keepers = {
            "dealer_service": cls.manager,
            "dealer_complaint": cls.complaint_manager,
            "dealer_followup": cls.care_manager,
        }
        modules = {row.res_id: row.module for row in shipped}
        cls.kept = [(one, keepers[modules[one.id]]) for one in occasions]
        cls.everybody = [cls.advisor, cls.technician, cls.caller, *keepers.values()]
        cls.ready = cls.env.ref("dealer_service.dealer_message_occasion_ready")

    def dialog(self, occasion, user, lang="zh_CN"):
        occasion = occasion.with_user(user)
        action = occasion.action_edit_words()
        dialogs = occasion.env[action["res_model"]].with_context(**action["context"])
        return dialogs.create({"lang": lang})

    def assert_refused(self, dialog, words, **values):
        dialog.write(values)
        with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
            dialog.action_save()
        dialog.invalidate_recordset()

    def test_every_text_is_changed_by_its_keeper_in_each_language(self):
        self.assertGreater(len(self.kept), 25)
        for occasion, keeper in self.kept:
            for lang in ("en_US", "zh_CN"):
                with self.subTest(occasion=occasion.key, lang=lang):
                    dialog = self.dialog(occasion, keeper, lang)
                    sms = occasion.sms_template_id.with_context(lang=lang)
                    self.assertEqual(dialog.sms, sms.body)
                    other = sms.with_context(lang={"en_US": "zh_CN"}.get(lang, "en_US"))
                    kept = other.body
                    dialog.sms = sms.body + "！谢谢"
                    mail = occasion.mail_template_id.with_context(lang=lang)
                    self.assertEqual(dialog.has_mail, bool(mail))
                    if mail:
                        self.assertEqual(dialog.body, mail.body_html)
                        dialog.subject = mail.subject + "！"
                        dialog.body = "<p>新的话</p>" + mail.body_html
                    action = dialog.action_save()
                    self.assertEqual(action["res_model"], "dealer.message.preview")
                    self.assertTrue(sms.body.endswith("！谢谢"))
                    self.assertEqual(other.body, kept, "the other language stays")
                    if mail:
                        self.assertTrue(mail.subject.endswith("！"))
                        self.assertIn("新的话", mail.body_html)
                        self.assertIn("t-out=", mail.body_html)

    def test_nobody_else_changes_it(self):
        for occasion, keeper in self.kept:
            for user in self.everybody:
                if user == keeper:
                    continue
                with self.subTest(occasion=occasion.key, user=user.login):
                    with self.assertRaises(AccessError):
                        self.dialog(occasion, user)
                    mine = occasion.with_user(user)
                    if mine.has_access("read"):
                        self.assertFalse(mine.may_edit_words)

    def test_dialog_of_another_occasion_shows_no_words(self):
        dialogs = self.env["dealer.message.words"]
        theirs = self.env.ref(
            "dealer_complaint.dealer_message_occasion_complaint_closed"
        )
        with self.assertRaises(AccessError):
            dialogs.with_user(self.manager).create({"occasion_id": theirs.id})
        mine = self.dialog(self.ready, self.manager)
        with self.assertRaises(AccessError):
            mine.write({"occasion_id": theirs.id, "sms": "x"})
            mine.action_save()

    def test_no_code_is_written(self):
        for body in CODE:
            with self.subTest(body=body):
                dialog = self.dialog(self.ready, self.manager)
                self.assert_refused(dialog, "administrator", body=body)
        for words in (
            "{{ object.env['res.users'].search([]) }}",
            "{{ object.access_token }}",
            "{{ object.company_id.name or user.login }}",
        ):
            with self.subTest(words=words):
                dialog = self.dialog(self.ready, self.manager)
                self.assert_refused(dialog, "does not stand in this text", sms=words)
                dialog = self.dialog(self.ready, self.manager)
                self.assert_refused(dialog, "administrator", subject=words)

    def test_what_is_filled_in_is_moved_left_out_and_split(self):
        occasion = self.env.ref("dealer_service.dealer_message_occasion_estimate")
        dialog = self.dialog(occasion, self.manager)
        dialog.sms = (
            "{{ object._link_start() }}{{ object._link_token()[:6] }}"
            "{{ object._link_token()[6:] }} {{ object.company_id.name }}"
        )
        dialog.body = '<p>报价已出。</p><p t-out="object.company_id.name"/>'
        dialog.action_save()
        template = occasion.sms_template_id.with_context(lang="zh_CN")
        self.assertIn("[:6]", template.body)

    def test_text_without_words_is_refused(self):
        dialog = self.dialog(self.ready, self.manager)
        self.assert_refused(dialog, "without words", sms=" ")

    def test_approved_words_are_not_changed(self):
        template = self.ready.sms_template_id
        parts = template.with_context(lang="zh_CN")._dealer_parts(self.company)
        count = sum(1 for _words, value in parts if value)
        self.env["dealer.sms.approval"].create(
            {
                "template_id": template.id,
                "company_id": self.company.id,
                "provider": "aliyun",
                "lang": "zh_CN",
                "code": "SMS_1001",
                "variables": ",".join(f"v{i}" for i in range(count)),
            }
        )
        dialog = self.dialog(self.ready, self.manager)
        self.assert_refused(dialog, "SMS_1001", sms="您的爱车好了。")
        # the mail, and the other language, are no text of the provider
        dialog = self.dialog(self.ready, self.manager)
        dialog.subject = "您的爱车好了"
        dialog.action_save()
        dialog = self.dialog(self.ready, self.manager, "en_US")
        dialog.sms = "Your car is ready."
        dialog.action_save()

    def test_templates_themselves_stay_closed(self):
        for user in (self.manager, self.complaint_manager, self.care_manager):
            for template in (self.ready.sms_template_id, self.ready.mail_template_id):
                with self.assertRaises(AccessError):
                    template.with_user(user).write({"name": "x"})

    def test_template_of_another_app_is_not_reached_by_pointing_to_it(self):
        occasion = self.env.ref("dealer_service.dealer_message_occasion_estimate")
        foreign = self.env.ref("sale.email_template_edi_sale")
        occasion.with_user(self.manager).mail_template_id = foreign
        dialog = self.dialog(occasion, self.manager)
        self.assert_refused(dialog, "another app", subject="x")

    def test_words_of_a_group_are_those_of_its_management(self):
        self.env["res.company"].create({"name": "Second Shop"})
        self.assertFalse(self.ready.with_user(self.manager).may_edit_words)
        with self.assertRaisesRegex(AccessError, "every shop of the group") as refused:
            self.dialog(self.ready, self.manager)
        # nobody is told to copy what cannot be copied
        self.assertNotIn("copy", str(refused.exception))
        with self.assertRaisesRegex(UserError, "Ask someone with the role"):
            self.ready.with_user(self.manager).action_copy_for_shop()
        self.manager.group_ids += self.env.ref("dealer_service.group_dealer_group")
        self.dialog(self.ready, self.manager)
