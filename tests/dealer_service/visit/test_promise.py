"""The promise is what the clock says, whether or not a cron has run."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError

from ...common import DealerServiceCase

PROMISED = datetime(2026, 3, 2, 8, 0, 0)


class TestPromise(DealerServiceCase):
    def setUp(self):
        super().setUp()
        self.company.dealer_promise_warn_minutes = 30
        with freeze_time(PROMISED - timedelta(hours=3)):
            self.reception = self.make_reception(
                state="arrived", date_promised=PROMISED
            )
            self.env.flush_all()

    def at(self, moment):
        """What is read, found and grouped at ``moment``, without any cron."""
        with freeze_time(moment):
            self.env.invalidate_all()
            read = self.reception.promise_state
            found = self.env["dealer.reception"].search(
                [("id", "=", self.reception.id), ("promise_state", "=", read)]
            )
            self.assertEqual(found, self.reception, "search differs from read")
            groups = self.env["dealer.reception"]._read_group(
                [("id", "=", self.reception.id)], ["promise_state"]
            )
            self.assertEqual(groups, [(read,)], "group-by differs from read")
            self.assertEqual(self.reception._promise_state_at(moment), read)
        return read

    def stored(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT promise_state FROM dealer_reception WHERE id = %s",
            [self.reception.id],
        )
        return self.env.cr.fetchone()[0]

    def test_promise_changes_to_the_second(self):
        second = timedelta(seconds=1)
        risk = PROMISED - timedelta(minutes=30)
        self.assertEqual(self.at(risk - second), "on_time")
        self.assertEqual(self.at(risk), "at_risk")
        self.assertEqual(self.at(PROMISED), "at_risk")
        self.assertEqual(self.at(PROMISED + second), "late")

    def test_cron_stores_what_time_has_changed_and_only_that(self):
        self.assertEqual(self.stored(), "on_time")
        for moment, expected in (
            (PROMISED - timedelta(minutes=31), "on_time"),
            (PROMISED - timedelta(minutes=30), "at_risk"),
            (PROMISED + timedelta(seconds=1), "late"),
        ):
            with freeze_time(moment), self.enter_registry_test_mode():
                self.env.ref(
                    "dealer_service.ir_cron_dealer_service_promise"
                ).method_direct_trigger()
            self.assertEqual(self.stored(), expected)

    def promise(self, **values):
        """A car that is promised in three hours, and when that is."""
        promised = fields.Datetime.now().replace(microsecond=0) + timedelta(hours=3)
        other = self.make_vehicle(license_plate="皖B·A0002")
        self.make_reception(vehicle_id=other.id, date_promised=promised, **values)
        self.env.flush_all()
        return promised

    def wake_ups(self):
        """When the cron is to wake, in the order of the clock."""
        cron = self.env.ref("dealer_service.ir_cron_dealer_service_promise")
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", cron.id), ("call_at", ">", fields.Datetime.now())]
        )
        return sorted(triggers.mapped("call_at"))

    def test_car_in_the_house_wakes_the_cron_once_and_the_cron_itself_again(self):
        promised = self.promise(state="arrived")
        risk, late = promised - timedelta(minutes=30), promised + timedelta(seconds=1)
        self.assertEqual(self.wake_ups(), [risk])
        self.refresh(risk)
        self.assertEqual(self.wake_ups(), [risk, late])
        self.refresh(late)
        self.assertEqual(self.wake_ups(), [risk, late])

    def test_car_that_is_still_to_come_wakes_the_cron_at_both_moments(self):
        promised = self.promise()
        risk, late = promised - timedelta(minutes=30), promised + timedelta(seconds=1)
        self.assertEqual(self.wake_ups(), [risk, late])

    def test_advisor_is_asked_once_to_tell_the_delay(self):
        cron = self.env.ref("dealer_service.ir_cron_dealer_service_promise")
        for minutes in (-20, 5):
            with (
                freeze_time(PROMISED + timedelta(minutes=minutes)),
                self.enter_registry_test_mode(),
            ):
                cron.method_direct_trigger()
        self.assertEqual(len(self.reception.activity_ids), 1)
        self.assertEqual(self.reception.activity_ids.user_id, self.advisor)
        self.reception.action_tell_delay()
        self.assertFalse(self.reception.activity_ids)
        self.assertTrue(self.reception.is_delay_notified)
        with freeze_time(PROMISED + timedelta(hours=1)):
            self.reception.action_tell_delay()
        told = self.reception.message_ids.filtered(
            lambda message: "told about the delay" in (message.body or "")
        )
        self.assertEqual(len(told), 1)

    def refresh(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref(
                "dealer_service.ir_cron_dealer_service_promise"
            ).method_direct_trigger()

    def test_advisor_who_has_called_is_not_asked_again_for_the_same_promise(self):
        self.refresh(PROMISED - timedelta(minutes=20))
        self.reception.activity_ids.action_feedback(feedback="He comes at five.")
        self.refresh(PROMISED + timedelta(minutes=5))
        self.assertFalse(self.reception.activity_ids)
        later = PROMISED + timedelta(hours=2)
        with freeze_time(PROMISED + timedelta(minutes=6)):
            self.reception.date_promised = later
            self.env.flush_all()
        self.refresh(later - timedelta(minutes=20))
        self.assertEqual(len(self.reception.activity_ids), 1)

    def test_another_call_neither_stands_for_the_delay_nor_is_closed_with_it(self):
        other = self.reception.activity_schedule(
            "mail.mail_activity_data_call", summary="Ask the insurer"
        )
        self.refresh(PROMISED + timedelta(minutes=5))
        self.assertEqual(len(self.reception.activity_ids - other), 1)
        self.reception.action_tell_delay()
        self.assertEqual(self.reception.activity_ids, other)

    def test_nobody_is_told_of_a_delay_once_the_car_is_not_waited_for(self):
        for state in ("ready", "delivered", "left", "cancelled"):
            with self.subTest(state):
                vals = {"state": state}
                if state in ("ready", "delivered"):
                    vals["date_ready"] = PROMISED + timedelta(hours=1)
                if state == "left":
                    vals["date_left"] = PROMISED + timedelta(hours=1)
                self.reception._write_by_method(vals)
                with self.assertRaisesRegex(UserError, "nobody waits for the car"):
                    self.reception.action_tell_delay()
                self.assertFalse(self.reception.is_delay_notified)

    def test_delay_is_told_while_there_is_one(self):
        self.reception._write_by_method({"date_promised": False})
        with self.assertRaisesRegex(UserError, "is not late"):
            self.reception.action_tell_delay()
        self.reception._write_by_method({"date_promised": PROMISED})
        with freeze_time(PROMISED - timedelta(minutes=31)):
            with self.assertRaisesRegex(UserError, "is not late"):
                self.reception.action_tell_delay()
        self.assertFalse(self.reception.is_delay_notified)
        with freeze_time(PROMISED - timedelta(minutes=30)):
            self.reception.action_tell_delay()
        self.assertTrue(self.reception.is_delay_notified)

    def test_promise_is_moved_and_never_emptied(self):
        for user in (self.advisor, self.manager):
            visit = self.reception.with_user(user)
            with self.assertRaisesRegex(UserError, "not taken back"):
                visit.date_promised = False
            self.assertEqual(visit.date_promised, PROMISED)
        later = PROMISED + timedelta(hours=2)
        with freeze_time(PROMISED - timedelta(hours=1)):
            self.reception.with_user(self.advisor).date_promised = later
        self.assertEqual(self.reception.date_promised, later)

    def test_delay_of_a_visit_that_is_called_off_is_not_told(self):
        self.refresh(PROMISED + timedelta(minutes=5))
        self.assertTrue(self.reception.activity_ids)
        self.reception.with_user(self.manager).action_cancel()
        self.assertFalse(self.reception.activity_ids)

    def test_delay_is_told_in_the_words_of_the_advisor_and_the_time_of_the_shop(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.advisor.lang = "zh_CN"
        self.refresh(PROMISED + timedelta(minutes=5))
        activity = self.reception.activity_ids
        self.assertEqual(activity.summary, "告知客户延误")
        self.assertIn("16:00", activity.note)

    def test_first_promise_is_kept_for_the_figures(self):
        later = PROMISED + timedelta(hours=2)
        self.reception.date_promised = later
        self.assertEqual(self.reception.date_promised_first, PROMISED)
        with self.assertRaises(UserError):
            self.reception.with_user(self.manager).write({"date_promised_first": later})

    def test_car_ready_in_the_promised_second_keeps_the_promise(self):
        self.reception._write_by_method({"date_ready": PROMISED})
        self.assertEqual(self.at(PROMISED + timedelta(days=3)), "kept")
        self.assertTrue(self.reception.is_first_promise_kept)

    def test_car_ready_late_has_broken_it(self):
        self.reception._write_by_method({"date_ready": PROMISED + timedelta(seconds=1)})
        self.assertEqual(self.at(PROMISED + timedelta(days=3)), "broken")
        self.assertFalse(self.reception.is_first_promise_kept)

    def test_promise_is_not_moved_once_the_car_is_ready(self):
        self.reception._write_by_method({"date_ready": PROMISED})
        with self.assertRaisesRegex(UserError, "already ready"):
            self.reception.date_promised = PROMISED + timedelta(days=1)

    def test_due_promises_are_found_through_their_index(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(
            "EXPLAIN SELECT id FROM dealer_reception WHERE date_ready IS NULL AND"
            " promise_state = 'on_time' AND date_promise_risk <= %s",
            [PROMISED],
        )
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("dealer_reception_promise_due_idx", plan)
