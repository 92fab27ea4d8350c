"""A shop switches on a Monday: its past is built from files, by the guide alone."""

from collections import Counter
from datetime import timedelta

from freezegun import freeze_time

from odoo.fields import Command

from ...followup_common import cn
from . import oracle
from .guide_common import GuideFollowed
from .old_shop import ADVISORS, BRAKES, SWITCH

SUNDAY, MONDAY = cn(SWITCH, 10), cn(SWITCH + timedelta(days=1), 9)


class TestGuideWalked(GuideFollowed):
    def test_past_is_built_by_the_guide_alone(self):
        with freeze_time(SUNDAY):
            before = self.closed()
            self.load_customers()
            self.load_cars()
            self.load_parts()
            self.give_plans_and_owners()
            self.take_the_newest()
            self.take_the_older()
            self.load_the_rest()
            self.assertEqual(self.closed(), before)
            self.load_appointments()
            books = ("account.move", "sale.report", "sums", "stock.move")
            after = self.closed()
            for name in books:
                self.assertEqual(after.get(name), before.get(name), name)
            # the night finds nothing to correct, and nobody to wake
            cars = self.env["fleet.vehicle"].search([("brand_id.name", "=", "奇瑞")])
            self.assertFalse(cars._update_life_cycle())
            for car in self.old.cars:
                with self.subTest(car["plate"]):
                    self.check_car(oracle.Car(self.old, car))
            self.check_reports()
            self.check_records()
        with freeze_time(MONDAY):
            self.check_comebacks()

    # ------------------------------------------------------------------
    # RECKONED ONCE MORE
    # ------------------------------------------------------------------

    def check_car(self, told):
        car, visits = self.car(told.car["plate"]), told.visits
        self.assertEqual(car.owner_id, self.partner(told.car["owner"]))
        past = car.reception_ids.filtered("past_number")
        self.assertEqual(len(past), len(visits))
        if visits:
            last = max(visit["delivered"].date() for visit in visits)
            self.assertEqual(car.last_reception_date, last)
            self.assertEqual(car.last_odometer, visits[-1]["km"])
        due = told.next_service()
        if due:
            self.assertEqual((car.next_service_date, car.next_service_odometer), due)
        self.assertEqual(
            (car.insurance_expiry, car.inspection_expiry),
            (told.car["insurance"], told.car["inspection"]),
        )
        shop = self.company
        stage = told.stage(shop.dealer_dormant_months, shop.dealer_lost_months)
        letter = told.letter(
            stage, shop.dealer_class_a_visits, shop.dealer_class_b_visits
        )
        self.assertEqual((car.life_cycle, car.customer_class), (stage, letter))
        counters = ("repair_days", "fault_count", "assembly_count")
        self.assertEqual(
            tuple(car[f"statutory_{name}"] for name in counters), told.statutory()
        )
        if "former" in told.car:
            owners = Counter(visit.partner_id.name for visit in car.reception_ids)
            former = [
                visit
                for visit in visits
                if visit["delivered"].date() < told.car["since"]
            ]
            self.assertEqual(owners[told.car["former"]["name"]], len(former))

    def check_reports(self):
        report = self.env["dealer.reception.report"]
        found = {
            f"{month:%Y-%m}": (count, round(amount, 2))
            for month, count, amount in report._read_group(
                [("is_past", "=", True)],
                ["date:month"],
                ["__count", "settled_total:sum"],
            )
        }
        self.assertEqual(found, oracle.by_month(self.old.visits))
        wanted = Counter(), Counter()
        for car in self.old.cars:
            told = oracle.Car(self.old, car)
            shop = self.company
            if told.stage(shop.dealer_dormant_months, shop.dealer_lost_months):
                wanted[0].update(told.retention().keys())
                wanted[1].update(n for n, done in told.retention().items() if done)
        curve = self.env["dealer.retention.report"]._read_group(
            [("model_id.brand_id.name", "=", "奇瑞")],
            ["service_number"],
            ["count:sum", "done_count:sum"],
        )
        self.assertEqual(
            {int(number): (due, done) for number, due, done in curve},
            {n: (wanted[0][n], wanted[1][n]) for n in wanted[0]},
        )

    def check_records(self):
        """Declined work, consents, appointments."""
        works = self.env["dealer.declined.work"].search([("past_number", "!=", False)])
        self.assertEqual(
            sorted(works.mapped("past_number")),
            sorted(work["visit"]["number"] for work in self.old.declined),
        )
        self.assertEqual(set(works.mapped("state")), {"open"})
        consents = self.env["dealer.consent"].search([("evidence", "like", "授权书")])
        self.assertEqual(
            Counter(consents.mapped("decision")), {"given": 9, "withdrawn": 3}
        )
        booked = self.env["dealer.reception"].search([("state", "=", "booked")])
        self.assertEqual(
            set(booked.vehicle_id.mapped("plate_key")),
            {car["plate"] for car in self.old.cars[10:14]},
        )
        visits = self.env["dealer.reception"].search([("past_number", "!=", False)])
        mine = visits.filtered(lambda visit: visit.advisor_id == self.advisor)
        self.assertEqual(
            set(mine.mapped("past_number")),
            {v["number"] for v in self.old.visits if v["advisor"] == ADVISORS[0]},
        )

    def check_comebacks(self):
        brakes = self.env.ref("dealer_service.dealer_vehicle_system_brakes")
        seen = set()
        for car in self.old.cars[:8]:
            told = oracle.Car(self.old, car)
            if not told.visits:
                continue
            km = told.visits[-1]["km"] + 100
            visit = self.make_reception(
                vehicle_id=self.car(car["plate"]).id,
                partner_id=self.partner(car["owner"]).id,
                state="arrived",
                odometer=km,
                concern_ids=[
                    Command.create({"name": "刹车异响", "system_id": brakes.id})
                ],
            )
            number = told.comeback(BRAKES, MONDAY.date(), km)
            seen.add(bool(number))
            with self.subTest(car["plate"]):
                self.assertEqual(visit.comeback_candidate_id.past_number, number)
        self.assertEqual(seen, {True, False})
