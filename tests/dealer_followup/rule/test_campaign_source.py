"""Open recalls become calls, once for each, and end when the work is done."""

from datetime import date

from ...followup_common import DealerFollowupCase, cn


class TestCampaignSource(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vehicle.vin_sn = "LVVDB11B0RD045678"
        # known since the winter: the database has its own clock
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE fleet_vehicle SET create_date = '2026-01-05' WHERE id = %s",
            (cls.vehicle.id,),
        )
        cls.row = cls.make_row(name="左前制动软管", code="R2026-01")
        cls.campaign = cls.row.campaign_id
        cls.rule = cls.make_rule("campaign", offset_days=1, expire_days=365)

    @classmethod
    def make_row(cls, **values):
        campaign = cls.env["dealer.factory.campaign"].create(
            {"date_from": date(2026, 3, 1), **values}
        )
        row = cls.env["dealer.factory.campaign.car"].create(
            {"campaign_id": campaign.id, "vin": "lvvdb11b0-rd045678"}
        )
        row._write_by_method({"date_known": date(2026, 3, 1)})
        return row

    def test_each_open_recall_is_called_once(self):
        self.assertEqual(self.run_rules(cn(2, 2), self.rule), 1)
        self.assertEqual(self.run_rules(cn(3, 2), self.rule), 0)
        task = self.tasks(self.rule)
        self.assertEqual(task.partner_id, self.customer)
        self.assertEqual(task.vehicle_id, self.vehicle)
        self.assertTrue(self.rule.converts_on_visit)

    def test_a_car_that_nobody_named_is_not_called(self):
        self.vehicle.vin_sn = "LVVDB11B0RD045679"
        self.assertEqual(self.run_rules(cn(2, 2), self.rule), 0)

    def test_what_was_done_is_not_called_any_more(self):
        self.run_rules(cn(2, 2), self.rule)
        self.row.action_done_elsewhere("南京店")
        self.run_rules(cn(3, 2), self.rule)
        self.assertEqual(self.tasks(self.rule).state, "cancelled")

    def test_campaign_that_ends_ends_its_calls(self):
        self.row.action_exclude("已报废")
        row = self.make_row(name="空调检测", code="S2026-01", kind="service")
        self.assertEqual(self.run_rules(cn(2, 2), self.rule), 1)
        row.campaign_id.date_to = date(2026, 3, 5)
        self.run_rules(cn(8, 2), self.rule)
        self.assertEqual(self.tasks(self.rule).state, "cancelled")

    def test_visit_without_the_recall_leaves_the_call_open(self):
        self.run_rules(cn(2, 2), self.rule)
        task = self.tasks(self.rule)
        visit = self.make_past_visit(3)
        visit._convert_followups()
        self.assertIn(task.state, ("todo", "waiting"))
        self.row._finish(visit)
        visit._convert_followups()
        self.assertEqual(task.state, "done")

    def test_caller_reads_which_recall_it_is(self):
        self.campaign.date_from = date(2026, 1, 1)
        self.assertIn("R2026-01", self.vehicle.campaign_notice)
        sheet = self.env["dealer.followup.call"]
        self.assertIn(self.vehicle.campaign_notice, sheet._car_facts(self.vehicle))
