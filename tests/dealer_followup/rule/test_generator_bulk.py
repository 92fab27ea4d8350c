"""Many follow-ups by one statement: the same as one by one, and nothing for nothing."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import errors

from odoo.tools import mute_logger

from odoo.addons.dealer_followup.models.rule import dealer_care_rule_run

from ...followup_common import DealerFollowupCase, cn


class TestGeneratorBulk(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule("sale", offset_days=0)
        cls.vehicle.sale_date = date(2026, 3, 2)

    def numbers(self):
        """How far the ids of follow-ups have been counted."""
        self.env.cr.execute("SELECT last_value FROM dealer_followup_id_seq")
        return self.env.cr.fetchone()[0]

    def rows(self):
        """What one batch plans, without creating it."""
        found = []
        create = type(self.Followup)._create_planned
        with patch.object(
            type(self.Followup),
            "_create_planned",
            lambda model, rows: found.extend(rows) or create(model, []),
        ):
            self.run_rules(cn(2, 12), self.rule)
        return found

    def test_a_night_with_nothing_to_do_burns_no_numbers(self):
        self.assertEqual(self.run_rules(cn(2, 12), self.rule), 1)
        before = self.numbers()
        self.assertEqual(self.run_rules(cn(3, 2), self.rule), 0)
        self.assertEqual(self.numbers(), before)

    def test_planned_ones_are_what_create_would_make(self):
        rows = self.rows()
        planned = self.Followup._create_planned(rows)
        names = [
            name
            for name, field in self.Followup._fields.items()
            if field.store and field.column_type and name != "id"
        ]
        names = [name for name in names if not name.endswith(("_uid", "_date"))]
        mine = planned.read([*names, "due_date", "expire_date"], load=None)[0]
        values = {
            name: value for name, value in rows[0].items() if name in self.Followup
        }
        twin = self.Followup.create({**values, "anchor_key": "twin"})
        theirs = twin.read([*names, "due_date", "expire_date"], load=None)[0]
        for values in (mine, theirs):
            for name in ("id", "anchor_key", "display_name"):
                values.pop(name, None)
        self.assertEqual(mine, theirs)
        self.assertEqual(planned.create_uid, self.env.user)

    def test_lists_in_the_cache_know_the_new_ones(self):
        self.assertFalse(self.vehicle.followup_ids)
        self.run_rules(cn(2, 12), self.rule)
        self.assertEqual(self.vehicle.followup_ids, self.tasks(self.rule))

    def test_what_waits_for_new_records_sees_them(self):
        seen = []
        model = type(self.Followup)
        create = model.create

        def watch(self, vals_list):
            records = watch.origin(self, vals_list)
            seen.extend(records.ids)
            return records

        # as automation rules hook themselves in
        watch.origin = create
        with patch.object(model, "create", watch):
            self.run_rules(cn(2, 12), self.rule)
            self.assertEqual(self.run_rules(cn(2, 13), self.rule), 0)
        self.assertEqual(seen, self.tasks(self.rule).ids)

    def test_who_never_agreed_to_marketing_is_not_judged_every_night(self):
        self.rule.purpose = "marketing"
        judged = []
        blocks = type(self.rule)._blocks

        def count(rule, subjects, *args):
            judged.extend(subjects)
            return blocks(rule, subjects, *args)

        with patch.object(type(self.rule), "_blocks", count):
            self.run_rules(cn(2, 12), self.rule)
            self.assertFalse(judged)
            self.consent()
            self.run_rules(cn(2, 13), self.rule)
        self.assertEqual(len(judged), 1)
        self.assertEqual(self.tasks(self.rule).state, "todo")

    def test_a_lost_race_begins_its_batch_anew(self):
        lost = [errors.SerializationFailure()]
        create = type(self.Followup)._create_planned

        def race(model, rows):
            if lost:
                raise lost.pop()
            return create(model, rows)

        commits = []
        with (
            patch.object(type(self.Followup), "_create_planned", race),
            patch.object(self.env.cr, "rollback", lambda: None),
            freeze_time(cn(2, 12)),
        ):
            count = self.rule._run([self.vehicle.id], commit=lambda: commits.append(1))
        self.assertEqual((count, len(commits)), (1, 1))
        self.assertFalse(self.rule.last_error)

    def test_without_commits_of_its_own_odoo_repeats_the_request(self):
        def race(model, rows):
            raise errors.SerializationFailure

        with (
            patch.object(type(self.Followup), "_create_planned", race),
            self.assertRaises(errors.SerializationFailure),
        ):
            self.run_rules(cn(2, 12), self.rule)

    @mute_logger("odoo.addons.dealer_followup.models.rule.dealer_care_rule_run")
    def test_a_rule_that_stays_busy_stops_no_other(self):
        other = self.make_rule("sale", offset_days=0)

        def race(rule, *args):
            if rule == self.rule:
                raise errors.DeadlockDetected
            return generate(rule, *args)

        generate = type(self.rule)._generate
        with (
            patch.object(type(self.rule), "_generate", race),
            patch.object(self.env.cr, "rollback", lambda: None),
            patch.object(dealer_care_rule_run, "ATTEMPTS", 2),
        ):
            (self.rule + other)._run(commit=lambda: None)
        self.assertFalse(self.rule.last_error)
        self.assertFalse(self.tasks(self.rule))


class TestElectricService(DealerFollowupCase):
    def test_each_car_is_called_by_the_rule_of_its_kind_once(self):
        rules = self.Rule.browse()
        for name in ("first_service", "next_service", "electric_service"):
            rules += self.env.ref(f"dealer_followup.care_rule_{name}")
        rules.write({"active": True, "avoid_closed_days": False})
        self.model.default_fuel_type = "gasoline"
        electric = self.env["fleet.vehicle.model"].create(
            {
                "name": "eQ7",
                "brand_id": self.brand.id,
                "default_fuel_type": "electric",
                # by kilometres alone
                "service_months": 0,
                "service_km": 10_000,
            }
        )
        car = self.make_vehicle(license_plate="皖BD12345", model_id=electric.id)
        for vehicle in (self.vehicle, car):
            vehicle.write({"next_service_date": date(2026, 3, 10)})
        self.run_rules(cn(2, 12), rules)
        called = self.Followup.search([("rule_id", "in", rules.ids)])
        self.assertEqual(
            {task.vehicle_id: task.rule_id.code for task in called},
            {self.vehicle: "first_service", car: "electric_service"},
        )
        self.assertEqual(len(called), 2)

    def test_a_plan_of_kilometres_alone_needs_a_habit(self):
        self.model.write({"service_months": 0, "service_km": 10_000})
        visit = self.make_past_visit(2, odometer=5000)
        visit.is_maintenance = True
        visit._tell_car()
        self.assertFalse(self.vehicle.next_service_date)
        self.assertFalse(self.vehicle.service_due_date)
        self.model.km_per_day = 50
        self.vehicle._compute_last_odometer()
        self.assertTrue(self.vehicle.service_due_date)
