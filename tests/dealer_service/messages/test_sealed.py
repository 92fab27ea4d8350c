"""What a customer can act by stands in no message that somebody reads."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...providers.aliyun import Aliyun
from .message_case import MessageCase, RecordingApi
from .provider_case import ProviderCase

LINK = "{{ object._link_start() }}{{ object._link_token() }}"
DOTS = "•" * 12


@tagged("post_install", "-at_install")
class TestSealed(MessageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # any way that leaves the house
        cls.company.dealer_sms_provider = "iap"
        cls.customer.email = False
        cls.occasion.sms_template_id.body = f"See {LINK}"
        cls.token = cls.visit._link_token()
        cls.shown = f"See {cls.company._link_start()}{DOTS}"

    def words(self, message, user=None):
        """All that can be read of a message."""
        message.invalidate_recordset()
        readable = message.with_user(user or self.manager)
        return str(readable.read())

    def test_link_leaves_and_is_read_by_nobody(self):
        message = self.tell()
        self.assertEqual(message.text, self.shown)
        for user in (self.advisor, self.manager):
            self.assertNotIn(self.token, self.words(message, user))
        self.send()
        self.assertIn(self.token, RecordingApi.handed[0][1])
        self.assertEqual(message.state, "sent")
        self.assertEqual(message.text, self.shown)
        self.assertNotIn(self.token, self.words(message))
        self.assertFalse(message.sudo().sealed)

    def test_held_message_leaves_whole_in_the_morning(self):
        self.company.write({"dealer_quiet_from": 0, "dealer_quiet_until": 23.99})
        message = self.tell()
        self.assertEqual((message.state, message.text), ("held", self.shown))
        self.company.write({"dealer_quiet_from": 0, "dealer_quiet_until": 0})
        message._settle("sending")
        self.env.flush_all()
        message._send_claimed(message)
        self.assertIn(self.token, RecordingApi.handed[0][1])

    def test_what_is_unknown_can_still_be_sent(self):
        message = self.tell()
        RecordingApi.answers[message.address] = {"state": "unknown"}
        self.send()
        self.assertEqual(message.state, "unknown")
        self.assertIn(self.token, message._to_send("text"))
        message._settle("delivered")
        self.assertFalse(message.sudo().sealed)

    def test_code_is_read_by_no_manager_before_it_has_left(self):
        self.make_occasion("test_code", "code").sms_template_id.body = "Code 471199"
        message = self.tell("test_code")
        self.assertNotIn("471199", self.words(message))
        self.send()
        self.assertEqual(RecordingApi.handed, [(message.address, "Code 471199")])
        self.assertFalse(message.text)
        self.assertFalse(message.sudo().sealed)

    @mute_logger("odoo.models")
    def test_what_is_sealed_is_opened_by_nobody(self):
        message = self.tell()
        for user in (self.advisor, self.manager, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                message.with_user(user).read(["sealed"])

    def test_letter_that_is_kept_has_no_key(self):
        self.company.dealer_sms_provider = False
        self.customer.email = "wang@example.com"
        self.occasion.mail_template_id.body_html = (
            f'<a href="{LINK}" t-attf-href="#{{object._link_start()}}'
            '#{object._link_token()}">Here</a>'
        )
        message = self.tell()
        self.assertEqual(message.channel, "mail")
        self.assertIn(self.token, message.mail_id.body_html)
        self.assertNotIn(self.token, self.words(message))
        self.assertIn("/r/", message.body)

    def test_outbox_shows_what_the_phone_would_show(self):
        self.company.dealer_sms_provider = "outbox"
        message = self.tell()
        self.send()
        self.assertIn(self.token, self.words(message, self.advisor))


@tagged("post_install", "-at_install")
class TestSealedOfProvider(ProviderCase):
    server_class, provider = Aliyun, "aliyun"

    def test_provider_gets_the_values_and_nobody_else(self):
        self.approval.unlink()
        for lang in ("en_US", "zh_CN"):
            self.template.with_context(lang=lang).body = f"请查看 {LINK}。"
        self.approve("T200", "code")
        message = self.tell()
        token = self.visit._link_token()
        self.assertEqual(message.sms_variables, [DOTS])
        self.send(message)
        self.assertEqual(message.state, "sent", message.reason)
        self.assertIn(token, str(self.server.taken))
        self.assertEqual(message.sms_variables, [DOTS])
        self.assertNotIn(token, message.text)

    def test_link_goes_into_two_short_variables(self):
        """An account whose variables have six characters."""
        self.approval.unlink()
        token = "object._link_token()"
        words = (
            f"{{{{ object._link_start() }}}}{{{{ {token}[:6] }}}}{{{{ {token}[6:] }}}}"
        )
        for lang in ("en_US", "zh_CN"):
            self.template.with_context(lang=lang).body = words
        approval = self.approve("T200", "a,b", variable_size=6)
        start = self.company._link_start()
        self.assertEqual(approval.text, f"{start}${{a}}${{b}}")
        message = self.tell()
        self.assertEqual(message.sms_variables, [DOTS[:6]] * 2)
        self.send(message)
        self.assertEqual(message.state, "sent", message.reason)
        token = self.visit._link_token()
        for half in (token[:6], token[6:]):
            self.assertIn(half, str(self.server.taken))
        self.assertNotIn(token[:6], str(message.with_user(self.manager).read()))


@tagged("post_install", "-at_install")
class TestValueThatIsMissing(ProviderCase):
    server_class, provider = Aliyun, "aliyun"

    def test_shop_without_a_hotline_tells_its_customers(self):
        self.approval.unlink()
        self.company.write({"dealer_hotline": False, "phone": False})
        shop = "object.company_id"
        words = f"请致电{{{{ {shop}.dealer_hotline or {shop}.phone or '' }}}}"
        for lang in ("en_US", "zh_CN"):
            self.template.with_context(lang=lang).body = words
        approval = self.approve("T200", "phone")
        approval.empty_value = "本店"
        message = self.send()
        self.assertEqual(message.state, "sent", message.reason)
        self.assertEqual(message.text, "请致电本店")
        # who wants such a message refused has it refused
        approval.empty_value = False
        self.assertEqual(self.send(self.tell()).state, "failed")
