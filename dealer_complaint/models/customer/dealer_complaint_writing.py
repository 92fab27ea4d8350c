from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, parse_contact_from_email

from ..complaint.dealer_complaint_import import OF_THE_PAST

#: Whoever complains on these ways is told that it was heard; the others are public
#: bodies and have forms of their own.
ANSWERED_SOURCES = ("counter", "phone", "hotline", "callback", "portal", "email")
#: An older complaint is entered for the record; nobody waits for a receipt.
RECEIPT_WITHIN = timedelta(days=1)
#: One receipt for an unknown address within this time: no game of echoes.
ECHO = timedelta(hours=1)
#: Mails of the process say that no person wrote them: nobody's machine answers.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


class DealerComplaint(models.Model):
    """What the process itself writes to the customer: received, proposed, at its end.

    Each once, by the way that reaches the customer. What was written is marked in the
    transaction that puts the message into its queue: no crash loses or repeats it.
    """

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"
    #: A message that waited leaves only while this is so, by the key of its occasion.
    _TOLD_WHILE = {
        "complaint_proposal": [("state", "=", "proposed")],
        "complaint_closed": [("state", "=", "closed")],
    }

    date_acknowledged = fields.Datetime(
        "Receipt Confirmed On", readonly=True, copy=False
    )
    proposal_sent = fields.Char(
        readonly=True, copy=False, help="Fingerprint of the proposal that was mailed."
    )
    rating_asked_cycle = fields.Integer(
        readonly=True, copy=False, help="The cycle after which a rating was requested."
    )
    is_proposal_unsent = fields.Boolean(compute="_compute_is_proposal_unsent")

    @api.depends(
        "state",
        "proposal",
        "proposal_sent",
        "decision_answer",
        "partner_id.email",
        "partner_id.phone",
    )
    def _compute_is_proposal_unsent(self):
        for complaint in self:
            complaint.is_proposal_unsent = (
                complaint.company_id.dealer_complaint_mail_customer
                and complaint._is_answer_open()
                and complaint._is_reached("complaint_proposal")
                and complaint.proposal_sent != complaint._proposal_version()
            )

    # ------------------------------------------------------------------
    # WHEN IT WRITES
    # ------------------------------------------------------------------

    def _mail_proposal(self):
        self.filtered("is_proposal_unsent")._send_proposal()

    def action_send_proposal(self):
        """Send the proposal as it stands now, for instance after it was corrected.

        :raise UserError: when there is nothing to send, or it was sent like this
        """
        self.check_access("write")
        for complaint in self:
            if not complaint.is_proposal_unsent:
                raise UserError(
                    self.env._(
                        "%(complaint)s: there is no unsent proposal, or no way to "
                        "write to the customer.",
                        complaint=complaint.name,
                    )
                )
        return self._send_proposal()

    def action_send_news(self):
        """Tell the customer that there is something to read on the page.

        :raise UserError: with the reason when no message may be sent
        """
        self.check_access("write")
        messages = self.env["dealer.customer.message"]
        for complaint in self:
            messages |= messages._tell_or_say(
                "complaint_feedback",
                complaint,
                partner=complaint.partner_id,
                mail_values=complaint._letter_values(),
            )
        return messages._show_told()

    # ------------------------------------------------------------------
    # WHAT IT WRITES
    # ------------------------------------------------------------------

    def _confirm_receipt(self):
        """Tell the customer that it was heard, and where to follow it."""
        if self.env.context.get("dealer_complaint_of_the_past") is OF_THE_PAST:
            return
        now = fields.Datetime.now()
        for complaint in self:
            if (
                complaint.company_id.dealer_complaint_mail_customer
                and complaint.state == "new"
                and not complaint.date_acknowledged
                and complaint.source in ANSWERED_SOURCES
                # a grumble at the counter is answered there
                and (
                    complaint.level != "dissatisfaction"
                    or complaint.source in ("portal", "email")
                )
                and now - complaint.date_received <= RECEIPT_WITHIN
                and complaint._is_answerable()
                and not complaint._is_echo(now)
                and complaint._write_to_customer("complaint_received")
            ):
                # nobody but the process says so
                complaint.sudo()._write_by_method({"date_acknowledged": now})

    def _send_proposal(self):
        for complaint in self:
            if complaint._write_to_customer("complaint_proposal"):
                complaint._write_by_method(
                    {"proposal_sent": complaint._proposal_version()}
                )
        return True

    def _ask_for_rating(self):
        for complaint in self:
            if (
                complaint.company_id.dealer_complaint_mail_customer
                and complaint.rating_asked_cycle != complaint.cycle
                and complaint._is_rating_open()
                and complaint._write_to_customer("complaint_closed")
            ):
                complaint._write_by_method({"rating_asked_cycle": complaint.cycle})

    # ------------------------------------------------------------------
    # HELPERS
    # ------------------------------------------------------------------

    def _customer_address(self):
        """Where the customer gets mail: the own address, else that of the sender."""
        self.ensure_one()
        # staff writes to customers whose file it may not open
        return email_normalize(self.partner_id.sudo().email) or (
            self.email_from
            and self.partner_id == self._unknown_partner()
            and email_normalize(self.email_from)
        )

    def _letter_name(self):
        """How the customer is addressed: the own name, else what the sender says."""
        self.ensure_one()
        if self.partner_id != self._unknown_partner():
            return self.partner_id.name or ""
        return parse_contact_from_email(self.email_from)[0] or self.email_from or ""

    def _is_answerable(self):
        """Whether a customer reads the answer: no program, no colleague."""
        self.ensure_one()
        if self.source != "email":
            return True
        return not (
            self.env.context.get("dealer_mail_quiet")
            or self._mail_staff(self.email_from)
            or self._is_machine_address(self.email_from)
        )

    def _is_echo(self, now):
        """Whether this address has just got a receipt for another mail."""
        self.ensure_one()
        if self.source != "email" or not self.sender_address:
            return False
        return bool(
            # the facts count, also those the current user may not see
            self.sudo().search_count(
                [
                    ("sender_address", "=", self.sender_address),
                    ("date_acknowledged", ">", now - ECHO),
                    ("id", "!=", self.id),
                ],
                limit=1,
            )
        )

    def _letter_values(self):
        """What mails to the customer have beside their texts."""
        self.ensure_one()
        values = {"headers": repr(HEADERS)}
        if self.partner_id == self._unknown_partner():
            values.update(email_to=self._customer_address(), recipient_ids=[])
        return values

    def _is_reached(self, occasion):
        """Whether there is a way to write to the customer.

        :param str occasion: its key
        """
        self.ensure_one()
        messages = self.env["dealer.customer.message"]
        complaint = self.sudo()  # as in _customer_address
        return messages._can_tell(
            occasion,
            complaint,
            complaint.partner_id,
            mail_values=complaint._letter_values(),
        )

    def _write_to_customer(self, occasion):
        """Tell the customer. A text that is gone or broken never stops the process.

        :param str occasion: its key
        :return: whether something is written now
        """
        self.ensure_one()
        if not self._is_reached(occasion):
            return False
        # what is written is written by the process, whoever drives it
        complaint = self.sudo()
        told = self.env["dealer.customer.message"]._tell(
            occasion,
            complaint,
            partner=complaint.partner_id,
            mail_values=complaint._letter_values(),
        )
        if not told:
            complaint._message_log(
                body=self.env._("The message to the customer could not be created.")
            )
        return bool(told)
