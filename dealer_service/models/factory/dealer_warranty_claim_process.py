from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.actions import open_dialog
from ...tools.arguments import TEXT, arguments
from ...tools.refusal import NamedRefusal

#: What a claim that was sent back forgets.
_ANSWER = ("answer", "answer_reason")


class ClaimIncomplete(NamedRefusal):
    """The manufacturer would send the claim back: something is missing."""


class DealerWarrantyClaim(models.Model):
    """The way of a claim to the manufacturer and back."""

    _name = "dealer.warranty.claim"
    _inherit = "dealer.warranty.claim"

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_submit(self):
        """It was handed to the manufacturer, as a file or typed into its system.

        :raise ClaimIncomplete: naming what is missing
        """
        self.check_access("write")
        for claim in self:
            claim._check_move("submitted")
            claim._check_draft()
            missing = claim._missing()
            if missing:
                raise ClaimIncomplete(
                    self.env._(
                        "%(claim)s cannot be submitted yet:\n%(missing)s",
                        claim=claim.display_name,
                        missing="\n".join(f"• {text}" for text in missing),
                    )
                )
        return self._write_by_method(
            {
                "state": "submitted",
                "date_submitted": fields.Datetime.now(),
                "submit_user_id": self.env.uid,
            }
        )

    def action_open_file(self):
        """Write these claims into a file for the manufacturer."""
        self.check_access("read")
        return open_dialog(
            self.env["dealer.factory.file"],
            self.env._("File for the Manufacturer"),
            claim_ids=self.ids,
        )

    def action_ask_sent_back(self):
        """Ask why the manufacturer has sent it back."""
        self.ensure_one()
        self._check_move("draft")
        return self.env["dealer.reason.wizard"]._open("claim_sent_back", self)

    @arguments(reason=TEXT)
    def action_sent_back(self, reason=None):
        """The manufacturer wants it corrected: nothing was answered.

        :raise UserError: without a reason
        """
        self.check_access("write")
        reason = self._reason(reason)
        for claim in self:
            claim._check_move("draft")
        self.line_ids._write_by_method(dict.fromkeys(_ANSWER, False))
        self._write_by_method({"state": "draft", "date_submitted": False})
        return self._note(self.env._("Sent back by the manufacturer: %s", reason))

    def action_approve_all(self):
        """What has no answer yet was approved as claimed."""
        self.check_access("write")
        for claim in self:
            claim._check_move("answered")
            claim.line_ids.filtered(lambda line: not line.answer).write(
                {"answer": "approved"}
            )
        return True

    def action_answer(self):
        """The manufacturer has answered each line.

        :raise UserError: naming the first line without an answer
        """
        self.check_access("write")
        for claim in self:
            claim._check_submitted()
            claim._check_move("answered")
            for line in claim.line_ids:
                if not line.answer:
                    raise UserError(
                        self.env._(
                            "%(claim)s: what was answered to “%(line)s”?",
                            claim=claim.name,
                            line=line.display_name,
                        )
                    )
        return self._write_by_method(
            {"state": "answered", "date_answered": fields.Datetime.now()}
        )

    def action_ask_appeal(self):
        """Ask why the manufacturer is asked again."""
        self.ensure_one()
        self._check_move("submitted")
        return self.env["dealer.reason.wizard"]._open("claim_appeal", self)

    @arguments(reason=TEXT)
    def action_appeal(self, reason=None):
        """Ask the manufacturer again (申诉); the former answer stays in the log.

        :raise UserError: once something was invoiced or decided, and without a reason
        """
        self.check_access("write")
        reason = self._reason(reason)
        self._claim_row()
        for claim in self:
            if claim.state != "answered":
                # only the button “Submit” hands it in for the first time
                claim._check_not_answered()
            if claim._factory_bills() or any(claim.line_ids.mapped("rest_to")):
                raise UserError(
                    self.env._(
                        "%s was invoiced, or it was decided who bears the rest. Take "
                        "that back first.",
                        claim.name,
                    )
                )
            claim._note(
                self.env._(
                    "Appeal against %(approved)s of %(claimed)s: %(reason)s",
                    approved=claim.currency_id.format(claim.amount_approved),
                    claimed=claim.currency_id.format(claim.amount_claimed),
                    reason=reason,
                )
            )
        return self._write_by_method(
            {"state": "submitted", "date_answered": False, "given_up_reason": False}
        )

    def action_ask_give_up(self):
        """Ask why it is not claimed."""
        self.ensure_one()
        self._check_move("answered")
        return self.env["dealer.reason.wizard"]._open("claim_give_up", self)

    @arguments(reason=TEXT)
    def action_give_up(self, reason=None):
        """The shop does not claim it, and bears it itself: as if all were refused.

        :raise UserError: for everybody but a service manager, once the manufacturer
            has it, and without a reason
        """
        self.check_access("write")
        self._check_decides()
        reason = self._reason(reason)
        for claim in self:
            claim._check_draft()
        self.line_ids._write_by_method({"answer": "refused"})
        return self._write_by_method(
            {
                "state": "answered",
                "date_answered": fields.Datetime.now(),
                "given_up_reason": reason,
            }
        )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _missing(self):
        """Hook: sentences that say what the manufacturer would ask for."""
        self.ensure_one()
        missing = []
        if not self.line_ids:
            missing.append(self.env._("There is nothing to claim."))
        if not self.odometer:
            missing.append(self.env._("Enter the reading of the odometer."))
        if not self.vin:
            missing.append(self.env._("Enter the VIN on the car."))
        if self.kind not in ("repair", "campaign"):
            return missing
        if not (self.fault_code or "").strip():
            missing.append(self.env._("Enter the fault code."))
        if not (self.cause or "").strip():
            missing.append(self.env._("Say what the technician found."))
        parts = self.line_ids.filtered(lambda line: line.line_kind == "part")
        if parts and not self.causal_line_id:
            missing.append(self.env._("Choose the causal part."))
        for line in self.line_ids:
            if line.line_kind in ("labour", "part") and not line.operation_code:
                missing.append(self.env._("Enter the code of “%s”.", line.display_name))
        return missing

    def _check_not_answered(self):
        """:raise UserError: for an appeal against no answer"""
        self.ensure_one()
        raise UserError(
            self.env._(
                "%(claim)s is “%(state)s”: there is no answer to appeal against.",
                claim=self.name,
                state=self._state_label(),
            )
        )

    def _check_submitted(self):
        """:raise UserError: for an answer to what was never asked"""
        for claim in self:
            if claim.state == "draft":
                raise UserError(
                    self.env._(
                        "%s was not submitted yet: nobody can have answered.",
                        claim.name,
                    )
                )

    def _reason(self, reason):
        """:raise UserError: for blanks"""
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Please give a reason."))
        return reason

    def _note(self, text):
        for claim in self:
            claim.message_post(body=text)
        return True
