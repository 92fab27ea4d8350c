from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import groups
from ...tools.actions import open_form
from .dealer_multipoint_finding import BAD

#: The car is here, and can be looked at from below.
INSPECTED_STATES = ("arrived", "inspected", "authorized", "working", "quality", "ready")


class DealerReception(models.Model):
    """The inspections by item of a visit."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    is_multipoint = fields.Boolean(
        "Inspected by Item",
        readonly=True,
        copy=False,
        help="An inspection by item was begun.",
    )
    multipoint_ids = fields.One2many(
        "dealer.multipoint.sheet",
        "reception_id",
        "Inspections by Item",
        groups=groups.TECHNICIAN,
    )

    def action_multipoint(self):
        """Go on with the inspection by item, show the last one, or begin the first.

        :raise UserError: before the car is here, or when no list fits it
        """
        self.ensure_one()
        self.check_access("read")
        self.env["dealer.multipoint.sheet"].check_access("read")
        sheet = self.multipoint_ids.sorted("id")[-1:]
        return self._open_multipoint(sheet or self._begin_multipoint())

    def action_multipoint_again(self):
        """Measure anew, after the work for example: another sheet."""
        self.ensure_one()
        self.check_access("read")
        self.env["dealer.multipoint.sheet"].check_access("read")
        sheet = self.multipoint_ids.filtered(lambda sheet: sheet.state == "open")
        return self._open_multipoint(sheet or self._begin_multipoint())

    def _shown_multipoint(self):
        """The inspection that the customer sees: the last one that is finished."""
        if not self.is_multipoint:
            return self.env["dealer.multipoint.sheet"]
        done = self.multipoint_ids.filtered(lambda sheet: sheet.state == "done")
        return done.sorted("id")[-1:]

    def _shown_finding(self, finding_id):
        """One of the findings that the customer sees; empty for any other."""
        return self._shown_multipoint().finding_ids.filtered(
            lambda finding: finding.id == finding_id and finding.colour in BAD
        )

    def _begin_multipoint(self):
        return self.env["dealer.multipoint.sheet"].create({"reception_id": self.id})

    def _open_multipoint(self, sheet):
        return open_form(sheet, self.env._("Inspection by Item"))

    def _check_can_inspect(self):
        """:raise UserError: for a car that is not here"""
        for visit in self:
            if visit.state not in INSPECTED_STATES or visit.is_away:
                raise UserError(
                    self.env._(
                        "%(visit)s is “%(state)s”: a car is inspected while it is "
                        "here.",
                        visit=visit.display_name,
                        state=visit._state_label(),
                    )
                )
