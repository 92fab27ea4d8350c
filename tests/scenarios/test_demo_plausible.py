"""The demo is believable to a service manager: what would make him smile is refused."""

import re
from collections import defaultdict
from datetime import time, timedelta
from itertools import pairwise

from odoo.addons.dealer_service.models.common.dealer_reception_states import (
    IN_HOUSE_STATES,
    STAMPS,
)

from .demo_plausible import DemoPlausibleCase

#: What a car is driven between two readings at most: a day on the motorway.
MAX_KM_PER_DAY = 500
#: What a customer drives over the life of a car: a taxi drives more.
MAX_KM_PER_DAY_OF_LIFE = 150
#: Regular services of one car are not nearer to each other.
MIN_SERVICE_DAYS = 60
#: Work and words that an electric car has nothing of.
COMBUSTION = re.compile("机油|火花塞|节气门|空气滤清器|变速箱|发动机|油耗|换挡|加油")
#: Words that a car without a plug has nothing of.
ELECTRIC = re.compile("充电|续航|动力电池|高压")
#: Steps at which somebody of the shop is at work.
SHOP_STAMPS = [stamp for stamp in STAMPS if stamp != "date_booked"]
CHINESE_DIGITS = "一二三四五六七八九"
SUMMER, WINTER = re.compile("夏|炎热|痱子"), re.compile("冬|严寒|暖风")


class TestDemoCarsPlausible(DemoPlausibleCase):
    def test_mileage_never_falls_or_jumps(self):
        found = []
        for car, visits in self.came.filtered("odometer").grouped("vehicle_id").items():
            for before, after in pairwise(visits):
                days = (after.date_arrived - before.date_arrived).days + 1
                driven = after.odometer - before.odometer
                if not 0 <= driven <= days * MAX_KM_PER_DAY:
                    found.append(f"{car.name}: {driven} km in {days} days")
        self.assert_none(found)

    def test_mileage_fits_the_age_of_the_car(self):
        self.assert_none(
            f"{visit.display_name}: {visit.odometer} km after {days} days"
            for visit in self.came.filtered("odometer")
            for days in [(visit.date_arrived.date() - visit.vehicle_id.sale_date).days]
            if not 0 <= visit.odometer <= max(days, 1) * MAX_KM_PER_DAY_OF_LIFE
        )

    def test_cars_sold_lately_are_of_the_newest_models(self):
        newest = max(self.cars.mapped("model_year"))
        lately = self.company._dealer_today() - timedelta(days=60)
        self.assert_none(
            f"{car.name}: {car.model_year}, sold {car.sale_date}"
            for car in self.cars
            if car.sale_date > lately and int(car.model_year) < int(newest) - 1
        )

    def test_nothing_of_a_car_is_older_than_its_sale(self):
        self.assert_none(
            f"{visit.display_name}: {visit.date_arrived}, {visit.vehicle_id.sale_date}"
            for visit in self.came
            if visit.date_arrived.date() < visit.vehicle_id.sale_date
        )

    def test_first_service_is_the_first(self):
        found = []
        for visit in self.visits:
            words = " ".join(visit.concern_ids.mapped("name"))
            earlier = self.came.filtered(
                lambda other, visit=visit: (
                    other.vehicle_id == visit.vehicle_id
                    and other.is_maintenance
                    and other.date_arrived < visit.date_planned
                )
            )
            if re.search("首次保养|首保", words) and earlier:
                found.append(f"{visit.display_name}: service no. {len(earlier) + 1}")
        self.assert_none(found)

    def test_first_visit_is_the_first(self):
        found = []
        for visits in self.came.grouped("vehicle_id").values():
            found += [v.display_name for v in visits[1:] if v.is_first_visit]
            found += [v.display_name for v in visits[:1] if not v.is_first_visit]
        self.assert_none(found)

    def test_mileage_that_the_customer_names_is_that_of_the_car(self):
        found = []
        for visit in self.visits:
            for name in visit.concern_ids.mapped("name"):
                told = re.search(f"([{CHINESE_DIGITS}]|[0-9.]+)(万|千|)公里", name)
                if told:
                    number, unit = told.groups()
                    if number in CHINESE_DIGITS:
                        number = CHINESE_DIGITS.index(number) + 1
                    km = float(number) * {"万": 10000, "千": 1000, "": 1}[unit]
                    read = visit.odometer or visit.vehicle_id.last_odometer
                    if abs(read - km) > max(km * 0.2, 2500):
                        found.append(f"{visit.display_name}: {name} {read} km")
        self.assert_none(found)

    def test_regular_services_are_months_apart(self):
        services = self.visits.filtered(
            lambda visit: visit.is_maintenance and visit.state != "cancelled"
        )
        self.assert_none(
            f"{car.name}: {before.date_planned} and {after.date_planned}"
            for car, visits in services.grouped("vehicle_id").items()
            for before, after in pairwise(visits)
            if (after.date_planned - before.date_planned).days < MIN_SERVICE_DAYS
        )

    def test_work_and_words_fit_the_energy_of_the_car(self):
        found = []
        complaints = self.env["dealer.complaint"].search([])
        for car in self.cars:
            refused = COMBUSTION if car.fuel_type == "electric" else ELECTRIC
            if car.fuel_type == "plug_in_hybrid_gasoline":
                continue
            visits = car.reception_ids
            mine = complaints.filtered(lambda c, car=car: c.vehicle_id == car)
            words = [
                *visits.order_ids.order_line.mapped("name"),
                *visits.package_id.mapped("name"),
                *visits.concern_ids.mapped("name"),
                *mine.mapped("subject"),
                *mine.mapped("description"),
            ]
            found += [
                f"{car.name} ({car.fuel_type}): {word}"
                for word in words
                if refused.search(str(word or ""))
            ]
        self.assert_none(found)

    def test_there_is_a_service_for_electric_cars(self):
        packages = self.visits.filtered(
            lambda visit: visit.vehicle_id.fuel_type == "electric"
        ).package_id
        self.assertTrue(
            any(ELECTRIC.search(p.name) or "电" in p.name for p in packages)
        )

    def test_visits_of_a_car_do_not_overlap(self):
        self.assert_none(
            f"{before.display_name}, {after.display_name}"
            for visits in self.came.grouped("vehicle_id").values()
            for before, after in pairwise(visits)
            if not before.date_delivered or before.date_delivered > after.date_arrived
        )


class TestDemoPeoplePlausible(DemoPlausibleCase):
    def test_no_customer_is_called_like_somebody_of_the_shop(self):
        staff = set(self.users.mapped("name"))
        self.assert_none(staff & set(self.cars.owner_id.mapped("name")))
        self.assertEqual(len(staff), len(self.users), "two of the staff share a name")

    def test_no_two_customers_share_a_name_or_a_phone(self):
        owners = self.cars.owner_id
        for field in ("name", "phone"):
            values = [value for value in owners.mapped(field) if value]
            self.assert_none({v for v in values if values.count(v) > 1})

    def test_some_customers_have_an_email_address(self):
        self.assertGreater(len(self.cars.owner_id.filtered("email")), 9)

    def test_every_role_has_its_person(self):
        roles = self.env["res.groups"].search(
            [("privilege_id.category_id", "=", self.category().id)]
        )
        self.assertGreater(len(roles), 7)
        self.assert_none(
            role.full_name for role in roles if not role.all_user_ids & self.users
        )
        self.assert_none(
            user.name for user in self.users if not user.partner_id.function
        )

    def category(self):
        return self.env.ref("dealer_service.module_category_dealer")

    def test_everybody_comes_to_a_screen_of_ours(self):
        found = []
        for user in self.users:
            menus = self.env["ir.ui.menu"].with_user(user)
            if user.action_id:
                continue
            first = menus.load_menus(False)["root"]["children"][0]
            xmlid = menus.browse(first).sudo().get_external_id()[first]
            if not xmlid.startswith("dealer_"):
                found.append(f"{user.name}: {xmlid}")
        self.assert_none(found)

    def test_who_has_a_place_of_work_begins_there(self):
        """Not at the advisors' home, where nothing of theirs is counted."""
        for login, action in (
            ("dealer_service.demo_user_inspector", "dealer_reception_action_quality"),
            ("dealer_service.demo_user_controller", "dealer_workshop_board_action"),
        ):
            user = self.env.ref(login)
            screen = self.env.ref(f"dealer_service.{action}")
            self.assertEqual(user.action_id.id, screen.id, login)
        care = self.env.ref("dealer_followup.demo_user_care_manager")
        home = self.env.ref("dealer_followup.dealer_home_action")
        self.assertEqual(care.action_id.id, home.id)

    def test_nobody_is_greeted_by_a_robot(self):
        self.assertEqual(set(self.users.mapped("odoobot_state")), {"disabled"})

    def test_advisors_receive_customers_and_the_others_do_not(self):
        roles = {user.login: user.partner_id.function for user in self.users}
        for advisor in self.company.dealer_advisor_ids:
            self.assertEqual(roles[advisor.login], "服务顾问")
        self.assertFalse(self.came.advisor_id - self.company.dealer_advisor_ids)

    def test_the_shop_is_set_up(self):
        company = self.company
        self.assertTrue(company.dealer_warranty_partner_id)
        insurers = self.env["sale.order"].search([("dealer_payer", "=", "insurance")])
        self.assertTrue(insurers.partner_invoice_id)
        self.assertRegex(company.vat or "", r"^[0-9A-HJ-NPQRTUWXY]{18}$")
        self.assertTrue(company.dealer_lounge_token)
        self.assertTrue(company.email)


class TestDemoTimePlausible(DemoPlausibleCase):
    def test_work_is_done_in_opening_hours(self):
        """What happens at the moment of loading is not counted: it may be night."""
        loaded = self.env.ref("dealer_service.vehicle_01_demo").create_date
        found = [
            f"{visit.display_name}: {stamp} {self.local(visit[stamp])}"
            for visit in self.came
            for stamp in SHOP_STAMPS
            if visit[stamp]
            and visit[stamp] < loaded - timedelta(minutes=1)
            and not self.is_open(visit[stamp])
        ]
        found += [
            f"{visit.display_name}: appointment {self.local(visit.date_appointment)}"
            for visit in self.visits.filtered("date_appointment")
            if not self.is_open(visit.date_appointment)
        ]
        self.assert_none(found)

    def test_customers_do_not_wait_while_the_shop_is_closed(self):
        loaded = self.env.ref("dealer_service.vehicle_01_demo").create_date
        waiting = self.visits.filtered(
            lambda visit: visit.is_waiting and visit.state in IN_HOUSE_STATES
        )
        if self.is_open(loaded):
            self.assertTrue(waiting)
        else:
            self.assert_none(waiting.mapped("display_name"))

    def test_nobody_works_on_two_jobs_at_once(self):
        logs = self.env["dealer.work.log"].search([], order="date_start, id")
        self.assertTrue(logs)
        for field in ("technician_id", "job_id.bay_id"):
            rows = defaultdict(list)
            for log in logs:
                key = log.mapped(field)
                if key:
                    rows[key].append(log)
            self.assert_none(
                f"{who.name}: {a.job_id.display_name} until {a.date_stop}, "
                f"{b.job_id.display_name} from {b.date_start}"
                for who, mine in rows.items()
                for a, b in pairwise(mine)
                if not a.date_stop or a.date_stop > b.date_start
            )

    def test_customers_are_called_while_they_are_awake(self):
        calls = [
            (call.date, call.partner_id.name)
            for call in self.env["dealer.followup.attempt"].search([])
        ]
        calls += [
            (contact.date, contact.complaint_id.display_name)
            for contact in self.env["dealer.complaint.contact"].search([])
        ]
        loaded = self.env.ref("dealer_service.vehicle_01_demo").create_date
        self.assert_none(
            f"{name}: {self.local(moment)}"
            for moment, name in calls
            if moment < loaded - timedelta(minutes=1)
            and not time(8) <= self.local(moment)[1] <= time(20)
        )

    def test_what_is_said_fits_the_season(self):
        refused = WINTER if 4 <= self.company._dealer_today().month <= 9 else SUMMER
        complaints = self.env["dealer.complaint"].search([])
        lately = complaints.filtered(
            lambda c: (self.now - c.date_received).days < 30,
        )
        words = [
            *self.visits.concern_ids.mapped("name"),
            *lately.mapped("description"),
            *self.env["dealer.activity"].search([]).mapped("name"),
        ]
        self.assert_none(word for word in words if refused.search(str(word)))

    def test_a_comeback_after_yesterday_was_here_yesterday(self):
        complaints = self.env["dealer.complaint"].search([])
        self.assert_none(
            complaint.display_name
            for complaint in complaints
            if "昨天" in str(complaint.description)
            and not complaint.vehicle_id.reception_ids.filtered(
                lambda visit, complaint=complaint: (
                    visit.date_delivered
                    and timedelta(0)
                    <= complaint.date_received - visit.date_delivered
                    <= timedelta(days=2)
                )
            )
        )
