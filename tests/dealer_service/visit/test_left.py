"""The car that drives away: a visit that ends before the car was served (离店)."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, users

from ...signature import SIGNATURE
from ..workshop.workshop_case import NINE, WorkshopCase

NOON = NINE + timedelta(hours=3)


class TestLeft(WorkshopCase):
    def leave(self, visit, reason="wait", note=None):
        with freeze_time(NOON):
            visit.action_leave(reason, note)
        return visit

    def make_booked(self, state, **values):
        """A customer who came to the appointment."""
        with freeze_time(NINE - timedelta(days=1)):
            visit = self.make_reception(date_appointment=NINE, **values)
        visit._write_by_method({"state": state, "date_arrived": NINE})
        return visit

    def left_before(self, promised):
        visit = self.make_visit("inspected", date_promised=promised)
        return self.leave(visit)

    def begun(self):
        """A visit with a job that is worked on and one that nobody has begun."""
        visit = self.make_visit("authorized", date_promised=NOON - timedelta(hours=1))
        planned = {"bay_id": self.bay.id, "date_planned_start": NINE}
        job = self.make_sold_job(visit, technician_id=self.mechanic.id, **planned)
        other = self.make_sold_job(visit, technician_id=self.colleague.id, **planned)
        with freeze_time(NINE):
            job.with_user(self.technician).action_start()
        return visit, job, other

    @users("advisor")
    def test_customer_leaves_from_each_step_before_the_car_is_ready(self):
        for state in ("arrived", "inspected", "authorized", "working", "quality"):
            with self.subTest(state):
                visit = self.make_visit(state).with_env(self.env)
                self.leave(visit, "price", "别家便宜")
                self.assertRecordValues(
                    visit,
                    [
                        {
                            "state": "left",
                            "date_left": NOON,
                            "leaving_reason": "price",
                            "leaving_note": "别家便宜",
                            "is_show": False,
                        }
                    ],
                )

    def test_who_is_not_here_or_whose_car_is_done_does_not_leave(self):
        for state in ("ready", "settled", "delivered"):
            with self.subTest(state), self.refused(UserError, "Left Early"):
                self.make_visit(state).action_leave("wait")
        with self.refused(UserError, "Left Early"):
            self.make_reception().action_leave("wait")

    @users("advisor")
    def test_nobody_leaves_without_a_reason(self):
        visit = self.make_visit("arrived").with_env(self.env)
        for reason in (None, "", "bored"):
            with self.refused(UserError, "choose why the customer has left"):
                visit.action_leave(reason)
        self.assertEqual(visit.state, "arrived")

    def test_whoever_has_worked_on_the_car_is_owed_for_it(self):
        """An advisor gives nothing away that was agreed to."""
        visit, *_jobs = self.begun()
        mine = visit.with_user(self.advisor)
        for step in (lambda: mine.action_leave("wait"), mine.action_ask_leaving):
            with self.refused(UserError, "Ask a service manager to let it go"):
                step()
        self.assertEqual(visit.state, "working")
        self.leave(visit.with_user(self.manager))
        self.assertEqual(visit.state, "left")

    def test_nobody_is_quick_by_what_was_never_finished(self):
        visit, job, _other = self.begun()
        job.hours_sold = 12
        self.leave(visit)
        self.assertEqual((job.hours_worked, job.efficiency), (3, 100))

    def test_sheet_has_no_new_version_after_the_car_has_left(self):
        visit = self.make_visit("arrived", odometer=1)
        visit._create_sheet() if not visit.inspection_id else None
        visit.inspection_id.action_sign(SIGNATURE, "王建国")
        self.leave(visit)
        with self.refused(UserError, "is not changed any more"):
            visit.action_new_inspection_version()

    def test_a_technician_does_not_end_the_visit(self):
        visit, *_jobs = self.begun()
        with self.refused(AccessError, "not allowed to modify"):
            visit.with_user(self.technician).action_leave("wait")

    @users("advisor")
    def test_dialog_asks_for_the_reason(self):
        visit = self.make_visit("inspected").with_env(self.env)
        action = visit.action_ask_leaving()
        dialog = Form(self.env[action["res_model"]].with_context(action["context"]))
        dialog.reason = "parts"
        dialog.note = "配件三天后到"
        dialog.save().action_leave()
        self.assertEqual(visit.state, "left")
        self.assertEqual(visit.leaving_reason, "parts")

    def test_bay_and_technicians_are_free_again(self):
        visit, job, other = self.begun()
        waiting = self.make_sold_job(self.make_visit(), technician_id=self.mechanic.id)
        self.leave(visit)
        self.assertFalse(other.exists())
        self.assertRecordValues(
            job,
            [{"state": "done", "date_done": NOON, "date_planned_start": False}],
        )
        self.assertEqual(job.log_ids.date_stop, NOON)
        self.assertEqual(visit.hours_worked, 3)
        with freeze_time(NOON):
            waiting.with_user(self.technician).action_start()
        self.assertEqual(waiting.state, "working")

    def test_open_standards_of_the_step_are_no_lapses(self):
        visit = self.make_visit("inspected")
        visit._create_checks()
        self.assertTrue(visit.check_ids.filtered("is_blocking"))
        self.leave(visit)
        self.assertFalse(visit.check_ids.filtered("is_lapse"))

    def test_promise_is_silent(self):
        """Nobody is late for a car that is gone; who waited in vain has seen that."""
        visit, *_jobs = self.begun()
        with freeze_time(NOON):
            visit.invalidate_recordset()
            self.assertEqual(visit.promise_state, "late")
        self.leave(visit)
        with freeze_time(NOON + timedelta(hours=5)):
            visit.invalidate_recordset()
            self.assertEqual(visit.promise_state, "broken")
            states = self.env["dealer.reception"]
            late = states.search([("promise_state", "=", "late")])
        self.assertNotIn(visit, late)

    def test_promise_is_broken_for_who_left_after_it(self):
        for minutes, state, rate in ((-1, "broken", 0.0), (1, "none", False)):
            with self.subTest(minutes):
                visit = self.left_before(NOON + timedelta(minutes=minutes))
                self.assertEqual(visit.promise_state, state)
                self.env.flush_all()
                self.assertIn(visit, visit.search([("promise_state", "=", state)]))
                [[told]] = self.env["dealer.reception.report"]._read_group(
                    [("reception_id", "=", visit.id)], [], ["promise_kept_rate:avg"]
                )
                self.assertEqual(told, rate)

    def test_slot_is_free_again_for_somebody_else(self):
        visit = self.make_booked("arrived")
        book = self.env["dealer.reception"]._of_the_book
        span = (self.company, NINE, NINE + timedelta(hours=1))
        self.assertIn(visit, book(*span))
        self.leave(visit)
        self.assertNotIn(visit, book(*span))
        self.assertTrue(visit.is_show, "came to the appointment, so it is no no-show")

    def test_an_offer_that_nobody_decided_about_is_cancelled(self):
        visit = self.make_visit("inspected")
        order = self.make_order(visit)
        self.leave(visit)
        self.assertEqual(order.state, "cancel")

    def test_what_was_signed_is_kept_although_nothing_was_done(self):
        visit = self.make_visit("authorized")
        order = self.make_sold_job(visit).sale_line_id.order_id
        agreed = order.consent_amount
        self.leave(visit)
        self.assertEqual(order.state, "cancel")
        self.assertRecordValues(
            order, [{"consent_by": "王建国", "consent_amount": agreed}]
        )
        self.assertEqual(visit.estimate_total, agreed)

    def test_work_that_was_begun_is_still_owed(self):
        visit, job, other = self.begun()
        owed, undone = job.sale_line_id.order_id, other.sale_line_id.order_id
        self.leave(visit)
        self.assertEqual(owed.state, "sale")
        self.assertEqual(undone.state, "cancel")
        self.assertEqual(visit.invoice_ids.amount_untaxed, 188.0)

    def test_customer_can_decide_about_nothing_any_more(self):
        visit = self.make_visit("inspected")
        order = self.make_order(visit)
        self.leave(visit)
        with self.refused(UserError, "already been decided"):
            order.action_record_consent("phone", "王建国")
        with self.refused(UserError, "the work on the car is over"):
            visit.action_add_supplement()

    def test_counts_as_come_and_neither_as_missed_nor_as_promised(self):
        visit = self.make_booked("inspected", date_promised=NOON)
        self.leave(visit)
        self.env.flush_all()
        row = self.env["dealer.reception.report"].search(
            [("reception_id", "=", visit.id)]
        )
        figures = row._read_group(
            [("id", "=", row.id)], [], ["show_rate:avg", "promise_kept_rate:avg"]
        )
        self.assertEqual(figures, [(100.0, False)])

    def test_the_car_that_comes_back_is_a_new_visit(self):
        visit = self.leave(self.make_visit("arrived"))
        with self.refused(UserError, "cannot go from"):
            visit.action_arrive()
        action = visit.action_rebook()
        booking = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(booking.rebooked_from_id, visit)
        arrival = self.make_visit("arrived")
        self.assertNotEqual(arrival, visit)
        self.assertEqual(arrival.state, "arrived")
