"""Life cycle and class beside sold cars, rights and rules."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import users

from ...life_cycle_common import LifeCycleCase, cn


class TestLifeCycleRelations(LifeCycleCase):
    def test_who_has_sold_the_car_has_left_and_the_next_owner_is_new(self):
        self.past_visit(date(2025, 11, 5), date(2026, 2, 1))
        self.look(date(2026, 3, 2))
        buyer = self.make_partner(name="陈晨", phone="138 0553 9999")
        with freeze_time(cn(date(2026, 3, 2))):
            self.vehicle.owner_id = buyer
        self.assertEqual(self.stage(), "new")
        self.assertFalse(self.vehicle.customer_class)
        self.assertEqual(self.customer.life_cycle, "left")
        self.assertEqual(buyer.life_cycle, "new")
        sold = self.vehicle.life_cycle_change_ids.filtered(
            lambda change: change.life_cycle == "left"
        )
        self.assertEqual(sold.partner_id, self.customer)
        self.assertEqual(
            sold.reason_id, self.env.ref("dealer_followup.leave_reason_sold")
        )

    def test_visits_of_the_former_owner_do_not_count_for_the_next(self):
        self.past_visit(date(2025, 11, 5), date(2026, 2, 1))
        buyer = self.make_partner(name="陈晨")
        with freeze_time(cn(date(2026, 2, 20))):
            self.vehicle.owner_id = buyer
        self.past_visit(date(2026, 2, 25), partner_id=buyer.id)
        self.look(date(2026, 3, 2))
        self.assertEqual(self.stage(), "active")  # bought it, and came
        self.assertEqual(self.vehicle.customer_class, "c")

    def test_an_owner_who_was_entered_wrong_takes_nothing_along(self):
        self.past_visit(date(2025, 11, 5), date(2026, 2, 1))
        self.look(date(2026, 3, 2))
        right = self.make_partner(name="陈晨")
        with freeze_time(cn(date(2026, 3, 2))):
            self.vehicle._correct_owner(right)
        self.assertEqual(self.stage(), "active")
        self.assertEqual(right.life_cycle, "active")

    def test_a_car_whose_owner_is_not_known_any_more_has_left(self):
        self.past_visit(date(2025, 11, 5), date(2026, 2, 1))
        self.vehicle.is_owner_wrong = True
        self.assertEqual(self.stage(), "left")
        self.assertEqual(self.night(date(2030, 1, 1))[1], 0)

    def test_an_archived_car_has_left_and_comes_back_with_its_card(self):
        self.past_visit(date(2025, 11, 5), date(2026, 2, 1))
        with freeze_time(cn(date(2026, 3, 2))):
            self.vehicle.active = False
            self.assertEqual(self.stage(), "left")
            self.vehicle.active = True
            self.assertEqual(self.stage(), "active")

    def test_who_moves_away_is_left_alone_and_is_won_back_when_he_comes(self):
        self.past_visit(date(2025, 11, 5), date(2026, 2, 1))
        task = self.make_task()
        moved = self.env.ref("dealer_followup.leave_reason_moved")
        with freeze_time(cn(date(2026, 3, 2))):
            self.vehicle._record_leaving(moved, "去了合肥")
            self.assertEqual(self.stage(), "left")
            self.assertEqual(self.vehicle.left_date, date(2026, 3, 2))
            self.assertEqual((task.state, task.close_reason), ("cancelled", "left"))
        change = self.vehicle.life_cycle_change_ids[0]
        self.assertEqual(change.reason_id, moved)
        self.past_visit(date(2026, 3, 10))
        self.assertEqual(self.stage(), "won_back")
        self.assertFalse(self.vehicle.leave_reason_id)

    def test_who_left_this_morning_and_came_in_the_evening_is_won_back(self):
        self.past_visit(date(2025, 11, 5), date(2026, 2, 1))
        with freeze_time(cn(date(2026, 3, 2), 8)):
            self.vehicle._record_leaving(
                self.env.ref("dealer_followup.leave_reason_moved")
            )
        self.past_visit(date(2026, 3, 2))
        self.assertEqual(self.stage(), "won_back")

    def test_who_leaves_on_the_day_of_his_visit_has_left(self):
        self.past_visit(date(2025, 11, 5), date(2026, 3, 2))
        with freeze_time(cn(date(2026, 3, 2), 18)):
            self.vehicle._record_leaving(
                self.env.ref("dealer_followup.leave_reason_moved")
            )
        self.assertEqual(self.stage(), "left")

    def test_a_reason_of_which_one_can_be_won_back_does_not_end_the_relation(self):
        self.past_visit(date(2024, 1, 5), date(2024, 3, 5))
        with freeze_time(cn(date(2026, 3, 2))):
            self.vehicle._record_leaving(
                self.env.ref("dealer_followup.leave_reason_price"), "太贵"
            )
        self.assertEqual(self.stage(), "lost")
        self.assertFalse(self.vehicle.left_date)
        self.assertEqual(self.vehicle.leave_note, "太贵")

    def test_leaving_by_mistake_is_undone(self):
        self.past_visit(date(2025, 11, 5), date(2026, 2, 1))
        with freeze_time(cn(date(2026, 3, 2))):
            self.vehicle._record_leaving(
                self.env.ref("dealer_followup.leave_reason_moved")
            )
            self.vehicle.action_undo_leaving()
            self.assertEqual(self.stage(), "active")

    def test_merged_customers_keep_the_best_of_their_cars(self):
        double = self.make_partner(name="王建国", phone="138 0553 1234")
        other = self.make_vehicle(license_plate="皖B·A5555", owner_id=double.id)
        today = self.company._dealer_today()
        recent = date.fromordinal(today.toordinal() - 20)
        self.past_visit(recent, date.fromordinal(today.toordinal() - 5), vehicle=other)
        other._update_life_cycle()
        self.assertEqual(double.life_cycle, "active")
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (double + self.customer).ids, self.customer
        )
        self.assertEqual(other.owner_id, self.customer)
        self.assertEqual(self.customer.life_cycle, "active")

    def test_merged_cars_count_the_visits_of_both(self):
        double = self.make_vehicle(license_plate="皖B·A1235")
        today = self.company._dealer_today()
        self.past_visit(date.fromordinal(today.toordinal() - 30))
        self.past_visit(date.fromordinal(today.toordinal() - 20), vehicle=double)
        (self.vehicle + double)._update_life_cycle()
        self.assertEqual(self.stage(), "new")
        wizard = self.env["dealer.vehicle.merge"].create(
            {
                "vehicle_ids": [(6, 0, (self.vehicle + double).ids)],
                "vehicle_id": self.vehicle.id,
            }
        )
        wizard.action_merge()
        self.assertEqual(self.stage(), "active")
        self.assertEqual(self.vehicle.customer_class, "b")

    def test_each_car_goes_by_the_boundaries_of_its_shop(self):
        patient = self.env["res.company"].create(
            {"name": "Second Shop", "dealer_dormant_months": 9}
        )
        other = self.make_vehicle(license_plate="皖B·A5555", company_id=patient.id)
        for car in (self.vehicle, other):
            self.past_visit(date(2025, 3, 1), date(2025, 8, 1), vehicle=car)
        self.look(date(2026, 3, 2), self.vehicle + other)
        self.assertEqual(other.home_company_id, patient)
        self.assertEqual((self.stage(), other.life_cycle), ("dormant", "active"))


class TestLifeCycleRights(LifeCycleCase):
    @users("caller")
    def test_a_caller_records_why_a_customer_stays_away(self):
        wizard = self.env["dealer.leave.wizard"].create(
            {
                "vehicle_ids": [(6, 0, self.vehicle.ids)],
                "reason_id": self.env.ref("dealer_followup.leave_reason_price").id,
            }
        )
        wizard.action_save()
        self.assertEqual(self.vehicle.leave_reason_id.name, "Too expensive")
        self.vehicle.with_env(self.env).action_undo_leaving()
        self.assertFalse(self.vehicle.leave_reason_id)
        with self.assertRaises(AccessError):
            self.env["dealer.leave.reason"].create({"name": "Other"})

    @users("technician")
    def test_a_technician_does_neither(self):
        with self.assertRaises(AccessError):
            self.env["dealer.leave.wizard"].create({})
        with self.assertRaises(AccessError):
            self.vehicle.with_env(self.env).action_undo_leaving()

    def test_the_history_is_read_in_its_shop_and_changed_nowhere(self):
        self.past_visit(date(2024, 1, 5), date(2024, 3, 5))
        self.look(date(2026, 3, 2))
        change = self.vehicle.life_cycle_change_ids[0]
        self.assertEqual(change.life_cycle, "lost")
        for act in (
            lambda: change.write({"date": date(2026, 1, 1)}),
            lambda: change.create({"vehicle_id": self.vehicle.id}),
            change.unlink,
        ):
            with self.assertRaises(UserError):
                act()
        history = self.env["dealer.life.cycle.change"]
        domain = [("vehicle_id", "=", self.vehicle.id)]
        self.assertTrue(history.with_user(self.caller).search(domain))
        elsewhere = self.env["res.company"].create({"name": "Second Shop"})
        stranger = self.make_caller("stranger", "manager")
        stranger.write(
            {"company_id": elsewhere.id, "company_ids": [(6, 0, elsewhere.ids)]}
        )
        self.assertFalse(history.with_user(stranger).search(domain))
        with self.assertRaises(AccessError):
            history.with_user(self.advisor).search(domain)

    def test_a_reason_that_was_used_stays(self):
        reason = self.env["dealer.leave.reason"].create(
            {"name": "Went abroad", "is_leaving": True}
        )
        self.past_visit(date(2025, 11, 5), date(2026, 2, 1))
        with freeze_time(cn(date(2026, 3, 2))):
            self.vehicle._record_leaving(reason)
            self.vehicle._forget_leaving()
        with self.assertRaises(UserError):
            reason.unlink()
        with self.assertRaises(UserError):
            self.env.ref("dealer_followup.leave_reason_sold").unlink()


class TestSegmentedRules(LifeCycleCase):
    def test_a_rule_reaches_its_classes_and_stages_only(self):
        other = self.make_vehicle(license_plate="皖B·A5555")
        self.past_visit(date(2024, 1, 5), date(2024, 3, 5))
        self.past_visit(date(2026, 1, 5), date(2026, 2, 5), vehicle=other)
        self.look(date(2026, 3, 2), self.vehicle + other)
        rule = self.make_rule("manual", round_number=1, round_date=date(2026, 3, 2))
        rule.write({"offset_days": 0, "round_number": 1})
        for codes, cars in (
            (("lost", "dormant"), self.vehicle),
            (("active", "b"), other),
            (("lost", "b"), self.env["fleet.vehicle"]),
        ):
            with self.subTest(codes=codes):
                rule.segment_ids = self.env["dealer.segment"].search(
                    [("code", "in", codes)]
                )
                rule.round_number += 1
                before = self.tasks(rule)
                self.run_rules("2026-03-02 04:00:00", rule)
                self.assertEqual((self.tasks(rule) - before).vehicle_id, cars)
