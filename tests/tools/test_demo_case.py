"""The demo data of our addons is there, and nobody else's."""

from tests.demo import DemoCase
from tools.sandbox import common


class TestDemoCase(DemoCase):
    def test_only_our_addons_have_demo_data(self):
        loaded = self.env["ir.module.module"].search([("demo", "=", True)])
        self.assertEqual(set(loaded.mapped("name")), set(common.addons()))
        self.assertFalse(self.env.ref("base.user_demo", raise_if_not_found=False))

    def test_the_company_is_in_china(self):
        self.assertEqual(self.env.company.country_code, "CN")
        self.assertEqual(self.env.company.currency_id.name, "CNY")

    def test_pages_are_served_from_the_demo_database(self):
        self.authenticate("admin", "admin")
        session = self.make_jsonrpc_request("/web/session/get_session_info")
        self.assertEqual(session["db"], self.env.cr.dbname)
        self.assertIn("-demo-", session["db"])
