"""A shop with opening hours, two technicians and two bays."""

from contextlib import contextmanager
from datetime import datetime

from odoo.fields import Command

from ...common import DealerServiceCase

#: Monday, 2 March 2026, 9:00 in Shanghai.
NINE = datetime(2026, 3, 2, 1, 0)
BEFORE_WORK = ("arrived", "inspected", "authorized")
ARRIVAL = datetime(2026, 3, 2, 0, 30)


class WorkshopCase(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Service hours",
                "tz": "Asia/Shanghai",
                "company_id": cls.company.id,
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": "Open",
                                "dayofweek": str(day),
                                "hour_from": hour_from,
                                "hour_to": hour_to,
                                "day_period": period,
                            }
                        )
                        for day in range(6)
                        for hour_from, hour_to, period in (
                            (8, 12, "morning"),
                            (13, 18, "afternoon"),
                        )
                    ),
                ],
            }
        )
        cls.company.dealer_calendar_id = cls.calendar
        cls.mechanic = cls.make_technician(cls.technician)
        cls.colleague_user = cls.make_user("colleague", "technician")
        cls.colleague = cls.make_technician(cls.colleague_user)
        cls.bay = cls.make_bay()
        cls.other_bay = cls.make_bay(name="Bay 2")

    @classmethod
    def make_visit(cls, state="authorized", **values):
        """A visit that was brought to ``state`` by the process."""
        arrival = {"state": "arrived", "date_arrived": ARRIVAL, "odometer": 20_000}
        reception = cls.make_reception(**{**arrival, **values})
        stamps = {"date_started": ARRIVAL} if state not in BEFORE_WORK else {}
        reception._write_by_method({"state": state, **stamps})
        return reception

    @classmethod
    def make_sold_job(cls, reception, decision="approved", price=188.0, **values):
        """The job of an order line that the customer decided about."""
        product = cls.env["product.product"].create(
            {
                "name": "Replace brake pads",
                "type": "service",
                "list_price": price,
                "dealer_kind": "labour",
                "dealer_hours": 1.5,
                "system_id": cls.env.ref(
                    "dealer_service.dealer_vehicle_system_brakes"
                ).id,
            }
        )
        order = cls.env["sale.order"].create(
            {
                "partner_id": reception.partner_id.id,
                "reception_id": reception.id,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )
        order.action_record_consent("in_person", "王建国")
        if order.state != "sale":
            order.action_confirm()
        reception._create_jobs()
        job = cls.env["dealer.job"].search(
            [("sale_line_id", "in", order.order_line.ids)]
        )
        if decision != "approved":
            job.sale_line_id._write_by_method({"dealer_decision": decision})
        job.write(values)
        return job

    @classmethod
    def close_another_shop(cls, start, stop):
        """A holiday of a shop of the group which is none of this one's."""
        shop = cls.env["res.company"].create({"name": "Shop of Another City"})
        leave = cls.env["resource.calendar.leaves"].with_company(shop)
        return leave.create({"name": "City Day", "date_from": start, "date_to": stop})

    @contextmanager
    def refused(self, error, pattern):
        """Refused with this sentence, and rolled back as for any caller."""
        with self.assertRaisesRegex(error, pattern), self.env.cr.savepoint():
            yield
