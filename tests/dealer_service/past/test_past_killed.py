"""The job of a take-over is killed while it works, and goes on.

A real process and a real connection; what the test creates is committed and removed.
"""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged

from ...past_common import a_row

COUNT, BATCH = 40, 10
PLATE, MARK = "皖BKILL9", "take-over, killed"
#: Tables in which nothing of the past may leave a row.
CLOSED = ("account_move", "sale_order", "mail_message", "mail_activity", "mail_mail")


@tagged("standard", "post_install", "-at_install")
class TestPastKilled(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # this test may have been killed, too
        self.clean_up()
        self.addCleanup(self.clean_up)
        with self.cursor() as env:
            brand = env["fleet.vehicle.model.brand"].create({"name": MARK})
            model = env["fleet.vehicle.model"].create(
                {"name": MARK, "brand_id": brand.id}
            )
            owner = env["res.partner"].create({"name": MARK})
            # nobody's job begins in between
            env.ref("dealer_service.ir_cron_dealer_service_takeover").active = False
            env["fleet.vehicle"].create(
                {
                    "model_id": model.id,
                    "license_plate": PLATE,
                    "owner_id": owner.id,
                    "is_customer_vehicle": True,
                }
            )
            takeover = env["dealer.takeover"].create({"name": MARK})
            row = a_row(license_plate=PLATE)
            load = env["dealer.takeover.row"].with_context(
                default_takeover_id=takeover.id
            )
            told = load.load(
                list(row),
                [[*{**row, "number": f"K{n}"}.values()] for n in range(COUNT)],
            )
            self.assertEqual(len(told["ids"]), COUNT)
            self.takeover_id = takeover.id

    @contextmanager
    def cursor(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def clean_up(self):
        with self.cursor() as env:
            env.ref("dealer_service.ir_cron_dealer_service_takeover").active = True
            takeovers = env["dealer.takeover"].search([("name", "=", MARK)])
            for takeover in takeovers:
                takeover._write_by_method({"state": "done"})
                takeover.reception_ids._take_back_past()
                takeover._drop_rows()
                takeover.unlink()
            env["fleet.vehicle"].search([("license_plate", "=", PLATE)]).unlink()
            for model in ("res.partner", "fleet.vehicle.model"):
                env[model].search([("name", "=", MARK)]).unlink()
            env["fleet.vehicle.model.brand"].search([("name", "=", MARK)]).unlink()

    def press(self, button):
        with self.cursor() as env:
            getattr(env["dealer.takeover"].browse(self.takeover_id), button)()

    def die(self, method, call):
        """The job, in a process that dies when that call of ``method`` has ended."""
        process = subprocess.run(
            [sys.executable, "-c", _JOB, get_db_name(), method, str(call), str(BATCH)],
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        self.assertEqual(process.returncode, -signal.SIGKILL, process.stderr[-2000:])

    def live(self):
        """The job, until nothing is left to do."""
        with self.cursor() as env:
            env["dealer.takeover"]._cron_work(BATCH)

    def found(self):
        """State, visits, their lines, rows by state."""
        with self.cursor() as env:
            takeover = env["dealer.takeover"].browse(self.takeover_id)
            visits = takeover.reception_ids
            rows = env["dealer.takeover.row"]._read_group(
                [("takeover_id", "=", takeover.id)], ["state"], ["__count"]
            )
            lines = len(visits.past_line_ids)
            return takeover.state, len(visits), lines, dict(rows)

    def closed_tables(self):
        with self.cursor() as env:
            counts = {}
            for table in CLOSED:
                env.cr.execute(f"SELECT COUNT(*), MAX(id) FROM {table}")
                counts[table] = env.cr.fetchone()
            return counts

    def test_job_that_is_killed_takes_over_each_visit_once(self):
        before = self.closed_tables()
        self.press("action_check")
        # two batches are kept, the third is on its way
        self.die("_keep_findings", 3)
        read, unread = 2 * BATCH, COUNT - 2 * BATCH
        self.assertEqual(
            self.found(), ("checking", 0, 0, {"ready": read, "unread": unread})
        )
        self.live()
        self.assertEqual(self.found(), ("checked", 0, 0, {"ready": COUNT}))

        self.press("action_take_over")
        # the visits of the second batch are written, and not kept yet
        self.die("_take_over", 2)
        self.assertEqual(
            self.found(), ("taking", BATCH, BATCH, {"ready": COUNT - BATCH})
        )
        self.live()
        self.assertEqual(self.found(), ("done", COUNT, COUNT, {}))
        self.assertEqual(self.closed_tables(), before)


#: The job; after the call of a method of the rows that was meant, it is killed.
_JOB = """
import logging, os, signal, sys
import odoo.init
from odoo import api
from odoo.tools import config
config.parse_config([], setup_logging=False)
logging.disable(logging.CRITICAL)
from odoo.modules.registry import Registry
database, method, dies_at, size = sys.argv[1:]
env = api.Environment(Registry(database).cursor(), api.SUPERUSER_ID, {})
rows = type(env["dealer.takeover.row"])
original, calls = getattr(rows, method), []

def dying(self, *args):
    result = original(self, *args)
    self.env.flush_all()
    calls.append(1)
    if len(calls) == int(dies_at):
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(rows, method, dying)
env["dealer.takeover"]._cron_work(int(size))
env.cr.commit()
"""
