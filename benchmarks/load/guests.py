"""Who has a link and no login: the screens of the lounge, the customers' telephones."""

import html
import re
from contextlib import suppress

from locust import HttpUser, constant, task

from .answers import Broken
from .people import LOUNGES, PHONES
from .stage import STAGE
from .web_client import form_token, get, post_form

#: The pages' own rhythm; see `lounge.js` and `visit_live.js`.
LOUNGE_SECONDS, LOOK_SECONDS = 5, 20
SEEN = re.compile(r'data-etag="([^"]+)"')


class Guest(HttpUser):
    """A page that looks again by itself, and is only told what has changed."""

    abstract = True
    role = ""

    def on_start(self):
        self.client.trust_env = False
        self.person = STAGE.take(self.role)
        self.seen = ""
        self.open_page()

    def open_page(self):
        """The first look."""
        raise NotImplementedError

    def look(self, path, page):
        """Ask whether something has changed."""
        headers = {"If-None-Match": self.seen} if self.seen else {}
        # the page looks again later; what failed is among the measured requests
        with suppress(Broken):
            answer = get(self.client, path, page, headers)
            if answer.status_code == 200:
                self.seen = answer.headers.get("ETag", "")


class LoungeScreen(Guest):
    """The television in the lounge."""

    fixed_count = LOUNGES
    role = "lounges"
    wait_time = constant(LOUNGE_SECONDS)

    def open_page(self):
        get(self.client, self.person["path"], "lounge: page")

    @task
    def look_at_the_board(self):
        self.look(f"{self.person['path']}/board", "lounge: board")


class CustomerPhone(Guest):
    """A customer who follows the own car; some say how it was."""

    fixed_count = PHONES
    role = "phones"
    wait_time = constant(LOOK_SECONDS)

    def open_page(self):
        page = get(self.client, self.address(), "phone: visit").text
        found = SEEN.search(page)
        self.seen = html.unescape(found[1]) if found else ""
        if self.person["rates"]:
            self.rate(page)

    def address(self, below=""):
        """The customer's link, or what is below it."""
        return self.person["path"].replace("?", f"{below}?", 1)

    def rate(self, page):
        """Five stars, and a word."""
        visit = self.person["visit"]
        words = STAGE.ledger.token("rating", f"phone{visit}")
        values = {"stars": "5", "feedback": f"服务很好 {words}"}
        values["csrf_token"] = form_token(page)
        with STAGE.ledger.write("rating", visit, words):
            post_form(self.client, self.address("/rate"), "phone: rating", values)

    @task
    def look_again(self):
        self.look(self.address("/live"), "phone: what has changed")
