"""What was agreed to, and what measures the advisor, a second person corrects."""

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import users

from ..workshop.workshop_case import WorkshopCase

#: What a correction needs, beside the second person.
WHY = {"correction_reason": "Mixed up at the counter"}


class SecondPersonCase(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague_advisor = cls.make_user("second_advisor", "user")
        cls.stranger = cls.make_partner(name="李四")
        cls.other_shop = cls.env["res.company"].create({"name": "Another Shop"})

    def deliver(self, **values):
        visit = self.make_visit("delivered", **values)
        return visit.with_user(self.advisor)

    def assertOnlyBySecondPerson(self, visit, vals):  # noqa: N802
        """Neither the advisor nor a manager who was one; another manager may."""
        for user in (self.advisor, self.manager):
            mine = visit.sudo().copy({"advisor_id": user.id}).with_user(user)
            mine.sudo()._write_by_method({"state": visit.state, "date_arrived": False})
            with self.subTest(user=user.login), self.refused(AccessError, mine.name):
                mine.write(vals)
        corrected = visit.with_user(self.manager)
        if "active" not in vals:
            with self.refused(UserError, "Reason for the Correction"):
                corrected.write(vals)
        corrected.write({**vals, **WHY})
        if "active" not in vals:
            told = corrected.sudo().message_ids[:1].body
            self.assertIn(WHY["correction_reason"], told)
            self.assertIn(visit._field_label(next(iter(vals))), told)
            self.assertFalse(corrected.correction_reason)


class TestStalePage(SecondPersonCase):
    def test_who_edits_what_a_colleague_has_just_delivered_is_told_so(self):
        visit = self.make_visit("settled", planned_hours=1.0)
        visit.with_user(self.advisor)._write_by_method({"state": "delivered"})
        with self.assertRaises(UserError) as refusal:
            visit.with_user(self.manager).planned_hours = 2.0
        told = str(refusal.exception)
        for words in ("“Delivered”", f"last changed by {self.advisor.name}", "reload"):
            self.assertIn(words, told)


class TestArchive(SecondPersonCase):
    def test_nobody_archives_a_visit_that_is_not_over(self):
        for state in ("booked", "arrived", "working", "settled"):
            for user in (self.advisor, self.manager):
                visit = self.make_visit(state).with_user(user)
                with self.subTest(state=state), self.refused(UserError, "not over"):
                    visit.active = False

    def test_finished_visit_is_archived_by_a_manager_who_is_not_its_advisor(self):
        self.assertOnlyBySecondPerson(self.deliver(), {"active": False})

    def test_reports_count_an_archived_visit(self):
        visit = self.deliver().sudo()
        self.tick(visit)
        for report in ("dealer.reception.report", "dealer.service.gap.report"):
            domain = [
                ("id" if report == "dealer.reception.report" else "reception_id", "=")
                + (visit.id,)
            ]
            self.env.flush_all()
            before = self.env[report].search_count(domain)
            visit.active = False
            self.env.flush_all()
            self.assertEqual(self.env[report].search_count(domain), before, report)
            visit.active = True


class TestAdvisor(SecondPersonCase):
    def test_settled_visit_is_handed_to_a_colleague_by_a_second_person(self):
        """Its figures stay with whoever did the work."""
        colleague = self.colleague_advisor
        for state in ("settled", "delivered"):
            visit = self.make_visit(state)
            with self.subTest(state), self.refused(AccessError, visit.name):
                visit.with_user(self.advisor).advisor_id = colleague
            visit.with_user(self.manager).write({"advisor_id": colleague.id, **WHY})
            self.assertEqual(visit.former_advisor_ids, self.advisor)
        visit = self.make_visit("ready").with_user(self.advisor)
        visit.advisor_id = colleague


class TestParties(SecondPersonCase):
    def test_agreed_visit_keeps_whose_it_is(self):
        signed = self.make_visit("inspected")
        signed._open_inspection()._write_by_method({"state": "signed"})
        consented = self.make_visit("inspected")
        self.make_order(consented).action_record_consent("in_person", "王建国")
        for visit in (signed, consented, self.deliver()):
            for name in ("partner_id", "contact_id"):
                advised = visit.with_user(self.advisor)
                with self.subTest(name=name), self.refused(AccessError, visit.name):
                    advised.write({name: self.stranger.id})

    def test_manager_who_is_not_the_advisor_corrects_and_leaves_a_trace(self):
        visit = self.deliver().with_user(self.manager)
        self.cr.flush()
        visit.write({"contact_id": self.stranger.id, **WHY})
        self.cr.flush()
        changes = visit.sudo().message_ids.tracking_value_ids
        self.assertIn("李四", changes.mapped("new_value_char"))
        own = self.deliver(advisor_id=self.manager.id).with_user(self.manager)
        with self.refused(AccessError, own.name):
            own.contact_id = self.stranger

    def test_before_anybody_agreed_the_advisor_corrects(self):
        visit = self.make_visit("arrived").with_user(self.advisor)
        visit.write({"partner_id": self.stranger.id, "contact_id": self.stranger.id})
        self.assertEqual(visit.partner_id, self.stranger)

    def test_signed_car_is_not_changed_by_its_advisor_though_a_manager(self):
        visit = self.make_visit("inspected", advisor_id=self.manager.id)
        visit._open_inspection()._write_by_method({"state": "signed"})
        other = self.make_vehicle(license_plate="皖B·7")
        with self.refused(AccessError, visit.name):
            visit.with_user(self.manager).vehicle_id = other

    def test_nobody_gives_a_visit_or_a_car_to_a_shop_that_is_not_his(self):
        visit = self.make_visit("arrived").with_user(self.advisor)
        car = self.vehicle.with_user(self.advisor)
        for record in (visit, car):
            with self.refused(AccessError, "Another Shop"):
                record.write({"company_id": self.other_shop.id})

    def test_what_hangs_on_a_shop_is_not_given_to_another(self):
        self.manager.company_ids = [Command.link(self.other_shop.id)]
        visit = self.make_visit("arrived").with_user(self.manager)
        with self.refused(ValidationError, visit.name):
            visit.company_id = self.other_shop
        visit.company_id = visit.company_id
        with self.refused(AccessError, self.company.name):
            self.vehicle.with_user(self.manager).company_id = self.other_shop
        self.vehicle.with_user(self.manager).company_id = self.company
        unseen = self.make_vehicle(license_plate="皖B·8").with_user(self.manager)
        unseen.company_id = self.other_shop

    def test_shared_car_is_not_kept_from_the_other_shop(self):
        shared = self.make_vehicle(license_plate="皖B·9", company_id=False)
        for shop in self.company + self.other_shop:
            self.make_reception(vehicle_id=shared.id, company_id=shop.id)
        with self.refused(AccessError, "Another Shop"):
            shared.with_user(self.manager).company_id = self.company


class TestDeliverySheet(SecondPersonCase):
    def test_concerns_of_a_car_that_was_handed_over_stay_as_they_are(self):
        concerns = [Command.create({"name": "刹车有异响"})]
        signed = self.make_visit("settled", concern_ids=concerns)
        signed._write_by_method({"delivery_signed_by": "王建国"})
        for visit in (signed, self.deliver(concern_ids=concerns)):
            for user in (self.advisor, self.manager):
                concern = visit.sudo().concern_ids.with_user(user)
                with self.refused(UserError, "handed over"):
                    concern.write({"cause": "Worn pads"})
            concern = visit.sudo().concern_ids.with_user(self.advisor)
            with self.refused(UserError, "handed over"):
                concern.name = "Nothing"
            with self.refused(UserError, "handed over"):
                concern.unlink()
            with self.refused(UserError, "handed over"):
                concern.create({"reception_id": visit.id, "name": "Added later"})

    def test_concern_is_not_moved_to_a_car_that_was_handed_over(self):
        open_visit = self.make_visit(
            "arrived", concern_ids=[Command.create({"name": "刹车有异响"})]
        )
        concern = open_visit.concern_ids.with_user(self.advisor)
        concern.cause = "Worn pads"
        with self.refused(UserError, "handed over"):
            concern.reception_id = self.deliver()

    def test_what_was_signed_for_is_corrected_by_a_second_person(self):
        for vals in ({"belongings": "A new phone"}, {"wash": False}):
            self.assertOnlyBySecondPerson(self.deliver(), vals)

    def test_car_does_not_leave_with_less_kilometres_than_it_came_with(self):
        visit = self.make_visit("ready")
        with self.refused(ValidationError, "19999 km"):
            visit.with_user(self.advisor).odometer_out = 19_999
        visit.odometer_out = 20_004

    def test_no_instrument_shows_a_hundred_million_kilometres(self):
        visit = self.make_visit("ready")
        for name in ("odometer", "odometer_out"):
            with self.refused(ValidationError, "99999999 km"):
                visit.write({name: 99_999_999})

    def test_replaced_instrument_may_show_less(self):
        visit = self.make_visit("ready")
        self.env["dealer.odometer.reading"].create(
            {
                "vehicle_id": self.vehicle.id,
                "kind": "swap",
                "date": fields.Date.today(),
                "value": 5,
                "offset": 20_000,
            }
        )
        visit.odometer_out = 8


class TestMeasured(SecondPersonCase):
    @users("advisor")
    def test_delivered_visit_stays_with_its_advisor(self):
        visit = self.deliver().with_env(self.env)
        with self.refused(AccessError, visit.name):
            visit.advisor_id = self.colleague_advisor
        visit.with_user(self.manager).write(
            {"advisor_id": self.colleague_advisor.id, **WHY}
        )

    @users("advisor")
    def test_open_visit_is_handed_over(self):
        visit = self.make_visit("working").with_env(self.env)
        visit.advisor_id = self.colleague_advisor
        self.assertEqual(visit.advisor_id, self.colleague_advisor)

    def test_manager_who_writes_himself_out_stays_measured(self):
        visit = self.make_visit("working", advisor_id=self.manager.id)
        visit = visit.with_user(self.manager)
        visit.advisor_id = self.advisor
        with self.refused(AccessError, visit.name):
            visit.date_started = fields.Datetime.now()
        boss = self.make_user("boss", "manager")
        visit = visit.with_user(boss)
        with self.refused(UserError, "Reason for the Correction"):
            visit.date_started = fields.Datetime.now()
        visit.write({"date_started": fields.Datetime.now(), **WHY})
        self.assertIn(WHY["correction_reason"], visit.sudo().message_ids[:1].body)

    def test_list_of_former_advisors_is_not_written_by_hand(self):
        visit = self.make_visit("working").with_user(self.manager)
        with self.refused(UserError, "recorded by the process"):
            visit.former_advisor_ids = [Command.clear()]

    def test_recorded_comeback_is_not_taken_back_by_its_advisor(self):
        former = self.deliver().sudo()
        visit = self.make_visit("working").with_user(self.advisor)
        visit.write({"is_comeback": True, "comeback_of_id": former.id})
        for vals in ({"is_comeback": False}, {"comeback_of_id": False}):
            with self.refused(AccessError, visit.name):
                visit.write(vals)
        visit.with_user(self.manager).write({"is_comeback": False, **WHY})

    @users("advisor")
    def test_comeback_of_a_delivered_visit_is_not_written_by_its_advisor(self):
        visit = self.deliver().with_env(self.env)
        with self.refused(AccessError, visit.name):
            visit.is_comeback = True
