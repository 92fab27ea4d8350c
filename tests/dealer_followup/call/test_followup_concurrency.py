"""Two workers, two callers, a worker that dies: over real connections.

These tests commit. They work on cars of their own, and remove what they have made.
"""

import threading
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from psycopg2 import errors

from odoo import api, fields
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.dealer_followup.models.rule import dealer_care_rule_run

MARK = "follow-up concurrency test"
CARS = 23


@tagged("standard", "post_install", "-at_install")
class TestFollowupConcurrency(BaseCase):
    """No frame of a test transaction: each cursor is a connection of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())

    def setUp(self):
        super().setUp()
        self.addCleanup(self.clean_up)
        with self.connection() as env:
            company = env["res.company"].browse(1)
            self.hours = company.dealer_call_hours
            company.dealer_call_hours = "00:00-24:00"
            self.user_ids = [
                new_test_user(
                    env,
                    login=f"concurrent caller {number}",
                    groups="dealer_followup.group_dealer_followup_user",
                    company_id=1,
                    company_ids=[(6, 0, [1])],
                ).id
                for number in (1, 2)
            ]
            model = env["fleet.vehicle.model"].create(
                {
                    "name": MARK,
                    "brand_id": env["fleet.vehicle.model.brand"]
                    .create({"name": MARK})
                    .id,
                }
            )
            owners = env["res.partner"].create(
                [
                    {"name": MARK, "phone": f"+86138055390{number:02}"}
                    for number in range(CARS)
                ]
            )
            env["fleet.vehicle"].create(
                [
                    {
                        "is_customer_vehicle": True,
                        "model_id": model.id,
                        "owner_id": owner.id,
                        "company_id": False,
                        "sale_date": fields.Date.today() - timedelta(days=1),
                    }
                    for owner in owners
                ]
            )
            self.rule_id = (
                env["dealer.care.rule"]
                .create(
                    {
                        "name": MARK,
                        "code": MARK,
                        "source": "sale",
                        # before whatever else this database has to call
                        "sequence": -1000,
                        "vehicle_domain": f"[('model_id', '=', {model.id})]",
                        "avoid_closed_days": False,
                    }
                )
                .id
            )

    @contextmanager
    def connection(self, uid=api.SUPERUSER_ID):
        """A connection of its own that commits at the end."""
        with self.registry._db.cursor() as cr:
            yield api.Environment(cr, uid, {})

    def clean_up(self):
        with self.connection() as env:
            env["res.company"].browse(1).dealer_call_hours = self.hours
            env.flush_all()
            for query in (
                "DELETE FROM dealer_consent WHERE partner_id IN"
                " (SELECT id FROM res_partner WHERE name = %s)",
                "DELETE FROM dealer_followup_attempt WHERE partner_id IN"
                " (SELECT id FROM res_partner WHERE name = %s)",
                "DELETE FROM survey_user_input WHERE partner_id IN"
                " (SELECT id FROM res_partner WHERE name = %s)",
                "DELETE FROM dealer_followup WHERE rule_id IN"
                " (SELECT id FROM dealer_care_rule WHERE code = %s)",
            ):
                env.cr.execute(query, (MARK,))
            env["dealer.care.rule"].search([("code", "=", MARK)]).unlink()
            cars = env["fleet.vehicle"].search([("model_id.name", "=", MARK)])
            owners = cars.owner_id
            cars.unlink()
            env["fleet.vehicle.model"].search([("name", "=", MARK)]).unlink()
            env["fleet.vehicle.model.brand"].search([("name", "=", MARK)]).unlink()
            owners.unlink()
            users = env["res.users"].browse(self.user_ids)
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    # whoever loses a race is told so by the database, and begins again
    @mute_logger("odoo.sql_db")
    def together(self, *jobs):
        """Run the jobs at the same moment, each as Odoo would: again when two met."""
        start = threading.Barrier(len(jobs))
        failures = []

        def run(job):
            start.wait()
            for _attempt in range(5):
                try:
                    return job()
                except (errors.SerializationFailure, errors.DeadlockDetected):
                    continue
                except Exception as error:
                    failures.append(error)
                    return None
            failures.append(AssertionError("never came through"))

        threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertFalse(failures)

    def run_rule(self):
        with self.connection() as env:
            env["dealer.care.rule"].browse(self.rule_id)._run(commit=env.cr.commit)

    def keys(self):
        with self.connection() as env:
            tasks = env["dealer.followup"].search([("rule_id", "=", self.rule_id)])
            return tasks.mapped("anchor_key")

    def test_two_workers_make_every_task_once(self):
        with patch.object(dealer_care_rule_run, "BATCH", 5):
            self.together(self.run_rule, self.run_rule, self.run_rule)
        self.run_rule()  # what was skipped for the other worker
        keys = self.keys()
        self.assertEqual(len(keys), CARS)
        self.assertEqual(len(set(keys)), CARS)
        # who lost the race has begun the batch anew, and has nothing to report
        with self.connection() as env:
            self.assertFalse(env["dealer.care.rule"].browse(self.rule_id).last_error)

    def test_the_rule_another_worker_runs_is_left_to_it(self):
        with self.connection() as env:
            self.assertTrue(env["dealer.care.rule"].browse(self.rule_id)._lock())
            self.run_rule()
            self.assertFalse(self.keys())
        self.run_rule()
        self.assertEqual(len(self.keys()), CARS)

    def test_a_worker_that_dies_leaves_whole_batches_and_the_next_goes_on(self):
        class Killed(BaseException):
            pass

        commits = []

        def run_until_killed():
            with self.connection() as env:

                def commit():
                    env.cr.commit()
                    commits.append(1)
                    # the corrections, and two batches
                    if len(commits) == 3:
                        raise Killed

                env["dealer.care.rule"].browse(self.rule_id)._run(commit=commit)

        with patch.object(dealer_care_rule_run, "BATCH", 5):
            with self.assertRaises(Killed):
                run_until_killed()
        self.assertEqual(len(self.keys()), 10)
        self.run_rule()
        self.assertEqual(len(set(self.keys())), CARS)

    def next_phones(self, rounds):
        """What two callers get who press "Next Call" at the same moment."""
        got = {}

        def press(number):
            with self.connection(self.user_ids[number]) as env:
                tasks = env["dealer.followup"]._next_call()
                mine = tasks.filtered(lambda task: task.rule_id.id == self.rule_id)
                got.setdefault(number, set()).update(mine.mapped("contact_phone"))

        for _round in range(rounds):
            self.together(lambda: press(0), lambda: press(1))
        return got[0], got[1]

    def test_two_callers_never_get_the_same_customer(self):
        self.run_rule()
        first, second = self.next_phones(3)
        self.assertTrue(first)
        self.assertTrue(second)
        self.assertFalse(first & second)

    def test_two_callers_never_dial_one_number_for_two_customers(self):
        self.run_rule()
        with self.connection() as env:
            tasks = env["dealer.followup"].search([("rule_id", "=", self.rule_id)])
            # one family, one telephone
            tasks._write_by_method({"contact_phone": "+8613805539000"})
        first, second = self.next_phones(1)
        self.assertEqual(len(first) + len(second), 1)

    def test_a_questionnaire_handed_in_twice_at_once_counts_once(self):
        self.run_rule()
        with self.connection() as env:
            survey = env.ref("dealer_followup.survey_visit")
            questions = survey.question_ids.filtered("dealer_factor_id")
            env["dealer.care.rule"].browse(self.rule_id).survey_id = survey
            task = env["dealer.followup"].search(
                [("rule_id", "=", self.rule_id)], limit=1
            )
            answer_id = task._begin_survey().id
            task_id = task.id
        handed_in = []

        def tap():
            with self.connection() as env:
                answer = env["survey.user_input"].browse(answer_id)
                # as Odoo's page does
                if answer.state == "done":
                    return
                for question in env["survey.question"].browse(questions.ids):
                    answer._save_lines(question, "9")
                answer._mark_done()
                env.flush_all()
            handed_in.append(1)

        self.together(tap, tap)
        self.assertEqual(len(handed_in), 1)
        with self.connection() as env:
            answer = env["survey.user_input"].browse(answer_id)
            self.assertEqual(answer.dealer_index, 900)
            self.assertEqual(len(answer.dealer_score_ids), 5)
            self.assertEqual(len(answer.user_input_line_ids), 5)
            self.assertFalse(env["dealer.followup"].browse(task_id).is_unhappy)

    def test_eight_taps_on_the_page_of_consent_write_one_line(self):
        with self.connection() as env:
            cars = env["fleet.vehicle"].search([("model_id.name", "=", MARK)])
            owner_id = cars.owner_id[:1].id

        def tap():
            with self.connection() as env:
                owner = env["res.partner"].browse(owner_id)
                owner._decide_consent(1, "marketing", "given", MARK)

        self.together(*[tap] * 8)
        with self.connection() as env:
            lines = env["dealer.consent"].search([("partner_id", "=", owner_id)])
            self.assertEqual(lines.mapped("decision"), ["given"])

    def test_two_who_begin_a_questionnaire_begin_one(self):
        self.run_rule()
        with self.connection() as env:
            rule = env["dealer.care.rule"].browse(self.rule_id)
            rule.survey_id = env.ref("dealer_followup.survey_visit")
            task_id = (
                env["dealer.followup"]
                .search([("rule_id", "=", self.rule_id)], limit=1)
                .id
            )

        def begin():
            with self.connection() as env:
                env["dealer.followup"].browse(task_id)._begin_survey()

        self.together(begin, begin)
        with self.connection() as env:
            task = env["dealer.followup"].browse(task_id)
            answers = env["survey.user_input"].search(
                [("partner_id", "=", task.partner_id.id)]
            )
            self.assertEqual(answers, task.survey_input_id)

    def test_a_customer_is_forgotten_while_his_call_is_saved(self):
        self.run_rule()
        caller = self.user_ids[0]
        with self.connection(caller) as env:
            task = env["dealer.followup"].search([("rule_id", "=", self.rule_id)])[:1]
            number, partner = task.id, task.partner_id.id
            sheet = env["dealer.followup.call"].browse(task.action_call()["res_id"])
            sheet.action_dial()
            reached = env.ref("dealer_followup.result_reached")
            sheet.write({"result_id": reached.id, "note": f"{MARK} said so"})

        def save():
            with self.connection(caller) as env:
                env["dealer.followup.call"].browse(sheet.id).action_save()

        def forget():
            with self.connection() as env:
                env["res.partner"].browse(partner)._anonymise()

        self.together(save, forget)
        with self.connection() as env:
            call = env["dealer.followup"].browse(number).attempt_ids
            self.assertEqual(call.result_id.code, "reached")
            self.assertFalse(call.note)
            self.assertEqual(call.phone, f"anonymous-{partner}")
            # what the cleaning goes by
            env["res.partner"].browse(partner).name = MARK
