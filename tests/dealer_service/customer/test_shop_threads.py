"""What is written about a visit, an order or a car stays with the shop."""

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from ...common import DealerServiceCase


@tagged("standard", "post_install", "-at_install")
class TestShopThreads(DealerServiceCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_reception(state="arrived")
        cls.order = cls.make_order(cls.visit)
        cls.order.action_share_link()
        cls.owner = new_test_user(
            cls.env, "owner", "base.group_portal", password="ownerowner"
        )
        cls.owner.partner_id = cls.customer
        cls.threads = [cls.visit, cls.order, cls.vehicle]
        cls.talk = {}
        for thread in cls.threads:
            cls.talk[thread] = thread.message_post(
                body="客户很难缠",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                attachments=[("内部.txt", b"gossip")],
            )

    def tokens(self):
        for thread in (self.visit, self.order):
            yield thread, thread._portal_ensure_token()

    def fetch(self, thread, **proof):
        return self.make_jsonrpc_request(
            "/mail/chatter_fetch",
            {"thread_model": thread._name, "thread_id": thread.id, **proof},
        )

    @mute_logger("odoo.http")
    def test_link_opens_the_page_and_not_the_thread(self):
        for thread, token in self.tokens():
            with self.subTest(thread._name), self.assertRaises(JsonRpcException):
                self.fetch(thread, token=token)

    @mute_logger("odoo.http")
    def test_link_posts_and_uploads_nothing(self):
        pid = self.customer.id
        for thread, token in self.tokens():
            proofs = (
                {"token": token},
                {"hash": thread._sign_token(pid), "pid": pid},
            )
            for proof in proofs:
                with self.subTest(thread._name), self.assertRaises(JsonRpcException):
                    self.make_jsonrpc_request(
                        "/mail/message/post",
                        {
                            "thread_model": thread._name,
                            "thread_id": thread.id,
                            "post_data": {"body": "Agreed!"},
                            **proof,
                        },
                    )
                answer = self.url_open(
                    "/mail/attachment/upload",
                    data={
                        "thread_model": thread._name,
                        "thread_id": thread.id,
                        "csrf_token": self.csrf_token(),
                        **proof,
                    },
                    files={"ufile": ("x.html", b"<script>1</script>")},
                )
                self.assertEqual(answer.status_code, 404)
            self.assertFalse(thread.message_ids.filtered(lambda m: "Agreed" in m.body))

    def csrf_token(self):
        page = self.url_open("/web/login").text
        return page[page.index('csrf_token: "') + 13 :].split('"')[0]

    @mute_logger("odoo.http")
    def test_customer_who_signs_in_reads_and_writes_no_thread(self):
        self.authenticate("owner", "ownerowner")
        for thread in self.threads:
            with self.subTest(thread._name):
                self.assertFalse(self.fetch(thread)["messages"])
                # with a link, or what looks like one, in the hand
                with self.assertRaises(JsonRpcException):
                    self.fetch(thread, token="x")
                self.assertEqual(self.rpc_messages(thread), [])
                with self.assertRaises(JsonRpcException):
                    self.make_jsonrpc_request(
                        "/mail/message/post",
                        {
                            "thread_model": thread._name,
                            "thread_id": thread.id,
                            "post_data": {"body": "Agreed!"},
                        },
                    )
                message = self.talk[thread].with_user(self.owner)
                with self.assertRaises(AccessError):
                    message.read(["body"])

    def rpc_messages(self, thread):
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw/mail.message/search_read",
            {
                "model": "mail.message",
                "method": "search_read",
                "args": [[("model", "=", thread._name), ("res_id", "=", thread.id)]],
                "kwargs": {"fields": ["body"]},
            },
        )

    def test_customer_who_signs_in_gets_no_file_of_the_thread(self):
        self.authenticate("owner", "ownerowner")
        for thread in self.threads:
            file = self.talk[thread].attachment_ids
            with self.subTest(thread._name):
                answer = self.url_open(f"/web/content/{file.id}")
                self.assertNotIn(b"gossip", answer.content)
                with self.assertRaises(AccessError):
                    file.with_user(self.owner).read(["raw"])

    def test_customer_still_reads_what_was_sent_to_him(self):
        message = self.visit.message_post(
            body="请周四来取车",
            message_type="comment",
            partner_ids=self.customer.ids,
            subtype_xmlid="mail.mt_comment",
        )
        self.assertIn("周四", message.with_user(self.owner).body)

    def test_whoever_may_not_read_the_link_still_tells_others(self):
        """Odoo signs the links in its mails with the token, whoever has caused them."""
        cashier = new_test_user(
            self.env, "cashier", "base.group_user,account.group_account_invoice"
        )
        reader = self.manager.partner_id
        self.env["dealer.job"].create(
            {
                "name": "制动",
                "reception_id": self.visit.id,
                "technician_id": self.make_technician(self.technician).id,
            }
        )
        for thread, people in (
            (self.visit, self.advisor | self.technician),
            (self.order, self.advisor | self.manager | cashier),
        ):
            thread.message_subscribe((reader | self.customer).ids)
            for user in people:
                with self.subTest(thread._name, user=user.login):
                    self.env.invalidate_all()
                    mine = thread.with_user(user)
                    mine.message_post(body="Told", subtype_xmlid="mail.mt_comment")
                    mine.activity_schedule("mail.mail_activity_data_todo")

    def test_colleagues_read_on(self):
        for thread in self.threads:
            message = self.talk[thread].with_user(self.advisor)
            self.assertIn("难缠", message.body)
            self.assertTrue(message.attachment_ids.read(["name"]))

    def test_words_of_somebody_else_stay_as_they_are(self):
        for thread in self.threads:
            message = thread.message_post(
                body="刹车还是响",
                author_id=self.customer.id,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
            for user in (self.advisor, self.manager, self.env.ref("base.user_admin")):
                mine = message.with_user(user)
                for attempt in (
                    lambda mine=mine: mine.write({"body": "谢谢，很满意"}),
                    lambda mine=mine: mine.write({"author_id": False}),
                    mine.unlink,
                    lambda mine=mine, thread=thread: thread.with_user(
                        mine.env.user
                    )._message_update_content(mine.sudo(), body="谢谢，很满意"),
                ):
                    with self.subTest(thread._name), self.assertRaises(AccessError):
                        attempt()
            self.assertIn("刹车还是响", message.body)
            own = thread.with_user(self.manager).message_post(
                body="Yes", message_type="comment"
            )
            own.write({"body": "No"})

    def test_staff_writes_in_the_own_name_and_now(self):
        """No words of a customer, nor of an earlier day, are put into a thread."""
        forged = {"author_id": self.customer.id, "date": "2020-01-02 03:04:05"}
        for thread in self.threads:
            mine = thread.with_user(self.manager)
            Message = self.env["mail.message"].with_user(self.manager)
            place = {"model": thread._name, "res_id": thread.id}
            with self.subTest(thread._name):
                messages = (
                    mine.message_post(body="我同意", **forged),
                    Message.create({**place, **forged, "body": "我同意"}),
                    Message.with_context(
                        default_model=thread._name, default_res_id=thread.id
                    ).create({**forged, "body": "我同意"}),
                    mine.message_post(
                        body="我同意", author_id=False, email_from="wang@example.com"
                    ),
                )
                for message in messages:
                    self.assertEqual(message.author_id, self.manager.partner_id)
                    self.assertNotIn("wang@", message.email_from)
                    self.assertGreater(message.date.year, 2020)

    def test_staff_writes_to_many_in_the_own_name(self):
        for thread in self.threads:
            composer = (
                self.env["mail.compose.message"]
                .with_user(self.manager)
                .create(
                    {
                        "model": thread._name,
                        "res_ids": str(thread.ids),
                        "composition_mode": "mass_mail",
                        "subject": "x",
                        "body": "我同意",
                        "author_id": self.customer.id,
                        "email_from": "wang@example.com",
                    }
                )
            )
            composer.action_send_mail()
            said = thread.message_ids.filtered(lambda m: "我同意" in (m.body or ""))
            with self.subTest(thread._name):
                self.assertEqual(said.author_id, self.manager.partner_id)
                self.assertNotIn("wang@", said.email_from)

    def test_own_message_is_not_signed_anew_nor_brought_from_elsewhere(self):
        for thread in self.threads:
            own = thread.with_user(self.manager).message_post(body="Yes")
            elsewhere = self.manager.partner_id.with_user(self.manager).message_post(
                body="我同意"
            )
            place = {"model": thread._name, "res_id": thread.id}
            for message, values in (
                (own, {"author_id": self.customer.id}),
                (own, {"date": "2020-01-02 03:04:05"}),
                (own, {"email_from": "wang@example.com"}),
                (own, {"res_id": self.customer.id, "model": "res.partner"}),
                (elsewhere, place),
            ):
                with self.subTest(f"{thread._name} {values}"):
                    with self.assertRaises(AccessError):
                        message.write(values)
