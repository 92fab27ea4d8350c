"""A car left while the shop was closed: greeted from the opening on."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError

from ...common import DealerServiceCase
from .evidence_case import EvidenceCase
from .opening import open_at

#: A Tuesday in Shanghai.
NIGHT = datetime(2026, 3, 2, 19, 10)  # 03:10
OPENING = datetime(2026, 3, 3, 0, 0)  # 08:00
LUNCH = datetime(2026, 3, 3, 4, 30)  # 12:30
EVENING = datetime(2026, 3, 3, 13, 0)  # 21:00
NEXT_OPENING = datetime(2026, 3, 4, 0, 0)


#: With a break for lunch.
HOURS = ((8, 12), (13, 18))


class TestNight(DealerServiceCase):
    def setUp(self):
        super().setUp()
        open_at(self.company, *HOURS)

    def come(self, moment):
        with freeze_time(moment):
            return self.make_reception(state="arrived", odometer=1)

    def test_greeting_begins_with_the_opening(self):
        for came, begins in (
            (NIGHT, OPENING),
            (OPENING, OPENING),
            (OPENING + timedelta(hours=2), OPENING + timedelta(hours=2)),
            # somebody is there at noon
            (LUNCH, LUNCH),
            (EVENING, NEXT_OPENING),
            # Friday at night: nobody is there before Monday
            (datetime(2026, 3, 6, 14), datetime(2026, 3, 9, 0)),
        ):
            with self.subTest(came):
                self.assertEqual(self.come(came).date_greet_from, begins)

    def test_shop_without_fixed_hours_greets_at_once(self):
        self.env.cr.execute(
            "UPDATE resource_calendar SET flexible_hours = TRUE WHERE id = %s",
            [self.company._dealer_calendar().id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertEqual(self.come(NIGHT).date_greet_from, NIGHT)

    def test_it_says_since_when_the_car_is_here(self):
        visit = self.come(NIGHT)
        self.assertIn("03:10", visit.night_words)
        visit.with_user(self.advisor).action_greet()
        self.assertFalse(visit.night_words)
        self.assertFalse(self.come(OPENING).night_words)

    def test_whoever_is_measured_does_not_move_the_clock(self):
        visit = self.come(OPENING)
        for user in (self.advisor, self.manager):
            with (
                self.subTest(user.login),
                self.assertRaisesRegex(UserError, "To Be Greeted"),
            ):
                visit.with_user(user).write({"date_greet_from": NEXT_OPENING})

    def test_night_is_no_waiting_time(self):
        visit = self.come(NIGHT)
        with freeze_time(OPENING + timedelta(minutes=2)):
            visit.action_greet()
        at_night = self.come(NIGHT + timedelta(minutes=1))
        with freeze_time(NIGHT + timedelta(minutes=5)):
            at_night.action_greet()
        self.env.flush_all()
        for measured, minutes in ((visit, 2), (at_night, 0)):
            row = self.env["dealer.reception.report"].browse(measured.id)
            self.assertAlmostEqual(row.wait_minutes, minutes)


class TestNightProof(EvidenceCase):
    def test_greeted_at_the_opening_is_greeted_in_time(self):
        open_at(self.company, *HOURS)
        for evidence, minutes, result in (
            ("greeted", 2, "proven"),
            ("greeted", 9, "missed"),
            ("received", 2, "proven"),
        ):
            with self.subTest(evidence, minutes=minutes):
                self.ask("arrived", evidence)
                with freeze_time(NIGHT):
                    visit = self.make_reception(state="arrived", odometer=1)
                with freeze_time(OPENING + timedelta(minutes=minutes)):
                    visit.action_greet()
                with freeze_time(OPENING + timedelta(minutes=20)):
                    visit.action_inspect()
                self.assertResult(visit, evidence, result)
