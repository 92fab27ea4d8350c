"""The lounge screen: public behind its link, the same for everybody, and cheap."""

import hashlib
import threading
import time

from markupsafe import Markup

from odoo import fields, http
from odoo.http import request

from .private_page import plain_texts

#: Seconds for which an answer is given again without asking the database for the cars.
KEEP_SECONDS = 5
HEADERS = {
    "Cache-Control": f"public, max-age={KEEP_SECONDS}",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
        " connect-src 'self'; base-uri 'none'; form-action 'none'"
    ),
}


class BoardCache:
    """The last board of each shop, for :data:`KEEP_SECONDS`.

    Each process has its own. Screens that ask at the same moment wait for the first.
    """

    def __init__(self, clock=time.monotonic):
        self.clock = clock
        self.boards = {}
        self.lock = threading.Lock()

    def get(self, key, make):
        """What ``make`` gave for ``key`` not long ago, or gives now."""
        with self.lock:
            kept = self.boards.get(key)
            now = self.clock()
            if not kept or now >= kept[0]:
                kept = (now + KEEP_SECONDS, make())
                self.boards[key] = kept
            return kept[1]

    def clear(self):
        """Forget everything."""
        with self.lock:
            self.boards.clear()


BOARDS = BoardCache()


class LoungeScreen(http.Controller):
    @http.route(
        "/lounge/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        save_session=False,
        readonly=True,
    )
    @plain_texts
    def lounge_page(self, token, **_query):
        """The page that hangs on the wall; it asks for the board by itself."""
        company = request.env["res.company"]._lounge_company(token)
        if not company:
            return self._nothing()
        board = self._board(company)
        company = company.with_context(lang=company._public_lang())
        reports = request.env["ir.actions.report"]
        html = request.env["ir.qweb"]._render(
            "dealer_service.lounge_page",
            {
                "company_name": company.name,
                "language": company.env.lang.replace("_", "-"),
                "board": board,
                "codes": [
                    {**link, "qr": reports._paper_qr(link["url"])}
                    for link in company._lounge_codes()
                ],
                "texts": {
                    "title": company.env._("Where your car is"),
                    "offline": company.env._("No connection – last updated"),
                    "closed": company.env._("This screen has been closed."),
                },
            },
            lang=company.env.lang,
        )
        return self._answer(Markup("<!DOCTYPE html>\n") + html)

    @http.route(
        "/lounge/<string:token>/board",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        save_session=False,
        readonly=True,
    )
    @plain_texts
    def lounge_board(self, token, **_query):
        """The rows alone, which the page exchanges every few seconds."""
        company = request.env["res.company"]._lounge_company(token)
        if not company:
            return self._nothing()
        return self._answer(self._board(company))

    def _board(self, company):
        """The rows of a shop as HTML; made at most once in :data:`KEEP_SECONDS`."""
        # language and time are the shop's, not those of the visitor
        company = company.with_context(lang=company._public_lang(), tz=False)

        def make():
            return request.env["ir.qweb"]._render(
                "dealer_service.lounge_board",
                {
                    "cars": company._lounge_cars(),
                    "sheets": company._lounge_sheets(),
                    "now": company._lounge_time(
                        fields.Datetime.now(),
                        company._dealer_tz(),
                        company._dealer_day(fields.Datetime.now()),
                    ),
                },
                lang=company.env.lang,
            )

        return BOARDS.get((request.db, company.id), make)

    def _answer(self, html):
        etag = hashlib.sha256(html.encode()).hexdigest()[:24]
        response = request.make_response(
            html,
            headers=[("Content-Type", "text/html; charset=utf-8"), *HEADERS.items()],
        )
        response.set_etag(etag)
        return response.make_conditional(request.httprequest)

    def _nothing(self):
        """The same plain answer to every link that leads nowhere."""
        headers = {**HEADERS, "Cache-Control": "no-store"}
        return request.make_response(
            "Not found",
            headers=[("Content-Type", "text/plain"), *headers.items()],
            status=404,
        )
