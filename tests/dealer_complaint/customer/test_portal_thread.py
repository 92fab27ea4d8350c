"""The link of a complaint opens its page, and not what is said about it."""

from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from ...portal_common import ComplaintPortalCase


@tagged("standard", "post_install", "-at_install")
class TestPortalThread(ComplaintPortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.talk = cls.complaint.message_post(
            body="客户很难缠", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def proofs(self):
        pid = self.customer.id
        yield {"token": self.token}
        yield {"hash": self.complaint._sign_token(pid), "pid": pid}

    def call(self, route, **values):
        thread = {"thread_model": "dealer.complaint", "thread_id": self.complaint.id}
        return self.make_jsonrpc_request(route, {**thread, **values})

    @mute_logger("odoo.http")
    def test_thread_is_not_read_with_the_link(self):
        with self.assertRaises(JsonRpcException):
            self.call("/mail/chatter_fetch", token=self.token)
        for proof in self.proofs():
            store = self.call("/portal/chatter_init", **proof)
            self.assertNotIn("难缠", str(store))
            self.assertNotIn(self.customer.name, str(store))

    @mute_logger("odoo.http")
    def test_nothing_is_posted_or_uploaded_past_our_form(self):
        count = len(self.complaint.message_ids)
        form = self.hidden(self.get(token=self.token))
        for proof in self.proofs():
            with self.assertRaises(JsonRpcException):
                self.call("/mail/message/post", post_data={"body": "x"}, **proof)
            answer = self.url_open(
                "/mail/attachment/upload",
                data={
                    "thread_model": "dealer.complaint",
                    "thread_id": self.complaint.id,
                    "csrf_token": form["csrf_token"],
                    **proof,
                },
                files={"ufile": ("x.html", b"<script>1</script>")},
            )
            self.assertEqual(answer.status_code, 404)
        self.assertEqual(len(self.complaint.message_ids), count)

    def test_link_opens_nothing_in_a_session_of_staff_without_the_right(self):
        self.colleague.password = "colleague"
        self.authenticate("colleague", "colleague")
        self.assertFalse(
            self.complaint.with_user(self.colleague).has_access("read"), "not his"
        )
        for suffix in ("", "/clock"):
            page = self.get(token=self.token, suffix=suffix)
            self.assertEqual(page.status_code, 404)

    def test_answer_in_a_session_of_staff_is_not_the_customers_own(self):
        self.propose()
        self.complaint.user_id = self.handler
        self.handler.password = "handlerhandler"
        self.authenticate("handler", "handlerhandler")
        page = self.get(token=self.token)
        self.assertNotIn('value="accepted"', page.text)
        self.post(page, "/answer", answer="accepted", words="行")
        self.assertFalse(self.complaint.decision_answer)
        self.assertFalse(self.complaint.date_answered)
        self.assertFalse(self.complaint.answer_words)
        self.assertFalse(self.complaint.contact_ids)
