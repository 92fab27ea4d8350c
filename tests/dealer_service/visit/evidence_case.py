"""Visits whose steps ask for one evidence, and for nothing else."""

from datetime import timedelta

from odoo import fields

from ...common import DealerServiceCase


def ago(**span):
    return fields.Datetime.now() - timedelta(**span)


class EvidenceCase(DealerServiceCase):
    """Every step asks for what one test is about, and for nothing else."""

    STATES = ("booked", "arrived", "inspected", "authorized", "working", "quality")
    STATES += ("ready", "settled")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.service.step"].search([]).active = False
        cls.steps = {
            state: cls.env["dealer.service.step"].create(
                {"name": state, "code": f"test_{state}", "state": state}
            )
            for state in cls.STATES
        }

    @classmethod
    def ask(cls, state, evidence, **values):
        """The standard of this state that asks for the evidence."""
        standards = cls.steps[state].standard_ids
        asked = standards.filtered(lambda s: evidence and s.evidence == evidence)
        return asked or cls.env["dealer.service.standard"].create(
            {
                "name": evidence,
                "step_id": cls.steps[state].id,
                "evidence": evidence,
                **values,
            }
        )

    def stamp(self, visit, **times):
        """What the buttons stamped, at another time."""
        visit._write_by_method(times)

    def result(self, visit, evidence):
        """``None``: it is not asked for (any more)."""
        return visit.check_ids.filtered(lambda c: c.evidence == evidence).result or None

    def assertResult(self, visit, evidence, result):
        self.assertEqual(self.result(visit, evidence), result)
