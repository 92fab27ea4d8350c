from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dealer_service.models.calls.dealer_call_incoming import MOST_LINES

from .dealer_complaint import OPEN_STATES

PROOFS = [
    ("proven", "Proven by a Call"),
    ("stated", "Stated"),
    ("open", "Call Not Found"),
]


class ResCompany(models.Model):
    """Whether a shop goes by what its exchange says of a first contact."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_contact_proof = fields.Boolean(
        "First Contact Proven by a Call",
        help="The clock of the first contact stops only by a call that the exchange "
        "reports, of the responsible person; without one, by a reason, and the contact "
        "is marked as stated.",
    )
    dealer_contact_seconds = fields.Integer(
        "A Contact Lasts at Least (s)",
        default=30,
        required=True,
        help="A shorter call proves no contact.",
    )

    _dealer_contact_seconds_positive = models.Constraint(
        "CHECK(dealer_contact_seconds > 0)", "A contact lasts some seconds."
    )


class DealerComplaintContact(models.Model):
    """What proves a talk: a call of the exchange, or only who says so (decision 0029).

    The call is looked for when the talk is recorded, and when the call is reported: a
    list may come days later.
    """

    _name = "dealer.complaint.contact"
    _inherit = "dealer.complaint.contact"
    _RECORDED_FIELDS = frozenset({"call_id", "proof"})

    call_id = fields.Many2one(
        "dealer.call.record",
        "Phone Call",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="What the exchange reports of this talk.",
    )
    proof = fields.Selection(
        PROOFS,
        readonly=True,
        help="Proven: the exchange reports a call that lasted long enough. Stated: "
        "recorded with a reason why there is none. Call not found: it does not stop "
        "the clock of the first contact yet.",
    )
    stated_reason = fields.Char(
        "Reason Without a Call",
        help="Why the exchange knows no call: made from the own mobile, for example. "
        "The contact is then marked as stated.",
    )
    asks_proof = fields.Boolean(compute="_compute_asks_proof")

    @api.depends("complaint_id.company_id.dealer_contact_proof", "channel", "kind")
    def _compute_asks_proof(self):
        for contact in self:
            contact.asks_proof = contact._is_proof_asked()

    def _is_proof_asked(self):
        """Whether this talk counts for the first contact only with its proof."""
        # what a shop asks is not everybody's to read
        shop = self.complaint_id.sudo().company_id
        return (
            shop.dealer_contact_proof
            and self.channel == "call"
            and self.kind != "other"
            and self.is_connected
        )

    # ------------------------------------------------------------------
    # THE CALL
    # ------------------------------------------------------------------

    def _seek_proof(self):
        """Say what proves these new talks, before the clocks follow them."""
        for contact in self:
            proof = False
            if contact._is_proof_asked():
                # programs enter what a person has checked
                is_stated = self.env.su or (contact.stated_reason or "").strip()
                proof = "stated" if is_stated else "open"
            contact._write_by_method({"proof": proof})
            contact._take_call()

    def _find_call(self):
        """A call was reported that may prove this talk: the clock goes by it."""
        before = self.proof
        if not self._take_call() or not self._is_proof_asked():
            return
        # people read their clocks; only the process winds them
        complaint = self.complaint_id.sudo()
        if before == "open":
            if self._is_first_contact():
                complaint._sla_stop(["contact"], self._clock_date(), contact=self)
        else:
            complaint.timer_ids.filtered(
                lambda timer: self in (timer.proof_contact_id | timer.late_contact_id)
            )._judge_by_call(self)

    def _take_call(self):
        """Find the call of this talk.

        :return: whether it proves the talk
        """
        self.ensure_one()
        if self.channel != "call" or self.proof == "proven":
            return False
        calls = self._calls_meant()
        proving = calls.filtered(self._is_proven_by)
        call = (proving or calls)[:1]
        vals = {"call_id": call.id}
        if proving:
            vals["proof"] = "proven"
            # the exchange vouches for it, where the shop goes by that
            vals["is_late_accepted"] = self.is_late_accepted or self._is_proof_asked()
        self._write_by_method(vals)
        return bool(proving)

    def _calls_meant(self):
        """Calls of who talked with the customer at that time, the nearest first."""
        return self.env["dealer.call.record"]._calls_at(
            self.complaint_id.company_id,
            self.user_id,
            self.date,
            self._called_person(),
        )

    def _is_talk_of(self, call):
        """Whether this talk may be what was said in ``call``."""
        return call._is_call_of(self.date, self._called_person())

    def _called_person(self):
        # the card of the customer, whoever may read it
        return self.complaint_id.sudo().partner_id.with_env(self.env).sudo()

    def _is_proven_by(self, call):
        """Whether ``call`` proves that they talked: long enough, and reported by
        somebody else than who talked."""
        # as above
        shop = self.complaint_id.sudo().company_id
        received = self.complaint_id.date_received.replace(microsecond=0)
        return (
            self.is_connected
            and call.is_connected
            and call.talk_seconds >= shop.dealer_contact_seconds
            # what was said before the customer complained answers nothing
            and call._talked_since(received) >= shop.dealer_contact_seconds
            and call._is_by_another(self.user_id)
            and not self._is_spent(call)
        )

    def _is_spent(self, call):
        """Whether the call proves another talk about this complaint already: one call
        was one talk."""
        # who records a talk need not read the calls
        others = call.sudo().contact_ids - self
        return bool(
            others.filtered(
                lambda other: (
                    other.complaint_id == self.complaint_id and other.proof == "proven"
                )
            )
        )

    def _clock_date(self):
        """When the clock of the first contact stops by this talk: as its call began,
        not before the complaint was received."""
        self.ensure_one()
        # who reads the clock need not read the calls
        call = self.sudo().call_id
        if self.proof != "proven" or not self._is_proof_asked():
            return self.date
        return max(call.date_start, self.complaint_id.date_received).replace(
            microsecond=0
        )


class DealerCallRecord(models.Model):
    """What a complaint has written down of a call, and who calls about one."""

    _name = "dealer.call.record"
    _inherit = "dealer.call.record"
    _CLAIMS = ("_claims_of_contacts",)
    _OPEN_MATTERS = ("_matter_of_complaints",)

    contact_ids = fields.One2many(
        "dealer.complaint.contact", "call_id", "Contacts of Complaints"
    )

    def _talked_since(self, moment):
        """Seconds that were talked after ``moment``."""
        self.ensure_one()
        length = timedelta(seconds=self.talk_seconds)
        end = self.date_end or (self.date_answered or self.date_start) + length
        return min(self.talk_seconds, (end - moment).total_seconds())

    def _check_given_to(self, partner):
        """:raise UserError: for a call that proves a talk with somebody else"""
        checked = super()._check_given_to(partner)
        for contact in self.contact_ids.filtered(
            lambda contact: (
                contact.proof == "proven" and partner not in contact._called_person()
            )
        ):
            raise UserError(
                self.env._(
                    "%(call)s proves a talk about %(complaint)s. Whose complaint it is "
                    "has to be corrected first.",
                    call=self.display_name,
                    complaint=contact.complaint_id.name,
                )
            )
        return checked

    def _claims_of_contacts(self):
        """Talks with this customer, recorded at that time by who made the call."""
        return self._written_down("dealer.complaint.contact").filtered(
            lambda contact: contact._is_talk_of(self)
        )

    def _matter_of_complaints(self, partner):
        complaints = self.env["dealer.complaint"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", OPEN_STATES),
                ("partner_id", "=", partner.id),
            ],
            limit=MOST_LINES,
        )
        return self.env._("Complaints"), [
            (
                complaint,
                " · ".join(
                    filter(
                        None,
                        (
                            complaint.name,
                            complaint.subject,
                            complaint._state_label(),
                            complaint.user_id.name,
                        ),
                    )
                ),
            )
            for complaint in complaints
        ]
