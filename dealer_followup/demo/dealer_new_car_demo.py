"""New cars of the demo dealership: three handed over, two to come.

Only the loading of the demo data calls this. Each goes the way of the buttons; then its
times are moved to where they belong, seen from *now*.
"""

from datetime import timedelta

from odoo import api, models

from odoo.addons.dealer_service.demo.visit_rows import SIGNATURE
from odoo.addons.dealer_service.tools.vin import check_digit
from odoo.addons.dealer_service.tools.work_time import from_wall

#: Number of the car, days ago, minutes after the promise, what was said of the service.
DONE = ((45, 6, 0, "later"), (42, 4, 35, "later"), (44, 3, -10, "booked"))
#: Number of the buyer's present car, day from today, hour, number of the new car.
TO_COME = ((12, 1, 10.0, 4001), (31, 1, 14.5, 4002), (23, 2, 16.0, 4003))


class DealerNewCarDelivery(models.Model):
    """Loading of the demo deliveries."""

    _name = "dealer.new.car.delivery"
    _inherit = "dealer.new.car.delivery"

    @api.model
    def _load_demo(self):
        """Some of last week, some of the days to come. Loads once."""
        if self.search_count([], limit=1):
            return
        caller = self.env.ref("dealer_followup.demo_user_caller1")
        lang = self.env.company.partner_id.lang
        deliveries = self.with_user(caller).with_context(lang=lang)
        for row in DONE:
            deliveries._demo_done(*row)
        for row in TO_COME:
            deliveries._demo_to_come(*row)

    def _demo_moment(self, days, hour):
        day = self.env.company._dealer_today() + timedelta(days=days)
        return from_wall(day, int(hour * 60), self.env.company._dealer_tz())

    def _demo_plan(self, car, buyer, number, promised):
        # whose shifts these are is the demo's own matter
        advisor = self.env["dealer.reception"].sudo()._demo_advisor(number)
        # nobody plans what is over; these were planned last week
        delivery = self.sudo().create(
            {
                "vehicle_id": car.id,
                "partner_id": buyer.id,
                "advisor_id": advisor.id,
                "date_promised": promised,
                "odometer": 12 + number % 9,
            }
        )
        return delivery.with_env(self.env)

    def _demo_done(self, number, days, minutes, said):
        # cars are given out by the shop, not by who hands them over
        cars = self.env["fleet.vehicle"].sudo()
        car = cars._demo_car(number)
        buyer = car.owner_id
        car.sale_date = False
        promised = self._demo_moment(-days, 15.0)
        delivery = self._demo_plan(car, buyer, number, promised)
        delivery.check_ids.is_done = True
        delivery.first_service = said
        delivery.action_introduce()
        delivery.action_deliver(signature=SIGNATURE, signed_by=buyer.name)
        moment = promised + timedelta(minutes=minutes)
        delivery._write_by_method(
            {
                "date_delivered": moment,
                "date_introduced": moment - timedelta(minutes=20),
            }
        )
        delivery.check_ids._by_method().write(
            {"date_done": moment - timedelta(minutes=30)}
        )
        car.sale_date = self.env.company._dealer_day(moment)

    def _demo_to_come(self, owner, days, hour, number):
        # see above
        cars = self.env["fleet.vehicle"].sudo()
        like = cars._demo_car(44)
        vin = f"LVVDB4HB0TD{number:06d}"
        car = cars.create(
            {
                "is_customer_vehicle": True,
                "model_id": like.model_id.id,
                "vin_sn": vin[:8] + check_digit(vin) + vin[9:],
                "owner_id": self.env.company.partner_id.id,
                "company_id": False,
                "model_year": like.model_year,
                "color": like.color,
                "fuel_type": like.fuel_type,
            }
        )
        buyer = cars._demo_car(owner).owner_id
        promised = self._demo_moment(days, hour)
        delivery = self._demo_plan(car, buyer, number, promised)
        before = delivery.check_ids.filtered(lambda check: check.part == "before")
        before[: number % 3].is_done = True
