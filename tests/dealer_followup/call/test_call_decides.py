"""What a caller does while the customer is on the line: book, hand over, note what was
told, save with one click; and what colleagues who are away have promised."""

from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import html2plaintext

from ...followup_common import DealerFollowupCase, cn


class CallCase(DealerFollowupCase):
    def setUp(self):
        super().setUp()
        self.task = self.make_task(user_id=self.caller.id)
        with freeze_time(cn(2, 10)):
            self.sheet = self.open_sheet()

    def open_sheet(self, task=None, user=None):
        task = (task or self.task).with_user(user or self.caller)
        action = task.action_call()
        return (
            self.env[action["res_model"]]
            .with_user(user or self.caller)
            .browse(action["res_id"])
        )

    def dialog(self, model, user=None, **values):
        return (
            self.env[model]
            .with_user(user or self.caller)
            .create({"call_id": self.sheet.id, **values})
        )


class TestBookFromTheCall(CallCase):
    def setUp(self):
        super().setUp()
        self.desk_advisor = self.make_user("desk_advisor", "user")
        self.company.write(
            {
                "dealer_calendar_id": self.calendar.id,
                "dealer_advisor_ids": [Command.set(self.desk_advisor.ids)],
                "dealer_receptions_per_advisor": 5,
                "dealer_utilisation": 100.0,
                "dealer_reserve_walkin_hours": 0.0,
                "dealer_reserve_supplement_hours": 0.0,
            }
        )
        self.make_technician(
            self.technician, calendar_id=self.calendar.id, company_id=self.company.id
        )

    @freeze_time(cn(2, 10))
    def test_caller_books_the_slot_without_rights_on_visits(self):
        visits = self.env["dealer.reception"]
        self.assertFalse(visits.with_user(self.caller).has_access("create"))
        dialog = self.dialog("dealer.followup.book", wish="保养")
        dialog.day = date(2026, 3, 4)
        free = [slot for slot in dialog.slot_data["slots"] if not slot["refusal"]]
        dialog.date_appointment = datetime.fromisoformat(free[0]["utc"])
        dialog.action_confirm()
        visit = visits.search([("vehicle_id", "=", self.vehicle.id)], limit=1)
        self.assertEqual(visit.state, "booked")
        self.assertEqual(visit.date_appointment, dialog.date_appointment)
        self.assertEqual(visit.concern_ids.name, "保养")
        self.assertEqual(
            self.sheet.result_id, self.env.ref("dealer_followup.result_appointment")
        )
        self.assertIn("Booked for", self.sheet.note)

    @freeze_time(cn(2, 10))
    def test_slot_that_is_closed_is_not_booked(self):
        dialog = self.dialog("dealer.followup.book", date_appointment=cn(4, 3))
        with self.assertRaises(UserError):
            dialog.action_confirm()
        with self.assertRaisesRegex(UserError, "free slot first"):
            self.dialog("dealer.followup.book").action_confirm()

    def test_slot_that_is_over_by_now_is_not_booked(self):
        with freeze_time(cn(2, 10)):
            dialog = self.dialog("dealer.followup.book", date_appointment=cn(2, 10, 30))
        with freeze_time(cn(2, 10, 35)):
            with self.assertRaisesRegex(UserError, "over by now"):
                dialog.action_confirm()
        self.assertFalse(
            self.env["dealer.reception"].search([("vehicle_id", "=", self.vehicle.id)])
        )

    @freeze_time(cn(2, 10))
    def test_what_was_said_is_text_whatever_signs_are_in_it(self):
        said = "第一行\n胎压 a<b 就响"
        self.dialog(
            "dealer.followup.book",
            way="advisor",
            wish=said,
            advisor_id=self.desk_advisor.id,
        ).action_confirm()
        self.dialog(
            "dealer.followup.told",
            new_owner="李梅",
            new_owner_phone="13800000000",
            note=said,
        ).action_confirm()
        for task in self.vehicle.activity_ids:
            self.assertIn("第一行\n胎压 a<b 就响", html2plaintext(task.note))

    @freeze_time(cn(2, 10))
    def test_only_the_car_of_the_call_is_booked(self):
        [other] = self.make_vehicles({"license_plate": "皖B·Z9999"})
        dialog = self.dialog(
            "dealer.followup.book",
            vehicle_id=other.id,
            date_appointment=cn(4, 9),
        )
        with self.assertRaisesRegex(UserError, "not about"):
            dialog.action_confirm()

    @freeze_time(cn(2, 10))
    def test_advisor_is_told_with_name_number_and_wish(self):
        dialog = self.dialog(
            "dealer.followup.book",
            way="advisor",
            wish="空调有异味",
            advisor_id=self.desk_advisor.id,
        )
        dialog.action_confirm()
        todo = self.vehicle.activity_ids.filtered(
            lambda a: a.user_id == self.desk_advisor
        )
        self.assertIn(self.customer.name, todo.summary)
        self.assertIn("空调有异味", str(todo.note))
        self.assertIn(self.desk_advisor.name, self.sheet.note)

    @freeze_time(cn(2, 10))
    def test_nobody_but_an_advisor_of_the_shop_is_told(self):
        for user in (self.other_caller, self.desk_advisor):
            dialog = self.dialog(
                "dealer.followup.book", way="advisor", advisor_id=user.id
            )
            with self.assertRaises(UserError):
                dialog.action_confirm()

    @freeze_time(cn(2, 10))
    def test_colleague_does_not_use_my_sheet(self):
        with self.assertRaises(AccessError):
            self.dialog("dealer.followup.book", user=self.other_caller)
        with self.assertRaises(AccessError):
            self.dialog("dealer.followup.told", user=self.other_caller)


class TestToldInPassing(CallCase):
    @freeze_time(cn(2, 10))
    def test_what_was_told_stands_where_it_belongs(self):
        dialog = self.dialog(
            "dealer.followup.told",
            phone="13905539999",
            insurer="人保财险",
            insurance_expiry=date(2026, 9, 30),
            odometer=23_456,
        )
        dialog.action_confirm()
        self.assertEqual(self.customer.phone_key, "+8613905539999")
        self.assertEqual(self.vehicle.insurer, "人保财险")
        self.assertEqual(self.vehicle.insurance_expiry, date(2026, 9, 30))
        self.assertEqual(self.vehicle.last_odometer, 23_456)
        reading = self.env["dealer.odometer.reading"].search(
            [("vehicle_id", "=", self.vehicle.id)], limit=1
        )
        self.assertEqual(reading.user_id, self.caller)
        self.assertIn("13905539999", str(self.customer.message_ids[:1].body))

    @freeze_time(cn(2, 10))
    def test_bad_answers_are_asked_again(self):
        for values, sentence in (
            ({}, "what the customer told"),
            ({"phone": "unknown"}, "not a telephone number"),
            ({"phone": "1380553" * 70}, "not a telephone number"),
            ({"odometer": 2_000_000_000}, "No car drives"),
            ({"odometer": 5}, "already"),
        ):
            self.vehicle.invalidate_recordset()
            if "odometer" in values:
                self.dialog("dealer.followup.told", odometer=100).action_confirm()
            with self.assertRaisesRegex(UserError, sentence):
                self.dialog("dealer.followup.told", **values).action_confirm()

    @freeze_time(cn(2, 10))
    def test_served_elsewhere_is_a_reason_that_does_not_end_the_relation(self):
        reason = self.env["dealer.leave.reason"].search(
            [("is_leaving", "=", False)], limit=1
        )
        self.dialog(
            "dealer.followup.told", reason_id=reason.id, note="离家近"
        ).action_confirm()
        self.assertEqual(self.vehicle.leave_reason_id, reason)
        self.assertFalse(self.vehicle.left_date)
        self.assertEqual(self.task.state, "todo")

    @freeze_time(cn(2, 10))
    def test_new_owner_is_for_an_advisor_to_enter(self):
        owner = self.vehicle.owner_id
        self.dialog(
            "dealer.followup.told", new_owner="李梅", new_owner_phone="13800000000"
        ).action_confirm()
        self.assertEqual(self.vehicle.owner_id, owner)
        notes = " ".join(str(note) for note in self.vehicle.activity_ids.mapped("note"))
        self.assertIn("李梅", notes)


class TestQuickResults(CallCase):
    @freeze_time(cn(2, 10))
    def test_one_click_saves_the_call_and_opens_the_next(self):
        other = self.make_task(
            partner=self.make_partner(name="王芳", phone="13900000001"),
            vehicle_id=self.make_vehicles({"license_plate": "皖B·Z1111"}).id,
        )
        result = self.env.ref("dealer_followup.result_no_answer")
        self.assertIn(result.id, [row["id"] for row in self.sheet.quick_results])
        action = self.sheet.action_quick(result.id)
        self.assertEqual(self.task.state, "waiting")
        self.assertEqual(self.sheet.attempt_id.result_id, result)
        opened = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(opened.sudo().followup_ids, other)

    @freeze_time(cn(2, 10))
    def test_what_asks_for_more_is_no_click(self):
        unhappy = self.env.ref("dealer_followup.result_unhappy")
        with self.assertRaisesRegex(UserError, "Save and Call Next"):
            self.sheet.action_quick(unhappy.id)
        with self.assertRaises(ValidationError):
            unhappy.is_quick = True

    @freeze_time(cn(2, 10))
    def test_warning_stands_alone_above_the_script(self):
        self.assertFalse(self.sheet.warning)
        self.customer.sudo().is_phone_wrong = True
        self.sheet.invalidate_recordset()
        self.assertIn("known to be wrong", str(self.sheet.warning))
        self.assertNotIn("known to be wrong", str(self.sheet.briefing))


class TestPromisedByAbsent(DealerFollowupCase):
    def away(self, user, start, stop):
        resource = self.env["resource.resource"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": self.company.id,
                "resource_type": "user",
            }
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "resource_id": resource.id,
                "company_id": self.company.id,
                "date_from": start,
                "date_to": stop,
            }
        )

    def next_call(self):
        task = self.Followup.with_user(self.caller)._next_call()
        return task.sudo()

    @freeze_time(cn(2, 10))
    def test_promised_call_of_a_colleague_who_is_away_is_the_next_call(self):
        promised = self.make_task(user_id=self.other_caller.id, is_promised=True)
        self.assertFalse(self.next_call())
        self.away(self.other_caller, cn(1), cn(5))
        self.assertEqual(self.next_call(), promised)
        self.assertEqual(promised.user_id, self.caller)

    @freeze_time(cn(2, 10))
    def test_what_was_not_promised_or_is_not_due_waits_for_the_colleague(self):
        self.away(self.other_caller, cn(1), cn(5))
        self.make_task(user_id=self.other_caller.id)
        self.make_task(
            user_id=self.other_caller.id, is_promised=True, next_try_at=cn(2, 15)
        )
        self.assertFalse(self.next_call())

    @freeze_time(cn(2, 10))
    def test_manager_sees_them_on_the_home(self):
        promised = self.make_task(user_id=self.other_caller.id, is_promised=True)
        self.away(self.other_caller, cn(1), cn(5))
        tiles = (
            self.env["dealer.home"].with_user(self.care_manager)._home_tiles("followup")
        )
        [tile] = [tile for tile in tiles if tile["key"] == "promised_away"]
        found = self.Followup.with_user(self.care_manager).search(tile["domain"])
        self.assertEqual(found.sudo(), promised)
