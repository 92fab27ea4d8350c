"""The car is driven until its part comes, as the customer agreed (先用车等件)."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import users

from ..workshop.workshop_case import NINE, WorkshopCase

HERE = "dealer_service.mail_activity_type_parts_here"
DELAY = "dealer_service.mail_activity_type_delay"


class TestTimeAway(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NINE))
        cls.customer.email = "wang@example.com"
        cls.visit = cls.make_visit("authorized", is_waiting=True)
        cls.job = cls.make_sold_job(cls.visit, technician_id=cls.mechanic.id)
        cls.part = cls.env["dealer.part.need"].create(
            {
                "reception_id": cls.visit.id,
                "name": "天窗电机",
                "date_expected": NINE.date() + timedelta(days=4),
            }
        )
        cls.visit.date_promised = NINE + timedelta(hours=3)
        cls.part.with_user(cls.advisor).action_order()
        cls.mine = cls.visit.with_user(cls.advisor)

    def drive_away(self, visit=None, **values):
        values = {"agreed_by": "王建国", "method": "in_person", **values}
        return (visit or self.mine).action_drive_away(**values)

    def mails(self):
        """What the customer was written about the parts."""
        return self.env["mail.mail"].search(
            [
                ("model", "=", "dealer.reception"),
                ("res_id", "=", self.visit.id),
                ("subject", "like", "are here"),
                ("recipient_ids", "in", self.customer.ids),
            ]
        )

    @users("advisor")
    def test_agreement_is_recorded_in_the_dialog(self):
        action = self.visit.with_env(self.env).action_ask_away()
        dialog = self.env["dealer.drive.away"].with_context(**action["context"])
        dialog = dialog.create({"method": "phone", "note": "不上高速"})
        self.assertEqual((dialog.parts, dialog.agreed_by), ("天窗电机", "王建国"))
        dialog.action_drive_away()
        self.assertTrue(self.visit.is_away)
        self.assertRecordValues(
            self.visit.away_ids,
            [
                {
                    "date_from": NINE,
                    "date_to": False,
                    "parts": "天窗电机",
                    "agreed_by": "王建国",
                    "method": "phone",
                    "note": "不上高速",
                    "is_time_stopped": False,
                    "user_id": self.advisor.id,
                    "date_expected": NINE.date() + timedelta(days=4),
                }
            ],
        )

    def test_no_car_drives_away_without_who_agreed_and_how(self):
        for values in (
            {"agreed_by": ""},
            {"agreed_by": " "},
            {"method": None},
            {"method": "so"},
        ):
            with (
                self.subTest(values=values),
                self.refused(UserError, "who has agreed"),
            ):
                self.drive_away(**values)

    def test_only_for_a_part_that_is_on_order(self):
        self.part.action_take_back()
        with self.refused(UserError, "order them first"):
            self.drive_away()
        self.part.action_here()
        with self.refused(UserError, "order them first"):
            self.drive_away()

    def test_only_between_consent_and_the_end_of_the_work(self):
        self.drive_away()
        with self.refused(UserError, "once the work is agreed to"):
            self.drive_away()
        for state in ("arrived", "inspected", "quality", "ready"):
            visit = self.make_visit(state).with_user(self.advisor)
            with self.subTest(state=state), self.refused(UserError, "is agreed to"):
                self.drive_away(visit)

    def test_nobody_drives_away_under_the_hands_of_a_technician(self):
        self.job.action_start()
        with self.refused(UserError, "somebody is working on"):
            self.drive_away()
        self.job.action_pause("parts")
        self.drive_away()
        self.assertTrue(self.visit.is_away)

    def test_customer_waits_no_longer_and_no_promise_runs(self):
        first = self.visit.date_promised_first
        with freeze_time(NINE + timedelta(hours=4)):
            self.visit._schedule_delay_activity()
            self.assertTrue(self.visit.activity_search([DELAY]))
            self.drive_away()
            self.assertFalse(self.visit.activity_search([DELAY]))
        self.assertFalse(self.visit.is_waiting)
        self.assertEqual(self.visit.promise_state, "none")
        self.assertEqual(self.visit.date_promised_first, first, "it was missed before")

    def test_visit_waits_and_its_work_cannot_be_begun(self):
        self.drive_away()
        with self.refused(UserError, "Car Is Back"):
            self.mine.action_start()
        with self.refused(UserError, "is away until its part comes"):
            self.job.with_user(self.technician).action_start()
        self.mine.action_come_back()
        self.job.with_user(self.technician).action_start()
        self.assertEqual(self.visit.state, "working")

    def test_bay_is_free_while_the_car_is_away(self):
        self.job.write({"bay_id": self.bay.id, "date_planned_start": NINE})
        boards = self.env["dealer.job"].with_user(self.advisor)

        def shown():
            data = boards.get_board_data("2026-03-02")
            return [
                name
                for name in ("blocks", "tray")
                if self.job.id in [card["id"] for card in data[name]]
            ]

        self.assertEqual(shown(), ["blocks"])
        self.drive_away()
        self.assertEqual(shown(), [])
        self.mine.action_come_back()
        self.assertEqual(shown(), ["tray"])

    def test_car_is_not_in_the_house_and_another_visit_is_possible(self):
        self.assertTrue(self.vehicle.is_in_house)
        self.drive_away()
        self.vehicle.invalidate_recordset()
        car = self.vehicle.with_user(self.advisor)
        self.assertFalse(car.is_in_house)
        self.assertNotIn(car, car.search([("is_in_house", "=", True)]))
        other = car._arrive()
        self.assertNotEqual(other, self.visit)
        self.assertEqual(other.state, "arrived")
        self.assertEqual(car._arrive(), other, "tapping twice is one visit")
        self.assertTrue(self.visit.is_away)

    def test_plate_offers_to_go_on(self):
        self.drive_away()
        car = self.vehicle.with_user(self.advisor)
        action = car.action_arrive_now()
        self.assertEqual(action["res_model"], "dealer.arrival")
        dialog = self.env["dealer.arrival"].with_user(self.advisor)
        dialog = dialog.create({"query": car.license_plate})
        self.assertEqual(dialog.away_id, self.visit)
        self.assertIn("not here yet: 天窗电机", dialog.away_words)
        self.part.action_here()
        dialog.invalidate_recordset()
        self.assertIn("its parts are here", dialog.away_words)
        action = dialog.action_go_on()
        self.assertEqual(action["res_id"], self.visit.id)
        self.assertFalse(self.visit.is_away)
        self.assertEqual(self.visit.state, "authorized")
        with self.refused(UserError, "waits for this car any more"):
            dialog.invalidate_recordset()
            dialog.action_go_on()

    def test_arrival_of_the_part_tells_advisor_and_customer(self):
        self.drive_away()
        self.part.with_user(self.advisor).action_here()
        self.assertEqual(self.visit.activity_search([HERE]).user_id, self.advisor)
        mail = self.mails()
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertIn(self.visit.license_plate, mail.subject)
        tiles = self.env["dealer.home"].with_user(self.advisor)._away_tiles()
        counts = {
            tile["key"]: self.visit in self.visit.search(tile["domain"])
            for tile in tiles
        }
        self.assertEqual(counts, {"away_here": True, "away": True})
        # a day is agreed on
        self.mine.date_return = NINE + timedelta(days=5)
        [tile] = [tile for tile in tiles if tile["key"] == "away_here"]
        self.assertNotIn(self.visit, self.visit.search(tile["domain"]))
        self.mine.action_come_back()
        self.assertFalse(self.visit.activity_search([HERE]))
        self.assertFalse(self.visit.date_return)

    def test_customer_without_mail_is_told_by_the_advisor(self):
        self.customer.email = False
        self.drive_away()
        self.part.action_here()
        self.assertFalse(self.mails())
        self.assertTrue(self.visit.activity_search([HERE]))

    def test_who_never_comes_back_has_left(self):
        self.drive_away()
        with freeze_time(NINE + timedelta(days=30)):
            self.mine.action_leave("other", "没有回来")
        self.assertFalse(self.visit.is_away)
        self.assertEqual(self.visit.away_ids.date_to, NINE + timedelta(days=30))
        self.assertEqual(self.part.state, "ended")

    def test_car_that_is_not_away_does_not_come_back(self):
        with self.refused(UserError, "is not away"):
            self.mine.action_come_back()

    def test_agreement_is_rewritten_by_nobody(self):
        self.drive_away()
        row = self.visit.away_ids
        for user in (self.advisor, self.manager):
            with self.refused(UserError, "cannot be changed by hand"):
                row.with_user(user).is_time_stopped = True
            with self.assertRaises(AccessError):
                row.with_user(user).unlink()
        with self.refused(UserError, "cannot be changed by hand"):
            self.mine.is_away = False

    def test_technician_lets_no_car_go(self):
        visit = self.visit.with_user(self.technician)
        for step in (
            visit.action_ask_away,
            visit.action_come_back,
            lambda: self.drive_away(visit),
        ):
            with self.assertRaises(AccessError):
                step()

    def test_times_away_of_another_shop_are_not_seen(self):
        self.drive_away()
        rows = self.env["dealer.time.away"].with_user(self.advisor)
        self.assertTrue(rows.search([]))
        shop = self.env["res.company"].create({"name": "Another Shop"})
        self.advisor.write({"company_ids": [(6, 0, shop.ids)], "company_id": shop.id})
        self.assertFalse(rows.search([]))

    def test_lounge_shows_cars_that_are_here(self):
        plates = [car["plate"] for car in self.company._lounge_cars()]
        self.drive_away()
        self.assertEqual(len(self.company._lounge_cars()), len(plates) - 1)


class TestEndedNeeds(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NINE))
        cls.visit = cls.make_reception(date_appointment=NINE + timedelta(days=1))
        parts = cls.env["dealer.part.need"].create(
            [
                {
                    "reception_id": cls.visit.id,
                    "name": name,
                    "date_expected": NINE.date(),
                }
                for name in ("缺件", "在途件", "到货件", "备出件")
            ]
        )
        cls.needed, cls.ordered, cls.here, cls.laid_out = parts
        cls.ordered.action_order()
        cls.here.action_here()
        cls.laid_out.action_lay_out()
        cls.parts = parts

    def test_cancelled_visit_needs_no_part(self):
        self.visit.with_user(self.advisor).action_cancel()
        self.assertEqual(set(self.parts.mapped("state")), {"ended"})
        self.assertFalse(self.visit.parts_state)
        [said] = self.visit.message_ids.filtered(
            lambda message: "no longer needed" in (message.body or "")
        )
        for name in ("在途件 (On Order)", "到货件 (Here)", "备出件 (Laid Out)"):
            self.assertIn(name, said.body)
        self.assertNotIn("缺件", said.body)

    def test_delivered_visit_has_used_what_was_laid_out(self):
        self.bring_to(self.visit, "delivered")
        self.assertEqual(
            self.parts.mapped("state"), ["ended", "ended", "ended", "laid_out"]
        )

    def test_nothing_is_said_where_nothing_was_set_aside(self):
        (self.parts - self.needed).unlink()
        before = len(self.visit.message_ids)
        self.visit.with_user(self.advisor).action_cancel()
        self.assertEqual(self.needed.state, "ended")
        said = self.visit.message_ids[: len(self.visit.message_ids) - before]
        self.assertFalse(
            said.filtered(lambda message: "no longer needed" in (message.body or ""))
        )

    def test_ended_need_is_not_taken_up_again(self):
        self.visit.with_user(self.advisor).action_cancel()
        for step in ("action_order", "action_here", "action_lay_out"):
            with self.subTest(step=step), self.refused(UserError, "No Longer Needed"):
                getattr(self.needed, step)()
        with self.refused(UserError, "is over"):
            self.needed.action_take_back()

    def test_list_of_open_needs_forgets_them(self):
        self.visit.with_user(self.advisor).action_cancel()
        found = self.env["dealer.part.need"].search(
            [("state", "in", ("needed", "ordered", "here"))]
        )
        self.assertFalse(found & self.parts)
