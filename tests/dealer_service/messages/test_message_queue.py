"""Several workers send one queue, and are killed while they do.

Real processes and connections. Each worker hands its messages to a way that writes them
to a file before it answers, as a provider does that has taken a message when the line
breaks. What the tests create is committed and removed again.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged

#: The night of the issue: MESSAGES=10000 for the whole of it.
COUNT = int(os.environ.get("MESSAGES", 200))
MARK = "message queue test"
_TIMEOUT = 1800


@tagged("standard", "post_install", "-at_install")
class TestMessageQueue(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.provider = Path(folder.name) / "provider"
        self.provider.touch()
        with self.cursor() as env:
            cron = env.ref("dealer_service.ir_cron_dealer_service_messages")
            self.assertTrue(cron.active)
            cron.active = False
        self.addCleanup(self.clean_up)

    @contextmanager
    def cursor(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def clean_up(self):
        with self.cursor() as env:
            env.ref("dealer_service.ir_cron_dealer_service_messages").active = True
            rows = env["dealer.customer.message"].search([("subject", "=", MARK)])
            env["sms.tracker"].search(
                [("sms_uuid", "in", rows.mapped("reference"))]
            ).unlink()
            rows.sms_id.unlink()
            rows.unlink()

    def fill(self, count, **values):
        """Messages to different numbers, due now."""
        with self.cursor() as env:
            shop = env.company
            env["dealer.customer.message"]._create_by_method(
                [
                    {
                        "purpose": "code",
                        "channel": "sms",
                        "company_id": shop.id,
                        "address": f"+86138{number:08d}",
                        "subject": MARK,
                        "text": f"message {number}",
                        "date_due": "2026-01-01 00:00:00",
                        **values,
                    }
                    for number in range(count)
                ]
            )

    def start(self, **options):
        """A worker in a process of its own, which sends until nothing is due."""
        process = subprocess.Popen(
            [sys.executable, "-c", _WORKER, get_db_name(), str(self.provider)]
            + [str(options.get("dies_after", 0))],
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def finish(self, *processes):
        for process in processes:
            _out, err = process.communicate(timeout=_TIMEOUT)
            self.assertEqual(process.returncode, 0, err[-2000:])

    def handed_over(self):
        """How often the provider has got each number."""
        return Counter(self.provider.read_text().split())

    def states(self):
        with self.cursor() as env:
            groups = env["dealer.customer.message"]._read_group(
                [("subject", "=", MARK)], ["state"], ["__count"]
            )
            return dict(groups)

    def let_time_pass(self):
        with self.cursor() as env:
            env.cr.execute(
                """UPDATE dealer_customer_message
                      SET date_sending = date_sending - interval '10 minute'
                    WHERE state = 'sending' AND subject = %s""",
                (MARK,),
            )

    def test_two_workers_send_each_message_once(self):
        self.fill(COUNT)
        self.finish(*(self.start() for _worker in range(2)))
        self.assertEqual(self.states(), {"sent": COUNT})
        handed = self.handed_over()
        self.assertEqual((len(handed), max(handed.values())), (COUNT, 1))

    def test_killed_again_and_again_none_is_lost_none_twice_unknown_ones_named(self):
        self.fill(COUNT)
        deaths = 2
        for _death in range(deaths):
            victims = [self.start(dies_after=COUNT // 20) for _worker in range(2)]
            for victim in victims:
                victim.communicate(timeout=_TIMEOUT)
                self.assertEqual(victim.returncode, -signal.SIGKILL)
            self.let_time_pass()
        self.finish(self.start())
        states, handed = self.states(), self.handed_over()
        # each worker was killed when the provider had got the message
        self.assertEqual(states, {"sent": COUNT - 2 * deaths, "unknown": 2 * deaths})
        self.assertEqual((len(handed), max(handed.values())), (COUNT, 1))
        # nothing that is unknown leaves by itself
        self.finish(self.start())
        self.assertEqual(max(self.handed_over().values()), 1)

    def test_poison_message_delays_itself_alone(self):
        self.fill(20)
        with self.cursor() as env:
            first = env["dealer.customer.message"].search(
                [("subject", "=", MARK)], order="id", limit=1
            )
            # the way breaks down over this one, as a program error does
            first._write_by_method({"text": "poison"})
        self.finish(self.start())
        self.assertEqual(self.states(), {"sent": 19, "unknown": 1})


#: A worker whose way notes each number and, after so many, is killed by the system.
_WORKER = """
import logging, os, signal, sys
import odoo.init
from odoo import api
from odoo.tools import config
config.parse_config([], setup_logging=False)
logging.disable(logging.CRITICAL)
from odoo.modules.registry import Registry
from odoo.addons.sms.tools.sms_api import SmsApiBase
database, provider, dies_after = sys.argv[1], sys.argv[2], int(sys.argv[3])
env = api.Environment(Registry(database).cursor(), api.SUPERUSER_ID, {})
notes = os.open(provider, os.O_WRONLY | os.O_APPEND)
count = 0

class Way(SmsApiBase):
    def _send_sms_batch(self, messages, delivery_reports_url=False):
        global count
        [message] = messages
        if message["content"] == "poison":
            raise ZeroDivisionError
        [number] = message["numbers"]
        os.write(notes, (number["number"] + "\\n").encode())
        count += 1
        if count == dies_after:
            os.kill(os.getpid(), signal.SIGKILL)
        return [{"uuid": number["uuid"], "state": "success"}]

type(env["res.company"])._get_sms_api_class = lambda shop: Way
env["dealer.customer.message"]._cron_send()
env.cr.commit()
"""
