"""The home of the callers: whom to call now, and the month of the manager."""

from datetime import date

from freezegun import freeze_time

from ...followup_common import DealerFollowupCase, cn


@freeze_time(cn(2, 10))
class TestHome(DealerFollowupCase):
    def home(self, user):
        return self.env["dealer.home"].with_user(user).get_home("followup")

    def tiles(self, user):
        section = self.home(user)["sections"][0]
        return {tile["key"]: tile["count"] for tile in section["tiles"]}

    def test_call_whose_end_nobody_wrote_down(self):
        sheet = self.open_sheet(self.make_task())
        sheet.action_dial()
        self.assertEqual(self.tiles(self.caller)["no_result"], 0)
        with freeze_time(cn(2, 10, 20)):
            self.assertEqual(self.tiles(self.caller)["no_result"], 1)
            self.assertEqual(self.tiles(self.other_caller)["no_result"], 0)
            self.assertEqual(self.tiles(self.care_manager)["no_result"], 1)
            sheet.result_id = self.result("no_answer")
            sheet.action_save()
            self.assertEqual(self.tiles(self.caller)["no_result"], 0)

    def test_work_begins_with_the_next_call(self):
        task = self.make_task()
        [way] = self.home(self.caller)["ways"]
        action = self.env.ref(way["action"]).with_user(self.caller).run()
        sheet = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(sheet.followup_ids, task)

    def test_caller_sees_own_calls_and_those_of_nobody(self):
        self.make_task()
        self.make_task(user_id=self.caller.id)
        self.make_task(user_id=self.other_caller.id)
        self.assertEqual(self.tiles(self.caller)["now"], 2)
        self.assertEqual(self.tiles(self.care_manager)["now"], 3)

    def test_call_of_tomorrow_and_a_later_try_are_not_now(self):
        self.make_task(due_date=date(2026, 3, 3), next_try_at=cn(3))
        self.make_task(next_try_at=cn(2, 15))
        tiles = self.tiles(self.caller)
        self.assertEqual((tiles["now"], tiles["later"]), (0, 1))

    def test_nobody_is_to_be_called_now_outside_the_calling_hours(self):
        self.make_task()
        for moment, begin in ((cn(2, 22), "09:00"), (cn(2, 12, 30), "14:00")):
            with self.subTest(begin=begin), freeze_time(moment):
                home = self.home(self.caller)
                [now] = [t for t in home["sections"][0]["tiles"] if t["key"] == "now"]
                self.assertEqual(now["count"], 1)
                self.assertEqual(now["label"], "To Call")
                for told in (now["help"], home["ways"][0]["help"]):
                    self.assertEqual(told, f"Calling hours begin at {begin}.")
        [now] = [
            tile
            for tile in self.home(self.caller)["sections"][0]["tiles"]
            if tile["key"] == "now"
        ]
        self.assertEqual(now["label"], "To Call Now")

    def test_call_in_its_last_days_is_urgent(self):
        self.make_task(expire_date=date(2026, 3, 4))
        self.make_task(expire_date=date(2026, 3, 5))
        self.assertEqual(self.tiles(self.caller)["expiring"], 1)

    def test_rules_with_an_error_are_for_the_manager(self):
        self.make_rule().last_error = "Boom"
        self.assertEqual(self.tiles(self.care_manager)["broken_rules"], 1)
        self.assertNotIn("broken_rules", self.tiles(self.caller))

    def test_month_counts_what_was_done_and_reached(self):
        done, failed = self.make_task(), self.make_task()
        done._write_by_method({"state": "done", "date_closed": cn(2, 9)})
        failed._write_by_method({"state": "failed", "date_closed": cn(2, 9)})
        month = self.home(self.care_manager)["months"][0]
        figures = {f["key"]: f["value"] for f in month["figures"]}
        self.assertEqual((figures["done"], figures["reached"]), (1, 50.0))
        self.assertEqual(month["charts"][0]["datasets"][0]["data"], [0, 1])
        self.assertFalse(self.home(self.caller)["months"])

    def test_every_tile_and_report_opens(self):
        home = self.env["dealer.home"].with_user(self.care_manager)
        data = home.get_home("followup")
        for tile in data["sections"][0]["tiles"]:
            action = home.open_tile("followup", tile["key"])
            home.env[action["res_model"]].search_count(action["domain"])
        for item in data["months"][0]["figures"] + data["months"][0]["charts"]:
            action = home.open_report("followup", item["key"])
            home.env[action["res_model"]].search_count(action["domain"])
