import logging
from datetime import timedelta

from odoo import api, fields, models

from .dealer_customer_message_tell import CONCURRENCY_ERRORS
from .res_company_sms import APIS

_logger = logging.getLogger(__name__)

CRON = "dealer_service.ir_cron_dealer_service_sms_inbox"
#: What comes in one request, at most: the providers send a hundred.
MOST_ROWS = 500
#: What waits of one shop, at most.
MOST_WAITING = 20_000
#: A receipt that comes before the answer of its own message waits for it so long.
PATIENCE = timedelta(minutes=15)
BATCH = 200


class DealerSmsInbox(models.Model):
    """What a provider of text messages has pushed and is still to be done.

    The providers wait for an answer less than a second: what they push is put down, and
    done afterwards. A row is gone once it is done.
    """

    _name = "dealer.sms.inbox"
    _description = "Receipt or Reply of a Text Message"
    _order = "id"
    _rec_name = "number"

    company_id = fields.Many2one(
        "res.company", "Shop", required=True, index=True, ondelete="cascade"
    )
    provider = fields.Char(required=True)
    kind = fields.Selection(
        [("receipts", "Receipt"), ("replies", "Reply")], required=True
    )
    reference = fields.Char(help="Our own number of the message.")
    provider_reference = fields.Char()
    number = fields.Char()
    is_delivered = fields.Boolean()
    code = fields.Char()
    text = fields.Char()

    # ------------------------------------------------------------------
    # PUTTING DOWN
    # ------------------------------------------------------------------

    @api.model
    def _put_down(self, company, provider, kind, rows):
        """Keep what a provider has pushed, and wake the job that does it.

        :param str provider: the shop's, or the one that it had before
        :param rows: list of dicts as the provider sends them
        :return: whether there was room; else the provider sends it again
        """
        if (
            len(rows) > MOST_ROWS
            or self.search_count([("company_id", "=", company.id)]) > MOST_WAITING
        ):
            _logger.warning("the inbox of shop %s is full", company.id)
            return False
        service = APIS[provider]
        read = service._receipts_in if kind == "receipts" else service._replies_in
        vals_list = [
            {
                name: value if isinstance(value, bool) else _plain(value)
                for name, value in vals.items()
            }
            | {
                "company_id": company.id,
                "provider": service.provider,
                "kind": kind,
            }
            for vals in read([row for row in rows if isinstance(row, dict)])
        ]
        if kind == "receipts":
            vals_list = self._of_ours(company, vals_list)
        if vals_list:
            self.create(vals_list)
            self.env.ref(CRON)._trigger()
        return True

    @api.model
    def _of_ours(self, company, vals_list):
        """Receipts with a number of ours that this shop has given to a message, and
        those that only know the provider's."""
        references = [vals["reference"] for vals in vals_list if vals["reference"]]
        known = set(
            self.env["dealer.customer.message"]
            .search([("reference", "in", references), ("company_id", "=", company.id)])
            .mapped("reference")
        )
        return [
            vals
            for vals in vals_list
            if vals["reference"] in known
            or (not vals["reference"] and vals["provider_reference"])
        ]

    # ------------------------------------------------------------------
    # DOING
    # ------------------------------------------------------------------

    @api.model
    def _cron_do(self):
        """Do what has come, one row after the other; a bad one stops no other."""
        # the inbox belongs to the system
        inbox = self.sudo()
        after = 0
        while rows := inbox.search(
            [("id", ">", after)], limit=BATCH
        ).try_lock_for_update():
            after = max(rows.ids)
            done = inbox.browse(row.id for row in rows if row._do_safely())
            done.unlink()
            if not self.env["ir.cron"]._commit_progress(len(rows)):
                break

    def _do_safely(self):
        """Whether this row is done, or will never be."""
        try:
            with self.env.cr.savepoint():
                return (
                    self._do_reply() if self.kind == "replies" else self._do_receipt()
                )
        except CONCURRENCY_ERRORS:
            raise
        except Exception:
            _logger.exception("what came back of a text message: %s", self.id)
            return True

    def _do_reply(self):
        # what is written down is read by the shop
        self = self.with_context(lang=self.company_id._public_lang())
        self.env["dealer.customer.message"]._reply(
            self.number, self.text, self.company_id
        )
        return True

    def _do_receipt(self):
        """Odoo's tracker first: what it is told, our message is told too."""
        message = self._message()
        if not message:
            return fields.Datetime.now() - self.create_date > PATIENCE
        # the shop may have another provider by now
        service = APIS[self.provider](self.env)
        service._set_company(self.company_id)
        tracker = self.env["sms.tracker"].search([("sms_uuid", "=", message.reference)])
        if self.is_delivered:
            tracker._action_update_from_sms_state("sent")
            message._report([message.reference], "delivered")
            return True
        kind, reason = service._undelivered(self.code or "", self.text or "")
        if message.state != "delivered":
            tracker._action_update_from_sms_state(
                "error",
                failure_type=service.PROVIDER_TO_SMS_FAILURE_TYPE[kind],
                failure_reason=reason,
            )
        message._report(
            [message.reference], "failed", reason, wrong_number=kind == "dead"
        )
        return True

    def _message(self):
        """The message that was sent to this number by this shop."""
        messages = self.env["dealer.customer.message"]
        domain = [("company_id", "=", self.company_id.id), ("channel", "=", "sms")]
        if self.reference:
            domain.append(("reference", "=", self.reference))
        else:
            domain.append(("provider_reference", "=", self.provider_reference))
        message = messages.search(domain, limit=1)
        if self.number:
            key = self.env["res.partner"]._phone_to_key(self.number)
            return message.filtered(lambda row: row.address == key)
        return message


def _plain(value):
    """A value of a stranger as text that a row can hold."""
    if value is None or isinstance(value, dict | list):
        return False
    text = str(value).encode("utf-8", "ignore").decode()
    return text.replace("\0", "")[:500]
