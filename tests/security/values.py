"""Whether a value comes in through ``create`` or ``write``, whoever hands it in."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

from .methods import MethodsCase


class Taken(Exception):
    """Nothing stood in the way; what was written is taken back."""


class ValuesCase(MethodsCase):
    def other_value(self, record, field):
        """Something else than what is there, as a client writes it."""
        value = record[field.name]
        if field.relational:
            other = record.env[field.comodel_name].with_context(active_test=False)
            other = other.search([("id", "not in", value.ids)], limit=1)
            return [Command.set(other.ids)] if field.type == "many2many" else other.id
        if field.type == "selection":
            keys = [key for key in field.get_values(record.env) if key != value]
            return keys[0] if keys else False
        later = timedelta(days=9)
        if field.type == "boolean":
            return not value
        if field.type == "date":
            return (value or fields.Date.today()) + later
        if field.type == "datetime":
            return (value or fields.Datetime.now()) + later
        if field.type in ("float", "integer", "many2one_reference", "monetary"):
            return value + 7
        return "forged"

    def error_of(self, call, vals):
        """What comes out instead of a refusal."""
        try:
            with self.cr.savepoint():
                call(vals)
                self.env.flush_all()
                raise Taken
        except Taken:
            return "nothing"
        except UserError:
            return None
        except Exception as error:  # what came out is what is tested
            return error
