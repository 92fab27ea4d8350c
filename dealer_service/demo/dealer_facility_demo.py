"""Three weeks of rounds through the rooms of the demo dealership."""

import random
from datetime import timedelta

from odoo import api, fields, models

from .photos import photo_of

DAYS = 21
#: What was found bad: the point, and the words.
BAD = (
    ("waiting_clean", "茶几上有烟灰和茶渍"),
    ("waiting_comfort", "空调温度过低，客户反映冷"),
    ("offer_drinks", "一次性纸杯用完"),
    ("offer_snacks", "饼干已空"),
    ("network", "WLAN 密码牌掉落"),
    ("workshop_tidy", "3 号工位地面有机油"),
    ("outside", "客户停车位被展车占用"),
)


class DealerFacilityRound(models.Model):
    """Loading of the demo rounds."""

    _name = "dealer.facility.round"
    _inherit = "dealer.facility.round"

    @api.model
    def _load_demo(self):
        """A round each morning the shop was open. Loads once."""
        if self.search_count([]):
            return
        dice = random.Random(8)
        shop = self.env.company
        today = shop._dealer_today()
        for ago in range(DAYS, 0, -1):
            start = shop._demo_morning(today - timedelta(days=ago))
            if start:
                self._demo_round(start, ago, dice)

    def _demo_round(self, start, ago, dice):
        user = self.env.ref(f"dealer_service.demo_user_advisor{1 + ago % 4}")
        found = dict(dice.sample(BAD, dice.choice((0, 0, 1, 1, 2))))
        walk = self._create_by_method([{"date": start, "user_id": user.id}])
        known = walk.line_ids.point_id.get_external_id()
        for line in walk.line_ids:
            point = known[line.point_id.id].split("facility_point_")[-1]
            words = found.get(point)
            photo = words and photo_of(point)
            line.write(
                {"result": "bad" if words else "good", "note": words, "photo": photo}
            )
        walk._write_by_method({"date_done": start + timedelta(minutes=11)})
        bad = walk.line_ids.filtered(lambda line: line.result == "bad")
        if ago > 1:
            bad._write_by_method(
                {
                    "date_mended": start + timedelta(minutes=dice.randrange(20, 300)),
                    "mended_by_id": user.id,
                }
            )


class ResCompany(models.Model):
    """The mornings of the demo dealership."""

    _name = "res.company"
    _inherit = "res.company"

    def _demo_morning(self, day):
        """Ten minutes after the shop opened on that day, in UTC; ``None`` if it did
        not."""
        midnight = fields.Datetime.to_datetime(day)
        start = midnight - timedelta(hours=12)
        spans = self._dealer_opening(start, midnight + timedelta(hours=24))
        spans = [span for span in spans if self._dealer_day(span[0]) == day]
        return spans[0][0] + timedelta(minutes=10) if spans else None
