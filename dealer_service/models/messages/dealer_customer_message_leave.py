from datetime import timedelta

from odoo import api, fields, models

#: So long a code is good; later it would only mislead.
CODE_GOOD = timedelta(minutes=5)


class DealerCustomerMessage(models.Model):
    """What may have changed while a message waited is asked before it leaves."""

    _name = "dealer.customer.message"
    _inherit = "dealer.customer.message"

    @api.model
    def _due_of(self, occasion, purpose, company, channel, moment):
        """The first moment from ``moment`` on at which a message may leave."""
        if purpose == "service" and occasion.is_at_once:
            return moment
        return company._message_due(purpose, channel, moment)

    def _may_leave(self):
        """Ask once more what may have changed while it waited."""
        self.ensure_one()
        now = fields.Datetime.now()
        company = self.company_id
        due = self._due_of(self.occasion_id, self.purpose, company, self.channel, now)
        if due > now:
            # the shop has closed meanwhile
            self._settle("held", company._message_held(due), date_due=due)
            self._wake_queue(due)
            return False
        if self.purpose == "code" and now - self.create_date > CODE_GOOD:
            self._settle("refused", self.env._("The code is over."))
            return False
        if not self._is_still_so():
            self._settle("refused", self.env._("What it says has changed since."))
            return False
        if not self._follow_card():
            reason = company._message_no_address(self.channel, self.partner_id)
            self._settle("refused", reason)
            (self - self._try_otherwise())._tell_of_failure()
            return False
        return self._is_allowed()

    def _may_be_mailed(self):
        """Ask the same of a mail that waits in Odoo's own queue, in the language of the
        shop that reads why."""
        self.ensure_one()
        self = self.with_context(lang=self.company_id._public_lang())
        if not self._is_still_so():
            self._settle("refused", self.env._("What it says has changed since."))
            return False
        return self._is_allowed()

    def _is_allowed(self):
        """Consent and caps, as they are now."""
        [refusal] = self.company_id._message_refusals(
            self.purpose, self.channel, [(self.partner_id, self.address)]
        )
        if refusal:
            self._settle("refused", refusal)
        return not refusal

    def _is_still_so(self):
        """Whether what the message is about is as it was when it was told of.

        A model says in ``_TOLD_WHILE``, by the key of an occasion, in which domain its
        record has to be; the night is long, and a car may be fetched before a text
        about it leaves.
        """
        self.ensure_one()
        record = self._record()
        domain = record and getattr(record, "_TOLD_WHILE", {}).get(self.occasion_id.key)
        return not domain or bool(record.filtered_domain(domain))
