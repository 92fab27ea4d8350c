"""What the demo customers did before the software came: visits of the old system.

Only the loading of the demo data calls this. The visits are taken over as an import
brings them, delivered and paid; class and life cycle follow from them as they would.
"""

import random
from datetime import datetime, time, timedelta

from odoo import api, fields, models

#: How many of those who came to one service come to the next, from the first on.
STAYS = (0.95, 0.78, 0.76, 0.8, 0.85, 0.88, 0.9, 0.9, 0.9)
#: Cars that have been lost for long before the visit that is in the demo.
WON_BACK = (2, 5, 9)
#: Cars that were here lately, or are here now: their customers have always come.
FAITHFUL = range(1, 34)
#: Cars handed over this month, and how many days ago.
NEW_CARS = {57: 0, 44: 3, 42: 4, 45: 6, 49: 8, 53: 12, 56: 17, 58: 24}
#: What lost customers have said, and what has become of some of the others.
SAID = (
    ("price", "小区门口的店保养便宜一半。"),
    ("far", "搬到城东了，过来要一个小时。"),
    ("friend", "表弟开修理厂，都在他那儿弄。"),
    ("price", "工时费太高。"),
    ("waiting", "上次等了四个小时，没人解释。"),
    ("quality", "异响修了两次还在。"),
    ("moved", "调到苏州上班，车也开过去了。"),
    ("sold", "去年就卖给二手车商了。"),
)


class FleetVehicle(models.Model):
    """Loading of the history of the demo customers."""

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    @api.model
    def _load_demo_history(self):
        """Visits of the years before, new cars of this month. Loads once."""
        if self.env["dealer.reception"].search_count(
            [("name", "=like", "OLD/%")], limit=1
        ):
            return
        dice = random.Random(11)
        today = self.env.company._dealer_today()
        cars = [self._demo_car(number) for number in range(1, 61)]
        for number, days in NEW_CARS.items():
            cars[number - 1].write(
                {
                    "sale_date": today - timedelta(days=days),
                    "seller_id": self.env.ref("dealer_service.demo_user_manager").id,
                }
            )
        owners = self.browse(car.id for car in cars).owner_id
        for number, partner in enumerate(owners):
            if number % 5 == 0 and not partner.is_company:
                # kept by the lunar calendar
                partner.write(
                    {
                        "birthday_lunar_month": str(number % 12 + 1),
                        "birthday_lunar_day": str(number * 7 % 29 + 1),
                    }
                )
            partner.birthday = today.replace(day=1, year=1970) + timedelta(
                days=dice.randrange(-4000, 9000)
            )
        rows = []
        for number, car in enumerate(cars, 1):
            if number not in NEW_CARS:
                rows += self._demo_history(number, car, today, dice)
        shop = self.env.company
        # nobody is greeted for a first visit of years ago
        plan, shop.dealer_first_visit_plan_id = shop.dealer_first_visit_plan_id, False
        self._demo_take_over(rows, dice)
        shop.dealer_first_visit_plan_id = plan
        self._demo_words(dice)

    @api.model
    def _demo_car(self, number):
        return self.env.ref(f"dealer_service.vehicle_{number:02d}_demo")

    @api.model
    def _demo_history(self, number, car, today, dice):
        """The services of one car until it stopped coming, or until half a year ago."""
        rows = []
        day = car.sale_date
        end = today - timedelta(days=430 if number in WON_BACK else 145)
        came = [visit.date_planned.date() for visit in car.reception_ids]
        if came:
            # the next service is in the demo already
            end = min(end, min(came) - timedelta(days=150))
        for service in range(20):
            stays = STAYS[min(service, len(STAYS) - 1)]
            if number not in FAITHFUL and dice.random() > stays:
                break
            day += timedelta(days=dice.randrange(150, 215))
            if day > end:
                break
            rows.append({"car": car, "number": number, "day": day})
        return rows

    @api.model
    def _demo_take_over(self, rows, dice):
        """Delivered visits with a paid order each, as they come from an old system."""
        receptions = self.env["dealer.reception"]
        visits = receptions.create(
            [
                {
                    "name": f"OLD/{row['day']:%y%m%d}-{row['number']:02d}",
                    "vehicle_id": row["car"].id,
                    "partner_id": row["car"].owner_id.id,
                    "advisor_id": receptions._demo_advisor(row["number"]).id,
                    "state": "arrived",
                    "odometer": receptions._demo_odometer(row["car"], row["day"]),
                    "date_arrived": receptions._demo_day(
                        self._demo_at(row["day"], dice.randrange(9, 12))
                    ),
                    "is_maintenance": True,
                }
                for row in rows
            ]
        )
        # the old system knew no standards
        visits.check_ids.sudo().unlink()
        first = receptions.browse()
        for mine in visits.grouped("vehicle_id").values():
            first += mine.sorted("date_arrived")[:1]
        first._write_by_method({"is_first_visit": True})
        since = visits.vehicle_id.reception_ids - first
        since._write_by_method({"is_first_visit": False})
        for row, visit in zip(rows, visits, strict=True):
            visit._write_by_method(
                {
                    "name": f"OLD/{row['day']:%y%m%d}-{row['number']:02d}",
                    "date_delivered": receptions._demo_clock(visit.date_arrived, 150),
                }
            )
        lately = fields.Date.subtract(self.env.company._dealer_today(), years=1)
        orders = self.env["sale.order"].create(
            [
                {
                    "name": visit.name,
                    "reception_id": visit.id,
                    "order_line": self._demo_package(row["car"])._demo_lines(),
                }
                for row, visit in zip(rows, visits, strict=True)
                if row["day"] > lately
            ]
        )
        for order in orders:
            arrived = order.reception_id.date_arrived
            order._write_by_method({"state": "sale", "date_order": arrived})
        visits._write_by_method({"state": "delivered"})
        for row, visit in zip(rows, visits, strict=True):
            car, day = row["car"], visit.date_delivered.date()
            if not car.last_reception_date or car.last_reception_date < day:
                car.last_reception_date = day
                car._update_next_service(day, visit.odometer)

    @api.model
    def _demo_package(self, car):
        """What a regular service of the car is."""
        kind = "electric" if car.fuel_type == "electric" else "minor"
        return self.env.ref(f"dealer_service.sale_order_template_{kind}_demo")

    @api.model
    def _demo_at(self, day, hour):
        """An hour of a day in the shop, as UTC."""
        return self.env.company._dealer_to_utc(datetime.combine(day, time(hour)))

    @api.model
    def _demo_words(self, dice):
        """Some of the lost customers have told why they stay away."""
        lost = self.search(
            [("life_cycle", "in", ("lost", "dormant"))], order="id", limit=len(SAID)
        )
        for car, (reason, words) in zip(lost, SAID, strict=False):
            car._record_leaving(
                self.env.ref(f"dealer_followup.leave_reason_{reason}"), words
            )
