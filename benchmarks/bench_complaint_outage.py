"""Ten thousand clocks come due while the server is down; then it is back."""

import time

from tests.complaint_processes import POKER, WORKER, SlaProcessCase

COUNT = 10_000


class BenchComplaintOutage(SlaProcessCase):
    """Two cron workers and three browsers, each a process with its own connection.

    It commits, and removes what it has made.
    """

    def test_outage(self):
        ids = [complaint_id for _n in range(10) for complaint_id in self.make_due(1000)]
        with self.cursor() as env:
            env.cr.execute("ANALYZE dealer_sla_timer")
        workers = [self.start(WORKER, 200) for _number in range(2)]
        # each browser shows some pages of the list
        pokers = [
            self.start(POKER, ",".join(map(str, ids[part * 800 : part * 800 + 800])))
            for part in range(3)
        ]
        start = time.perf_counter()
        self.go(*workers, *pokers)
        rounds = 0
        while self.facts(ids)[3]:
            # what somebody held at that moment: the next wake-up, seconds later
            rounds += 1
            self.go(self.start(WORKER, 200))
        seconds = time.perf_counter() - start
        # the wake-up after the last fact tells whoever is still to be told
        time.sleep(2)
        self.go(self.start(WORKER, 200))
        breached, escalated, repeated, due = self.facts(ids)
        self.assertEqual((breached, repeated, due), (COUNT, 0, 0))
        self.assertEqual(escalated, COUNT)
        digests = self.digests()
        self.assertEqual(set(digests.values()), {1})
        print(
            f"\n{COUNT} clocks due, two workers, three browsers: {seconds:.1f} s"
            f" ({seconds / COUNT * 1000:.1f} ms each), {rounds} further wake-ups,"
            f" {breached} facts, {repeated} repeated, {sum(digests.values())} summaries"
            f" for {len(digests)} people"
        )
