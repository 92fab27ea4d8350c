"""A customer who waits watches the repair: asked or offered, by the shop's rule."""

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ...common import DealerServiceCase

#: Ten and twenty o'clock in Shanghai.
MORNING, EVENING = "2026-03-02 02:00:00", "2026-03-02 12:00:00"


class WatchCase(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_tz = "Asia/Shanghai"

    def setUp(self):
        super().setUp()
        clock = freeze_time(MORNING)
        clock.start()
        self.addCleanup(clock.stop)

    def waiting(self, state="working", **values):
        visit = self.make_reception(state="arrived", is_waiting=True, **values)
        visit._write_by_method({"state": state})
        return visit


class TestWatch(WatchCase):
    def test_two_taps_record_that_they_went_in(self):
        visit = self.waiting()
        action = visit.with_user(self.advisor).action_ask_watch()
        dialog = (
            self.env["dealer.watch"]
            .with_user(self.advisor)
            .create({"reception_id": action["context"]["default_reception_id"]})
        )
        self.assertTrue(dialog.words)
        dialog.action_go_in()
        self.assertRecordValues(
            visit.care_ids,
            [
                {
                    "kind": "workshop_visit",
                    "user_id": self.advisor.id,
                    "is_done": True,
                    "is_stamped": True,
                }
            ],
        )

    def test_who_is_inside_is_not_sent_in_again(self):
        self.company.dealer_watch_at_once = 2
        first, second, third = self.waiting(), self.waiting(), self.waiting()
        for _tap in range(2):
            first.with_user(self.advisor)._go_in_to_watch()
        self.assertEqual(len(first.care_ids), 1)
        second.with_user(self.advisor)._go_in_to_watch()
        with self.assertRaisesRegex(UserError, "at once"):
            third.with_user(self.advisor)._go_in_to_watch()
        # a second look, later, is another one
        with freeze_time("2026-03-02 02:30:00"):
            first.with_user(self.advisor)._go_in_to_watch()
        self.assertEqual(len(first.care_ids), 2)

    def test_what_the_customer_asked_for_is_done_and_off_the_list(self):
        visit = self.waiting()
        visit._ask_to_watch()
        visit._ask_to_watch()
        self.assertEqual(len(visit.care_ids), 1)
        self.assertEqual(visit.activity_ids.user_id, visit.advisor_id)
        self.assertEqual(visit._watch_values()["state"], "asked")
        visit.with_user(self.advisor)._go_in_to_watch()
        self.assertEqual(len(visit.care_ids), 1)
        self.assertTrue(visit.care_ids.is_done and visit.care_ids.is_stamped)
        self.assertFalse(visit.activity_ids)

    def test_who_does_not_wait_or_has_no_work_begun_cannot_watch(self):
        for visit in (self.waiting("arrived"), self.waiting("ready")):
            with self.assertRaisesRegex(UserError, "waits here"):
                visit.action_ask_watch()
            self.assertFalse(visit._watch_values()["state"])
        away = self.waiting()
        away.is_waiting = False
        with self.assertRaises(UserError):
            away._ask_to_watch()

    def test_outside_the_hours_nobody_goes_in(self):
        visit = self.waiting()
        with freeze_time(EVENING):
            with self.assertRaisesRegex(UserError, "09:00"):
                visit._go_in_to_watch()
            self.company.dealer_watch_until = 21
            visit._go_in_to_watch()

    def test_no_more_at_once_than_the_rule_allows(self):
        self.company.dealer_watch_at_once = 1
        first, second = self.waiting(), self.waiting()
        first.with_user(self.advisor)._go_in_to_watch()
        with self.assertRaisesRegex(UserError, "at once"):
            second._ask_to_watch()
        with freeze_time("2026-03-02 02:16:00"):
            second.with_user(self.advisor)._go_in_to_watch()

    def test_a_shop_may_let_nobody_in(self):
        self.company.dealer_watch_at_once = 0
        with self.assertRaisesRegex(UserError, "does not let"):
            self.waiting().action_ask_watch()

    def test_the_shops_own_words_are_said(self):
        visit = self.waiting()
        self.company.dealer_watch_words = "请戴安全帽"
        self.assertEqual(visit._watch_values()["words"], "请戴安全帽")


@tagged("post_install", "-at_install")
class TestWatchPage(WatchCase, HttpCase):
    def test_the_customer_asks_on_the_own_page(self):
        self.company.write({"dealer_watch_from": 0, "dealer_watch_until": 24})
        visit = self.waiting()
        url = visit.get_portal_url()
        page = self.url_open(url)
        self.assertIn("/watch", page.text)
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        path, query = url.split("?")
        answer = self.url_open(f"{path}/watch?{query}", data={"csrf_token": token})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(len(visit._watch_requests()), 1)
        self.assertNotIn(f"{path}/watch", answer.text)
