"""Jobs: where they come from, what lets them start, how they move the visit."""

import json
from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from odoo.addons.dealer_service.models.workshop.dealer_job import JOB_STATES
from odoo.addons.dealer_service.models.workshop.dealer_job_work import JOB_TRANSITIONS

from .workshop_case import NINE, WorkshopCase


@tagged("post_install", "-at_install")
class TestJob(WorkshopCase):
    def test_transitions_name_states_of_the_selection(self):
        known = {state for state, _label in JOB_STATES}
        self.assertFalse({s for pair in JOB_TRANSITIONS for s in pair} - known)

    # -- where jobs come from

    def test_consented_labour_becomes_one_job_of_the_visit(self):
        reception = self.make_visit()
        job = self.make_sold_job(reception)
        self.assertEqual(len(job), 1)
        self.assertEqual(job.kind, "sold")
        self.assertEqual(job.planned_hours, 1.5)
        self.assertEqual(job.hours_sold, 1.5)
        self.assertEqual(job.system_id.code, "brakes")
        self.assertTrue(job.is_approved)
        reception._create_jobs()
        self.assertEqual(reception.job_ids, job, "running it again adds nothing")

    def test_no_job_before_the_visit_is_authorized(self):
        reception = self.make_visit("inspected")
        self.assertFalse(self.make_sold_job(reception))
        reception._set_state("authorized")
        self.assertEqual(len(reception.job_ids), 1)

    def test_parts_make_no_job(self):
        reception = self.make_visit()
        job = self.make_sold_job(reception)
        part = self.env["product.product"].create(
            {"name": "Brake pads", "type": "consu", "dealer_kind": "part"}
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "reception_id": reception.id,
                "order_line": [(0, 0, {"product_id": part.id})],
            }
        )
        order.action_record_consent("in_person", "王建国")
        self.assertEqual(reception.job_ids, job)

    def make_parts(self):
        """The customer takes two parts and declines the labour."""
        visit = self.make_visit("inspected")
        labour = self.make_product("Change")
        pads, disc = (self.make_product(name, "part") for name in ("Pads", "Disc"))
        order = self.make_order(visit, labour, pads, disc)
        declined = order.order_line[:1]
        order.action_record_consent(
            "in_person", "王建国", declined={declined.id: "later"}
        )
        order.action_confirm()
        visit._set_state("authorized")
        return visit, order

    def test_parts_whose_labour_is_declined_are_a_job_to_be_planned(self):
        visit, _order = self.make_parts()
        [job] = visit.job_ids
        self.assertEqual((job.name, job.kind), ("Fit parts: Pads, Disc", "sold"))
        self.assertTrue(job.is_approved)
        jobs = self.env["dealer.job"].with_user(self.advisor)
        board = jobs.get_board_data()
        self.assertIn(job.id, [card["id"] for card in board["tray"]])
        self.assertIn(job, jobs.search(jobs._tray_domain()))
        visit._create_jobs()
        self.assertEqual(visit.job_ids, job, "running it again adds nothing")

    def test_parts_that_cannot_be_had_are_not_fitted_the_others_are(self):
        visit, order = self.make_parts()
        order.order_line[1].action_not_supplied("out of production")
        self.assertEqual(
            visit.job_ids.filtered("is_approved").mapped("name"), ["Fit parts: Disc"]
        )
        order.order_line[2].action_not_supplied("out of production")
        self.assertFalse(visit.job_ids.filtered("is_approved"))

    @users("advisor")
    def test_a_visit_that_is_over_takes_no_job(self):
        visit = self.make_visit()
        values = {"reception_id": visit.id, "name": "诊断异响"}
        self.assertTrue(self.env["dealer.job"].create(values))
        visit.sudo()._write_by_method({"state": "left"})
        with self.assertRaisesRegex(UserError, "the work on the car is over"):
            self.env["dealer.job"].create(values)

    @users("advisor")
    def test_work_by_hand_is_internal_or_diagnosis_never_sold(self):
        reception = self.make_visit()
        job = self.env["dealer.job"].create(
            {"name": "Find the noise", "reception_id": reception.id}
        )
        self.assertEqual(job.kind, "internal")
        with self.assertRaisesRegex(UserError, "Sold work comes"):
            self.env["dealer.job"].create(
                {"name": "Sold", "reception_id": reception.id, "kind": "sold"}
            )

    # -- what lets a job start

    def test_job_of_unconsented_line_cannot_start_and_is_named(self):
        job = self.make_sold_job(
            self.make_visit(), decision="declined", technician_id=self.mechanic.id
        )
        self.assertFalse(job.is_approved)
        with self.assertRaisesRegex(UserError, "not agreed to “Replace brake pads”"):
            job.action_start()
        self.assertEqual(job.state, "pending")

    def test_job_whose_agreement_was_cancelled_keeps_nobody_waiting(self):
        job = self.make_sold_job(self.make_visit("working"), decision="declined")
        self.assertEqual(job.reception_id.job_open_count, 0)
        self.assertFalse(job.reception_id._open_jobs())

    def test_job_without_technician_cannot_start(self):
        with self.assertRaisesRegex(UserError, "no technician"):
            self.make_job(self.make_visit()).action_start()

    def test_job_cannot_start_outside_of_the_workshop(self):
        for state in ("inspected", "quality", "ready", "delivered"):
            job = self.make_job(self.make_visit(state), technician_id=self.mechanic.id)
            with (
                self.subTest(state),
                self.assertRaisesRegex(UserError, "authorization"),
            ):
                job.action_start()

    @users("technician")
    def test_first_job_starts_the_visit(self):
        reception = self.make_visit()
        job = self.make_job(reception, technician_id=self.mechanic.id)
        job.with_env(self.env).action_start()
        self.assertEqual(job.state, "working")
        self.assertEqual(reception.state, "working")
        self.assertTrue(reception.date_started)

    # -- pause, resume, done

    @users("technician")
    def test_pause_says_why_and_tells_the_advisor_once(self):
        reception = self.make_visit()
        job = self.make_job(reception, technician_id=self.mechanic.id)
        mine = job.with_env(self.env)
        for _twice in range(2):
            mine.action_start()
            mine.action_pause("parts", note="No pads on the shelf")
        self.assertEqual(job.state, "paused")
        self.assertEqual(job.pause_reason, "parts")
        activity = reception.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.advisor)

    @users("technician")
    def test_unknown_pause_reason_is_refused(self):
        job = self.make_job(self.make_visit(), technician_id=self.mechanic.id)
        mine = job.with_env(self.env)
        mine.action_start()
        with self.assertRaisesRegex(UserError, "coffee"):
            mine.action_pause("coffee")

    def test_done_job_is_not_started_again(self):
        job = self.make_job(self.make_visit(), technician_id=self.mechanic.id)
        job.action_start()
        job.action_done()
        with self.assertRaisesRegex(UserError, "Done.*Working"):
            job.action_start()

    def test_pending_job_cannot_be_done_without_having_been_started(self):
        job = self.make_job(self.make_visit(), technician_id=self.mechanic.id)
        with self.assertRaisesRegex(UserError, "Pending.*Done"):
            job.action_done()

    # -- the visit waits for its jobs

    def test_visit_is_not_finished_while_jobs_are_open_and_names_them(self):
        reception = self.make_visit("working")
        job = self.make_job(reception, technician_id=self.mechanic.id)
        with self.assertRaisesRegex(UserError, "Road noise diagnosis"):
            reception.action_finish()
        job.action_start()
        job.action_done()
        self.assertTrue(reception.is_work_done)
        reception.action_finish()
        self.assertEqual(reception.state, "quality")

    def test_finished_work_is_told_in_the_language_of_who_reads_it(self):
        self.advisor.lang, self.technician.lang = "zh_CN", "en_US"
        reception = self.make_visit()
        job = self.make_job(reception, technician_id=self.mechanic.id)
        job.with_user(self.technician).action_start()
        self.env.cr.precommit.data.pop("bus.bus.values", None)
        job.with_user(self.technician).action_done()
        told = {
            json.loads(value["channel"])[2]: json.loads(value["message"])["payload"]
            for value in self.env.cr.precommit.data["bus.bus.values"]
            if "simple_notification" in value["message"]
        }
        self.assertIn("质检", told[self.advisor.partner_id.id]["message"])
        self.assertIn("quality", told[self.technician.partner_id.id]["message"])

    @users("technician")
    def test_technician_sends_the_finished_car_to_the_quality_check(self):
        reception = self.make_visit()
        job = self.make_job(reception, technician_id=self.mechanic.id).with_env(
            self.env
        )
        other = self.make_job(reception, technician_id=self.colleague.id)
        job.action_start()
        job.action_done()
        with self.assertRaisesRegex(UserError, "not finished"):
            job.action_send_to_quality()
        other.action_start()
        other.action_done()
        job.action_send_to_quality()
        self.assertEqual(reception.state, "quality")

    def test_open_jobs_stand_against_the_settlement(self):
        reception = self.make_visit("ready")
        self.make_job(reception)
        self.assertIn("Road noise diagnosis", str(reception._settlement_obstacles()))

    def test_cancelled_visit_has_no_jobs_left(self):
        reception = self.make_visit()
        self.make_job(reception)
        reception.action_cancel()
        self.assertFalse(reception.job_ids)

    # -- what only the process writes

    @users("advisor")
    def test_state_of_a_job_cannot_be_written(self):
        job = self.make_job(self.make_visit()).with_env(self.env)
        with self.assertRaisesRegex(UserError, "Use the buttons"):
            job.state = "done"
        with self.assertRaisesRegex(UserError, "Use the buttons"):
            job.with_context(dealer_job_method=True).write({"is_rework": True})

    @users("advisor")
    def test_method_of_the_visit_does_not_open_its_jobs(self):
        job = self.make_job(self.make_visit()).with_env(self.env)
        opened = job.with_context(**job.reception_id._by_method().env.context)
        self.assertTrue(opened.reception_id._is_by_method())
        self.assertTrue(job._by_method()._is_by_method())
        with self.assertRaisesRegex(UserError, "Use the buttons"):
            opened.write({"is_rework": True})

    @users("advisor")
    def test_sold_job_cannot_be_deleted(self):
        job = self.make_sold_job(self.make_visit())
        with self.assertRaisesRegex(UserError, "customer agreed to"):
            job.with_env(self.env).unlink()

    @users("advisor")
    def test_job_that_was_worked_on_cannot_be_deleted(self):
        job = self.make_job(self.make_visit(), technician_id=self.mechanic.id)
        job.action_start()
        job.action_pause()
        with self.assertRaisesRegex(UserError, "history of the car"):
            job.with_env(self.env).unlink()

    def test_supplied_labour_cannot_be_taken_back(self):
        job = self.make_sold_job(self.make_visit(), technician_id=self.mechanic.id)
        self.assertFalse(job.sale_line_id._is_supplied())
        job.action_start()
        self.assertTrue(job.sale_line_id._is_supplied())

    # -- who and where

    def test_bay_is_no_technician_and_technician_no_bay(self):
        job = self.make_job(self.make_visit())
        with self.assertRaises(ValidationError):
            job.technician_id = self.bay
        with self.assertRaises(ValidationError):
            job.bay_id = self.mechanic

    @users("technician")
    def test_technician_does_not_plan(self):
        job = self.make_job(self.make_visit(), technician_id=self.mechanic.id)
        mine = job.with_env(self.env)
        mine.note = "Left bearing"
        with self.assertRaisesRegex(
            AccessError, "Only advisors and the workshop controller"
        ):
            mine.technician_id = self.colleague
        with self.assertRaisesRegex(
            AccessError, "Only advisors and the workshop controller"
        ):
            mine.action_assign(bay_id=self.bay.id)

    def test_reassigning_a_running_job_stops_the_clock_of_the_former_technician(self):
        job = self.make_job(self.make_visit(), technician_id=self.mechanic.id)
        with freeze_time(NINE):
            job.action_start()
        with freeze_time(NINE + timedelta(minutes=40)):
            job.action_assign(technician_id=self.colleague.id)
            self.assertEqual(job.state, "paused")
            job.action_resume()
        self.assertEqual(
            job.log_ids.sorted("date_start").mapped("technician_id"),
            self.mechanic + self.colleague,
        )
        self.assertAlmostEqual(job.hours_worked, 40 / 60)

    # -- the plan

    def test_planned_end_skips_lunch(self):
        job = self.make_job(
            self.make_visit(),
            planned_hours=2,
            date_planned_start=NINE + timedelta(hours=2),  # 11:00
        )
        self.assertEqual(job.date_planned_end, NINE + timedelta(hours=5))  # 14:00

    def test_same_bay_at_the_same_time_is_a_conflict_with_the_other_named(self):
        plan = {"bay_id": self.bay.id, "date_planned_start": NINE, "planned_hours": 1}
        first = self.make_job(self.make_visit(), **plan)
        second = self.make_job(
            self.make_visit(),
            **{**plan, "date_planned_start": NINE + timedelta(minutes=30)},
        )
        self.assertTrue(first.is_conflict)
        self.assertIn(second.display_name, first.conflict_note)
        self.assertEqual(
            self.env["dealer.job"].search([("is_conflict", "=", True)]), first + second
        )
        second.bay_id = self.other_bay
        first.invalidate_recordset(["is_conflict"])
        self.assertFalse(first.is_conflict)

    def test_same_technician_at_the_same_time_is_a_conflict(self):
        plan = {"technician_id": self.mechanic.id, "date_planned_start": NINE}
        first = self.make_job(self.make_visit(), bay_id=self.bay.id, **plan)
        self.make_job(self.make_visit(), bay_id=self.other_bay.id, **plan)
        self.assertTrue(first.is_conflict)

    def test_one_job_may_begin_when_another_ends(self):
        first = self.make_job(
            self.make_visit(), bay_id=self.bay.id, date_planned_start=NINE
        )
        self.make_job(
            self.make_visit(),
            bay_id=self.bay.id,
            date_planned_start=first.date_planned_end,
        )
        self.assertFalse(first.is_conflict)

    def test_efficiency_is_sold_per_worked(self):
        job = self.make_sold_job(self.make_visit(), technician_id=self.mechanic.id)
        with freeze_time(NINE):
            job.action_start()
        with freeze_time(NINE + timedelta(hours=1)):
            job.action_done()
        self.assertEqual(job.efficiency, 150)
        self.assertEqual(job.reception_id.hours_sold, 1.5)
        self.assertEqual(job.reception_id.hours_worked, 1)
