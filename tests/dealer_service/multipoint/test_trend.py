"""The values of a car from visit to visit."""

from datetime import timedelta

from odoo.tests import tagged

from ..workshop.workshop_case import ARRIVAL
from .multipoint_case import MultipointCase


@tagged("standard", "post_install", "-at_install")
class TestTrend(MultipointCase):
    def past(self, months, odometer, vehicle=None, **answers):
        """An inspection some months ago."""
        visit = self.make_visit(
            "working",
            vehicle_id=(vehicle or self.vehicle).id,
            odometer=odometer,
            date_arrived=ARRIVAL - timedelta(days=30 * months),
        )
        self.make_job(visit, technician_id=self.mechanic.id)
        sheet = self.inspect(visit, **answers)
        sheet.sudo()._write_by_method(
            {"date_begun": ARRIVAL - timedelta(days=30 * months), "odometer": odometer}
        )
        visit._write_by_method({"state": "delivered"})
        return sheet

    def before(self, sheet, name):
        for area in sheet.get_sheet()["areas"]:
            for item in area["items"]:
                if item["id"] == self.items[name].id:
                    return item["before"]
        return None

    def test_next_visit_shows_the_values_before(self):
        self.past(12, 8_000, tread=7.0)
        self.past(6, 14_000, tread=5.0, joints="amber")
        values = self.before(self.begin(), "tread")
        self.assertEqual([row["value"] for row in values], [5.0, 7.0])
        self.assertEqual([row["odometer"] for row in values], [14_000, 8_000])
        self.assertEqual(self.before(self.begin(), "joints")[0]["colour"], "amber")

    def test_another_car_and_an_open_sheet_tell_nothing(self):
        other = self.make_vehicle(license_plate="皖B·T0001")
        self.past(6, 14_000, vehicle=other, tread=5.0)
        self.assertEqual(self.before(self.begin(), "tread"), [])

    def test_the_item_of_the_shop_goes_on_where_that_of_the_group_was(self):
        self.past(6, 14_000, tread=5.0)
        own = self.items["tread"].copy({"company_id": self.company.id})
        items = [
            item for area in self.begin().get_sheet()["areas"] for item in area["items"]
        ]
        shown = next(item for item in items if item["id"] == own.id)
        self.assertEqual(shown["before"][0]["value"], 5.0)

    def test_km_until_the_limit(self):
        self.past(12, 0, tread=8.0)
        self.past(6, 8_000, tread=6.4)
        sheet = self.inspect(tread=2.4)
        # 4 mm in 12,000 km; at the first visit nobody had read the odometer
        finding = self.found(sheet, "tread")
        rows = sheet._values_before(self.items["tread"])["t_tread"]
        self.assertEqual(finding._km_left(rows), 2_400)

    def test_three_visits_are_enough(self):
        for months in range(10, 0, -2):
            self.past(months, 20_000 - months * 1000, tread=6.0)
        self.assertEqual(len(self.before(self.begin(), "tread")), 3)
