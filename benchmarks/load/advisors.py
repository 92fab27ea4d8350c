"""The reception desk: cars come, their drivers talk, colleagues read on."""

import random

from locust import task

from .answers import following
from .people import ADVISORS
from .screens import InFront
from .staff import Staff
from .stage import STAGE

VISIT = "dealer.reception"
ARRIVAL = "dealer.arrival"
TODAY = "dealer_service.dealer_reception_action"
CARS = "dealer_service.fleet_vehicle_action_customer"
#: Of so many notes one is about the visit that everybody talks about.
BUSY_SHARE = 3


class Advisor(Staff):
    """A service advisor on a busy morning."""

    fixed_count = ADVISORS
    role = "advisors"

    def first_screen(self):
        self.odometer = {}
        self.to_come = list(self.person["cars"])
        self.visits = list(self.person["visits"])
        return self.home()

    def home(self):
        """The tiles of the day."""
        return InFront(
            lambda: self.web.call_kw(
                "dealer.home", "get_home", "advisor: home", "service", mine=None
            ),
            boards=("lane",),
        )

    def lane(self):
        """The visits of the day by step."""
        screen = self.web.screen(TODAY)
        return InFront(
            lambda: self.web.read_board(screen, "advisor: lane board"),
            boards=("lane",),
        )

    def visit(self, record):
        """The form of a visit."""
        screen = self.web.form_of(VISIT)
        return InFront(
            lambda: self.web.read_form(screen, record, "advisor: visit"),
            visit=record,
        )

    def open_visit(self, record):
        """Open the form of a visit, with what was said below it."""
        self.show(self.visit(record))
        self.web.read_chatter(VISIT, record, "advisor: messages of a visit")

    # -- what an advisor does ----------------------------------------------------------

    @task(3)
    def look_at_the_lane(self):
        self.show(self.lane())

    @task(2)
    def look_at_home(self):
        self.show(self.home())

    @task(2)
    def look_at_the_list(self):
        screen = self.web.screen(TODAY)
        self.show(InFront(lambda: self.web.read_list(screen, "advisor: list of today")))

    @task(2)
    def find_a_car(self):
        """By the last characters of its plate, as they stand on a slip of paper."""
        plate = random.choice(self.person["plates"])
        screen = self.web.screen(CARS)
        search = [["display_name", "ilike", plate[-4:]]]
        with self.hands:
            self.web.read_list(screen, "advisor: find a car", domain=search)

    @task(3)
    def receive(self):
        """A car pulls in: type its plate, and greet whoever brings it."""
        if not self.to_come:
            return self.look_at_the_lane()
        car, plate = self.to_come.pop()
        screen = self.web.form_of(ARRIVAL)
        page = "advisor: plate typed"
        with self.hands:
            self.web.fill(screen, {}, [], "advisor: arrival")
            known = self.web.fill(screen, {"query": plate}, ["query"], page)
            values = {"query": plate, "vehicle_id": known["vehicle_id"]["id"]}
            dialog = self.web.save_form(screen, 0, values, "advisor: arrival saved")
            with STAGE.ledger.write("arrival", car):
                action = self.web.button(
                    ARRIVAL, "action_arrive", dialog["id"], "advisor: car has arrived"
                )
        record = following(action)["res_id"]
        self.visits.append(record)
        self.open_visit(record)
        self.wait()
        with self.hands:
            self.web.button(VISIT, "action_greet", record, "advisor: greeted")
        self.show(self.visit(record))
        return None

    @task(4)
    def write_down(self):
        """The reading, and what the customer says."""
        record = random.choice(self.visits)
        self.open_visit(record)
        self.wait()
        kilometres = self.odometer.get(record, 20_000) + random.randint(1, 9)
        words = self.token("concern")
        values = {
            "odometer": kilometres,
            "concern_ids": [[0, "virtual_1", {"name": f"刹车时有异响 {words}"}]],
        }
        ledger = STAGE.ledger
        with (
            self.hands,
            ledger.write("odometer", record, kilometres),
            ledger.write("concern", record, words),
        ):
            self.web.save_form(
                self.web.form_of(VISIT), record, values, "advisor: visit saved"
            )
        self.odometer[record] = kilometres

    @task(2)
    def add_to_the_busy_one(self):
        """The visit that several people write in at the same moment."""
        self.say(self.person["busy"], "concern")

    @task(3)
    def note(self):
        """A note for the colleagues."""
        record = random.choice(self.visits)
        if not random.randrange(BUSY_SHARE):
            record = self.person["busy"]
        self.open_visit(record)
        self.wait()
        self.say(record, "note")

    def say(self, record, kind):
        """Write one sentence on a visit."""
        words = self.token(kind)
        with self.hands, STAGE.ledger.write(kind, record, words):
            if kind == "note":
                self.web.post_note(
                    VISIT, record, f"客户说稍后再打 {words}", "advisor: note"
                )
            else:
                self.web.save_form(
                    self.web.form_of(VISIT),
                    record,
                    {"concern_ids": [[0, "virtual_1", {"name": f"空调不凉 {words}"}]]},
                    "advisor: concern on the busy visit",
                )
