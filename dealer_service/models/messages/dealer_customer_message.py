from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext

from ...tools import groups
from .dealer_message_occasion import PURPOSES

CHANNELS = [("mail", "E-Mail"), ("sms", "Text Message")]
#: Who waits for what is told before others.
PRIORITY = {"code": 0, "staff": 1, "service": 2}


class DealerCustomerMessage(models.Model):
    """One message to one address: what was said, on which way, and what became of it.

    A row is a fact: it is made by ``_tell``, and what happens to it is written by the
    queue and by what the provider reports. Nobody edits one.
    """

    _name = "dealer.customer.message"
    _description = "Message to a Customer"
    _inherit = "dealer.process.mixin"
    _order = "id desc"
    _rec_name = "address"
    _RECORDED_FIELDS = frozenset(
        {
            "address",
            "attempts",
            "body",
            "channel",
            "company_id",
            "date_ask",
            "date_due",
            "date_noted",
            "date_sending",
            "date_sent",
            "date_settled",
            "is_only_way",
            "mail_id",
            "noted_by_id",
            "occasion_id",
            "is_by_card",
            "origin_id",
            "partner_id",
            "priority",
            "provider_reference",
            "purpose",
            "reason",
            "reference",
            "res_id",
            "res_model",
            "sealed",
            "sms_id",
            "state",
            "subject",
            "text",
            "user_id",
        }
    )
    #: Only forward: a report that comes late or twice changes nothing.
    _transitions = frozenset(
        {
            ("held", "failed"),
            ("held", "refused"),
            ("held", "sending"),
            ("held", "sent"),
            ("waiting", "held"),
            ("waiting", "sending"),
            ("waiting", "sent"),
            ("waiting", "failed"),
            ("waiting", "refused"),
            ("sending", "held"),
            ("sending", "refused"),
            ("sending", "waiting"),
            ("sending", "sent"),
            ("sending", "delivered"),
            ("sending", "failed"),
            ("sending", "unknown"),
            ("unknown", "waiting"),
            ("unknown", "sent"),
            ("unknown", "delivered"),
            ("unknown", "failed"),
            ("sent", "delivered"),
            ("sent", "failed"),
        }
    )

    # what and to whom
    occasion_id = fields.Many2one(
        "dealer.message.occasion", readonly=True, index=True, ondelete="restrict"
    )
    purpose = fields.Selection(PURPOSES, required=True, readonly=True)
    channel = fields.Selection(CHANNELS, "Way", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", "Shop", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    address = fields.Char(
        "To", readonly=True, index=True, help="The number or e-mail address as used."
    )
    is_by_card = fields.Boolean(
        "Number of the Card",
        readonly=True,
        help="It goes to the number on the customer's card, as that is when it leaves.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Sent By",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Whose work led to the message; this person learns that it failed.",
    )
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", readonly=True, aggregator=None
    )
    record_name = fields.Char("About", compute="_compute_record_name")
    subject = fields.Char(readonly=True)
    text = fields.Text(readonly=True, help="The text message as it is sent.")
    body = fields.Html(
        "E-Mail", readonly=True, sanitize_overridable=False, sanitize_attributes=False
    )
    preview = fields.Text(compute="_compute_preview")

    # what became of it
    state = fields.Selection(
        [
            ("waiting", "Queued"),
            ("held", "On Hold"),
            ("sending", "Being Sent"),
            ("unknown", "Unknown"),
            ("sent", "Sent"),
            ("delivered", "Reached the Customer"),
            ("failed", "Not Delivered"),
            ("refused", "Not Sent"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        copy=False,
        help="Unknown: the shop was cut off while it was being sent. It is settled by "
        "what the provider says, and never sent again by itself.",
    )
    reason = fields.Char("Why", readonly=True, copy=False)
    priority = fields.Integer(readonly=True, aggregator=None)
    attempts = fields.Integer(readonly=True, copy=False, aggregator=None)
    date_due = fields.Datetime("Not Before", readonly=True)
    date_sending = fields.Datetime("Handed Over On", readonly=True, copy=False)
    date_sent = fields.Datetime("Sent On", readonly=True, copy=False)
    date_settled = fields.Datetime("Settled On", readonly=True, copy=False)
    date_ask = fields.Datetime("Provider Is Asked On", readonly=True, copy=False)

    # where else it is kept
    reference = fields.Char(
        readonly=True,
        copy=False,
        default=lambda self: uuid4().hex,
        help="Our own number of the message, by which the provider is asked.",
    )
    provider_reference = fields.Char("Provider's Number", readonly=True, copy=False)
    origin_id = fields.Many2one(
        "dealer.customer.message",
        "Instead Of",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    mail_id = fields.Many2one(
        "mail.mail", readonly=True, index="btree_not_null", ondelete="set null"
    )
    sms_id = fields.Many2one(
        "sms.sms", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _reference_uniq = models.UniqueIndex("(reference)")
    _provider_reference_idx = models.Index(
        "(provider_reference) WHERE provider_reference IS NOT NULL"
    )
    _queue_idx = models.Index(
        "(priority, date_due, id)"
        " WHERE state IN ('waiting', 'held') AND channel <> 'mail'"
    )
    _sending_idx = models.Index("(date_sending) WHERE state = 'sending'")
    _ask_idx = models.Index("(date_ask) WHERE state = 'unknown'")
    _trouble_idx = models.Index(
        "(company_id, user_id) WHERE state IN ('failed', 'unknown')"
    )
    _mail_idx = models.Index("(id) WHERE state = 'waiting' AND channel = 'mail'")
    _record_idx = models.Index("(res_model, res_id)")
    _old_idx = models.Index("(company_id, create_date)")

    # ------------------------------------------------------------------
    # WHAT IT SHOWS
    # ------------------------------------------------------------------

    @api.depends("address", "occasion_id")
    def _compute_display_name(self):
        for message in self:
            parts = (message.occasion_id.name, message.address)
            message.display_name = " · ".join(filter(None, parts))

    @api.depends("text", "body", "channel")
    def _compute_preview(self):
        for message in self:
            message.preview = message.text or html2plaintext(
                message.body or "", include_references=False
            )

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        self.record_name = False
        for model, messages in self.grouped("res_model").items():
            if model not in self.env or not self.env[model].has_access("read"):
                continue
            ids = [message.res_id for message in messages if message.res_id]
            records = self.env[model].browse(ids).exists()._filtered_access("read")
            names = {record.id: record.display_name for record in records}
            for message in messages:
                message.record_name = names.get(message.res_id)

    def _record(self):
        """What the message is about; empty where that is gone."""
        self.ensure_one()
        if self.res_model not in self.env:
            return None
        return self.env[self.res_model].browse(self.res_id or ()).exists()

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_open_record(self):
        """What the message is about."""
        self.ensure_one()
        self.check_access("read")
        record = self._record()
        if not record:
            raise UserError(
                self.env._("What this message was about does not exist any more.")
            )
        return record._get_records_action()

    def action_send_again(self):
        """Send what has failed once more, as a message of its own.

        :raise AccessError: for everybody but a service manager
        :raise UserError: for a message that may have arrived
        """
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group(groups.MANAGER)):
            raise AccessError(
                self.env._("Only a service manager may send a message again.")
            )
        for message in self:
            if message.purpose == "code":
                raise UserError(
                    self.env._(
                        "A verification code is not sent again: the customer asks for "
                        "a new one."
                    )
                )
            if message.state != "failed":
                raise UserError(
                    self.env._(
                        "%(message)s is “%(state)s”: only a message that has failed "
                        "is sent again.",
                        message=message.display_name,
                        state=message._state_label(),
                    )
                )
        # the queue belongs to the system; what is sent is what was written before
        again = [message.sudo()._again() for message in self]
        return again[-1].with_env(self.env)._get_records_action() if again else True

    def _again(self):
        """A new message in place of this one; the same consent and hours bind it."""
        self.ensure_one()
        # two managers press at once: the second finds the first one's
        self.env.cr.execute(
            "UPDATE dealer_customer_message SET id = id WHERE id = %s", (self.id,)
        )
        later = self.search(
            [("origin_id", "=", self.id), ("channel", "=", self.channel)], limit=1
        )
        if later:
            raise UserError(
                self.env._(
                    "%(message)s has been sent again already.",
                    message=self.display_name,
                )
            )
        record = self._record()
        again = record and self._tell(
            self.occasion_id.key,
            record,
            partner=self.partner_id,
            # a number that was corrected on the card is the one to write to
            number=None if self.is_by_card or self.channel != "sms" else self.address,
            channel=self.channel,
            origin=self,
        )
        if not again:
            raise UserError(
                self.env._(
                    "%(message)s cannot be sent again: what it was about, or the way "
                    "to the customer, has changed since.",
                    message=self.display_name,
                )
            )
        return again

    # ------------------------------------------------------------------
    # WHAT BECOMES OF IT
    # ------------------------------------------------------------------

    def _settle(self, state, reason=False, **vals):
        """What is known of these messages now; what is older than that is ignored.

        :param str state: one of the states
        :return: those whose state has changed
        """
        moved = self.filtered(
            lambda message: (message.state, state) in self._transitions
        )
        vals = {"state": state, "reason": reason and str(reason)[:500], **vals}
        now = fields.Datetime.now()
        if state in ("sent", "delivered", "failed", "refused"):
            vals["date_settled"] = now
        if state in ("sent", "delivered"):
            first = moved.filtered(lambda message: not message.date_sent)
            first._write_by_method({"date_sent": now})
        moved._write_by_method(vals)
        if state == "failed":
            (moved - moved._try_otherwise())._tell_of_failure()
        return moved

    def _tell_of_failure(self):
        """Whoever sent it has it on the list: somebody counts on the message."""
        for message in self.filtered(lambda m: m.purpose == "service"):
            record = message._record()
            if record and not hasattr(record, "activity_schedule"):
                # a booking by the customer stands beside its visit
                record = "reception_id" in record._fields and record.reception_id
            user = record and message._keeper(record)
            if not user:
                continue
            record = (
                record._for_reader(user) if hasattr(record, "_for_reader") else record
            )
            record.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=record.env._("A message has not reached the customer"),
                note=record.env._(
                    "%(occasion)s, to %(address)s: %(reason)s",
                    occasion=message.occasion_id.with_env(record.env).name,
                    address=message.address,
                    reason=message.reason or "",
                ),
                user_id=user.id,
            )

    def _keeper(self, record):
        """Who learns that it failed: the sender, else who looks after the record."""
        self.ensure_one()
        users = self.user_id
        for name in ("advisor_id", "user_id"):
            if name in record._fields:
                users |= record[name]
        if hasattr(record, "_caretaker"):
            users |= record._caretaker()
        return users.filtered(lambda user: user.active and user._is_internal())[:1]
