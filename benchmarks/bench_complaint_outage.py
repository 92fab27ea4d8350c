"""Ten thousand clocks come due while the server is down; then it is back."""

import time

from odoo.addons.dealer_complaint.models.clock.dealer_sla_timer_tick import BATCH_SIZE

from tests.complaint_processes import POKER, WORKER, SlaProcessCase

from .generator import ROWS

COUNT = min(ROWS, 10_000)


class BenchComplaintOutage(SlaProcessCase):
    """Cron workers and browsers, each a process with its own connection.

    It commits, and removes what it has made.
    """

    def make_many_due(self):
        ids = []
        for start in range(0, COUNT, 1000):
            ids += self.make_due(min(1000, COUNT - start))
        with self.cursor() as env:
            env.cr.execute("ANALYZE dealer_sla_timer, dealer_complaint")
        return ids

    def test_one_worker(self):
        """Facts and notices by one worker, with nobody else at work."""
        ids = self.make_many_due()
        worker = self.start(WORKER, BATCH_SIZE)
        start = time.perf_counter()
        self.go(worker)
        seconds = time.perf_counter() - start
        self.report(ids, "one worker", seconds)

    def test_outage(self):
        ids = self.make_many_due()
        workers = [self.start(WORKER, BATCH_SIZE) for _number in range(2)]
        # each browser shows some pages of the list
        page = COUNT * 8 // 100
        pokers = [
            self.start(POKER, ",".join(map(str, ids[part * page : part * page + page])))
            for part in range(3)
        ]
        start = time.perf_counter()
        self.go(*workers, *pokers)
        rounds = 0
        while self.facts(ids)[3]:
            # what somebody held at that moment: the next wake-up, seconds later
            rounds += 1
            self.go(self.start(WORKER, BATCH_SIZE))
        seconds = time.perf_counter() - start
        # the wake-up after the last fact tells whoever is still to be told
        time.sleep(2)
        self.go(self.start(WORKER, BATCH_SIZE))
        self.report(ids, f"two workers, three browsers, {rounds} wake-ups", seconds)

    def report(self, ids, who, seconds):
        breached, escalated, repeated, due = self.facts(ids)
        self.assertEqual((breached, repeated, due), (COUNT, 0, 0))
        self.assertEqual(escalated, COUNT)
        digests = self.digests()
        self.assertEqual(set(digests.values()), {1})
        with self.cursor() as env:
            notices = env["dealer.sla.notice"]._read_group(
                [("complaint_id", "in", ids)], ["state"], ["__count"]
            )
        self.assertEqual([state for state, _count in notices], ["sent"])
        print(
            f"\n{COUNT} clocks due, {who}: {seconds:.1f} s,"
            f" {COUNT / seconds:.0f} a second, {breached + escalated} facts,"
            f" {repeated} repeated, {sum(count for _state, count in notices)} notices,"
            f" {sum(digests.values())} summaries for {len(digests)} people"
        )
