"""Whoever keeps texts sees each of them before a customer does."""

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from ..followup_common import DealerFollowupCase


class TestPreviewOfEveryText(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keepers = [cls.manager, cls.complaint_manager, cls.care_manager]

    def occasions(self, user):
        """Those that are shipped, as a user finds them in the menu."""
        shipped = self.env["ir.model.data"].search(
            [
                ("model", "=", "dealer.message.occasion"),
                ("module", "=like", "dealer_%"),
            ]
        )
        self.assertGreater(len(shipped), 25)
        occasions = self.env["dealer.message.occasion"].with_user(user)
        found = occasions.search([("id", "in", shipped.mapped("res_id"))])
        self.assertEqual(len(found), len(shipped))
        return found

    def preview(self, occasion):
        """The texts, as the button shows them."""
        self.assertTrue(occasion.may_preview)
        action = occasion.action_preview()
        dialogs = occasion.env[action["res_model"]]
        dialog = dialogs.with_context(**action["context"]).create({})
        [shown] = dialog.read(["texts", "is_example"])
        return dialog, shown["texts"], shown["is_example"]

    @mute_logger("odoo.addons.mail.models.mail_render_mixin")
    def test_every_text_is_shown_to_every_keeper_in_both_languages(self):
        languages = dict(self.env["res.lang"].get_installed())
        self.assertLessEqual({"zh_CN", "en_US"}, set(languages))
        for user in self.keepers:
            for occasion in self.occasions(user):
                with self.subTest(user=user.login, occasion=occasion.key):
                    dialog, texts, is_example = self.preview(occasion)
                    may_read = occasion.env[occasion.model].has_access("read")
                    if occasion.purpose == "code" or not may_read:
                        self.assertTrue(is_example)
                        self.assertFalse(dialog.record_ref)
                    self.assertNotIn("alert-danger", texts)
                    self.assertNotIn("{{", texts)
                    parts = texts.split("<h3>")[1:]
                    self.assertEqual(len(parts), len(languages))
                    for part in parts:
                        self.assertIn("o_dealer_bubble", part)
                        if occasion.mail_template_id:
                            self.assertIn("o_dealer_letter", part)
                    chinese = texts.split(f"<h3>{languages['zh_CN']}</h3>")[1]
                    self.assertRegex(chinese.split("<h3>")[0], "[一-鿿]{4}")

    def test_code_of_a_preview_is_made_up(self):
        self.env["dealer.booking.phone"]._claim("+8613905530001")
        for user in [self.manager, self.env.ref("base.user_admin")]:
            occasion = self.env.ref(
                "dealer_service.dealer_message_occasion_booking_code"
            )
            _dialog, texts, is_example = self.preview(occasion.with_user(user))
            self.assertTrue(is_example)
            self.assertIn("384712 is your code", texts)

    def test_words_of_the_example_are_those_of_the_record(self):
        """What an activity is called off with is not what it is moved with."""
        occasions = self.occasions(self.manager)
        by_key = {occasion.key: occasion for occasion in occasions}
        self.assertIn(
            "will not take place", self.preview(by_key["activity_cancelled"])[1]
        )
        self.assertIn("has been moved", self.preview(by_key["activity_moved"])[1])

    def test_text_that_is_broken_is_seen_to_be_with_made_up_data_too(self):
        occasion = self.env.ref("dealer_followup.dealer_message_occasion_care_birthday")
        occasion.sms_template_id.body = "{{ object.no_such_field }}"
        _dialog, texts, is_example = self.preview(occasion.with_user(self.manager))
        self.assertTrue(is_example)
        self.assertIn("alert-danger", texts)
        self.assertIn("no_such_field", texts)

    def test_who_keeps_no_texts_has_no_button(self):
        occasion = self.env.ref("dealer_service.dealer_message_occasion_ready")
        self.assertFalse(occasion.with_user(self.advisor).may_preview)
        with self.assertRaises(AccessError):
            occasion.with_user(self.advisor).action_preview()
        for user in (self.caller, self.technician):
            with self.assertRaises(AccessError):
                occasion.with_user(user).read(["name"])
