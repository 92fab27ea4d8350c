"""A shop's first Monday after the switch: its past came from files on Sunday."""

from datetime import date

from freezegun import freeze_time

from odoo.fields import Command

from ..followup_common import DealerFollowupCase, cn
from ..past_common import PastFiles, a_row

SUNDAY, MONDAY = date(2026, 3, 1), date(2026, 3, 2)


class TestFirstMonday(PastFiles, DealerFollowupCase):
    def test_the_car_comes_and_the_shop_knows_it(self):
        self.model.write({"service_months": 6, "service_km": 10_000})
        brakes = self.env.ref("dealer_service.dealer_vehicle_system_brakes")

        # On Sunday the manager loads the last year of the old system, with a plate
        # that was mistyped there and a payer nobody has heard of.
        with freeze_time(cn(SUNDAY, 10)):
            rows = [
                a_row(
                    "S1",
                    visit_kind="首保",
                    odometer="5100",
                    date_arrived="2025-08-04",
                    date_delivered="2025-08-04",
                    description="首次保养",
                ),
                a_row(
                    "S2",
                    odometer="15900",
                    date_arrived="2026-02-20",
                    date_delivered="2026-02-21",
                    description="更换前刹车片",
                    system=brakes.name,
                    payer="挂账单位",
                ),
                a_row(
                    "S2",
                    description="前刹车盘",
                    amount="880",
                    is_declined="是",
                    system=brakes.name,
                    date_arrived="",
                    date_delivered="",
                    odometer="",
                ),
                a_row(
                    "S3",
                    license_plate="皖BA1Z34",
                    date_arrived="2025-11-01",
                    date_delivered="2025-11-01",
                    odometer="11000",
                ),
            ]
            takeover = self.begin(name="2025")
            self.load_rows(takeover, rows)
            self.check(takeover)
            self.assertEqual((takeover.ready_count, takeover.refused_count), (1, 3))
            self.assertEqual(takeover.open_word_count, 1)

            # Explained, mended, checked, compared, taken over.
            word = self.env["dealer.takeover.word"].search([("is_open", "=", True)])
            word.with_user(self.manager).payer = "customer"
            bad = takeover.row_ids.filtered(lambda row: row.number == "S3")
            bad.with_user(self.manager).license_plate = "皖BA1234"
            self.take(takeover)
            self.assertEqual((takeover.state, takeover.visit_count), ("done", 3))

        # Nobody was woken on Sunday night.
        with freeze_time(cn(MONDAY, 3)):
            self.make_rule("visit", offset_days=1, expire_days=30)._run()
        self.assertFalse(self.Followup.search([]))

        # On Monday the car comes, and squeaks again.
        with freeze_time(cn(MONDAY, 9)):
            words = " ".join(text for _level, text in self.vehicle._arrival_notices())
            self.assertIn("前刹车盘", words)
            visit = self.make_reception(
                state="arrived",
                odometer=16_400,
                concern_ids=[
                    Command.create({"name": "刹车还是响", "system_id": brakes.id})
                ],
            )
            self.assertFalse(visit.is_first_visit)
            self.assertFalse(visit.odometer_warning)
            self.assertEqual(visit.comeback_candidate_id.past_number, "S2")
            self.assertEqual(self.vehicle.next_service_date, date(2026, 2, 4))
            self.assertEqual(self.vehicle.next_service_odometer, 15_100)
            self.assertEqual(self.vehicle.life_cycle, "active")
            self.assertEqual(self.vehicle.reception_count, 4)
            low = visit.with_user(self.advisor)
            low.odometer = 1_640
            self.assertIn("15900", low.odometer_warning.replace(",", ""))
