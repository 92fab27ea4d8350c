from odoo import fields, models


class DealerSlaTimer(models.Model):
    """A clock of a first contact that goes by its call: decision 0029."""

    _name = "dealer.sla.timer"
    _inherit = "dealer.sla.timer"

    proof_contact_id = fields.Many2one(
        "dealer.complaint.contact",
        "First Contact",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="The talk that stopped the clock.",
    )
    contact_proof = fields.Selection(
        related="proof_contact_id.proof", string="Proof", store=True
    )

    def _stop_by_call(self, contact, source):
        """A call shows when the customer was reached; nobody needs to vouch for it."""
        date = contact._clock_date()
        late = self.filtered(
            lambda timer: (
                date <= timer.date_deadline and timer._is_breached_at(source.now)
            )
        )
        late._stop(date, source, correction="call")
        (self - late)._stop(date, source)

    def _judge_by_call(self, contact):
        """The call of a talk that had stopped these clocks was reported: they stopped
        when it began, and are met or missed by that."""
        source = self._source()
        date = contact._clock_date()
        missed = self.browse()
        for timer in self.filtered(lambda timer: timer.state in ("met", "missed")):
            result = "missed" if date > timer.date_deadline else "met"
            earlier, later = sorted((date, timer.date_stop))
            moved = timer._measure(source, max(earlier, timer.date_run), later)
            vals = {
                "state": result,
                "date_stop": date,
                "used_seconds": timer.used_seconds
                + (moved if date > timer.date_stop else -moved),
                "overrun_seconds": max(
                    0, int((date - timer.date_deadline).total_seconds())
                ),
                "responsible_id": timer.complaint_id._holder_at(
                    min(date, timer.date_deadline)
                ).id,
                "proof_contact_id": contact.id,
            }
            is_changed = result != timer.state
            if is_changed:
                vals.update(
                    correction="call",
                    epoch=timer.epoch + 1,
                    is_breach_recorded=result == "missed",
                )
            timer.write(vals)
            if is_changed and result == "missed":
                missed |= timer
                facts = [
                    timer._fact("breached", timer.date_deadline, source.now),
                    timer._fact("recovered", date, source.now),
                ]
            else:
                facts = [timer._fact("rescinded", date, source.now)]
            if is_changed:
                self.env["dealer.sla.event"]._append(facts)
        self.complaint_id._sla_refresh(source.now)
        missed._raise_after_two_breaches()
