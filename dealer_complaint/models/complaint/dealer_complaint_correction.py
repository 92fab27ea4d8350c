from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import plaintext2html

from odoo.addons.dealer_service.tools.actions import open_dialog
from odoo.addons.dealer_service.tools.arguments import MOMENT, TEXT, arguments


class DealerComplaint(models.Model):
    """What measures somebody is corrected by somebody else, who says why.

    See ``docs/decisions/0018-what-is-measured-is-not-rewritten.md``.
    """

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    cancel_reason = fields.Text("Reason for Cancelling", readonly=True, copy=False)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def _follow_receipt(self, _change):
        """The clocks follow; where a method moves the receipt, it moves them itself."""
        if not self._is_by_method():
            for complaint, lines in self._sla_restart_from_receipt().items():
                if lines:
                    complaint._message_log(body=plaintext2html("\n".join(lines)))

    def _check_receipt_write(self, vals):
        """Later would have kept a limit, earlier has it missed by somebody else."""
        if self.env.su:
            return
        for complaint in self._would_change(vals, "date_received"):
            raise UserError(
                self.env._(
                    "%(complaint)s: its clocks run from the time of receipt. Only an "
                    "officer who is not responsible for it may correct that time, with "
                    "a reason: press “Correct” beside it.",
                    complaint=complaint.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_cancelled(self):
        for complaint in self:
            if complaint.state != "cancelled" or complaint.timer_ids.filtered(
                lambda timer: timer.state == "missed"
            ):
                raise UserError(
                    self.env._(
                        "%(complaint)s must be kept. If it was entered by mistake, "
                        "cancel it: it then no longer counts in any report. Time "
                        "limits missed before then remain missed.",
                        complaint=complaint.name,
                    )
                )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    @arguments(reason=TEXT)
    def action_cancel(self, reason=None):
        """Entered by mistake. No figure counts the complaint; what was missed of its
        clocks until then stays missed.

        Without a reason the dialog asks for one; there whoever is responsible asks an
        officer.

        :raise AccessError: for anybody but an officer who never was responsible
        """
        if not (reason or self.env.su):
            return self._correction_dialog("cancel")
        self.check_access("write")
        self._check_second_person(self.env._("Entered by Mistake"), reason)
        self._set_state("cancelled")
        self._write_by_method({"cancel_reason": reason})
        for complaint in self.filtered("cancel_reason"):
            complaint._message_log(
                body=self.env._("Entered by mistake: %(reason)s", reason=reason)
            )
        return True

    @arguments(date=MOMENT, reason=TEXT)
    def action_correct_receipt(self, date=None, reason=None):
        """Move the time of receipt; its clocks follow, and what has ended is judged by
        it.

        Without a date the dialog asks for it, and for the reason.

        :raise AccessError: for anybody but an officer who never was responsible
        """
        if not date:
            return self._correction_dialog("receipt")
        self.check_access("write")
        self._check_second_person(self.env._("Correct the Receipt"), reason)
        # remote callers send text
        date = fields.Datetime.to_datetime(date)
        told = {}
        for complaint in self:
            complaint._check_nothing_before(date)
            told[complaint] = self.env._(
                "Receipt corrected from %(old)s to %(new)s: %(reason)s",
                old=complaint._format_local(complaint.date_received),
                new=complaint._format_local(date),
                reason=reason or "–",
            )
            complaint._write_by_method({"date_received": date})
        changes = self._sla_restart_from_receipt()
        for complaint, text in told.items():
            lines = [text, *changes.get(complaint, ())]
            complaint._message_log(body=plaintext2html("\n".join(lines)))
        return True

    # ------------------------------------------------------------------
    # A SECOND PERSON
    # ------------------------------------------------------------------

    def _is_second_person(self):
        """Whether the user is an officer whom none of these complaints measures."""
        return self._is_officer() and self.env.user not in self._measured_users()

    def _check_second_person(self, what, reason):
        """:raise AccessError: for somebody whom it measures, or who is no officer
        :raise UserError: without a reason
        """
        if self.env.su:
            return
        if not self._is_officer():
            raise AccessError(
                self.env._(
                    "%(what)s: only a complaint officer may do this "
                    "(%(complaints)s). Please ask one.",
                    what=what,
                    complaints=", ".join(self.mapped("name")),
                )
            )
        self._check_not_measured(what)
        if not (reason or "").strip():
            raise UserError(
                self.env._(
                    "%(complaints)s: enter the reason. It is kept on record.",
                    complaints=", ".join(self.mapped("name")),
                )
            )

    def _check_not_measured(self, what):
        """:raise AccessError: for somebody whom the clocks of it measure"""
        for complaint in self:
            if not self.env.su and self.env.user in complaint._measured_users():
                raise AccessError(
                    self.env._(
                        "%(what)s: you are, or were, responsible for %(complaint)s, "
                        "and this would change figures that measure your work. Ask "
                        "another officer.",
                        what=what,
                        complaint=complaint.name,
                    )
                )

    def _check_nothing_before(self, date):
        """:raise ValidationError: when somebody dealt with it, or what was merged into
        it was received, before ``date``
        """
        self.ensure_one()
        first = min(self.contact_ids.mapped("date"), default=date)
        if first < date:
            raise ValidationError(
                self.env._(
                    "%(complaint)s: there was already a contact on %(first)s, so it "
                    "was received before then.",
                    complaint=self.name,
                    first=self._format_local(first),
                )
            )
        # whoever corrects it need not see what was merged into it
        merged = self.sudo().with_context(active_test=False).duplicate_ids
        earlier = merged.filtered(lambda c: c.date_received < date)
        if earlier:
            first = earlier.sorted("date_received")[0]
            raise ValidationError(
                self.env._(
                    "%(complaint)s: %(merged)s, which was merged into it, was received "
                    "on %(first)s. Correct that receipt first, if it is wrong.",
                    complaint=self.name,
                    merged=first.name,
                    first=self._format_local(first.date_received),
                )
            )
        ends = self._sla_of_receipt().mapped("date_stop")
        first = min(filter(None, ends), default=date)
        if first < date:
            raise ValidationError(
                self.env._(
                    "%(complaint)s: a time limit of it ended on %(first)s, so it was "
                    "received before then.",
                    complaint=self.name,
                    first=self._format_local(first),
                )
            )

    def _correction_dialog(self, kind, contact=None):
        self.check_access("write")
        return open_dialog(
            self.env["dealer.complaint.correction"],
            self.env._("Correct a Complaint"),
            kind=kind,
            complaint_ids=self.ids,
            contact_id=contact and contact.id,
            date=self[:1].date_received,
        )

    def _ask_officers(
        self, summary, note, activity_type="mail.mail_activity_data_todo"
    ):
        """Put a request on the lists of the officers whom it does not measure."""
        level = self.env["dealer.sla.level"]
        for complaint in self:
            company, measured = complaint.company_id, complaint._measured_users()
            officers = level._members("officer", company) - measured
            officers = officers or level._members("manager", company) - measured
            for officer in officers[:3]:
                # the handler need not see who the officers are
                complaint.sudo().activity_schedule(
                    activity_type,
                    summary=summary,
                    note=note,
                    user_id=officer.id,
                )
