"""A length of time that leaves the calendar is refused where it is entered."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from odoo.addons.dealer_service.tools.arguments import UNITS

from ...every_state import EveryStateCase


class TestLengthsOfTime(EveryStateCase):
    def typed(self):
        """Each record with a length of time that somebody types, by its names."""
        for name in sorted(self.env.registry):
            model = self.env[name]
            if model._abstract or model._transient or not model._auto:
                continue
            ours = [
                field
                for field in model._fields.values()
                if field._module in ("dealer_service", "dealer_complaint")
                or field._module == "dealer_followup"
            ]
            for field in ours:
                is_typed = field.store and not (field.readonly or field.compute)
                is_span = any(unit in field.name.split("_") for unit in UNITS)
                if not is_typed or field.related or not is_span:
                    continue
                if field.type in ("integer", "float"):
                    yield model.search([], limit=1), field

    @mute_logger("odoo.sql_db")
    def test_no_length_of_time_leaves_the_calendar(self):
        taken, tried = [], 0
        for record, field in self.typed():
            if not record:
                continue
            tried += 1
            try:
                with self.env.cr.savepoint():
                    record.write({field.name: 2**31 - 1})
                    self.env.flush_all()
            except (UserError, IntegrityError):
                self.env.invalidate_all()
            else:
                taken.append(str(field))
        self.assertGreater(tried, 60)
        self.assertFalse(taken)
