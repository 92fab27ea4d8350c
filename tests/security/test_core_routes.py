"""What Odoo's own routes do with the links of our customers."""

from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import SIDES
from .doors import VISITORS
from .test_routes import RoutesCase


@tagged("standard", "post_install", "-at_install")
class TestCoreRoutes(RoutesCase):
    @mute_logger("odoo.http")
    def test_no_call_tells_the_link_to_others(self):
        may = {"dealer.reception": ["advisor"], "dealer.complaint": ["handler"]}
        may["sale.order"] = ["owner", "advisor"]
        for visitor, (user, _link) in VISITORS.items():
            if not user:
                continue
            self.sign_in(visitor)
            for thread, token in self.threads():
                call = {
                    "model": thread._name,
                    "method": "get_portal_url",
                    "args": [thread.ids],
                    "kwargs": {},
                }
                path = f"/web/dataset/call_kw/{thread._name}/get_portal_url"
                try:
                    answer = self.make_jsonrpc_request(path, call)
                except JsonRpcException:
                    answer = ""
                with self.subTest(visitor, model=thread._name):
                    told = token in answer
                    self.assertEqual(told, visitor in may[thread._name])

    def threads(self):
        for what in ("visit", "order", "complaint"):
            yield self.documents[what][0], self.links[what]["right"]

    def proofs(self, thread, token):
        partner = thread.partner_id
        yield {"token": token}
        yield {"hash": thread._sign_token(partner.id), "pid": partner.id}

    @mute_logger("odoo.http")
    def test_generic_routes_open_nothing_with_our_links(self):
        calls = (
            ("/mail/chatter_fetch", {}),
            ("/portal/chatter_init", {}),
            ("/mail/message/post", {"post_data": {"body": "x"}}),
            ("/mail/thread/messages", {}),
        )
        for visitor in ("nobody", "stranger", "owner", "employee", "technician"):
            self.sign_in(visitor)
            for thread, token in self.threads():
                before = len(thread.message_ids)
                for proof in self.proofs(thread, token):
                    for route, values in calls:
                        with self.subTest(visitor, model=thread._name, route=route):
                            self.check_call(thread, route, {**values, **proof})
                    self.check_call(
                        thread,
                        "/mail/data",
                        {
                            "fetch_params": [
                                [
                                    "mail.thread",
                                    {
                                        "thread_model": thread._name,
                                        "thread_id": thread.id,
                                        "access_params": proof,
                                        "request_list": ["followers", "attachments"],
                                    },
                                ]
                            ]
                        },
                    )
                thread.invalidate_recordset(["message_ids"])
                if visitor != "technician":
                    self.assertEqual(len(thread.message_ids), before, visitor)

    def check_call(self, thread, route, values):
        thread_values = {"thread_model": thread._name, "thread_id": thread.id}
        if route != "/mail/data":
            values = {**thread_values, **values}
        try:
            answer = self.make_jsonrpc_request(route, values)
        except JsonRpcException:
            return
        kinds = ("price", "complaint", "care", "person", "token")
        if self.session.uid == self.owner.id:
            # what was sent to the customer, by mail for example, is the own
            self.assertFalse(self.leaks(answer, ("colleague", "other"), kinds))
        else:
            self.assertFalse(self.leaks(answer, SIDES, kinds))
        if self.session.uid != self.users["technician"].id:
            self.assertFalse(self.leaks(answer, SIDES, ["talk"]))

    @mute_logger("odoo.http")
    def test_files_fields_and_reports_are_not_had_with_our_links(self):
        for visitor in ("nobody", "stranger", "employee"):
            self.sign_in(visitor)
            for thread, token in self.threads():
                proof = f"access_token={token}"
                files = self.env["ir.attachment"].search(
                    [("res_model", "=", thread._name), ("res_id", "=", thread.id)]
                )
                paths = [
                    f"/web/content/{thread._name}/{thread.id}/access_token?{proof}",
                    f"/web/image/{thread._name}/{thread.id}/access_token?{proof}",
                    f"/report/html/dealer_service.paper_order/{thread.id}?{proof}",
                    f"/report/pdf/dealer_service.paper_order/{thread.id}?{proof}",
                    *(f"/web/content/{file.id}?{proof}" for file in files),
                ]
                for path in paths:
                    with self.subTest(visitor, path=path):
                        answer = self.url_open(path, allow_redirects=False)
                        self.assertNotEqual(
                            answer.headers.get("Content-Type"), "image/jpeg"
                        )
                        self.assertFalse(
                            self.leaks(answer.text.replace(token, ""), SIDES)
                        )
