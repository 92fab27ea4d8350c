from odoo import fields, models

CORRECTIONS = [
    ("late_entry", "Contact Entered Late"),
    ("call", "Proven by a Call"),
    ("receipt", "Receipt Corrected"),
    ("hours", "Hours or Target Changed"),
    ("cancelled", "Complaint Cancelled"),
    ("merged", "Complaint Merged"),
]


class DealerSlaTimer(models.Model):
    """What becomes of a missed limit afterwards: it stays missed, or a second person
    has corrected it, and that stays visible."""

    _name = "dealer.sla.timer"
    _inherit = "dealer.sla.timer"

    correction = fields.Selection(
        CORRECTIONS,
        "Reason for Correction",
        readonly=True,
        help="Why the result was changed afterwards, or a missed limit no longer "
        "applies.",
    )
    late_contact_id = fields.Many2one(
        "dealer.complaint.contact",
        "Late Entry",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="A contact made in time but entered after the limit was missed. It "
        "counts once an officer accepts it.",
    )

    def _stop_by_talk(self, contact, source):
        """A talk shows that the owed thing was done at its date.

        One that is entered when the limit was missed already does not make it met by
        itself: it was missed until then, as far as anybody could know.
        """
        first = self.filtered(lambda timer: timer.metric == "contact")
        first.write({"proof_contact_id": contact.id})
        if contact.proof == "proven" and contact._is_proof_asked():
            first._stop_by_call(contact, source)
            self -= first
        late = self.filtered(
            lambda t: (
                contact.date <= t.date_deadline
                and t._is_breached_at(contact.date_entered or contact.date)
            )
        )
        if contact.is_late_accepted:
            late._stop(contact.date, source, correction="late_entry")
        else:
            late._stop(contact.date_entered, source, late_contact_id=contact.id)
        (self - late)._stop(contact.date, source)

    def _accept_late_entry(self, contact):
        """An officer vouches for the talk: these were met after all."""
        source = self._source()
        for timer in self.filtered(lambda t: t.state == "missed"):
            unused = timer._measure(source, contact.date, timer.date_stop)
            timer.write(
                {
                    "state": "met",
                    "date_stop": contact.date,
                    "used_seconds": timer.used_seconds - unused,
                    "overrun_seconds": 0,
                    "responsible_id": timer.complaint_id._holder_at(contact.date).id,
                    "correction": "late_entry",
                }
            )
            self.env["dealer.sla.event"]._append(
                [timer._fact("rescinded", contact.date, source.now)]
            )
        self.complaint_id._sla_refresh(source.now)

    def _abandon(self, source, correction=False):
        """Nothing is owed any more. What was missed by now stays missed; the rest is
        out of statistics."""
        missed = self.filtered(lambda t: t._is_breached_at(source.now))
        (self - missed)._cancel(source)
        missed._stop(source.now, source, correction=correction)
