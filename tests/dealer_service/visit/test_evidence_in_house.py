"""What proves a standard while the car is in the house, and what does not."""

from datetime import timedelta
from unittest.mock import ANY

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import users

from ...signature import SIGNATURE
from .evidence_case import EvidenceCase, ago
from .opening import open_at


class TestInHouse(EvidenceCase):
    def arrived(self, evidence=None, state="arrived", **values):
        if evidence:
            self.ask(state, evidence)
        return self.make_reception(state="arrived", **values)

    def open_all_day(self):
        open_at(self.company, (0, 24), days=range(7))

    def in_state(self, evidence, state, **values):
        """A visit in this state, which asks for the evidence."""
        return self.bring_to(self.arrived(evidence, state, **values), state)

    def leave(self, visit, evidence, result):
        """The step ends; nobody ticks anything."""
        move = {
            "arrived": visit.action_inspect,
            "inspected": visit.action_authorize,
            "authorized": visit.action_start,
            "working": visit.action_finish,
            "quality": visit.action_ready,
            "ready": visit.action_settle,
        }
        if visit.state == "settled":
            visit.action_deliver(unsigned_reason="司机代取")
        else:
            move[visit.state]()
        self.assertResult(visit, evidence, result)

    def test_greeted(self):
        self.open_all_day()
        for minutes, result in ((2, "proven"), (4, "missed")):
            visit = self.arrived("greeted")
            self.stamp(visit, date_arrived=ago(minutes=minutes))
            visit.action_greet()
            self.leave(visit, "greeted", result)

    def test_greeted_by_a_time_that_was_typed(self):
        self.open_all_day()
        visit = self.arrived("greeted")
        self.stamp(visit, date_arrived=ago(minutes=30))
        visit.action_greet()
        visit.with_user(self.manager).write(
            {"date_greeted": ago(minutes=29), "correction_reason": "误按"}
        )
        self.leave(visit, "greeted", "missed")
        entered = self.arrived("greeted", date_arrived=ago(minutes=1))
        entered.action_greet()
        self.leave(entered, "greeted", "missed")

    def test_received(self):
        self.open_all_day()
        for appointment, arrived, result in (
            (ago(minutes=1), ago(minutes=20), "proven"),
            (ago(minutes=9), ago(minutes=20), "missed"),
            (ago(minutes=60), ago(minutes=1), "proven"),
        ):
            visit = self.arrived("received")
            self.stamp(visit, date_arrived=arrived, date_appointment=appointment)
            visit.action_greet()
            self.leave(visit, "received", result)

    def test_own_words(self):
        visit = self.arrived("own_words")
        visit.concern_ids = [Command.create({"name": "刹车异响"})]
        self.leave(visit, "own_words", "proven")
        self.leave(self.arrived("own_words"), "own_words", "missed")

    def signed(self, visit, **readings):
        visit.write(readings)
        visit.inspection_id.action_sign(SIGNATURE, "王建国")

    def test_sheet_signed(self):
        visit = self.arrived("sheet_signed")
        self.signed(visit, odometer=12000)
        self.leave(visit, "sheet_signed", "proven")
        forged = self.arrived("sheet_signed", odometer=12000)
        with self.assertRaises(UserError):
            forged.inspection_id.write({"state": "signed", "date_signed": ago()})
        self.leave(forged, "sheet_signed", "missed")

    def test_readings_signed(self):
        visit = self.arrived("readings_signed")
        self.signed(visit, odometer=12000, fuel_level=50)
        self.leave(visit, "readings_signed", "proven")
        forged = self.arrived("readings_signed", odometer=12000, fuel_level=50)
        self.leave(forged, "readings_signed", "missed")

    def test_estimate_agreed(self):
        visit = self.in_state("estimate_agreed", "inspected")
        self.authorize_unticked(visit)
        self.leave(visit, "estimate_agreed", "proven")

    def test_estimate_agreed_is_not_written(self):
        visit = self.in_state("estimate_agreed", "inspected")
        order = self.make_order(visit)
        with self.assertRaises(UserError):
            order.with_user(self.advisor).write({"consent_date": ago(minutes=5)})
        visit._prove_known()
        self.assertResult(visit, "estimate_agreed", "open")

    def authorize_unticked(self, visit):
        self.make_order(visit).action_record_consent("in_person", "王建国")
        visit.date_promised = fields.Datetime.now() + timedelta(hours=3)

    def test_promised(self):
        visit = self.in_state("promised", "inspected")
        visit._prove_known()
        self.assertResult(visit, "promised", "open")
        self.authorize_unticked(visit)
        self.leave(visit, "promised", "proven")
        forged = self.in_state("promised", "inspected")
        self.authorize_unticked(forged)
        self.stamp(forged, date_promised_first=ago(hours=1))
        self.leave(forged, "promised", "missed")

    def test_drink(self):
        visit = self.in_state("drink", "authorized", is_waiting=True)
        self.env["dealer.waiting.care"].create(
            {"reception_id": visit.id, "kind": "drink"}
        )
        self.leave(visit, "drink", "proven")
        forged = self.in_state("drink", "authorized", is_waiting=True)
        self.env["dealer.waiting.care"].with_user(self.manager).create(
            {
                "reception_id": forged.id,
                "kind": "drink",
                "date": ago(minutes=30),
                "note": "补录",
                "is_stamped": True,
            }
        )
        self.leave(forged, "drink", "missed")

    def test_watch_offered(self):
        self.company.write({"dealer_watch_from": 0, "dealer_watch_until": 24})
        for step in ("_go_in_to_watch", "_decline_watch"):
            visit = self.in_state("watch_offered", "authorized", is_waiting=True)
            getattr(visit.with_user(self.advisor), step)()
            self.leave(visit, "watch_offered", "proven")
        forged = self.in_state("watch_offered", "authorized", is_waiting=True)
        self.env["dealer.waiting.care"].with_user(self.manager).create(
            {
                "reception_id": forged.id,
                "kind": "workshop_visit",
                "date": ago(minutes=30),
                "note": "补录",
                "is_stamped": True,
            }
        )
        self.leave(forged, "watch_offered", "missed")

    def test_only_agreed(self):
        visit = self.in_state("only_agreed", "working")
        self.do_jobs(visit)
        self.leave(visit, "only_agreed", "proven")
        forged = self.in_state("only_agreed", "working")
        self.do_jobs(forged)
        # the consent that covers the job was given after it was begun
        forged.job_ids._write_by_method({"date_started": ago(days=1)})
        self.leave(forged, "only_agreed", "missed")

    def test_clocked(self):
        forged = self.in_state("clocked", "working")
        self.do_jobs(forged)
        forged.job_ids.log_ids.with_user(self.manager).write(
            {"date_start": ago(hours=1), "note": "忘按"}
        )
        self.leave(forged, "clocked", "missed")
        visit = self.in_state("clocked", "working")
        self.do_jobs(visit)
        self.leave(visit, "clocked", "proven")

    def waiting(self, *reports):
        """A customer who has waited for an hour, told so many minutes ago."""
        self.company.dealer_progress_minutes = 30
        visit = self.in_state("progress", "working", is_waiting=True)
        self.do_jobs(visit)
        self.stamp(visit, date_arrived=ago(minutes=55))
        cares = self.env["dealer.waiting.care"].create(
            [{"reception_id": visit.id, "kind": "progress"} for _told in reports]
        )
        for care, minutes in zip(cares, reports, strict=True):
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE dealer_waiting_care SET date = %s WHERE id = %s",
                [ago(minutes=minutes), care.id],
            )
        cares.invalidate_recordset()
        return visit

    def test_progress(self):
        self.leave(self.waiting(28), "progress", "proven")
        self.leave(self.waiting(), "progress", "missed")
        self.leave(self.waiting(45), "progress", "missed")

    def test_progress_of_a_dated_entry(self):
        visit = self.waiting()
        self.env["dealer.waiting.care"].with_user(self.manager).create(
            {"reception_id": visit.id, "date": ago(minutes=28), "note": "补录"}
        )
        self.leave(visit, "progress", "missed")
        drink = self.waiting(28)
        care = drink.care_ids
        care.kind = "drink"
        care.kind = "progress"
        self.leave(drink, "progress", "missed")

    def test_progress_of_who_waited_shortly(self):
        visit = self.waiting()
        self.stamp(visit, date_arrived=ago(minutes=10))
        self.leave(visit, "progress", None)

    def late(self):
        visit = self.in_state("delay_told", "working")
        self.do_jobs(visit)
        return visit

    def test_delay_told(self):
        told = self.late()
        self.stamp(told, date_promised=fields.Datetime.now() + timedelta(minutes=1))
        self.stamp(told, date_promised_first=told.date_promised)
        told.action_tell_delay()
        self.assertEqual(told.date_delay_told, ANY)
        self.leave(told, "delay_told", "proven")
        for tell in (True, False):
            late = self.late()
            self.stamp(late, date_promised=ago(minutes=5))
            self.stamp(late, date_promised_first=ago(minutes=5))
            if tell:
                late.action_tell_delay()
            self.leave(late, "delay_told", "missed")
        self.leave(self.late(), "delay_told", None)

    @users("advisor")
    def test_delay_told_is_not_written(self):
        visit = self.late().with_env(self.env)
        with self.assertRaisesRegex(UserError, "recorded by the process"):
            visit.date_delay_told = ago(hours=1)

    def test_supplement_agreed(self):
        visit = self.arrived("supplement_agreed", "working")
        visit = self.bring_to(visit, "working")
        order = self.make_order(visit)
        visit._prove_known()
        self.assertResult(visit, "supplement_agreed", "open")
        order.action_record_consent("phone", "王建国")
        self.assertResult(visit, "supplement_agreed", "proven")
        begun = visit.job_ids.filtered(lambda job: job.sale_line_id.order_id == order)
        begun._write_by_method({"date_started": ago(hours=9)})
        visit._prove_known()
        self.assertResult(visit, "supplement_agreed", "open")

    def test_supplement_agreed_without_a_decision(self):
        """Who has done his work hands the car over; what is asked for is not in it."""
        visit = self.arrived("supplement_agreed", "working")
        visit = self.bring_to(visit, "working")
        self.make_order(visit)
        self.do_jobs(visit)
        visit.action_finish()
        self.assertEqual(visit.state, "quality")
        self.assertResult(visit, "supplement_agreed", None)

    def inspected(self, evidence):
        visit = self.in_state(evidence, "quality")
        self.pass_quality(visit)
        return visit

    def passed(self, visit, evidence, result):
        if not visit.date_passed:
            visit.action_pass()
        self.leave(visit, evidence, result)

    def test_three_levels(self):
        self.passed(self.inspected("three_levels"), "three_levels", "proven")
        forged = self.in_state("three_levels", "quality")
        self.stamp(forged, date_passed=fields.Datetime.now())
        self.leave(forged, "three_levels", "missed")

    def test_self_first(self):
        self.passed(self.inspected("self_first"), "self_first", "proven")
        forged = self.in_state("self_first", "quality")
        with self.assertRaisesRegex(UserError, "has not worked on"):
            self.env["dealer.quality.check"].with_user(self.manager).create(
                {"reception_id": forged.id, "level": "self"}
            )
        self.stamp(forged, date_passed=fields.Datetime.now())
        self.leave(forged, "self_first", "missed")

    def test_final_by_another(self):
        self.passed(self.inspected("final_by_another"), "final_by_another", "proven")
        forged = self.inspected("final_by_another")
        final = forged.quality_check_ids.filtered(lambda q: q.level == "final")
        forged.job_ids.log_ids.technician_id.user_id = final.user_id
        self.passed(forged, "final_by_another", "missed")

    def test_promise_kept(self):
        self.passed(self.inspected("promise_kept"), "promise_kept", "proven")
        late = self.inspected("promise_kept")
        self.stamp(late, date_promised_first=ago(minutes=1))
        self.passed(late, "promise_kept", "missed")

    def test_compared(self):
        visit = self.in_state("compared", "ready")
        visit.action_open_settlement()
        self.leave(visit, "compared", "proven")
        unseen = self.in_state("compared", "ready")
        with self.assertRaisesRegex(UserError, "recorded by the process"):
            unseen.with_user(self.advisor).date_settlement_opened = ago(minutes=1)
        self.leave(unseen, "compared", "missed")

    def test_next_service(self):
        for known, opened, result in (
            (True, True, "proven"),
            (True, False, "missed"),
            (False, True, None),
        ):
            visit = self.in_state("next_service", "ready")
            visit.vehicle_id.next_service_date = known and "2030-01-01"
            visit.vehicle_id.next_service_odometer = 0
            if opened:
                visit.action_open_settlement()
            self.leave(visit, "next_service", result)

    def test_delivery_signed(self):
        visit = self.in_state("delivery_signed", "settled")
        visit._sign_delivery(SIGNATURE, "王建国")
        self.assertResult(visit, "delivery_signed", "proven")
        self.leave(visit, "delivery_signed", "proven")
        unsigned = self.in_state("delivery_signed", "settled")
        with self.assertRaisesRegex(UserError, "recorded by the process"):
            unsigned.with_user(self.advisor).date_delivery_signed = ago(minutes=1)
        self.leave(unsigned, "delivery_signed", "missed")
        unsigned._sign_delivery(SIGNATURE, "王建国")
        self.assertResult(unsigned, "delivery_signed", "missed")
