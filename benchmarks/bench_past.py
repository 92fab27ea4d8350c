"""The past from files, beside the same rows by hand-written SQL."""

import os
import resource
import time
from datetime import date

from tests.common import DealerServiceCase
from tests.past_common import OldSystem, PastFiles

#: Orders of the old system.
ORDERS = int(os.environ.get("BENCH_ROWS", "10000"))
#: Rows of one file.
MOST = 50_000
#: Visits of a car, on the average.
EACH = 4


class BenchPast(PastFiles, DealerServiceCase):
    def by_hand(self, takeover):
        """The same visits and lines in two statements: no check, nothing learnt."""
        self.env.cr.execute(
            """INSERT INTO dealer_reception (company_id, vehicle_id, partner_id,
                contact_id, state, name, date_arrived, date_delivered, date_planned,
                odometer, is_maintenance, license_plate, car_name, settled_total,
                active, create_uid, write_uid, create_date, write_date)
            SELECT company_id, vehicle_id, partner_id, contact_id, state, 'H' || name,
                date_arrived, date_delivered, date_planned, odometer, is_maintenance,
                license_plate, car_name, settled_total, active, 1, 1, NOW(), NOW()
            FROM dealer_reception WHERE takeover_id = %(takeover)s""",
            {"takeover": takeover.id},
        )
        self.env.cr.execute(
            """INSERT INTO dealer_past_line (reception_id, company_id, date, sequence,
                kind, code, name, system_id, quantity, amount, payer,
                create_uid, write_uid, create_date, write_date)
            SELECT hand.id, line.company_id, line.date, line.sequence, line.kind,
                line.code, line.name, line.system_id, line.quantity, line.amount,
                line.payer, 1, 1, NOW(), NOW()
            FROM dealer_past_line line
            JOIN dealer_reception past ON past.id = line.reception_id
            JOIN dealer_reception hand ON hand.name = 'H' || past.name
            WHERE past.takeover_id = %(takeover)s""",
            {"takeover": takeover.id},
        )

    def load_files(self, takeover, rows):
        """As the guide says: files of at most 50,000 rows."""
        for first in range(0, len(rows), MOST):
            part = rows[first : first + MOST]
            self.load_rows(takeover, part, f"{first}.csv", limit=20_000)

    def clock(self, words, action):
        queries, start = self.env.cr.sql_log_count, time.perf_counter()
        own = time.process_time()
        action()
        self.env.flush_all()
        seconds = time.perf_counter() - start
        own = time.process_time() - own
        queries = self.env.cr.sql_log_count - queries
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{words}: {seconds:.1f} s ({own:.1f} s of them in the program), "
            f"{queries} queries, peak {peak} MB"
        )
        return seconds

    def test_past(self):
        plates = [f"皖B{number:05X}" for number in range(ORDERS // EACH)]
        self.make_vehicles(*({"license_plate": plate} for plate in plates))
        old = OldSystem(plates, date(2026, 2, 1), most=2 * EACH)
        rows = list(old.rows())
        takeover = self.begin()
        print(f"\n{len(old.visits)} orders, {len(rows)} rows")
        self.clock("load", lambda: self.load_files(takeover, rows))
        self.clock("check", lambda: self.check(takeover))
        takeover.action_take_over()
        taken = self.clock("take over", lambda: self.work(takeover))
        self.assertEqual(takeover.visit_count, len(old.visits))
        hand = self.clock("by hand", lambda: self.by_hand(takeover))
        print(f"ratio {taken / hand:.1f}")
