"""A browser in the hand of a test: real touches, keys and files, by DevTools."""

import base64
import contextlib
import json
from urllib.parse import urljoin

from odoo.tests import HttpCase
from odoo.tests.common import (
    ChromeBrowserException,
    _registry_test_lock,
    release_test_lock,
)

from .chromium import Browser

#: Milliseconds a page may take to come to what a test waits for.
PATIENCE = 40_000
#: Whether a page for customers hears what is pressed.
READY = (
    "document.readyState === 'complete'"
    " && document.body.getAttribute('is-ready') === 'true'"
)


class Page:
    """One page of the browser, driven by what a hand can do.

    Test and server share one connection of the database. The test has it between two
    calls of a page, the server while the test waits for one: see :meth:`send`.
    """

    def __init__(self, browser):
        self.browser = browser

    def send(self, method, **params):
        with release_test_lock():
            return self.browser._websocket_request(method, params=params, timeout=60)

    def js(self, expression):
        """The value of an expression, awaited when it is a promise."""
        answer = self.send(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in answer:
            raise AssertionError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, condition, within=PATIENCE):
        """Wait until a condition of the page is true, see :meth:`comes_to`."""
        if not self.comes_to(condition, within):
            self.browser.take_screenshot()
            raise AssertionError(f"The page never came to: {condition}")

    def comes_to(self, condition, within):
        """Whether a condition of the page comes true; it is looked at frame by frame.

        When one page gives way to the next, the question is lost with it and is asked
        of the new one.

        :param within: milliseconds after which it is too late
        """
        question = (
            "new Promise((resolve) => {"
            f" const end = Date.now() + {within};"
            " const look = () => { let found = false;"
            f" try {{ found = Boolean({condition}); }} catch {{ found = false; }}"
            " if (found || Date.now() > end) { resolve(found); }"
            " else { setTimeout(look, 30); } }; look(); })"
        )
        for _page in range(5):
            try:
                return self.js(question)
            except ChromeBrowserException as error:
                if "navigated" not in str(error):
                    raise
        raise AssertionError(f"The page never came to rest: {condition}")

    def go(self, path):
        """Leave for another page of the same server."""
        self.js("window.isLeft = true")
        self.js(f"location.assign({json.dumps(path)})")
        self.wait("!window.isLeft && document.body")

    def wait_for(self, selector, within=PATIENCE):
        self.wait(f"document.querySelector({json.dumps(selector)})", within)

    def count(self, selector):
        return self.js(f"document.querySelectorAll({json.dumps(selector)}).length")

    def text(self, selector):
        return self.js(f"document.querySelector({json.dumps(selector)}).innerText")

    def place(self, selector, right=0.5, down=0.5):
        """Where a part of an element is on the screen, scrolled into view.

        A page that is still being laid out is waited for, and one that has not got all
        it asked for: what comes late moves the rest. A hand does the same.
        """
        self.wait_for(selector)
        return self.js(
            "(async () => {"
            f" const find = () => document.querySelector({json.dumps(selector)});"
            " const frame = () => new Promise(requestAnimationFrame);"
            " find().scrollIntoView({ block: 'center', behavior: 'instant' });"
            " let before, box, calm = 0;"
            " while (calm < 8) { await frame(); before = box;"
            " box = find().getBoundingClientRect();"
            " const same = !window.openRequests"
            " && before && before.x === box.x && before.y === box.y"
            " && before.width === box.width && before.height === box.height;"
            " calm = same ? calm + 1 : 0; }"
            f" return [box.x + box.width * {right}, box.y + box.height * {down}];"
            " })()"
        )

    def wait_frames(self, count):
        """Let the page draw itself ``count`` times."""
        self.js(
            "(async () => {"
            f" for (let i = 0; i < {count}; i++)"
            " { await new Promise(requestAnimationFrame); } })()"
        )

    def touch(self, kind, *points):
        self.send(
            "Input.dispatchTouchEvent",
            type=kind,
            touchPoints=[{"x": x, "y": y} for x, y in points],
        )

    def tap(self, selector, right=0.5, down=0.5):
        """One finger, down and up."""
        point = self.place(selector, right, down)
        self.touch("touchStart", point)
        self.touch("touchEnd")

    def drag(self, selector, to_selector, right, down, steps=8):
        """One finger from the middle of an element to a place of another."""
        end = self.place(to_selector, right, down)
        start = self.js(
            f"(() => {{ const b = document.querySelector({json.dumps(selector)})"
            ".getBoundingClientRect();"
            " return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        self.touch("touchStart", start)
        for step in range(1, steps + 1):
            part = step / steps
            self.touch(
                "touchMove",
                (
                    start[0] + (end[0] - start[0]) * part,
                    start[1] + (end[1] - start[1]) * part,
                ),
            )
        # the finger rests before it lifts: otherwise it is a throw
        self.wait_frames(12)
        self.touch("touchMove", end)
        self.touch("touchEnd")
        self.wait_frames(12)

    def click(self, selector, right=0.5, down=0.5):
        """The left button of a mouse."""
        self.press_at(*self.place(selector, right, down))

    def press_at(self, x, y):
        """The left button of a mouse, at a place of the screen."""
        for kind in ("mousePressed", "mouseReleased"):
            self.send(
                "Input.dispatchMouseEvent",
                type=kind,
                x=x,
                y=y,
                button="left",
                clickCount=1,
            )

    def key(self, name, shift=False, alt=False):
        for kind in ("rawKeyDown", "keyUp"):
            self.send(
                "Input.dispatchKeyEvent",
                type=kind,
                key=name,
                code=name,
                windowsVirtualKeyCode=KEY_CODES.get(name) or ord(name.upper()),
                modifiers=(8 if shift else 0) + (1 if alt else 0),
            )

    def choose_file(self, selector, path):
        """What the camera or the file dialog gives to an input."""
        root = self.send("DOM.getDocument", depth=0)["root"]["nodeId"]
        node = self.send("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.send("DOM.setFileInputFiles", files=[path], nodeId=node)

    def screenshot(self):
        """The screen as a PNG, in bytes."""
        return base64.b64decode(self.send("Page.captureScreenshot")["data"])


KEY_CODES = {
    "ArrowLeft": 37,
    "ArrowUp": 38,
    "ArrowRight": 39,
    "ArrowDown": 40,
    "Enter": 13,
    "Escape": 27,
    "Delete": 46,
    "Tab": 9,
    **{str(digit): 48 + digit for digit in range(10)},
}


class DevToolsCase(HttpCase):
    """Opens pages in Chromium and leaves the hands to the test.

    An error of the page's scripts fails the test, as it does in Odoo's own.
    """

    browser_size = "1280x800"

    @contextlib.contextmanager
    def open_page(self, path, login=None, without_cookies=False):
        """:class:`Page` on ``path``, as the user ``login`` or as nobody.

        :param bool without_cookies: the page asks without any, not even the test's
        """
        browser = Browser(self)
        allowed = self.allow_requests(browser=browser, all_requests=without_cookies)
        with allowed, contextlib.ExitStack() as finish:
            finish.callback(self._wait_remaining_requests)
            finish.callback(browser.stop)
            self.authenticate(login, login, browser=browser)
            # the pages of the server read with cursors of their own
            self.cr.flush()
            self.cr.clear()
            if self.touch_enabled:
                browser._websocket_request(
                    "Emulation.setTouchEmulationEnabled",
                    params={"enabled": True, "maxTouchPoints": 5},
                )
            browser.navigate_to(urljoin(self.base_url(), path))
            with _registry_test_lock:
                yield Page(browser)
            self.assertFalse(browser.had_failure, "a script of the page failed")
            if not browser._result.done():
                # from here on Odoo forgives what the closing of a page breaks off
                browser._result.set_result(True)
