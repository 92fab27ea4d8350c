from odoo import fields, models

from odoo.addons.dealer_service.models.calls.dealer_call_incoming import MOST_LINES

from .dealer_followup import OPEN_STATES

PROOFS = [
    ("proven", "Proven by a Call"),
    ("stated", "Stated"),
    ("open", "Call Not Found"),
    ("against", "Contradicted by the Call"),
]


class ResCompany(models.Model):
    """Whether a shop goes by what its exchange says of its follow-up calls."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_followup_proof = fields.Boolean(
        "Follow-ups Proven by Calls",
        help="A result that is entered without dialling the number on the call sheet "
        "needs a call that the exchange reports, or a reason; it is then marked as "
        "stated.",
    )
    dealer_reached_seconds = fields.Integer(
        "Reached After at Least (s)",
        default=10,
        required=True,
        help="A shorter call proves that nobody was reached.",
    )

    _dealer_reached_seconds_positive = models.Constraint(
        "CHECK(dealer_reached_seconds > 0)",
        "A customer who was reached has talked for some seconds.",
    )


class DealerFollowupAttempt(models.Model):
    """What the exchange says of a follow-up call (decision 0029): that the customer was
    reached, and that nobody was."""

    _name = "dealer.followup.attempt"
    _inherit = "dealer.followup.attempt"
    _RECORDED_FIELDS = frozenset({"call_id", "proof", "stated_reason"})

    call_id = fields.Many2one(
        "dealer.call.record",
        "Phone Call",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="What the exchange reports of this attempt.",
    )
    proof = fields.Selection(
        PROOFS,
        readonly=True,
        help="Proven: the exchange reports a call that ended as the result says. "
        "Stated: recorded with a reason why there is none. Contradicted: the exchange "
        "reports a call that ended otherwise; an answering machine talks as well.",
    )
    stated_reason = fields.Char(
        "Reason Without a Call",
        readonly=True,
        help="Why the exchange knows no call: made from the own mobile, for example.",
    )

    def _seek_proof(self, stated_reason=False):
        """Say what proves the result that was just recorded.

        :param stated_reason: why the exchange knows no call, in the caller's words
        """
        for attempt in self.filtered(lambda attempt: attempt.channel == "call"):
            reason = (stated_reason or attempt.stated_reason or "").strip()
            proof = "open" if attempt.company_id.dealer_followup_proof else False
            attempt._write_proof(
                {"proof": "stated" if reason else proof, "stated_reason": reason}
            )
            # who has no telephone of the exchange has made none of its calls
            if attempt.user_id.dealer_extension:
                attempt._find_call()

    def _find_call(self):
        """A call was reported that may be this one: what it says of the result."""
        self.ensure_one()
        if self.proof == "proven":
            return
        calls = self._calls_meant()
        verdicts = {call: self._verdict(call) for call in calls}
        for proof in ("proven", "against"):
            meant = calls.filtered(lambda call, proof=proof: verdicts[call] == proof)
            if meant:
                self._write_proof({"call_id": meant[0].id, "proof": proof})
                return
        if calls:
            self._write_proof({"call_id": calls[0].id})

    def _verdict(self, call):
        """What ``call`` says of the result: ``"proven"``, ``"against"`` or nothing."""
        if not self.result_id or not call._is_by_another(self.user_id):
            return False
        has_talked = call.talk_seconds >= self.company_id.dealer_reached_seconds
        if self.result_id.marks_phone_wrong:
            return "proven"  # told so by a stranger, or by the network
        if self.is_connected == has_talked:
            is_dialled = call.direction == "out"
            return "proven" if has_talked or is_dialled else False
        # whom an incoming call has missed may have been called back
        return "against" if has_talked or call.direction == "out" else False

    def _calls_meant(self):
        """Calls of this caller with the customer at that time, the nearest first."""
        return self.env["dealer.call.record"]._calls_at(
            self.company_id, self.user_id, self.date, self.partner_id, (self.phone,)
        )

    def _called_person(self):
        return self.partner_id

    def _write_proof(self, vals):
        """What is proven is no part of what was recorded, which stays as it is."""
        return self._write_by_method(vals)


class DealerCallRecord(models.Model):
    """The follow-ups that a call was about, and those of who calls."""

    _name = "dealer.call.record"
    _inherit = "dealer.call.record"
    _CLAIMS = ("_claims_of_attempts",)
    _OPEN_MATTERS = ("_matter_of_followups",)

    attempt_ids = fields.One2many(
        "dealer.followup.attempt", "call_id", "Follow-up Calls"
    )

    def _claims_of_attempts(self):
        """Follow-up calls to this customer, by who made the call, at that time."""
        return self._written_down("dealer.followup.attempt").filtered(
            lambda attempt: self._is_call_of(
                attempt.date, attempt.partner_id, (attempt.phone,)
            )
        )

    def _matter_of_followups(self, partner):
        tasks = self.env["dealer.followup"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", OPEN_STATES),
                ("partner_id", "=", partner.id),
                ("due_date", "<=", self.company_id._dealer_today()),
            ],
            limit=MOST_LINES,
        )
        return self.env._("Follow-ups"), [
            (
                task,
                " · ".join(
                    filter(
                        None,
                        (
                            task.rule_id.name,
                            task.license_plate,
                            task.user_id.name,
                            task.note,
                        ),
                    )
                ),
            )
            for task in tasks
        ]
