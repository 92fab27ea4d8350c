"""Whoever may create something is told in words what it lacks, whatever he sends."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .common import SecurityCase


class TestCreating(SecurityCase):
    @mute_logger("odoo.sql_db")
    def test_what_is_required_is_enough_or_a_sentence_says_what_is_missing(self):
        """Every model of ours, by each role that may create it."""
        tried, faults = 0, []
        for name in self.our_models():
            for role, user in self.people["own"].items():
                mine = self.env[name].with_user(user)
                if not mine.has_access("create"):
                    continue
                for vals in ({}, self.required(mine), self.required(mine, True)):
                    tried += 1
                    fault = self.fault_of(mine, vals)
                    if fault:
                        faults.append(f"{name} by {role}: {fault}")
        self.assertGreater(tried, 150)
        self.assertFalse(faults, "\n".join(faults))

    def our_models(self):
        return sorted(
            name
            for name, model in self.env.registry.items()
            if not model._abstract and model._original_module.startswith("dealer_")
        )

    def required(self, model, hidden=False):
        """Something for each field that the client asks for; with ``hidden`` also for
        those that only a remote caller fills in."""
        return {
            name: self.something(field)
            for name, field in model._fields.items()
            if field.required and (hidden or not (field.readonly or field.compute))
        }

    def something(self, field):
        if field.type == "many2one":
            return self.env[field.comodel_name].search([], limit=1, order="id desc").id
        if field.type in ("many2many", "one2many"):
            return [(6, 0, self.env[field.comodel_name].search([], limit=1).ids)]
        if field.type == "selection":
            return next(iter(field.get_values(self.env)), False)
        if field.type in ("char", "text", "html"):
            return "x"
        if field.type in ("integer", "float", "monetary"):
            return 1
        if field.type == "date":
            return "2026-03-02"
        if field.type == "datetime":
            return "2026-03-02 02:00:00"
        return False

    def fault_of(self, model, vals):
        """How creating fails, apart from a refusal in words."""
        try:
            with self.cr.savepoint():
                model.create(vals)
                self.env.flush_all()
        except (UserError, IntegrityError):
            # the web server says the second in words (odoo.service.model.retrying)
            return None
        except Exception as error:
            return repr(error)[:200]
        return None
