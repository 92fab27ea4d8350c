"""What a customer's phone and the screen on the wall load, beside core's order page."""

import gzip
import re
import statistics
import time
from urllib.parse import urljoin

from odoo.tests import HttpCase

from tests.common import DealerServiceCase

ROUNDS = 15
ASSET = re.compile(r'(?:src|href)="([^"]+\.(?:js|css)[^"]*|/web/assets/[^"]+)"')


class BenchPublicPages(DealerServiceCase, HttpCase):
    """Pages of a link, without a login, as a browser that comes for the first time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_reception(state="arrived", odometer=12000)
        cls.bring_to(cls.visit, "working")
        cls.visit._portal_ensure_token()
        products = [
            cls.make_product(f"项目{number}", "labour" if number % 2 else "part", 99)
            for number in range(5)
        ]
        cls.offer = cls.make_order(cls.visit, *products)
        cls.offer.action_share_link()
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "state": "sent",
                "order_line": [(0, 0, {"product_id": p.id}) for p in products],
            }
        )
        cls.order._portal_ensure_token()
        cls.company.action_renew_lounge_link()

    def load(self, path):
        """Median seconds of the page, its queries and what a first look transfers.

        :return: seconds, queries, bytes of the page, bytes with its assets (both as
            a proxy compresses them), number of requests
        """
        self.url_open(path)
        seconds = []
        for _round in range(ROUNDS):
            before, start = self.cr.sql_log_count, time.perf_counter()
            page = self.url_open(path)
            seconds.append(time.perf_counter() - start)
            queries = self.cr.sql_log_count - before
        self.assertEqual(page.status_code, 200, path)
        assets = sorted(set(ASSET.findall(page.text)))
        weight = len(gzip.compress(page.content))
        total = weight + sum(
            len(gzip.compress(self.url_open(urljoin(path, asset)).content))
            for asset in assets
        )
        return statistics.median(seconds), queries, weight, total, 1 + len(assets)

    def test_pages_of_a_link(self):
        url = self.company.dealer_lounge_url
        lounge = url[url.index("/lounge/") :]
        rows = [
            ("core: order by link", self.order.get_portal_url()),
            ("the visit, followed live", self.visit.get_portal_url()),
            (
                "  a look that finds a change",
                self.visit.get_portal_url().replace("?", "/live?", 1),
            ),
            ("deciding on a supplement", self.offer.get_portal_url()),
            ("lounge screen", lounge),
            ("  its next look", f"{lounge}/board"),
        ]
        print(f"\n{'page':32} {'ms':>7} {'queries':>8} {'page KB':>8} {'all KB':>8} n")
        peer = None
        for what, path in rows:
            seconds, queries, weight, total, requests = self.load(path)
            peer = peer or (seconds, queries, total)
            print(
                f"{what:32} {seconds * 1000:7.1f} {queries:8d} {weight / 1024:8.1f}"
                f" {total / 1024:8.1f} {requests:2d}   "
                f"{seconds / peer[0]:5.2f}x time {queries / peer[1]:5.2f}x queries"
                f" {total / peer[2]:5.2f}x bytes"
            )
