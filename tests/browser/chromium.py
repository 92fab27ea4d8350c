"""Chromium for the tests: started once for a class of them, kept for its next page.

What is kept is the program and the scripts and styles it has read already. Each page is
a new tab, and finds neither cookies nor anything else that one before it has stored.
"""

import shutil
import signal

import requests

from odoo.tests.common import HOST, ChromeBrowser

#: Counts what a page has asked of the server and not yet been answered.
COUNT_REQUESTS = """
window.openRequests = 0;
const done = () => { window.openRequests -= 1; };
const { send } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.send = function (...args) {
    window.openRequests += 1;
    this.addEventListener("loadend", done, { once: true });
    return send.apply(this, args);
};
const { fetch } = window;
window.fetch = (...args) => {
    window.openRequests += 1;
    const answer = fetch.apply(window, args);
    answer.then(done, done);
    return answer;
};
"""


class Chromium:
    """A running program with a profile of its own; one page at a time has it."""

    #: of the class of tests that runs
    idle = []

    def __init__(self, process, port, folder, is_touched):
        self.process = process
        self.port = port
        self.folder = folder
        self.is_touched = is_touched

    @classmethod
    def take(cls, is_touched):
        """One that nobody has in the hand, or None."""
        fitting = [one for one in cls.idle if one.is_touched == is_touched]
        if fitting:
            cls.idle.remove(fitting[0])
        return next(iter(fitting), None)

    def give_back(self):
        """Shut its page without a word to it, and keep the program for the next."""
        try:
            pages = [tab["id"] for tab in self._ask("list") if tab["type"] == "page"]
            self._ask("new?about:blank")
            for page in pages:
                self._ask(f"close/{page}")
        except requests.RequestException:
            # it has gone down with the page
            self.end()
        else:
            self.idle.append(self)

    @classmethod
    def end_all(cls):
        while cls.idle:
            cls.idle.pop().end()

    def _ask(self, command):
        """The answer of the program's list of tabs."""
        url = f"http://{HOST}:{self.port}/json/{command}"
        answer = requests.put(url, timeout=10)
        answer.raise_for_status()
        return command.startswith("close") or answer.json()

    def end(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Browser(ChromeBrowser):
    """A page that counts what it waits for, and that is shut without asking.

    Odoo's own has the page give up its service worker first: one that is waiting for
    the server answers late or never.
    """

    def __init__(self, test_case):
        self.program = None
        super().__init__(test_case)
        self._websocket_request(
            "Page.addScriptToEvaluateOnNewDocument",
            params={"source": f"(() => {{{COUNT_REQUESTS}}})()"},
        )
        self._websocket_request("Network.clearBrowserCookies")
        self._websocket_request(
            "Storage.clearDataForOrigin",
            params={"origin": test_case.base_url(), "storageTypes": "all"},
        )

    def _chrome_start(self, user_data_dir, touch_enabled, **options):
        self.program = Chromium.take(touch_enabled)
        if self.program:
            shutil.rmtree(user_data_dir)
        else:
            type(self.test_case).addClassCleanup(Chromium.end_all)
            started = super()._chrome_start(user_data_dir, touch_enabled, **options)
            self.program = Chromium(*started, user_data_dir, touch_enabled)
        return self.program.process, self.program.port

    def stop(self):
        if hasattr(self, "ws"):
            self._result.cancel()
            # what the page would do on leaving is not done
            self._websocket_send("Page.crash")
            self.ws.close()
            self._receiver.join()
            del self.ws
        if self.program:
            self.program.give_back()
            self.program = None
        if self.sigxcpu_handler:
            signal.signal(signal.SIGXCPU, self.sigxcpu_handler)
