"""The home of the service app: counts are the user's own searches, and open lists."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import users

from ...common import DealerServiceCase

#: One query for all tiles, four for the user and the shop.
ADVISOR_BUDGET = 5
#: The same, and twelve for the figures and the chart of the month.
MANAGER_BUDGET = 17


class TestHome(DealerServiceCase):
    def home(self, user=None, **asked):
        return (
            self.env["dealer.home"]
            .with_user(user or self.advisor)
            .get_home("service", **asked)
        )

    def tiles(self, user=None, **asked):
        section = self.home(user, **asked)["sections"][0]
        return {tile["key"]: tile["count"] for tile in section["tiles"]}

    def figures(self, user=None):
        months = self.home(user or self.manager)["months"]
        month = next(month for month in months if month["app"] == "service")
        return {figure["key"]: figure for figure in month["figures"]}

    def arrived(self, **values):
        return self.make_reception(state="arrived", odometer=1, **values)

    # -- ways

    def test_work_begins_with_the_arrival_and_with_the_booking(self):
        ways = {way["key"]: way["action"] for way in self.home()["ways"]}
        for key, dialog in (("arrive", "dealer.arrival"), ("book", "dealer.booking")):
            action = self.env["ir.actions.actions"]._for_xml_id(ways[key])
            self.assertEqual(action["res_model"], dialog)
            self.env[dialog].with_user(self.advisor).check_access("create")

    # -- tiles

    def test_tile_counts_what_its_list_shows(self):
        greeted, new = self.arrived(), self.arrived()
        greeted.action_greet()
        late = self.arrived()
        late.date_promised = fields.Datetime.now() - timedelta(minutes=1)
        self.make_order(greeted)
        home = self.env["dealer.home"].with_user(self.advisor)
        tiles = self.tiles()
        for key, count in tiles.items():
            action = home.open_tile("service", key, mine=True)
            if action["type"] != "ir.actions.act_window":
                continue
            shown = self.env[action["res_model"]].with_user(self.advisor)
            self.assertEqual(shown.search_count(action["domain"]), count, key)
        self.assertEqual(tiles["late"], 1)
        greet = home.open_tile("service", "greet")
        self.assertIn(
            new, self.env["dealer.reception"].search(greet["domain"]), "to be greeted"
        )
        self.assertEqual(tiles["decide"], 1)

    def test_advisor_sees_own_cars_and_those_of_nobody_unless_all_are_asked_for(self):
        colleague = self.make_user("colleague_advisor", "user")
        before = self.tiles()["in_house"]
        self.arrived()
        self.arrived(advisor_id=False)
        self.arrived(advisor_id=colleague.id)
        self.assertEqual(self.tiles()["in_house"] - before, 2)
        self.assertEqual(self.tiles(mine=False)["in_house"] - before, 3)
        self.assertFalse(self.home(self.manager)["mine"])

    def test_other_shop_is_not_counted(self):
        before = self.tiles(mine=False)["in_house"]
        shop = self.env["res.company"].create({"name": "Second shop"})
        self.arrived(company_id=shop.id, advisor_id=False)
        self.assertEqual(self.tiles(mine=False)["in_house"], before)

    @users("advisor")
    def test_tile_opens_without_the_filters_of_its_list(self):
        action = self.env["dealer.home"].open_tile("service", "greet")
        self.assertEqual(action["context"], {})
        self.assertNotIn("path", action)

    # -- rights

    @users("technician")
    def test_technician_has_no_home_of_the_service(self):
        home = self.env["dealer.home"]
        for call in (
            lambda: home.get_home("service"),
            lambda: home.open_tile("service", "greet"),
            lambda: home.open_report("service", "visits"),
        ):
            with self.assertRaises(AccessError):
                call()

    @users("advisor")
    def test_month_is_for_managers(self):
        home = self.env["dealer.home"]
        self.assertEqual(home.get_home("service")["months"], [])
        with self.assertRaises(UserError):
            home.open_report("service", "visits")

    @users("advisor")
    def test_unknown_tile_is_refused(self):
        with self.assertRaises(UserError):
            self.env["dealer.home"].open_tile("service", "no_such_tile")
        with self.assertRaises(AccessError):
            self.env["dealer.home"].get_home("no_such_app")

    @users("advisor")
    def test_user_without_another_app_is_not_shown_it(self):
        sections = self.env["dealer.home"].get_home("service")["sections"]
        self.assertEqual([section["app"] for section in sections], ["service"])

    # -- month

    def test_month_compares_the_same_days_of_the_month_before(self):
        with freeze_time("2026-03-10 04:00:00"):
            now = self.figures()
            for day in ("2026-03-02", "2026-03-10", "2026-02-10"):
                self.arrived(date_arrived=f"{day} 02:00:00")
            self.arrived(date_arrived="2026-02-11 02:00:00")  # later than today
            then = self.figures()
        change = {
            name: then["visits"][name] - now["visits"][name]
            for name in ("value", "previous")
        }
        self.assertEqual(change, {"value": 2, "previous": 1})

    def test_day_is_the_day_of_the_shop(self):
        with freeze_time("2026-03-10 04:00:00"):
            self.company._dealer_calendar().tz = "Asia/Shanghai"
            # 17:00 UTC of the 4th is the 5th in Shanghai
            self.arrived(date_arrived="2026-03-04 17:00:00")
            chart = self.home(self.manager)["months"][0]["charts"][0]
        stay = next(d for d in chart["datasets"] if d["label"] == "Still Here")
        self.assertEqual(chart["days"][4], "5")
        self.assertEqual((stay["data"][3], stay["data"][4]), (0, 1))

    def test_longer_month_compares_with_the_whole_shorter_one(self):
        with freeze_time("2026-03-31 04:00:00"):
            month = self.env["dealer.home"]._this_month()
        self.assertEqual(month.previous_stop, month.start)
        self.assertEqual(len(month.days), 31)

    def test_promise_kept_is_the_first_one(self):
        with freeze_time("2026-03-10 04:00:00"):
            for minutes in (30, -30):
                visit = self.arrived(date_arrived="2026-03-10 01:00:00")
                visit.date_promised = fields.Datetime.now()
                visit.date_promised = fields.Datetime.now() + timedelta(hours=5)
                visit._write_by_method(
                    {
                        "state": "ready",
                        "date_ready": fields.Datetime.now()
                        - timedelta(minutes=minutes),
                    }
                )
            self.assertEqual(self.figures()["promise"]["value"], 50.0)

    def test_promise_of_a_car_that_is_still_here_is_broken_by_now(self):
        with freeze_time("2026-03-10 04:00:00"):
            kept = self.arrived(date_arrived="2026-03-10 01:00:00")
            late = self.arrived(date_arrived="2026-03-10 01:00:00")
            (kept + late).date_promised = fields.Datetime.now() + timedelta(hours=1)
            kept._write_by_method(
                {"state": "ready", "date_ready": fields.Datetime.now()}
            )
            self.assertEqual(self.figures()["promise"]["value"], 100.0)
        with freeze_time("2026-03-10 06:00:00"):
            self.assertEqual(self.figures()["promise"]["value"], 50.0)
            self.env.flush_all()
            report = self.env["dealer.reception.report"]
            rates = report.search([("reception_id", "in", (kept + late).ids)])
            self.assertEqual(sorted(rates.mapped("promise_kept_rate")), [0, 100])

    @users("manager")
    def test_figure_opens_the_report_of_this_month(self):
        action = self.env["dealer.home"].open_report("service", "visits")
        self.assertEqual(action["res_model"], "dealer.reception.report")
        self.assertIn("date", [leaf[0] for leaf in action["domain"] if leaf[0] != "&"])

    # -- cost

    def test_queries_do_not_grow_with_the_cars(self):
        def count(user, budget):
            home = self.env["dealer.home"].with_user(user)
            home.get_home("service")
            self.env.invalidate_all()
            with self.assertQueryCount(budget):
                home.get_home("service")

        for _more in range(2):
            count(self.advisor, ADVISOR_BUDGET)
            count(self.manager, MANAGER_BUDGET)
            for _car in range(10):
                visit = self.arrived()
                self.make_order(visit)
