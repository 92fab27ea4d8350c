"""`make load`: what it counts, what it calls lost, and what makes it fail."""

import os
import subprocess
import sys

import pytest

from odoo.tests import tagged

from benchmarks.load import answers, figures, specification
from benchmarks.load.ledger import (
    DONE,
    KINDS,
    REFUSED,
    UNKNOWN,
    Ledger,
    Write,
    differences,
)
from benchmarks.load.screens import Hands, InFront
from benchmarks.load.server_log import WEBSOCKETS, ServerLog
from tests.common import DealerServiceCase
from tools.sandbox import load, memory
from tools.sandbox.common import Refusal

LOG = """\
2026-11-30 02:00:00,001 41 INFO ? odoo.service.server: Worker WorkerHTTP (41) alive
2026-11-30 02:00:00,002 43 INFO ? odoo.service.server: Worker WorkerCron (43) alive
2026-11-30 02:00:00,003 44 INFO ? odoo.service.server: Evented Service (longpolling) \
running on 127.0.0.1:8072
2026-11-30 02:00:01,000 41 INFO d werkzeug: 127.0.0.1 - - [30/Nov/2026 02:00:01] \
"POST /web/dataset/call_kw/dealer.home/get_home HTTP/1.1" 200 - 41 0.031 0.052
2026-11-30 02:00:02,000 41 INFO d werkzeug: 127.0.0.1 - - [30/Nov/2026 02:00:02] \
"\x1b[36mGET /my/visits/7/live?access_token=x HTTP/1.1\x1b[0m" 304 - 9 0.008 0.009
2026-11-30 02:00:02,500 41 ERROR d odoo.sql_db: bad query: UPDATE dealer_reception
ERROR: could not serialize access due to concurrent update
2026-11-30 02:00:02,600 41 INFO d odoo.service.model: SERIALIZATION_FAILURE, 4 tries \
left, try again in 0.3 sec...
"""
BROKEN = """\
2026-11-30 02:00:03,000 42 ERROR d odoo.http: Exception during request handling.
Traceback (most recent call last):
KeyError: 'res_id'
2026-11-30 02:00:03,001 42 INFO d werkzeug: 127.0.0.1 - - [30/Nov/2026 02:00:03] \
"\x1b[35m\x1b[1mGET /lounge/x/board HTTP/1.1\x1b[0m" 500 - 3 0.001 0.002
"""
VIEW = """
<form>
  <field name="state"/>
  <group>
    <field name="partner_id"/>
    <field name="company_id" invisible="1"/>
    <field name="gone"/>
  </group>
  <field name="concern_ids">
    <list limit="7"><field name="name"/><field name="system_id"/></list>
    <form><field name="cause"/></form>
  </field>
  <field name="tag_ids" widget="many2many_tags"/>
  <field name="order_ids" invisible="True"/>
</form>
"""
MODELS = {
    "visit": {
        "fields": {
            "state": {"type": "selection"},
            "partner_id": {"type": "many2one", "relation": "person"},
            "company_id": {"type": "many2one", "relation": "company"},
            "concern_ids": {"type": "one2many", "relation": "concern"},
            "tag_ids": {"type": "many2many", "relation": "tag"},
            "order_ids": {"type": "one2many", "relation": "order"},
        }
    },
    "concern": {
        "fields": {
            "name": {"type": "text"},
            "system_id": {"type": "many2one", "relation": "system"},
            "cause": {"type": "text"},
        }
    },
}
SEARCH = """
<search>
  <filter name="today" domain="[('day', '=', 'today'), ('user_id', '=', uid)]"/>
  <filter name="mine" domain="[('user_id', '=', uid)]"/>
</search>
"""


# -- what is counted -------------------------------------------------------------------


def test_a_percentile_is_a_value_that_was_measured():
    values = [50, 10, 40, 20, 30]
    assert [figures.percentile(values, share) for share in (50, 90, 99)] == [30, 50, 50]
    assert figures.percentile([7], 50) == 7
    assert figures.percentile(list(range(1, 101)), 95) == 95


def test_each_page_has_its_line_and_all_have_one():
    requests = [["lane", 10.4, "ok"], ["lane", 30.0, "broken: HTTP 500"]]
    lines = figures.pages([*requests, ["home", 20.0, "ok"]]).splitlines()
    assert lines[0].startswith("| page | requests | 50 % | 90 % | 95 % | 99 % |")
    assert lines[2] == "| home | 1 | 20 | 20 | 20 | 20 | 20 | 0 |"
    assert lines[3] == "| lane | 2 | 10 | 30 | 30 | 30 | 30 | 1 |"
    assert lines[4] == "| all | 3 | 20 | 30 | 30 | 30 | 30 | 1 |"


def test_a_process_that_served_nothing_has_its_line_too():
    kinds = {41: "HTTP worker", 43: "cron worker"}
    table = figures.workers(kinds, {41: 12}, {41: (90e6, 120e6, 200e6)})
    assert "| HTTP worker | 12 | 90 | 120 | 200 |" in table
    assert "| cron worker | 0 | – | – | – |" in table


def test_the_log_tells_processes_requests_and_retries():
    log = ServerLog(LOG)
    assert log.kinds == {41: "HTTP worker", 43: "cron worker", 44: WEBSOCKETS}
    assert log.requests == {41: 2}
    assert log.statuses == {200: 1, 304: 1}
    assert (log.retries, log.broken, log.errors) == (1, 0, [])


def test_the_log_tells_errors():
    log = ServerLog(LOG + BROKEN)
    assert log.broken == 1
    assert log.errors == ["odoo.http: Exception during request handling."]


def test_the_memory_of_what_a_process_has_started():
    command = [sys.executable, "-c", "print(flush=True); input()"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as child:
        child.stdout.readline()
        with memory.Memory(os.getpid()) as looker:
            while child.pid not in looker.taken:
                looker.over.wait(0.02)
        child.communicate(b"\n")
    first, highest, resident = looker.taken[child.pid]
    assert 0 < first <= highest <= resident
    assert memory.memory_of(child.pid) is None


# -- what is lost ----------------------------------------------------------------------


def test_what_became_of_a_write():
    ledger = Ledger()
    with ledger.write("note", 1, "a"):
        pass
    with pytest.raises(answers.Refused), ledger.write("note", 1, "b"):
        raise answers.Refused("no")
    with pytest.raises(answers.Broken), ledger.write("note", 1, "c"):
        raise answers.Broken("HTTP 500")
    outcomes = [write.outcome for write in ledger.writes]
    assert outcomes == [DONE, REFUSED, UNKNOWN]
    assert Ledger(ledger.as_data()).writes == ledger.writes
    assert ledger.summary() == [("note", 1, 1, 1)]


def test_nobody_writes_the_text_of_another():
    ledger = Ledger()
    people = ("advisor1", "advisor2", "advisor1")
    tokens = {ledger.token("note", login) for login in people}
    assert len(tokens) == len(people)


@pytest.mark.parametrize(
    "outcome, count, is_wrong",
    [
        (DONE, 1, False),
        (DONE, 0, True),  # lost
        (DONE, 2, True),  # written again by a second try
        (REFUSED, 0, False),
        (REFUSED, 1, True),
        (UNKNOWN, 0, False),
        (UNKNOWN, 1, False),
        (UNKNOWN, 2, True),
    ],
)
def test_each_sentence_is_there_once(outcome, count, is_wrong):
    writes = [Write("note", 1, "load-note-x-1", outcome)]
    found = [(1, "load-note-x-1")] * count
    assert bool(differences("note", writes, found)) is is_wrong


def test_a_sentence_on_another_record_is_lost_here_and_wrong_there():
    writes = [Write("note", 1, "load-note-x-1", DONE)]
    here, there = differences("note", writes, [(2, "load-note-x-1")])
    assert here.startswith("note of 1: load-note-x-1 (done) is there 0 times")
    assert there.startswith("note of 2: load-note-x-1 is there 1 times, and nobody")


@pytest.mark.parametrize(
    "outcomes, there, is_wrong",
    [
        ([DONE, DONE], "2", False),
        ([DONE, DONE], "1", True),  # the older of two came later
        ([DONE, UNKNOWN], "1", False),
        ([DONE, UNKNOWN], "2", False),
        ([DONE, REFUSED], "2", True),
        ([UNKNOWN, DONE], "1", True),
        ([UNKNOWN], "9", False),
    ],
)
def test_the_last_value_stays(outcomes, there, is_wrong):
    writes = [
        Write("odometer", 5, number, outcome)
        for number, outcome in enumerate(outcomes, 1)
    ]
    assert bool(differences("odometer", writes, [(5, there)])) is is_wrong


@pytest.mark.parametrize(
    "count, is_wrong", [(1, True), (2, False), (3, False), (4, True)]
)
def test_there_are_as_many_rows_as_were_confirmed(count, is_wrong):
    writes = [Write("start", 5, None, outcome) for outcome in (DONE, DONE, UNKNOWN)]
    assert bool(differences("start", writes, [(5, str(count))])) is is_wrong


# -- what makes it fail ----------------------------------------------------------------


def seen(**values):
    requests = [["lane", 10.0, "ok"]]
    return {"requests": requests, "faults": [], "news": {}, "ledger": [], **values}


def test_a_good_run_has_no_faults():
    assert load.faults(seen(), ServerLog(LOG), []) == []


@pytest.mark.parametrize(
    "values, log, lost, words",
    [
        ({}, LOG, ["note of 1: gone"], "Lost or wrong: note of 1: gone"),
        ({}, LOG + BROKEN, [], "1 answers of the 500s"),
        ({"requests": [["lane", 1, "broken: HTTP 502"]]}, LOG, [], "1 times lane: bro"),
        ({"requests": [["lane", 1, "refused: no"]]}, LOG, [], "1 times lane: refused"),
        ({"requests": []}, LOG, [], "Nobody asked"),
        ({"faults": ["Advisor: KeyError"]}, LOG, [], "In the play: Advisor"),
        ({"news": {"lost": 2}}, LOG, [], "2 websocket connections were lost"),
    ],
)
def test_what_must_not_be_is_a_fault(values, log, lost, words):
    wrong = load.faults(seen(**values), ServerLog(log), lost)
    assert wrong[0].startswith(words)


def test_the_tables_say_how_many_and_how_long():
    told = load.tables(seen(people=80, seconds=60.0), ServerLog(LOG), {}, 2)
    assert told.startswith("80 people for 1.0 minutes, 2 HTTP workers")
    assert "1 times two wrote the same row" in told


@pytest.mark.parametrize("wanted", ["0", "-1", "half", "1.5"])
def test_what_is_no_number_of_minutes_is_refused(monkeypatch, wanted):
    monkeypatch.setenv("MINUTES", wanted)
    with pytest.raises(Refusal, match="whole number"):
        load.minutes()


def test_ten_minutes_and_two_workers_unless_told(monkeypatch):
    for name in ("MINUTES", "WORKERS"):
        monkeypatch.setenv(name, "")  # as make exports what is not given
    assert (load.minutes(), load.workers()) == (10, 2)


# -- what the web client does ----------------------------------------------------------


@pytest.mark.parametrize(
    "status, answer, kind",
    [
        (200, {"result": 1}, None),
        (200, {"error": {"data": {"name": "odoo.exceptions.UserError"}}}, "Refused"),
        (
            200,
            {"error": {"data": {"name": "odoo.addons.dealer_service.x.Open"}}},
            "Refused",
        ),
        (200, {"error": {"data": {"name": "odoo.exceptions.CacheMiss"}}}, "Broken"),
        (200, {"error": {"data": {"name": "builtins.KeyError"}}}, "Broken"),
        (200, {"error": {"data": {"name": "psycopg2.errors.Deadlock"}}}, "Broken"),
        (200, None, "Broken"),
        (502, None, "Broken"),
        (0, None, "Broken"),
    ],
)
def test_the_server_says_no_or_fails(status, answer, kind):
    wrong = answers.problem(status, answer)
    assert (type(wrong).__name__ if wrong else None) == kind


def test_the_screen_after_what_is_said_on_the_way():
    form = {"type": "ir.actions.act_window", "res_id": 3}
    said = {"type": "ir.actions.client", "params": {"next": form}}
    assert answers.following(said) == answers.following(form) == form
    assert answers.following(False) == {}


def test_the_fields_of_a_view_are_asked_for_and_no_others():
    assert specification.of_view(VIEW, MODELS, "visit") == {
        "state": {},
        "partner_id": {"fields": {"display_name": {}}},
        "company_id": {"fields": {}},
        "concern_ids": {
            "fields": {
                "name": {},
                "system_id": {"fields": {"display_name": {}}},
                "cause": {},
            },
            "limit": 7,
        },
        "tag_ids": {"fields": {"display_name": {}}, "limit": 40},
        "order_ids": {},
    }


def test_the_filters_that_an_action_switches_on():
    domain = specification.default_filters(SEARCH, {"search_default_today": 1}, 8)
    assert domain == [("day", "=", "today"), ("user_id", "=", 8)]


def test_a_screen_is_read_again_for_its_own_news():
    lane = InFront(None, boards=("lane",))
    form = InFront(None, visit=7)
    told = {"boards": ["workshop"], "visits": [{"id": 7, "by": 3}]}
    assert not lane.is_outdated(told, uid=1)
    assert lane.is_outdated({"boards": ["lane"], "visits": []}, uid=1)
    assert form.is_outdated(told, uid=1)
    assert not form.is_outdated(told, uid=3)  # what one has done oneself
    assert form.is_outdated({"boards": [], "visits": None}, uid=3)  # very many
    assert not InFront(None).is_outdated(told, uid=1)


def test_hands_are_busy_until_the_last_is_empty():
    hands = Hands()
    with hands:
        with hands:
            pass
        assert hands.busy
    assert not hands.busy


# -- what the database has -------------------------------------------------------------


@tagged("post_install", "-at_install")
class TestFound(DealerServiceCase):
    def found(self, kind, *records):
        sql = load.asked(kind, records or [0])
        self.env.cr.execute(sql)
        return self.env.cr.fetchall()

    def test_every_kind_is_found(self):
        self.assertEqual(set(load.FOUND), set(KINDS))
        for kind in KINDS:
            with self.subTest(kind=kind):
                self.found(kind)

    def test_what_was_written_is_found(self):
        visit = self.make_reception(state="arrived", odometer=12_345)
        visit.concern_ids = [(0, 0, {"name": "异响 load-concern-advisor1-1"})]
        visit.message_post(body="稍后 load-note-advisor1-1")
        self.env.flush_all()
        self.env.cr.flush()
        self.assertEqual(self.found("odometer", visit.id), [(visit.id, 12_345)])
        self.assertEqual(self.found("arrival", visit.vehicle_id.id)[0][1], 1)
        concern, note = "load-concern-advisor1-1", "load-note-advisor1-1"
        self.assertEqual(self.found("concern"), [(visit.id, concern)])
        self.assertEqual(self.found("note"), [(visit.id, note)])
