"""A mail that answers a letter about a visit is on somebody's list."""

from odoo.tools import mute_logger

from ...common import DealerServiceCase

REPLY = """From: {sender}
To: answers@shop.example.cn
Subject: Re: {subject}
Message-ID: <reply-1@mail.example.cn>
In-Reply-To: {letter}
Content-Type: text/plain; charset=utf-8

明天来不了，改到周五
"""


class TestVisitMail(DealerServiceCase):
    def setUp(self):
        super().setUp()
        self.customer.email = "wang@example.cn"
        self.visit = self.make_reception(advisor_id=self.advisor.id)
        self.letter = self.visit.message_post(
            body="明天9:00见", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def reply(self, sender):
        text = REPLY.format(
            sender=sender, subject="明天9:00见", letter=self.letter.message_id
        )
        self.env["mail.thread"].message_process(False, text.encode())
        self.assertIn("改到周五", "".join(self.visit.message_ids.mapped("body")))
        return self.visit.activity_ids

    def test_answer_of_the_customer_is_on_the_list_of_the_advisor(self):
        todo = self.reply("王建国 <wang@example.cn>")
        self.assertEqual(todo.user_id, self.advisor)
        self.assertIn("改到周五", todo.note)

    def test_answer_of_a_colleague_asks_nobody(self):
        self.advisor.email = "advisor@shop.example.cn"
        self.assertFalse(self.reply("advisor@shop.example.cn"))
