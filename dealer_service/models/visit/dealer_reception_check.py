from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.actions import open_form
from ..common.dealer_reception_states import UNSERVED_STATES

#: Not given by whoever creates a row by hand.
_STAMPED = {
    "company_id",
    "is_done",
    "is_lapse",
    "is_late",
    "is_proven",
    "evidence",
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
    evidence = fields.Char(
        compute="_compute_evidence",
        store=True,
        precompute=True,
        readonly=False,
        help="The fact that proves it, as it was asked for in this visit.",
    )
    is_proven = fields.Boolean(
        "Proven", readonly=True, help="The record of the visit shows it by itself."
    )
    result = fields.Selection(
        [
            ("proven", "Proven"),
            ("stated", "Stated"),
            ("open", "Open"),
            ("missed", "Not Met"),
        ],
        compute="_compute_result",
        help="Proven: facts of the visit show it. Stated: somebody has ticked it.",
    )
    user_id = fields.Many2one("res.users", "Done By", readonly=True)
    date_done = fields.Datetime("Done On", readonly=True)
    note = fields.Char("Remark")

    _standard_uniq = models.UniqueIndex("(reception_id, standard_id)")

    @api.depends("reception_id.company_id")
    def _compute_company_id(self):
        for check in self:
            check.company_id = check.reception_id.company_id

    @api.depends("standard_id")
    def _compute_evidence(self):
        """As it is when the standard is asked for: what is changed later on counts
        from the next visit on."""
        for check in self:
            check.evidence = check.standard_id.evidence

    @api.depends("is_done", "is_lapse", "is_proven")
    def _compute_result(self):
        for check in self:
            if check.is_done:
                check.result = "proven" if check.is_proven else "stated"
            else:
                check.result = "missed" if check.is_lapse else "open"

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
            changed._check_by_hand()
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
                    "is_proven": False,
                    "user_id": user.id if done else False,
                    "date_done": fields.Datetime.now() if done else False,
                }
            )
        return True

    def action_open_guide(self):
        """Show what to say and what not to do: the guide of the standard."""
        self.ensure_one()
        self.check_access("read")
        return open_form(
            self.standard_id,
            self.env._("What to Say and Do"),
            view="dealer_service.dealer_service_standard_view_guide",
            target="new",
        )

    def _check_by_hand(self):
        """:raise UserError: for what is proven by facts, and by nobody's word"""
        proven = self.filtered("evidence")
        if proven and not self.env.su:
            raise UserError(
                self.env._(
                    "%(visit)s: “%(standard)s” is not ticked by hand. The record of "
                    "the visit proves it: %(proof)s.",
                    visit=proven[0].reception_id.name,
                    standard=proven[0].standard_id.name,
                    proof=proven[0]._proof_label(),
                )
            )

    def _proof_label(self):
        """In words what proves it; ``False`` for what is ticked."""
        labels = self.standard_id._fields["evidence"]._description_selection(self.env)
        return dict(labels).get(self.evidence, self.evidence or False)

    def _record_proof(self, moment, user):
        """The facts show that it was done then, or no longer show it.

        :param moment: when; ``None``: they show nothing
        """
        self.ensure_one()
        if not moment and not self.is_proven:
            return
        if moment and self.is_proven and self.date_done == moment:
            return
        super().write(
            {
                "is_done": bool(moment),
                "is_proven": bool(moment),
                "user_id": user.id if moment else False,
                "date_done": moment or False,
            }
        )

    def _leave_out(self):
        """Not asked for after all. ``unlink`` would have the whole visit read anew."""
        if not self:
            return
        kept = {visit: visit.check_ids - self for visit in self.reception_id}
        self.flush_recordset()
        self.modified(("is_done", "is_lapse"))
        self.env.cr.execute(
            SQL("DELETE FROM dealer_reception_check WHERE id IN %s", tuple(self.ids))
        )
        self.invalidate_recordset(flush=False)
        for visit, checks in kept.items():
            visit._update_cache({"check_ids": checks}, validate=False)

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
