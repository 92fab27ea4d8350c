from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.dealer_reception_states import UNSERVED_STATES

#: Not given by whoever creates a row by hand.
_STAMPED = {
    "company_id",
    "is_done",
    "is_lapse",
    "is_late",
    "user_id",
    "date_done",
}


class DealerReceptionCheck(models.Model):
    """A standard as it was, or was not, carried out in one visit (标准执行)."""

    _name = "dealer.reception.check"
    _description = "Executed Standard"
    _order = "reception_id, sequence, id"
    _rec_name = "standard_id"
    # thirty rows for each visit, each of which says itself who did it and when
    _log_access = False

    reception_id = fields.Many2one(
        "dealer.reception", "Visit", required=True, index=True, ondelete="cascade"
    )
    # given by the process, which creates many at once; nobody else writes it
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        readonly=False,
        index=True,
    )
    standard_id = fields.Many2one(
        "dealer.service.standard", required=True, index=True, ondelete="restrict"
    )
    step_id = fields.Many2one(
        "dealer.service.step",
        required=True,
        index=True,
        ondelete="restrict",
    )
    sequence = fields.Integer()
    is_mandatory = fields.Boolean("Mandatory", readonly=True)
    is_blocking = fields.Boolean("Blocking", readonly=True)
    is_done = fields.Boolean("Done")
    is_lapse = fields.Boolean(
        "Missed", readonly=True, help="Mandatory, but not done when the visit moved on."
    )
    is_late = fields.Boolean(
        "Done Late",
        readonly=True,
        help="Done after the visit had moved on from this step.",
    )
    user_id = fields.Many2one("res.users", "Done By", readonly=True)
    date_done = fields.Datetime("Done On", readonly=True)
    note = fields.Char("Remark")

    _standard_uniq = models.UniqueIndex("(reception_id, standard_id)")

    @api.depends("reception_id.company_id")
    def _compute_company_id(self):
        for check in self:
            check.company_id = check.reception_id.company_id

    @api.model_create_multi
    def create(self, vals_list):
        """What a user gives is which standard it is. The company is that of the visit,
        and a standard is ticked in its time, by who ticks it."""
        if not self.env.su:
            vals_list = [
                {name: value for name, value in vals.items() if name not in _STAMPED}
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        """Ticking a standard stamps who and when; nothing else can be rewritten."""
        if not self.env.su:
            foreign = set(vals) - {"is_done", "note"}
            if foreign:
                raise UserError(
                    self.env._(
                        "An executed standard can only be ticked or commented on."
                    )
                )
        if "is_done" in vals:
            done = bool(vals["is_done"])
            changed = self.filtered(lambda check: check.is_done != done)
            # the stamps are not the user's to write, they follow from the tick
            changed.sudo()._stamp(done, self.env.user)
            vals = {key: value for key, value in vals.items() if key != "is_done"}
        return super().write(vals) if vals else True

    def _stamp(self, done, user):
        """Tick, or take the tick back: after the step was left, that is a lapse."""
        if not done:
            missed = self.filtered(
                lambda check: (
                    check.is_mandatory
                    and not check.is_lapse
                    and check.reception_id.state
                    not in (check.step_id.state, *UNSERVED_STATES)
                )
            )
            super(DealerReceptionCheck, missed).write({"is_lapse": True})
        for lapsed, checks in self.grouped("is_lapse").items():
            super(DealerReceptionCheck, checks).write(
                {
                    "is_done": done,
                    "is_late": done and lapsed,
                    "user_id": user.id if done else False,
                    "date_done": fields.Datetime.now() if done else False,
                }
            )
        return True

    def action_done(self):
        """Tick the standards: done now, by the current user."""
        self.write({"is_done": True})
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        if any(check.is_done or check.is_lapse for check in self):
            raise UserError(
                self.env._(
                    "A standard that was executed or missed must be kept on record."
                )
            )
        measured = self.filtered(
            lambda check: (
                check.is_mandatory and check.reception_id.advisor_id == self.env.user
            )
        )
        if measured and not self.env.su:
            raise UserError(
                self.env._(
                    "%(visit)s: you are its advisor, and “%(standard)s” measures "
                    "your work. Carry it out, or ask another manager to remove it.",
                    visit=measured[0].reception_id.name,
                    standard=measured[0].standard_id.display_name,
                )
            )
