from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .dealer_complaint import LEVELS, STATE_STAMP, TRANSITIONS

_LEVEL_RANK = {level: rank for rank, (level, _label) in enumerate(LEVELS)}


class DealerComplaint(models.Model):
    """The way of a complaint through its states: one button for each target."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_investigate(self):
        """Somebody looks into it."""
        return self._set_state("investigating")

    def action_propose(self):
        """A proposal is made to the customer."""
        return self._set_state("proposed")

    def action_resolve(self):
        """What was agreed on is done."""
        return self._set_state("resolved")

    def action_close(self):
        """Nothing is left to do.

        :raise UserError: with everything that is missing
        """
        return self._set_state("closed")

    def action_reopen(self):
        """The customer is not content after all: a new cycle with new clocks."""
        return self._set_state("investigating", reopen=True)

    def action_reject(self):
        """Unfounded. It stays recorded, and the customer was told the recourse.

        :raise UserError: when the reason or the recourse is missing
        """
        for complaint in self:
            complaint._check_move("rejected")
            if not (complaint.reject_reason and complaint.recourse):
                raise UserError(
                    self.env._(
                        "%(complaint)s: write down why it is unfounded and where the"
                        " customer may turn instead, then reject it.",
                        complaint=complaint.name,
                    )
                )
        return self._set_state("rejected")

    def action_cancel(self):
        """Entered by mistake. No figure counts it."""
        return self._set_state("cancelled")

    def action_merge(self, target=None):
        """The same thing told twice: ``target`` goes on alone.

        :param target: ``dealer.complaint`` record or id; the parent of the merged ones
        :raise UserError: without a target of the same company that is not merged itself
        """
        target = self.browse(getattr(target, "id", target) or ()).exists()
        target.check_access("write")
        for complaint in self:
            complaint._check_move("merged")
            if (
                not target
                or target == complaint
                or target.state in ("merged", "cancelled")
                or target.company_id != complaint.company_id
            ):
                raise UserError(
                    self.env._(
                        "%(complaint)s: choose another complaint of the same company"
                        " that is still its own.",
                        complaint=complaint.name,
                    )
                )
        self._write_by_method({"duplicate_of_id": target.id})
        self._set_state("merged")
        for complaint in self:
            target.message_post(
                body=self.env._(
                    "%(complaint)s was merged into this one.",
                    complaint=complaint.display_name,
                )
            )
        return True

    def action_promote(self, level=None):
        """From dissatisfaction to grievance to complaint. Number, history and clocks
        are kept; the targets of the higher level apply from now on.

        :param str level: the level to reach; default: the next one
        :raise UserError: at the highest level, or for a lower one
        """
        for complaint in self:
            rank = _LEVEL_RANK[complaint.level]
            goal = rank + 1 if level is None else _LEVEL_RANK.get(level, -1)
            if not rank < goal < len(LEVELS):
                raise UserError(
                    self.env._(
                        "%(complaint)s cannot be promoted to that level; levels only"
                        " rise.",
                        complaint=complaint.name,
                    )
                )
            complaint._write_by_method({"level": LEVELS[goal][0]})
        self._after_classify()
        return True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _check_move(self, target):
        """:raise UserError: when one of the complaints cannot go to ``target``"""
        for complaint in self:
            if (complaint.state, target) not in TRANSITIONS:
                raise UserError(
                    self.env._(
                        "%(complaint)s cannot go from “%(old)s” to “%(new)s”.",
                        complaint=complaint.name,
                        old=complaint._state_label(),
                        new=complaint._state_label(target),
                    )
                )

    def _set_state(self, target, reopen=False):
        """Move all complaints to ``target`` and stamp the time.

        :raise UserError: for a move that :data:`TRANSITIONS` does not know
        """
        self._check_move(target)
        finished = self.filtered(
            lambda c: c.state in ("resolved", "closed", "rejected")
        )
        if target == "investigating" and reopen != bool(finished):
            raise UserError(
                self.env._(
                    "Only a finished complaint is re-opened; the others are"
                    " investigated."
                )
            )
        self._before_leave(target)
        vals = {"state": target}
        if target in STATE_STAMP:
            vals[STATE_STAMP[target]] = fields.Datetime.now()
        if reopen:
            vals.update(
                date_resolved=False,
                date_closed=False,
                date_decision=False,
                decision_answer=False,
            )
            for cycle, complaints in self.grouped("cycle").items():
                complaints._write_by_method({"cycle": cycle + 1})
        self._write_by_method(vals)
        self._after_enter(target, reopen)
        return True

    def _before_leave(self, target):
        """Hook: what must hold before the complaints leave their state."""
        if target == "closed":
            for complaint in self:
                complaint._check_closing_gate()

    def _after_enter(self, target, reopen):
        """Hook: what follows once the complaints have entered their state."""

    def _after_classify(self):
        """Hook: level, grade, source or category have changed."""

    def _check_closing_gate(self):
        gaps = self._closing_gaps()
        if gaps:
            raise UserError(
                self.env._(
                    "%(complaint)s cannot be closed yet:\n%(gaps)s",
                    complaint=self.name,
                    gaps="\n".join(f"• {gap}" for gap in gaps),
                )
            )

    def _closing_gaps(self):
        """What is missing before the complaint may be closed, as sentences."""
        self.ensure_one()
        gaps = []
        if not self.date_decision:
            gaps.append(self.env._("The decision was not told to the customer."))
        if not self.decision_answer:
            gaps.append(self.env._("The customer's answer is not recorded."))
        if self.company_id.dealer_complaint_needs_callback and not any(
            contact.kind == "callback" and contact.is_connected
            for contact in self.contact_ids
            if not self.date_resolved or contact.date >= self.date_resolved
        ):
            gaps.append(self.env._("The customer was not called back."))
        return gaps

    def _check_manager(self, what):
        if not (self.env.su or self._is_manager()):
            raise AccessError(
                self.env._(
                    "%(what)s is for a complaint manager (%(complaints)s).",
                    what=what,
                    complaints=", ".join(self.mapped("name")),
                )
            )
