"""A recall of the demo dealership: two of its cars are named, one is coming today."""

from datetime import timedelta

from odoo import api, fields, models

#: Numbers of cars that are named, beside some that nobody here knows.
CARS = (21, 26, 31)
STRANGERS = ("LVVDB11B5RD900117", "LVVDB11B2RD900124", "LVVDB11B8RD900130")


class DealerFactoryCampaign(models.Model):
    """Loading of the demo recall."""

    _name = "dealer.factory.campaign"
    _inherit = "dealer.factory.campaign"

    @api.model
    def _load_demo(self):
        """Loads once."""
        if self.search_count([]):
            return
        visits = self.env["dealer.reception"]
        today = self.env.company._dealer_today()
        campaign = self.create(
            {
                "name": "左前制动软管",
                "code": "QR-ZH-2026-03",
                "kind": "recall",
                "company_id": False,
                "date_from": today - timedelta(days=9),
                "text": "左前制动软管可能与轮拱内衬摩擦，长期使用后可能渗油。",
                "work": "检查走向，加装固定卡；有磨痕的更换软管总成并排气。",
            }
        )
        named = [visits._demo(f"vehicle_{n:02d}").vin_sn for n in CARS]
        rows = self.env["dealer.factory.campaign.car"].create(
            [{"campaign_id": campaign.id, "vin": vin} for vin in (*named, *STRANGERS)]
        )
        rows._write_by_method({"date_known": today - timedelta(days=8)})
        done = rows.filtered(lambda row: row.vin == STRANGERS[0])
        done.action_done_elsewhere("合肥店已完成")
        done._write_by_method({"date_reported": fields.Datetime.now()})
