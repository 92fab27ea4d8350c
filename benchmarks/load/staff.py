"""Whoever is logged in: a web client, a websocket, and a screen that stays fresh."""

from contextlib import suppress

import gevent
from locust import HttpUser, between

from .answers import Broken, Refused
from .news import BURST_SECONDS, News
from .screens import Hands, InFront
from .stage import STAGE
from .web_client import WebClient


class Staff(HttpUser):
    """One who works at a screen of the shop."""

    abstract = True
    #: Seconds between two things that somebody does at a busy hour.
    wait_time = between(8, 24)
    role = ""
    reader = connection = None

    def on_start(self):
        # a proxy of the machine is not asked the way to the machine itself
        self.client.trust_env = False
        self.person = STAGE.take(self.role)
        self.hands = Hands()
        self.web = WebClient(self.client, self.person["login"], self.person["password"])
        self.web.log_in()
        self.connection = News(STAGE.websocket, self.web.cookie(), STAGE.news)
        self.show(self.first_screen())
        self.reader = gevent.spawn(self.keep_fresh)

    def on_stop(self):
        if self.reader:
            self.reader.kill()
        if self.connection:
            self.connection.close()

    def first_screen(self) -> InFront:
        """Where the person is after the log-in."""
        raise NotImplementedError

    def show(self, screen: InFront):
        """Look at something, and keep looking at it; return what is seen."""
        self.in_front = screen
        with self.hands:
            return screen.read()

    def keep_fresh(self):
        """Read again what the news of others outdate, as the browser does.

        Not while the person does something: then, what they see afterwards is fresh.
        """
        while True:
            batch = self.connection.next()
            screen = self.in_front
            if not any(screen.is_outdated(news, self.web.uid) for news in batch):
                continue
            while self.hands.busy:
                gevent.sleep(BURST_SECONDS)
            if screen is self.in_front:
                # what failed is among the measured requests
                with suppress(Refused, Broken):
                    screen.read()

    def token(self, kind):
        """A text that nobody else writes."""
        return STAGE.ledger.token(kind, self.person["login"])
