"""Inspections of the demo dealership: cars wear by their kilometres."""

import random
from datetime import timedelta

from odoo import api, fields, models

from ..tools.inspection.multipoint import judge

#: The package of the demo that mends an item.
PACKAGES = {
    "pads_front": "brakes",
    "discs": "discs",
    "climate": "climate",
    "cabin_filter": "climate",
    "battery_volts": "battery",
    "battery_health": "battery",
    "tread_fl": "tyres",
    "tread_fr": "tyres",
    "tyre_age": "tyres",
    "warnings": "diagnosis",
    "shocks": "shock",
}
#: What a measured item shows of a new part, of one that is worn out, and after how
#: many kilometres it is replaced.
WEAR = {
    "tread_fl": (8.0, 1.4, 46_000),
    "tread_fr": (8.0, 1.5, 46_000),
    "tread_rl": (8.0, 2.4, 46_000),
    "tread_rr": (8.0, 2.4, 46_000),
    "pads_front": (12.0, 2.5, 52_000),
    "pads_rear": (11.0, 3.5, 80_000),
    "brake_fluid": (0.4, 3.4, 44_000),
    "battery_health": (100.0, 46.0, 75_000),
    "battery_volts": (12.8, 12.0, 75_000),
    "charging": (14.4, 14.0, 90_000),
    "coolant_freeze": (-38.0, -29.0, 90_000),
    "tyre_age": (1.0, 6.0, 75_000),
    "traction_health": (100.0, 91.0, 120_000),
    "cell_difference": (8.0, 24.0, 120_000),
    "insulation": (2000.0, 1700.0, 120_000),
}
#: What is seen now and then, how bad it is, and the words of the technician.
SEEN = {
    "wipers": ("amber", "胶条老化，右侧刮不净"),
    "cabin_filter": ("amber", "滤芯发黑，有异味"),
    "air_filter": ("amber", "积尘较多"),
    "boots": ("red", "左前外球笼防尘套破裂，甩油"),
    "joints": ("red", "右前下摆臂球头松旷"),
    "leaks_below": ("amber", "变速箱油底壳轻微渗油"),
    "discs": ("amber", "前盘有沟槽，边缘起台"),
    "undershield": ("amber", "护板缺两颗卡扣"),
    "tyre_pressure": ("amber", "右后 1.9 bar，胎面有钉"),
}
#: Seconds from one item to the next.
PACE = 22


class DealerMultipointSheet(models.Model):
    """Loading of the demo inspections."""

    _name = "dealer.multipoint.sheet"
    _inherit = "dealer.multipoint.sheet"

    @api.model
    def _load_demo(self):
        """Each car that was worked on. Loads once."""
        if self.search_count([]):
            return
        visits = self.env["dealer.reception"]
        items = self.env["dealer.multipoint.item"]
        for item in items.search([("code", "in", list(PACKAGES))]):
            item.package_id = visits._demo(f"sale_order_template_{PACKAGES[item.code]}")
        dice = random.Random(17)
        for visit in visits.search([("date_started", "!=", False)], order="id"):
            self._demo_inspect(visit, dice)

    def _demo_inspect(self, visit, dice):
        """One inspection, begun soon after the work was."""
        now = fields.Datetime.now()
        user = visit.job_ids.technician_id.user_id[:1] or visit.advisor_id
        begun = min(visit.date_started + timedelta(minutes=3), now)
        template = self.env["dealer.multipoint.template"]._for_visit(visit)
        items = template._items_for(visit.company_id)
        last = begun + timedelta(seconds=PACE * len(items))
        is_done = last < now
        if not is_done:
            # half of it is judged while somebody looks at the demo
            items = items[: len(items) // 2]
        sheet = self._create_by_method(
            [
                {
                    "reception_id": visit.id,
                    "template_id": template.id,
                    **({"state": "done"} if is_done else {}),
                }
            ]
        )
        sheet._write_by_method(
            {
                "date_begun": begun,
                "user_id": user.id,
                "date_done": is_done and last,
                "done_by_id": is_done and user.id,
            }
        )
        self.env["dealer.multipoint.finding"]._create_by_method(
            [
                {
                    "sheet_id": sheet.id,
                    "item_id": item.id,
                    "user_id": user.id,
                    "date": min(begun + timedelta(seconds=PACE * place), now),
                    **self._demo_judgement(item, visit, dice),
                }
                for place, item in enumerate(items)
            ]
        )

    def _demo_judgement(self, item, visit, dice):
        """How an item of the car is found at its reading."""
        if not item.is_measured:
            colour, words = SEEN.get(item.code, ("green", False))
            is_seen = item.code in SEEN and dice.random() < 0.12
            return {"colour": colour, "note": words} if is_seen else {"colour": "green"}
        new, old, km = WEAR[item.code]
        # every car had its parts replaced at another reading
        worn = (visit.odometer + int(visit.vehicle_id.vin_sn[-4:]) * 3_700) % km / km
        step = item.scale_step
        value = round(round((new + (old - new) * worn) / step) * step, 2)
        return {
            "colour": judge(value, item.limit_amber, item.limit_red, item.worse),
            "is_measured": True,
            "value": value,
            "unit": item.unit,
            "worse": item.worse,
            "limit_amber": item.limit_amber,
            "limit_red": item.limit_red,
        }
