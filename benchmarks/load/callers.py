"""The telephone room: one customer after the other."""

from locust import task

from .answers import following
from .people import CALLERS
from .screens import InFront
from .staff import Staff
from .stage import STAGE

FOLLOWUP = "dealer.followup"
SHEET = "dealer.followup.call"
MY_LIST = "dealer_followup.dealer_followup_action_mine"


class Caller(Staff):
    """A caller; two of them never have the same customer on the line."""

    fixed_count = CALLERS
    role = "callers"

    def first_screen(self):
        return self.home()

    def home(self):
        """The tiles of the day."""
        return InFront(
            lambda: self.web.call_kw(
                "dealer.home", "get_home", "caller: home", "followup", mine=None
            ),
            boards=("lane",),
        )

    @task(1)
    def look_at_home(self):
        self.show(self.home())

    @task(2)
    def look_at_the_list(self):
        screen = self.web.screen(MY_LIST)
        self.show(InFront(lambda: self.web.read_list(screen, "caller: my list")))

    @task(5)
    def call(self):
        """The next customer: dial, listen, write down, and the sheet after that."""
        with self.hands:
            action = self.web.call_kw(FOLLOWUP, "action_next_call", "caller: next call")
        sheet = self.sheet_of(action)
        while sheet:
            sheet = self.talk(sheet)

    def sheet_of(self, action):
        """The sheet that an action opens; None when there is nobody to call."""
        opened = following(action)
        return opened.get("res_id") if opened.get("res_model") == SHEET else None

    def talk(self, sheet):
        """One call; return the sheet of the next customer."""
        screen = self.web.form_of(SHEET)
        self.show(InFront(lambda: self.web.read_form(screen, sheet, "caller: sheet")))
        with self.hands:
            self.web.button(SHEET, "action_dial", sheet, "caller: dial")
        self.wait()
        words = self.token("call")
        values = {"result_id": self.person["result"], "note": f"车况很好 {words}"}
        with self.hands:
            self.web.save_form(screen, sheet, values, "caller: sheet saved")
            with STAGE.ledger.write("call", 0, words):
                action = self.web.button(
                    SHEET, "action_save_and_next", sheet, "caller: save and next"
                )
        return self.sheet_of(action)
