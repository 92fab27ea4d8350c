"""A day of mails as they come, from the folder ``files``, made by us: none is lost."""

from pathlib import Path

from freezegun import freeze_time

from odoo.tools import mute_logger

from ...complaint_common import cn
from .mail_case import MailCase

FILES = Path(__file__).parent / "files"
#: What each mail becomes: words of the customer by the name of its file.
COMPLAINTS = {
    "01_customer": "空调还是不制冷",
    "02_foxmail_gbk": "朱镕先生介绍来的，车門异响",
    "03_raw_gbk_headers": "刹车一踩就响",
    "04_unknown_charset": "二挡换三挡顿挫",
    "05_no_charset_no_type": "天窗漏水",
    "06_html_only": "油漆起泡",
    "07_nul_characters": "常亮三天",
    "08_broken_base64": "方向盘抖",
    "09_forged_date": "导航每天死机",
    "10_impossible_date": "座椅一坐就响",
    "11_no_message_id": "新车轮胎鼓包",
    "12_same_message_id": "另一位客户：雨刮不动",
    "13_two_senders": "胎压一直报警",
    "14_in_copy": "保养等了四个小时",
    "15_delivered_to": "多收了我三百块",
    "27_no_sender": "有人多收钱",
}
TO_LOOK_AT = {
    "20_rule": "刹车失灵",
    "21_list": "五台车都漏油",
    "22_web_form": "空调异味",
    "23_out_of_office": "我在休假",
    "24_receipt_of_reading": "请改周五",
    "25_mail_server": "用户不存在",
    "26_no_address_of_ours": "刹车片才换就响",
}
MESSAGES = {
    "30_reply": "周四不行，请改周五",
    "31_qq_without_references": "周五上午到",
    "32_qq_to_catchall": "下午也可以",
    "34_reply_with_header_of_a_program": "请打电话给我",
}


class TestDayOfMails(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain.catchall_alias = "catchall"

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def come(self, name, **marks):
        """The mail of a file comes; ``marks``: what stands for ``@@NAME@@`` in it.

        :return: the new complaint, and the new mail to look at
        """
        raw = (FILES / f"{name}.eml").read_bytes()
        for mark, text in marks.items():
            raw = raw.replace(f"@@{mark}@@".encode(), text.encode())
        complaints = self.env["dealer.complaint"].search([])
        looks = self.env["dealer.complaint.mail"].search([])
        with freeze_time(cn(2, 11)):
            self.env["mail.thread"].message_process(False, raw)
        self.env.flush_all()
        return (
            self.env["dealer.complaint"].search([]) - complaints,
            self.env["dealer.complaint.mail"].search([]) - looks,
        )

    def first(self):
        """The complaint of the first mail, with a letter of ours."""
        complaint, _look = self.come("01_customer")
        complaint.user_id = self.handler
        letter = complaint.message_post(
            body="请周四来店",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        return complaint, {"LETTER": letter.message_id, "NUMBER": complaint.name}

    def test_each_file_is_expected_to_become_something(self):
        names = {file.stem for file in FILES.glob("*.eml")}
        known = {*COMPLAINTS, *TO_LOOK_AT, *MESSAGES, "33_reply_to_a_bounce"}
        self.assertEqual(names, known)

    def test_what_customers_write_becomes_a_complaint(self):
        for name, words in COMPLAINTS.items():
            with self.subTest(name):
                complaint, look = self.come(name)
                self.assertEqual(len(complaint), 1)
                self.assertFalse(look)
                self.assertIn(words, complaint.description)
                self.assertTrue(complaint.activity_ids.user_id)
                self.assertEqual(complaint.date_received.date(), cn(2, 9).date())

    def test_what_may_be_no_customers_words_is_looked_at(self):
        for name, words in TO_LOOK_AT.items():
            with self.subTest(name):
                complaint, look = self.come(name)
                self.assertFalse(complaint)
                self.assertEqual(len(look), 1)
                self.assertIn(words, look.text)
                self.assertEqual(look.company_id, self.company)
                # who writes twice is one task
                senders = self.to_look_at().filtered(
                    lambda mail, look=look: mail.email_from == look.email_from
                )
                self.assertEqual(senders.activity_ids.user_id, self.officer)

    def test_answers_are_messages_in_their_complaint(self):
        first, marks = self.first()
        for name, words in MESSAGES.items():
            with self.subTest(name):
                first.activity_ids.unlink()
                complaint, look = self.come(name, **marks)
                self.assertFalse(complaint | look.complaint_id)
                bodies = "".join(first.message_ids.mapped("body"))
                self.assertIn(words, bodies)
                self.assertEqual(first.activity_ids.user_id, self.handler)

    def test_answer_to_a_bounce_of_ours_is_kept(self):
        complaint, look = self.come("33_reply_to_a_bounce")
        self.assertEqual(len(complaint) + len(look), 1)

    def test_mail_that_cannot_be_processed_is_kept_as_it_came(self):
        def fail(*_args, **_kwargs):
            raise TypeError("a mail nobody has thought of")

        self.patch(type(self.env["dealer.complaint"]), "message_new", fail)
        with self.assertLogs("odoo.addons.dealer_complaint", "WARNING"):
            complaint, look = self.come("02_foxmail_gbk")
        self.assertFalse(complaint)
        self.assertEqual((look.reason, look.state), ("unreadable", "open"))
        self.assertEqual(look.subject, "提车三天发动机漏油")
        self.assertIn("zhao@example.cn", look.email_from)
        self.assertEqual(look.activity_ids.user_id, self.officer)
        raw = (FILES / "02_foxmail_gbk.eml").read_bytes()
        self.assertEqual(look.message_ids.attachment_ids.raw, raw)
        look.with_user(self.handler).action_make_complaint()
        self.assertEqual(look.complaint_id.message_ids.attachment_ids.raw, raw)

    def test_same_mail_twice_is_one(self):
        self.come("01_customer")
        complaint, look = self.come("01_customer")
        self.assertFalse(complaint)
        self.assertFalse(look)
