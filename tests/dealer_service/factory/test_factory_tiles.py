"""The home shows what is to be claimed, decided, reported and uploaded."""

from odoo.api import SUPERUSER_ID
from odoo.tests import users

from .claim_case import ClaimCase

CAR = "LVVDB11B0RD045678"


class TestFactoryTiles(ClaimCase):
    def tiles(self, shops=None):
        home = self.env["dealer.home"]
        if shops:
            home = home.with_context(allowed_company_ids=shops.ids)
        home = home.get_home("service", mine=False)
        mine = ("claims_", "campaign_", "health")
        return {
            tile["key"]: tile["count"]
            for tile in home["sections"][0]["tiles"]
            if tile["key"].startswith(mine)
        }

    @users("advisor")
    def test_claims_wait_by_what_is_to_be_done(self):
        self.assertEqual(self.tiles(), {"claims_late": 0, "claims_draft": 0})
        claim = self.claim()
        self.assertEqual(self.tiles(), {"claims_late": 0, "claims_draft": 1})
        yesterday = self.company._dealer_today().replace(year=2020)
        claim.sudo()._write_by_method({"date_deadline": yesterday})
        self.assertEqual(self.tiles(), {"claims_late": 1, "claims_draft": 0})

    @users("manager")
    def test_manager_invoices_and_decides(self):
        claim = self.answered(labour=300.0)
        self.assertEqual(
            (self.tiles()["claims_invoice"], self.tiles()["claims_rest"]), (1, 1)
        )
        claim.action_invoice()
        claim._factory_bills().action_post()
        claim.line_ids[0].write({"rest_to": "internal", "rest_reason": "车间承担"})
        claim.action_settle()
        self.assertFalse(any(self.tiles().values()))

    @users("manager")
    def test_what_was_done_for_a_recall_is_to_be_reported(self):
        campaign = self.env["dealer.factory.campaign"].create(
            {"name": "制动软管", "code": "R2026-03"}
        )
        row = self.env["dealer.factory.campaign.car"].create(
            {"campaign_id": campaign.id, "vin": CAR}
        )
        self.assertEqual(self.tiles()["campaign_report"], 0)
        row.action_done_elsewhere("南京店 2026-03-02")
        self.assertEqual(self.tiles()["campaign_report"], 1)
        row.action_reported()
        self.assertEqual(self.tiles()["campaign_report"], 0)

    @users("manager")
    def test_what_another_shop_is_to_report_is_not_counted(self):
        # whoever makes a company is of it: here that is an administrator
        other = self.env(user=SUPERUSER_ID)["res.company"].create({"name": "南京店"})
        campaign = self.env["dealer.factory.campaign"].sudo()
        campaign = campaign.create({"name": "制动软管", "code": "R2026-04"})
        row = campaign.car_ids.create({"campaign_id": campaign.id, "vin": CAR})
        row.with_company(other).action_done_elsewhere("南京店 2026-03-02")
        self.assertEqual(row.done_company_id, other)
        self.assertEqual(self.tiles()["campaign_report"], 0)
        # who works for both and looks at both is told of both
        self.env.user.sudo().company_ids += other
        for shops, count in ((self.company, 0), (self.company | other, 1)):
            with self.subTest(shops.mapped("name")):
                self.assertEqual(self.tiles(shops)["campaign_report"], count)

    @users("advisor")
    def test_files_are_shown_where_they_are_uploaded(self):
        self.company.dealer_warranty_claims = False
        self.assertEqual(self.tiles(), {})
        self.company.dealer_health_file = True
        self.assertEqual(self.tiles(), {"health": 0})
        self.settle()
        self.assertEqual(self.tiles(), {"health": 1})
