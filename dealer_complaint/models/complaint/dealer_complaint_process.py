from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.dealer_service.tools import groups as service_groups
from odoo.addons.dealer_service.tools.actions import open_dialog
from odoo.addons.dealer_service.tools.arguments import arguments, one_of

from ..common.dealer_complaint_states import LEVELS, WORDS_OF_STEP

#: The step that is taken from a state when all goes well.
NEXT_STEP = {"investigating": "proposed", "proposed": "resolved", "resolved": "closed"}
LEVEL_RANK = {level: rank for rank, (level, _label) in enumerate(LEVELS)}


class DealerComplaint(models.Model):
    """The way of a complaint through its states: one button for each target."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_ask_next(self):
        """Take the next step; what it still lacks is asked for first.

        :return: the dialog, or what the step itself returns
        :raise UserError: where there is no next step
        """
        self.ensure_one()
        self.check_access("write")
        return self._ask_step(NEXT_STEP.get(self.state, self.state))

    def action_ask_rejection(self):
        """Reject the complaint; reason and recourse are asked for first."""
        self.ensure_one()
        self.check_access("write")
        return self._ask_step("rejected")

    def action_investigate(self):
        """Somebody looks into it."""
        return self._set_state("investigating")

    def action_propose(self):
        """A proposal is made to the customer.

        :raise UserError: when it is not written down
        :return: what to do about it, where nobody has phoned the customer yet
        """
        self._set_state("proposed")
        waiting = self._not_phoned()
        return waiting._remind_to_phone() if waiting else True

    def action_resolve(self):
        """What was agreed on is done.

        :raise UserError: when it is not written down what that was
        """
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
        return self._set_state("rejected")

    @arguments(level=one_of(LEVELS))
    def action_promote(self, level=None):
        """From dissatisfaction to grievance to complaint. Number, history and clocks
        are kept; the targets of the higher level apply from now on.

        :param str level: the level to reach; default: the next one
        :raise UserError: at the highest level, or for a lower one
        """
        for complaint in self:
            rank = LEVEL_RANK[complaint.level]
            goal = rank + 1 if level is None else LEVEL_RANK.get(level, -1)
            if not rank < goal < len(LEVELS):
                raise UserError(
                    self.env._(
                        "%(complaint)s cannot be promoted to that level: the level "
                        "can only rise.",
                        complaint=complaint.name,
                    )
                )
            complaint._write_by_method({"level": LEVELS[goal][0]})
        self._after_classify()
        return True

    def action_open_reception(self):
        """The visit the complaint is about: for the complaint desk what was wrong and
        what was done, for the service department its own page."""
        self.check_access("read")
        action = self.reception_id._get_records_action()
        if not self.env.user.has_group(service_groups.ADVISOR):
            view = self.env.ref("dealer_complaint.dealer_reception_view_form_desk")
            action["views"] = [(view.id, "form")]
        return action

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _ask_step(self, target):
        self._check_move(target)
        if not self._lacks_for(target):
            return self._take_step(target)
        dialog = self.env["dealer.complaint.step"]
        steps = dict(dialog._fields["target"]._description_selection(self.env))
        return open_dialog(
            dialog,
            steps[target],
            complaint_id=self.id,
            target=target,
        )

    def _lacks_for(self, target):
        """Names of the fields that have to be filled in before the step, or that the
        figures lack when nobody asks for them at the end."""
        self.ensure_one()
        names = [
            name
            for name in WORDS_OF_STEP.get(target, ())
            if not (self[name] or "").strip()
        ]
        if target == "resolved" and self.decision_answer == "accepted":
            # what was agreed to is what was decided
            names = [name for name in names if name != "decision" or not self.proposal]
        if target == "closed":
            names += [n for n in ("category_id", "decision_answer") if not self[n]]
            names += ["cause"] if self.cause in (False, "unknown") else []
        return names

    def _take_step(self, target):
        """Take it, or log the talk that is still owed before the end."""
        self.ensure_one()
        owed = target == "closed" and self._owed_talk()
        if owed:
            return open_dialog(
                self.env["dealer.complaint.contact"],
                self.env._("Log a Contact"),
                complaint_id=self.id,
                kind=owed,
            )
        return {
            "proposed": self.action_propose,
            "resolved": self.action_resolve,
            "closed": self.action_close,
            "rejected": self.action_reject,
        }[target]()

    def _check_manager(self, what):
        if not (self.env.su or self._is_manager()):
            raise AccessError(
                self.env._(
                    "%(what)s: only a complaint manager may do this (%(complaints)s).",
                    what=what,
                    complaints=", ".join(self.mapped("name")),
                )
            )

    def _check_words(self, target):
        """:raise UserError: where it is not written down what the step is about"""
        for complaint in self:
            missing = [
                self._fields[name]._description_string(self.env)
                for name in WORDS_OF_STEP[target]
                if not (complaint[name] or "").strip()
            ]
            if missing:
                raise UserError(
                    self.env._(
                        "%(complaint)s cannot become “%(state)s” yet. First enter, "
                        "under “Solution”: %(fields)s.",
                        complaint=complaint.name,
                        state=complaint._state_label(target),
                        fields=", ".join(missing),
                    )
                )

    def _decide_as_agreed(self, _target=None):
        """What the customer agreed to is what was decided."""
        for complaint in self:
            if complaint.decision_answer == "accepted" and not complaint.decision:
                complaint.decision = complaint.proposal

    def _remind_to_phone(self):
        """The proposal stands; whoever made it still owes the first call."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": self.env._(
                    "%(complaints)s: the customer has not been phoned yet, and the "
                    "time limit for the first contact is still running.",
                    complaints=", ".join(self.mapped("name")),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check_closing_gate(self, _target):
        for complaint in self:
            gaps = complaint._closing_gaps()
            if gaps:
                raise UserError(
                    self.env._(
                        "%(complaint)s cannot be closed yet:\n%(gaps)s",
                        complaint=complaint.name,
                        gaps="\n".join(f"• {gap}" for gap in gaps),
                    )
                )

    def _owed_talk(self):
        """Which talk the customer still waits for; none when he was told everything."""
        self.ensure_one()
        if self._not_phoned():
            return "contact"
        if not self.date_decision:
            return "decision"
        return "callback" if self._lacks_callback() else False

    def _lacks_callback(self):
        self.ensure_one()
        return self.company_id.dealer_complaint_needs_callback and not any(
            contact.kind == "callback" and contact.is_connected
            for contact in self.contact_ids
            if not self.date_resolved or contact.date >= self.date_resolved
        )

    def _closing_gaps(self):
        """What is missing before the complaint may be closed, as sentences."""
        self.ensure_one()
        gaps = []
        if not self.date_decision:
            gaps.append(
                self.env._("The customer has not been told about the decision.")
            )
        if not self.decision_answer:
            gaps.append(self.env._("The customer's answer has not been recorded."))
        if self._lacks_callback():
            gaps.append(self.env._("The customer has not been called back."))
        return gaps
