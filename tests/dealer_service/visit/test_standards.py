"""Standards are asked for on entering a step and judged on leaving it."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.http import serialize_exception
from odoo.tests import users

from odoo.addons.dealer_service.models.visit.dealer_reception_standards import (
    StandardsOpen,
)

from ...common import DealerServiceCase


class TestStandards(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.service.step"].search([]).active = False
        cls.booked = cls.make_step("booked")
        cls.arrived = cls.make_step("arrived")

    @classmethod
    def make_step(cls, state, **values):
        return cls.env["dealer.service.step"].create(
            {"name": state, "code": f"test_{state}", "state": state, **values}
        )

    @classmethod
    def make_standard(cls, step, **values):
        return cls.env["dealer.service.standard"].create(
            {"name": "Speak first", "step_id": step.id, **values}
        )

    def checks(self, reception, standard):
        return reception.check_ids.filtered(lambda c: c.standard_id == standard)

    def test_checks_come_with_the_step_and_only_once(self):
        standard = self.make_standard(self.arrived)
        reception = self.make_reception()
        self.assertFalse(self.checks(reception, standard))
        reception.action_arrive()
        reception._create_checks()
        self.assertEqual(len(self.checks(reception, standard)), 1)

    def test_changed_standards_are_asked_for_from_the_next_visit_on(self):
        standard = self.make_standard(self.arrived)

        def is_asked():
            reception = self.make_reception(state="arrived")
            return bool(self.checks(reception, standard))

        other = self.make_step("working")
        for record, values, asked in (
            (standard, {}, True),
            (standard, {"active": False}, False),
            (standard, {"active": True}, True),
            (standard, {"step_id": other.id}, False),
            (standard, {"step_id": self.arrived.id}, True),
            (standard, {"applies_to": "waiting"}, False),
            (standard, {"applies_to": "all"}, True),
            (self.arrived, {"active": False}, False),
            (self.arrived, {"active": True}, True),
            (self.arrived, {"company_id": self.make_shop().id}, False),
        ):
            with self.subTest(**values):
                record.write(values)
                self.assertEqual(is_asked(), asked)

    def make_shop(self):
        return self.env["res.company"].create({"name": "Shop 2"})

    def test_new_and_deleted_standards_are_noticed(self):
        first = self.make_reception(state="arrived")
        standard = self.make_standard(self.arrived)
        second = self.make_reception(state="arrived")
        self.assertFalse(self.checks(first, standard))
        self.assertTrue(self.checks(second, standard))
        second.check_ids.unlink()
        standard.unlink()
        self.assertFalse(self.make_reception(state="arrived").check_ids)

    def test_blocking_standard_stops_the_move_and_is_named(self):
        self.make_standard(self.arrived, name="Covers on", is_blocking=True)
        reception = self.make_reception(state="arrived").with_user(self.advisor)
        reception.action_greet()
        with self.assertRaisesRegex(UserError, "Covers on"):
            reception.action_inspect()
        reception.check_ids.action_done()
        reception.action_inspect()
        self.assertEqual(reception.state, "inspected")

    def test_refusal_brings_the_standards_along_to_be_ticked(self):
        standard = self.make_standard(self.arrived, name="Covers on", is_blocking=True)
        reception = self.make_reception(state="arrived").with_user(self.advisor)
        with self.assertRaises(StandardsOpen) as refusal:
            reception.action_inspect()
        self.assertEqual(
            serialize_exception(refusal.exception)["context"]["checks"],
            [
                {
                    "id": self.checks(reception, standard).id,
                    "name": "Covers on",
                    "proof": False,
                }
            ],
        )

    def test_mandatory_standard_left_open_is_a_lapse(self):
        standard = self.make_standard(self.arrived)
        optional = self.make_standard(self.arrived, name="Umbrella", is_mandatory=False)
        reception = self.make_reception(state="arrived").with_user(self.advisor)
        reception.action_inspect()
        self.assertTrue(self.checks(reception, standard).is_lapse)
        self.assertFalse(self.checks(reception, optional).is_lapse)
        self.assertEqual(reception.check_lapse_count, 1)

    def test_done_after_the_step_is_done_late_and_stays_a_lapse(self):
        self.make_standard(self.arrived)
        reception = self.make_reception(state="arrived").with_user(self.advisor)
        reception.action_inspect()
        reception.check_ids.action_done()
        self.assertTrue(reception.check_ids.is_lapse)
        self.assertTrue(reception.check_ids.is_late)

    def test_customer_at_the_door_is_never_turned_away(self):
        standard = self.make_standard(self.booked, is_blocking=True)
        reception = self.make_reception().with_user(self.advisor)
        with self.assertRaises(UserError):
            reception.action_prepare()
        reception.action_arrive()
        self.assertTrue(self.checks(reception, standard).is_lapse)

    def test_standards_by_kind_of_customer(self):
        waiting = self.make_standard(self.arrived, applies_to="waiting")
        appointment = self.make_standard(self.arrived, applies_to="appointment")
        first = self.make_standard(self.arrived, applies_to="first_visit")
        walk_in = self.make_reception(state="arrived")
        self.assertFalse(self.checks(walk_in, waiting))
        self.assertFalse(self.checks(walk_in, appointment))
        walk_in.is_waiting = True
        self.assertTrue(self.checks(walk_in, waiting))
        vehicle = self.make_vehicle(license_plate="皖B·00002")
        booked = self.make_reception(vehicle_id=vehicle.id)
        booked.action_arrive()
        self.assertTrue(self.checks(booked, first))

    def test_ticking_stamps_who_and_when(self):
        self.make_standard(self.arrived)
        reception = self.make_reception(state="arrived")
        check = reception.check_ids.with_user(self.advisor)
        check.action_done()
        self.assertEqual(check.user_id, self.advisor)
        self.assertTrue(check.date_done)
        check.is_done = False
        self.assertFalse(check.user_id)

    @users("advisor")
    def test_record_of_a_standard_cannot_be_rewritten(self):
        self.make_standard(self.arrived)
        reception = self.make_reception(state="arrived").with_env(self.env)
        check = reception.check_ids
        for vals in ({"is_lapse": False}, {"user_id": self.manager.id}):
            with self.assertRaises(UserError):
                check.write(vals)
        with self.assertRaises(AccessError):
            check.unlink()

    def test_manager_who_is_the_advisor_takes_no_standard_off(self):
        standard = self.make_standard(self.arrived, is_mandatory=True)
        reception = self.make_reception(state="arrived", advisor_id=self.manager.id)
        check = self.checks(reception, standard)
        with self.assertRaisesRegex(UserError, "you are its advisor.* measures"):
            check.with_user(self.manager).unlink()
        boss = self.make_user("boss", "manager")
        check.with_user(boss).unlink()
        self.assertFalse(check.exists())

    def test_standard_that_is_entered_by_hand_is_not_done_in_the_past(self):
        reception = self.make_reception(state="arrived")
        standard = self.make_standard(self.arrived)
        check = (
            self.env["dealer.reception.check"]
            .with_user(self.manager)
            .create(
                {
                    "reception_id": reception.id,
                    "standard_id": standard.id,
                    "step_id": self.arrived.id,
                    "is_done": True,
                    "user_id": self.advisor.id,
                    "date_done": "2020-01-01 00:00:00",
                }
            )
        )
        self.assertFalse(check.is_done or check.user_id or check.date_done)

    @users("manager")
    def test_check_belongs_to_the_shop_of_its_visit(self):
        step = self.arrived.with_env(self.env)
        check = self.env["dealer.reception.check"].create(
            {
                "reception_id": self.make_reception().id,
                "standard_id": self.make_standard(self.arrived).id,
                "step_id": step.id,
                "company_id": self.env["res.company"].sudo().create({"name": "B"}).id,
            }
        )
        self.assertEqual(check.company_id, self.company)

    def test_standards_of_another_company_do_not_apply(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        foreign = self.make_step("inspected", code="test_foreign", company_id=other.id)
        self.make_standard(foreign)
        reception = self.make_reception(state="arrived")
        reception.action_inspect()
        self.assertFalse(reception.check_ids.filtered(lambda c: c.step_id == foreign))

    def test_nothing_is_ticked_in_bulk(self):
        visit = self.make_reception(state="arrived")
        self.assertFalse(hasattr(visit, "action_tick_standards"))

    @users("advisor")
    def test_tick_taken_back_after_the_step_is_a_lapse(self):
        self.make_standard(self.arrived)
        visit = self.make_reception(state="arrived").with_env(self.env)
        check = visit.check_ids
        check.action_done()
        check.is_done = False
        self.assertFalse(check.is_lapse, "the step is not left yet")
        check.action_done()
        visit.action_inspect()
        check.is_done = False
        self.assertTrue(check.is_lapse)
        self.env.flush_all()
        rows = self.env["dealer.service.gap.report"].sudo()
        row = rows.search([("reception_id", "=", visit.id)])
        self.assertEqual((row.standard_count, row.compliance), (1, 0.0))

    @users("advisor")
    def test_customer_who_does_not_wait_after_all_is_not_waited_on(self):
        drink = self.make_standard(
            self.arrived, applies_to="waiting", is_blocking=True, name="Drink offered"
        )
        paper = self.make_standard(self.arrived, applies_to="waiting", name="Paper")
        visit = self.make_reception(state="arrived", is_waiting=True)
        visit = visit.with_env(self.env)
        self.checks(visit, paper).action_done()
        visit.is_waiting = False
        self.assertFalse(self.checks(visit, drink))
        self.assertTrue(self.checks(visit, paper).is_done, "what was done stays")
        visit.action_inspect()
        self.assertEqual(visit.check_lapse_count, 0)

    @users("advisor")
    def test_standard_that_was_given_up_holds_no_visit(self):
        standard = self.make_standard(self.arrived, is_blocking=True)
        visit = self.make_reception(state="arrived").with_env(self.env)
        standard.sudo().active = False
        visit.action_inspect()
        self.assertFalse(self.checks(visit, standard))


class TestKnownStandards(DealerServiceCase):
    """What the system sees done, nobody is asked to tick."""

    def check(self, visit, name):
        standard = self.env.ref(f"dealer_service.dealer_service_standard_{name}")
        return visit.check_ids.filtered(lambda check: check.standard_id == standard)

    @users("advisor")
    def test_concern_that_is_written_is_the_customers_words(self):
        visit = self.make_reception(state="arrived").with_env(self.env)
        self.assertFalse(self.check(visit, "own_words").is_done)
        visit.concern_ids = [Command.create({"name": "刹车有异响"})]
        check = self.check(visit, "own_words")
        self.assertTrue(check.is_done)
        self.assertEqual(check.user_id, self.env.user)

    @users("advisor")
    def test_wish_of_the_booking_blocks_nothing(self):
        visit = self.make_reception(
            state="arrived", concern_ids=[Command.create({"name": "保养"})]
        ).with_env(self.env)
        visit.action_greet()
        visit.check_ids.filtered(lambda check: not check.evidence).action_done()
        visit.action_inspect()
        self.assertEqual(self.check(visit, "own_words").result, "proven")
        self.assertFalse(visit.check_ids.filtered("is_lapse").filtered("is_blocking"))

    def test_three_checks_that_are_signed_are_known(self):
        visit = self.bring_to(self.make_reception(state="arrived"), "quality")
        self.assertFalse(self.check(visit, "three_levels").is_done)
        self.pass_quality(visit)
        self.assertTrue(self.check(visit, "three_levels").is_done)

    def test_consent_to_the_extra_work_is_known(self):
        visit = self.bring_to(self.make_reception(state="arrived"), "authorized")
        order = self.make_order(visit)
        visit.action_start()
        self.assertFalse(self.check(visit, "supplement_consent").is_done)
        order.action_record_consent("phone", "王建国")
        self.assertTrue(self.check(visit, "supplement_consent").is_done)


class TestGuides(DealerServiceCase):
    """Behind each standard stands what to say and what not."""

    def shipped(self, model):
        ids = self.env["ir.model.data"].search_fetch(
            [("module", "=", "dealer_service"), ("model", "=", model)], ["res_id"]
        )
        return self.env[model].browse(ids.mapped("res_id")).exists()

    def test_every_shipped_standard_has_a_guide_in_both_languages(self):
        standards = self.shipped("dealer.service.standard")
        self.assertGreaterEqual(len(standards), 40)
        self.assertFalse(standards.filtered(lambda standard: not standard.guide))
        for standard in standards.with_context(lang="zh_CN"):
            with self.subTest(standard.name):
                self.assertRegex(standard.guide, "[\u4e00-\u9fff]")
                self.assertNotEqual(
                    standard.guide, standard.with_context(lang="en_US").guide
                )

    def test_at_least_twenty_shipped_standards_are_proven(self):
        standards = self.shipped("dealer.service.standard").filtered("evidence")
        self.assertGreaterEqual(len(standards), 20)

    def test_every_shipped_step_says_who_carries_it_out(self):
        roles = self.shipped("dealer.service.step").mapped("role")
        self.assertEqual(set(roles), {"advisor", "technician", "inspector"})

    @users("technician")
    def test_guide_is_one_tap_away(self):
        visit = self.bring_to(self.make_reception(state="arrived"), "working")
        self.make_job(visit, technician_id=self.make_technician(self.technician).id)
        check = visit.check_ids.filtered(lambda c: c.step_id.role == "technician")[:1]
        action = check.with_env(self.env).action_open_guide()
        guide = self.env[action["res_model"]].browse(action["res_id"])
        self.assertTrue(guide.guide)
