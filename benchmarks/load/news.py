"""The websocket of one person: the news of the boards, as they come."""

import json
from contextlib import suppress

import gevent
import websocket
from gevent.queue import Empty, Queue

BOARDS_CHANNEL = "dealer_service.boards"
NEWS = "dealer_service.news"
#: News that come within this time of each other are one, as in the browser.
BURST_SECONDS = 0.15


class News:
    """A connection to the websocket process.

    :param counts: of all people together: opened, heard, lost
    """

    def __init__(self, address, cookie, counts, channels=(BOARDS_CHANNEL,)):
        self.counts = counts
        self.queue = Queue()
        self.is_closing = False
        self.socket = websocket.create_connection(
            f"ws://{address}/websocket",
            cookie=cookie,
            origin=f"http://{address}",
            timeout=60,
        )
        self.counts["opened"] += 1
        self.socket.settimeout(None)
        data = {"channels": list(channels), "last": 0}
        self.socket.send(json.dumps({"event_name": "subscribe", "data": data}))
        self.listener = gevent.spawn(self._listen)

    def _listen(self):
        while True:
            try:
                text = self.socket.recv()
            except (OSError, websocket.WebSocketException):
                text = ""
            if not text:
                self.counts["lost"] += not self.is_closing
                return
            for notice in json.loads(text):
                message = notice["message"]
                if message["type"] == NEWS:
                    self.counts["heard"] += 1
                    self.queue.put(message["payload"])

    def next(self):
        """Wait for news; what comes in the same moment comes with it."""
        batch = [self.queue.get()]
        gevent.sleep(BURST_SECONDS)
        with suppress(Empty):
            while True:
                batch.append(self.queue.get_nowait())
        return batch

    def close(self):
        """Go home."""
        self.is_closing = True
        with suppress(OSError, websocket.WebSocketException):
            self.socket.close(timeout=1)
        self.listener.kill()
