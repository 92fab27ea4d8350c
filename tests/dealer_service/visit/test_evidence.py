"""Standards are proven by what the record shows, and by nobody's word."""

import re
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import users

from ...signature import SIGNATURE
from . import test_evidence_in_house
from .evidence_case import EvidenceCase, ago


class TestByHand(EvidenceCase):
    """What no hand makes proven."""

    @users("advisor")
    def test_is_not_ticked(self):
        self.ask("arrived", "own_words")
        visit = self.make_reception(state="arrived").with_env(self.env)
        with self.assertRaisesRegex(UserError, "not ticked by hand.*written down"):
            visit.check_ids.action_done()
        with self.assertRaisesRegex(UserError, "can only be ticked"):
            visit.check_ids.write({"is_proven": True})

    @users("advisor")
    def test_a_proof_is_not_taken_off(self):
        self.ask("arrived", "own_words")
        visit = self.make_reception(
            state="arrived", concern_ids=[Command.create({"name": "异响"})]
        ).with_env(self.env)
        visit.concern_ids = [Command.create({"name": "抖动"})]
        self.assertResult(visit, "own_words", "proven")
        with self.assertRaises(UserError):
            visit.check_ids.is_done = False

    @users("manager")
    def test_is_not_entered_as_proven(self):
        standard = self.ask("arrived", "own_words")
        visit = self.make_reception().with_env(self.env)
        values = {
            "reception_id": visit.id,
            "standard_id": standard.id,
            "step_id": standard.step_id.id,
            "is_done": True,
            "is_proven": True,
            "evidence": False,
        }
        check = self.env["dealer.reception.check"].create(values)
        self.assertEqual((check.result, check.evidence), ("open", "own_words"))

    @users("manager")
    def test_is_not_imported_as_proven(self):
        standard = self.ask("arrived", "own_words")
        visit = self.make_reception().with_env(self.env)
        names = ["reception_id/.id", "standard_id/.id", "step_id/.id", "is_proven"]
        row = [str(visit.id), str(standard.id), str(standard.step_id.id), "True"]
        result = self.env["dealer.reception.check"].load(names, [row])
        checks = self.env["dealer.reception.check"].browse(result["ids"] or [])
        self.assertFalse(checks.filtered("is_proven"))

    def test_what_a_program_ticks_is_stated(self):
        self.ask("arrived", "own_words")
        visit = self.make_reception(state="arrived")
        visit.check_ids.action_done()
        self.assertResult(visit, "own_words", "stated")
        visit.action_inspect()
        self.assertResult(visit, "own_words", "stated")

    @users("advisor")
    def test_what_blocks_names_the_fact_that_is_missing(self):
        self.ask("arrived", "own_words", is_blocking=True)
        visit = self.make_reception(state="arrived").with_env(self.env)
        with self.assertRaisesRegex(UserError, r"own_words \(A concern was written"):
            visit.action_inspect()
        visit.concern_ids = [Command.create({"name": "异响"})]
        visit.action_inspect()
        self.assertResult(visit, "own_words", "proven")

    def test_what_is_proven_later_is_not_met(self):
        self.ask("arrived", "own_words")
        visit = self.make_reception(state="arrived")
        visit.action_inspect()
        self.assertResult(visit, "own_words", "missed")
        visit.concern_ids = [Command.create({"name": "异响"})]
        self.assertResult(visit, "own_words", "missed")

    def test_a_fact_that_is_gone_proves_nothing(self):
        self.ask("arrived", "own_words")
        visit = self.make_reception(state="arrived")
        visit.concern_ids = [Command.create({"name": "异响"})]
        self.assertResult(visit, "own_words", "proven")
        visit.concern_ids.unlink()
        visit.action_inspect()
        self.assertResult(visit, "own_words", "missed")

    def test_another_evidence_counts_from_the_next_visit_on(self):
        standard = self.ask("arrived", "own_words")
        visit = self.make_reception(state="arrived")
        standard.evidence = False
        self.assertResult(visit, "own_words", "open")
        self.assertFalse(self.make_reception(state="arrived").check_ids.evidence)

    def test_every_evidence_is_a_row_with_a_name_and_a_test(self):
        rows = [row.name for row in self.env["dealer.reception"]._evidences()]
        field = self.env["dealer.service.standard"]._fields["evidence"]
        self.assertEqual(rows, [name for name, _label in field.selection])
        tests = {
            name
            for case in (TestBooked, test_evidence_in_house.TestInHouse)
            for name in dir(case)
        }
        self.assertEqual([name for name in rows if f"test_{name}" not in tests], [])

    def test_says_what_it_reads(self):
        """What is not named there may not be in the database when it is looked for."""
        visit = self.make_reception()
        seen = set(visit._known())
        always = {"id", "create_date"}  # of a row that is there
        for row in visit._evidences():
            text = re.sub("'[^']*'", "", f"{row.proof} {row.occasion}")
            read = {name for _model, names in row.reads for name in names}
            for model, names in row.reads:
                self.assertEqual(set(names) - set(self.env[model]._fields), set())
            for alias, name in re.findall(r"\b([a-z]+)\.([a-z_]+)", text):
                with self.subTest(evidence=row.name, column=f"{alias}.{name}"):
                    if alias == "v":
                        self.assertIn(name, seen)
                    elif alias != "d":  # an XML id, which is never pending
                        self.assertIn(name, read | always)

    def test_report_tells_proven_from_stated(self):
        self.ask("arrived", "own_words")
        self.ask("arrived", False, name="Covers")
        visit = self.make_reception(state="arrived")
        visit.concern_ids = [Command.create({"name": "异响"})]
        visit.check_ids.filtered(lambda c: not c.evidence).action_done()
        visit.action_inspect()
        self.env.flush_all()
        [row] = self.env["dealer.service.gap.report"].search(
            [("reception_id", "=", visit.id)]
        )
        self.assertEqual(
            (row.standard_count, row.proven_count, row.stated_count), (2, 1, 1)
        )

    def test_paper_tells_proven_from_stated(self):
        self.ask("settled", "delivery_signed")
        visit = self.bring_to(self.make_reception(state="arrived"), "settled")
        visit.check_ids.unlink()
        visit._create_checks()
        visit._sign_delivery(SIGNATURE, "王建国")
        [step] = visit._paper_delivery_steps()
        self.assertEqual([row["user"] for row in step["rows"]], ["Proven"])


class TestBooked(EvidenceCase):
    def booked(self, evidence, **values):
        self.ask("booked", evidence)
        return self.make_reception(
            date_appointment=fields.Datetime.now() + timedelta(days=2),
            is_overbooked=True,
            **values,
        )

    def come(self, visit, evidence, result):
        visit.action_arrive()
        self.assertResult(visit, evidence, result)

    def test_reminded(self):
        for days, result in ((2, "proven"), (0, "missed")):
            visit = self.booked("reminded")
            appointment = visit.date_appointment
            self.stamp(visit, date_reminded_day=appointment - timedelta(days=days))
            self.come(visit, "reminded", result)

    @users("advisor")
    def test_reminded_is_not_written(self):
        visit = self.booked("reminded").with_env(self.env)
        with self.assertRaisesRegex(UserError, "recorded by the process"):
            visit.date_reminded_day = ago(days=1)
        self.come(visit, "reminded", "missed")

    def test_reminded_of_whom_nobody_reached(self):
        visit = self.booked("reminded")
        visit.partner_id.write({"email": False, "phone": False})
        visit.contact_id.write({"email": False, "phone": False})
        visit._remind_day()
        self.come(visit, "reminded", "missed")

    def test_reserved(self):
        bay, technician = self.make_bay(), self.make_technician()
        both = {"prepared_bay_id": bay.id, "prepared_technician_id": technician.id}
        visit = self.booked("reserved")
        visit.write(both)
        self.come(visit, "reserved", "proven")
        forged = self.booked("reserved")
        self.come(forged, "reserved", "missed")
        forged.write(both)
        self.assertResult(forged, "reserved", "missed")

    def test_parts_here(self):
        part = self.make_product("机滤", "part")
        results = []
        for lay_out in (True, False, None):
            visit = self.booked("parts_here")
            if lay_out is not None:
                visit.part_ids = [Command.create({"product_id": part.id})]
                if lay_out:
                    visit.part_ids.action_lay_out()
            visit.action_arrive()
            results.append(self.result(visit, "parts_here"))
        self.assertEqual(results, ["proven", "missed", None])

    @users("advisor")
    def test_parts_here_is_not_written(self):
        part = self.make_product("机滤", "part")
        visit = self.booked("parts_here").with_env(self.env)
        visit.part_ids = [Command.create({"product_id": part.id})]
        with self.assertRaises(UserError):
            visit.part_ids.write({"state": "here", "date_here": ago(days=3)})
        visit.is_parts_checked = True
        self.come(visit, "parts_here", "missed")
