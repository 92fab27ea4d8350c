"""The way of a visit through its states."""

from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import users
from odoo.tools import html2plaintext

from odoo.addons.dealer_service.models.common.dealer_reception_states import (
    STATES,
    TRANSITIONS,
)

from ...common import DealerServiceCase

NOW = datetime(2026, 3, 2, 1, 0, 0)


class TestReceptionFlow(DealerServiceCase):
    def test_transitions_name_states_of_the_selection(self):
        known = {state for state, _label in STATES}
        self.assertFalse({s for pair in TRANSITIONS for s in pair} - known)

    @users("advisor")
    def test_illegal_move_names_both_states(self):
        reception = self.make_reception().with_env(self.env)
        with self.assertRaisesRegex(UserError, "Booked.*In Progress"):
            reception.action_start()

    @users("advisor")
    def test_state_cannot_be_written(self):
        reception = self.make_reception().with_env(self.env)
        with self.assertRaises(UserError):
            reception.write({"state": "delivered"})
        with self.assertRaises(UserError):
            reception.with_context(dealer_reception_method=True).write(
                {"state": "delivered"}
            )

    @users("advisor")
    def test_visit_cannot_be_created_in_the_middle(self):
        with self.assertRaises(UserError):
            self.env["dealer.reception"].create(
                {"partner_id": self.customer.id, "state": "settled"}
            )

    @users("manager")
    def test_visit_is_not_born_with_what_the_process_records(self):
        now = fields.Datetime.now()
        base = {"vehicle_id": self.vehicle.id, "partner_id": self.customer.id}
        visits = self.env["dealer.reception"]
        for vals in (
            {"estimate_total": 5000.0},
            {"settled_total": 5000.0},
            {"rework_count": 2},
            {"date_authorized": now},
            {"date_settled": now},
            {"date_arrived": now, "date_delivered": now},
            {"date_promised_first": now},
        ):
            for state in ("booked", "arrived"):
                with self.subTest(vals, state=state), self.assertRaises(UserError):
                    visits.create({**base, **vals, "state": state})
        with self.assertRaises(UserError):
            visits.with_context(default_estimate_total=5000.0).create(base)

    def test_walk_in_starts_at_arrival_and_is_stamped(self):
        with freeze_time(NOW):
            reception = self.make_reception(state="arrived")
        self.assertEqual(reception.date_arrived, NOW)
        self.assertFalse(reception.date_booked)

    def test_each_step_is_stamped_once(self):
        with freeze_time(NOW):
            reception = self.make_reception(state="arrived")
            reception.action_greet()
        with freeze_time(NOW + timedelta(minutes=5)):
            reception.action_greet()
        self.assertEqual(reception.date_greeted, NOW)

    @users("advisor")
    def test_advisor_cannot_correct_times(self):
        reception = self.make_reception(state="arrived").with_env(self.env)
        with self.assertRaises(AccessError):
            reception.date_arrived = NOW

    @users("advisor")
    def test_advisor_enters_no_arrival_of_the_past(self):
        values = {
            "partner_id": self.customer.id,
            "vehicle_id": self.vehicle.id,
            "state": "arrived",
        }
        # that it comes from a file can be said by everybody
        for context in ({}, {"import_file": True}, {"default_date_arrived": NOW}):
            visits = self.env["dealer.reception"].with_context(**context)
            for name in ("date_arrived", "date_booked"):
                with self.assertRaises(AccessError):
                    visits.create({**values, name: NOW - timedelta(days=1)})
        self.assertTrue(self.env["dealer.reception"].create(values).date_arrived)

    @users("manager")
    def test_manager_enters_walk_ins_of_the_past_and_it_is_noted(self):
        names = ["partner_id/.id", "vehicle_id/.id", "state", "date_arrived"]
        row = [self.customer.id, self.vehicle.id, "arrived", "2026-03-01 09:00:00"]
        result = self.env["dealer.reception"].load(names, [list(map(str, row))])
        visit = self.env["dealer.reception"].browse(result["ids"])
        self.assertEqual(visit.date_arrived.date(), date(2026, 3, 1))
        notes = "".join(visit.message_ids.mapped("body"))
        self.assertIn("Entered later: “Arrived On” 2026-03-01", notes)

    @users("manager")
    def test_manager_corrects_times_but_not_before_the_previous_step(self):
        with freeze_time(NOW):
            reception = self.make_reception(state="arrived").with_env(self.env)
            reception.action_greet()
        why = {"correction_reason": "The clock of the tablet was wrong"}
        reception.write({"date_arrived": NOW - timedelta(minutes=10), **why})
        self.assertEqual(reception.date_arrived, NOW - timedelta(minutes=10))
        with self.assertRaisesRegex(ValidationError, "cannot be before"):
            reception.write({"date_greeted": NOW - timedelta(minutes=20), **why})

    def test_manager_who_is_the_advisor_leaves_the_own_times_alone(self):
        reception = self.make_reception(state="arrived", advisor_id=self.manager.id)
        with self.assertRaises(AccessError):
            reception.with_user(self.manager).date_arrived = NOW
        boss = self.make_user("boss", "manager")
        reception.with_user(boss).write(
            {"date_arrived": NOW, "correction_reason": "The tablet was wrong"}
        )
        self.assertEqual(reception.date_arrived, NOW)

    def test_car_cannot_arrive_without_being_known(self):
        reception = self.make_reception(vehicle_id=False)
        with self.assertRaisesRegex(UserError, "has no car yet"):
            reception.action_arrive()

    def test_advisor_follows_the_visit_whoever_booked_it(self):
        clerk = self.make_user("clerk", "user")
        visit = (
            self.env["dealer.reception"]
            .with_user(clerk)
            .create(
                {
                    "vehicle_id": self.vehicle.id,
                    "partner_id": self.customer.id,
                    "advisor_id": self.advisor.id,
                }
            )
        )
        self.assertIn(self.advisor.partner_id, visit.message_partner_ids)
        colleague = self.make_user("colleague", "user")
        visit.advisor_id = colleague
        self.assertIn(colleague.partner_id, visit.message_partner_ids)
        self.assertIn(self.advisor.partner_id, visit.message_partner_ids)

    def entries(self, visit):
        """What each entry of the chatter says, after that of the booking."""
        self.env.cr.flush()
        messages = visit.sudo().message_ids.sorted("id")
        self.assertFalse(messages.tracking_value_ids)
        return [html2plaintext(message.body).split("\n") for message in messages[1:]]

    def test_entry_of_a_state_has_its_time_and_does_not_repeat_it(self):
        visit = self.make_reception()
        self.env.cr.flush()
        visit.action_arrive()
        self.assertEqual(self.entries(visit), [["Booked → Arrived"]])
        visit.action_greet()
        at = visit._format_local(visit.date_greeted)
        self.assertEqual(self.entries(visit)[1:], [[f"Greeted On: {at}"]])

    def test_entry_of_a_state_that_was_entered_long_ago_says_when(self):
        with freeze_time(fields.Datetime.now() - timedelta(hours=2)):
            visit = self.make_reception()
            self.env.cr.flush()
            visit.action_arrive()
        at = visit._format_local(visit.date_arrived)
        self.assertEqual(
            self.entries(visit), [["Booked → Arrived", f"Arrived On: {at}"]]
        )
