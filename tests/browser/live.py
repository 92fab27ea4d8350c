"""Several browsers at once, with the bus of Odoo between them."""

import contextlib
from unittest.mock import patch
from urllib.parse import urljoin

from odoo.sql_db import db_connect
from odoo.tests.common import _registry_test_lock
from odoo.tests.test_cursor import TestCursor
from odoo.tools import SQL

from odoo.addons.bus.models.bus import ODOO_NOTIFY_FUNCTION, get_notify_payloads
from odoo.addons.bus.websocket import (
    CloseCode,
    WebsocketConnectionHandler,
    _kick_all,
)

from .devtools import Browser, DevToolsCase, Page

commit = TestCursor.commit


def commit_and_tell(cursor):
    """What a commit does to the bus; the cursors of tests leave it out.

    The notice goes by PostgreSQL to the thread that serves the websockets, as in a
    real server.
    """
    cursor.flush()
    channels = list(cursor.postcommit.data.get("bus.bus.channels", ()))
    commit(cursor)
    if channels:
        with db_connect("postgres").cursor() as real:
            for payload in get_notify_payloads(channels):
                real.execute(
                    SQL(
                        "SELECT %s('imbus', %s)",
                        SQL.identifier(ODOO_NOTIFY_FUNCTION),
                        payload,
                    )
                )


class LiveCase(DevToolsCase):
    """Opens one page for each of several users, each in a browser of its own."""

    @contextlib.contextmanager
    def open_pages(self, *visits):
        """:class:`Page` for each path and login, all at the same time.

        :param visits: path, login and, unless it is that of the test, the device: its
            size and whether it is touched
        """
        with contextlib.ExitStack() as finish:
            finish.enter_context(patch.object(TestCursor, "commit", commit_and_tell))
            finish.enter_context(
                patch.object(
                    WebsocketConnectionHandler, "websocket_allowed", return_value=True
                )
            )
            finish.enter_context(self.allow_requests())
            finish.callback(self._wait_remaining_requests)
            finish.callback(_kick_all, CloseCode.KILL_NOW)
            key = self.opener.cookies["test_request_key"]
            browsers = []
            for _visit in visits:
                browsers.append(Browser(self))
                finish.callback(browsers[-1].stop)
            for browser, (path, login, *device) in zip(browsers, visits, strict=True):
                browser.set_cookie("test_request_key", key, "/", "127.0.0.1")
                # the pages that are open already use the same connection
                with _registry_test_lock:
                    # otherwise the one who comes next would log this one out
                    self.session = None
                    self.authenticate(login, login, browser=browser)
                    self.cr.flush()
                    self.cr.clear()
                size, is_touched = device or (self.browser_size, self.touch_enabled)
                self._hold(browser, size, is_touched)
                browser.navigate_to(urljoin(self.base_url(), path))
            with _registry_test_lock:
                yield [Page(browser) for browser in browsers]
            for browser in browsers:
                self.assertFalse(browser.had_failure, "a script of the page failed")

    def _hold(self, browser, size, is_touched):
        """Put the page on a device of that size."""
        # Odoo writes it with a comma once it has started a browser
        width, height = map(int, size.replace(",", "x").split("x"))
        metrics = {"width": width, "height": height}
        metrics |= {"deviceScaleFactor": 1, "mobile": False}
        browser._websocket_request("Emulation.setDeviceMetricsOverride", params=metrics)
        if is_touched:
            browser._websocket_request(
                "Emulation.setTouchEmulationEnabled",
                params={"enabled": True, "maxTouchPoints": 5},
            )
