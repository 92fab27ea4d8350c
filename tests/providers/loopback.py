"""What the reference servers have in common."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Lost(Exception):
    """The connection ends without an answer."""


class Loopback:
    """A server on a free port. ``faults`` are what goes wrong with the next requests,
    in their order: see the servers."""

    def __init__(self):
        self.faults = []
        self.requests = []
        #: Held while an answer is delayed.
        self.gate = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                outer._serve(self)

            do_GET = do_POST

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self):
        self.gate.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _serve(self, handler):
        size = int(handler.headers.get("Content-Length") or 0)
        body = handler.rfile.read(size)
        url = urlsplit(handler.path)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self.requests.append((handler.command, url, headers, body))
        try:
            status, answer = self.answer(handler.command, url, headers, body)
        except Lost:
            handler.close_connection = True
            return
        data = json.dumps(answer, ensure_ascii=False).encode()
        try:
            handler.send_response(status)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)
        except (BrokenPipeError, ConnectionResetError):
            pass  # who asked has gone

    def fault(self):
        return self.faults.pop(0) if self.faults else None

    def delay(self):
        """Wait until whoever asked has given up."""
        self.gate.wait(30)
        raise Lost

    def answer(self, method, url, headers, body):
        """Status and answer of a request; raises :class:`Lost` for none."""
        raise NotImplementedError
