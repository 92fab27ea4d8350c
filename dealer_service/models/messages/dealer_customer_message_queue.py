import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .dealer_customer_message_tell import CONCURRENCY_ERRORS

_logger = logging.getLogger(__name__)

CRON = "dealer_service.ir_cron_dealer_service_messages"
#: Nobody takes so long between marking a message and handing it over.
CUT_OFF = timedelta(minutes=2)
#: The provider is asked after so many minutes, then after twice as many …
FIRST_ASKED = timedelta(minutes=2)
#: … and no more once a message is so old: then a person decides.
ASKED_FOR = timedelta(days=3)
#: A message that the provider has never heard of may still be on its way to it.
ABSENT_AFTER = timedelta(minutes=10)
#: A way that is busy is tried again so often, each time after twice as long.
MAX_ATTEMPTS = 8
#: Two workers met: so often the next message is looked for again.
MAX_RETRIES = 20
#: What the API of a provider says of a message → its state.
STATES = {
    "processing": "sent",
    "success": "sent",
    "sent": "sent",
    "delivered": "delivered",
    "unknown": "unknown",
    "later": "waiting",
}


class DealerCustomerMessage(models.Model):
    """The queue: one message after the other, the most urgent first.

    A message is marked as being sent, and that is committed, before its request; what
    the provider says is committed after it. So a worker that is killed leaves at most
    one message of which nobody knows whether it has left. It is called unknown,
    settled by asking the provider under our own number, and never sent again by itself.
    Several workers share the queue: a message belongs to whoever marks it.
    """

    _name = "dealer.customer.message"
    _inherit = "dealer.customer.message"

    @api.model
    def _wake_queue(self, moment):
        cron = self.env.ref(CRON, raise_if_not_found=False)
        if cron:
            # whoever tells need not know of scheduled jobs
            cron.sudo()._trigger(max(moment, fields.Datetime.now()))

    @api.model
    def _cron_send(self):
        """Send what is due; costs what is due, not what was ever sent."""
        # messages of every shop
        queue = self.sudo().with_context(lang=self.env.company._public_lang())
        commit = self.env["ir.cron"]._commit_progress
        queue._name_cut_off()
        queue._follow_mails()
        is_time_left = commit(0, remaining=queue._count_due())
        while is_time_left and (message := queue._claim()):
            commit()
            queue._send_claimed(message)
            is_time_left = commit(1, remaining=queue._count_due())
        queue._ask_about_unknown()

    @api.model
    def _due_domain(self):
        return [
            ("state", "in", ("waiting", "held")),
            ("channel", "!=", "mail"),
            ("date_due", "<=", fields.Datetime.now()),
        ]

    @api.model
    def _count_due(self):
        """Whether anything is left: one is as good as many."""
        return self.search_count(self._due_domain(), limit=1)

    @api.model
    def _claim(self):
        """Mark the most urgent message that nobody else holds as being sent."""
        self.env.flush_all()
        for _attempt in range(MAX_RETRIES):
            try:
                rows = self.env.execute_query(
                    SQL(
                        """UPDATE dealer_customer_message
                            SET state = 'sending', attempts = coalesce(attempts, 0) + 1,
                                date_sending = %(now)s
                          WHERE id = (
                                SELECT id FROM dealer_customer_message
                                 WHERE state IN ('waiting', 'held')
                                   AND channel <> 'mail' AND date_due <= %(now)s
                                 ORDER BY priority, date_due, id
                                 LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
                          RETURNING id""",
                        now=fields.Datetime.now(),
                    )
                )
                break
            except CONCURRENCY_ERRORS:
                # a colleague was faster; nothing but this look is lost
                self.env.cr.rollback()
                self.env.invalidate_all()
        else:
            return self.browse()
        message = self.browse(row[0] for row in rows)
        message.invalidate_recordset()
        return message

    # ------------------------------------------------------------------
    # ONE MESSAGE
    # ------------------------------------------------------------------

    @api.model
    def _send_claimed(self, message):
        """Hand over one message that is marked, and write down what came of it, in the
        language of the shop that reads it."""
        lang = message.company_id._public_lang()
        message = message.with_context(lang=lang)
        if not message._hold():
            return
        try:
            with self.env.cr.savepoint():
                if not message._may_leave():
                    return
        except CONCURRENCY_ERRORS:
            raise
        except Exception:
            _logger.exception("Message %s could not be prepared", message.id)
            message._settle("failed", self.env._("It could not be prepared."))
            return
        try:
            with self.env.cr.savepoint():
                result = getattr(message, f"_send_by_{message.channel}")()
        except UserError as refusal:
            # refused here: nothing has left
            message._settle("failed", str(refusal))
        except Exception as error:
            # cut off in between: it may have arrived
            _logger.warning("Message %s: %r", message.id, error)
            message._lose_sight(self.env._("The connection broke while it was sent."))
        else:
            message._take_result(result)

    def _hold(self):
        """Keep others from calling it unknown while its request runs."""
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM dealer_customer_message
                    WHERE id = %s AND state = 'sending'
                      FOR NO KEY UPDATE SKIP LOCKED""",
                self.id,
            )
        )
        self.invalidate_recordset()
        return bool(rows)

    def _send_by_sms(self):
        """Hand the text to the service of the shop, over Odoo's own ``sms.sms``.

        :return: what its API says of the message, see ``SmsApiBase``
        """
        self.ensure_one()
        company = self.company_id
        if not (company.dealer_sms_provider or company._dealer_can_text()):
            raise UserError(
                self.env._(
                    "%(shop)s has no service for text messages any more.",
                    shop=company.name,
                )
            )
        env, text = self.with_company(company).env, self._to_send("text")
        api_class = company._get_sms_api_class()
        sms = env["sms.sms"].create(
            {
                "uuid": self.reference,
                "number": self.address,
                "body": text,
                "partner_id": self.partner_id.id,
                # not for Odoo's own queue: it would send it a second time
                "state": "process",
            }
        )
        env["sms.tracker"].create({"sms_uuid": self.reference})
        self._write_by_method({"sms_id": sms.id})
        service = api_class(env)
        service._set_company(company)
        results = service._send_sms_batch(
            [
                {
                    "content": text,
                    "numbers": [{"number": self.address, "uuid": self.reference}],
                }
            ]
        )
        result = next(
            (row for row in results or () if row.get("uuid") == self.reference), None
        )
        if result and not result.get("failure_reason"):
            words = service._get_sms_api_error_messages()
            result = {**result, "failure_reason": words.get(result.get("state"))}
        return result or {"state": "unknown"}

    def _take_result(self, result):
        """Write down what a provider has said of the message.

        ``state`` of the result is a word of :data:`STATES`, anything else is a refusal;
        ``failure_reason`` says why; ``provider_reference`` is the provider's number;
        ``wrong_number`` tells that the number reaches nobody; ``delay`` are the seconds
        after which a busy way may be tried again.
        """
        self.ensure_one()
        said, reason = result.get("state"), result.get("failure_reason")
        state = STATES.get(said, "failed")
        if result.get("provider_reference"):
            self._write_by_method(
                {"provider_reference": str(result["provider_reference"])}
            )
        if state == "unknown":
            self._lose_sight(reason)
        elif state == "waiting":
            self._try_later(reason, result.get("delay"))
        else:
            self._settle(state, reason if state == "failed" else False)
            if state == "failed" and not reason:
                self._write_by_method({"reason": str(said or "")})
        if result.get("wrong_number") or said == "wrong_number_format":
            self._flag_wrong_number()
        self._close_sms()

    def _close_sms(self):
        """Odoo's own row goes with its usual cleaning; ours is what is kept."""
        states = {"sent": "pending", "delivered": "sent", "failed": "error"}
        sms = self.sms_id
        if sms and self.state in states:
            sms.write({"state": states[self.state], "to_delete": True})
        elif sms and self.state == "waiting":
            # the next try makes one of the same number
            sms.sms_tracker_id.unlink()
            sms.unlink()

    def _try_later(self, reason, delay):
        """The way is busy: this message waits, and keeps no other waiting."""
        if self.attempts >= MAX_ATTEMPTS:
            self._settle("failed", reason)
            return
        seconds = max(delay or 0, 60 * 2 ** (self.attempts - 1))
        due = fields.Datetime.now() + timedelta(seconds=seconds)
        self._settle("waiting", reason, date_due=due)
        self._wake_queue(due)

    # ------------------------------------------------------------------
    # WHAT NOBODY KNOWS
    # ------------------------------------------------------------------

    def _lose_sight(self, reason=False):
        """Nobody knows whether they have left."""
        due = fields.Datetime.now() + FIRST_ASKED
        self._settle("unknown", reason, date_ask=due)
        self._wake_queue(due)

    @api.model
    def _name_cut_off(self):
        """Those whose worker is gone: nobody holds them, and nobody comes back."""
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM dealer_customer_message
                    WHERE state = 'sending' AND date_sending <= %s
                    ORDER BY id FOR NO KEY UPDATE SKIP LOCKED""",
                fields.Datetime.now() - CUT_OFF,
            )
        )
        lost = self.browse(row[0] for row in rows)
        if lost:
            lost.invalidate_recordset()
            lost._lose_sight(self.env._("The server stopped while it was being sent."))
        return lost

    @api.model
    def _ask_about_unknown(self, limit=100):
        """Ask the providers about those that are due to be asked about."""
        now = fields.Datetime.now()
        due = self.search(
            [("state", "=", "unknown"), ("date_ask", "<=", now)],
            order="date_ask, id",
            limit=limit,
        ).try_lock_for_update(allow_referencing=True)
        for (_company, _channel), messages in due.grouped(
            lambda message: (message.company_id, message.channel)
        ).items():
            try:
                with self.env.cr.savepoint():
                    answers = messages._ask_provider()
            except CONCURRENCY_ERRORS:
                raise
            except Exception as error:
                _logger.warning("Provider asked about %s: %r", messages.ids, error)
                answers = {}
            for message in messages:
                message._take_answer(answers.get(message.reference), now)
        self.env["ir.cron"]._commit_progress()

    def _ask_provider(self):
        """What the provider knows of these messages, of one shop and one way. Hook.

        :return: dict of pairs by our reference: ``sent``, ``delivered``, ``failed`` or
            ``absent``, and the reason; without those of which it says nothing
        """
        return {}

    def _take_answer(self, answer, now):
        """Settle what was unknown, or ask again later."""
        state, reason = answer or (None, None)
        age = now - (self.date_sending or self.create_date)
        if state in ("sent", "delivered", "failed"):
            self._settle(state, reason)
            self._close_sms()
        elif state == "absent" and age >= ABSENT_AFTER:
            # it has never left: this is no second message
            self._settle(
                "waiting", self.env._("The provider never got it."), date_due=now
            )
            self._close_sms()
            self._wake_queue(now)
        else:
            later = now + max(age, FIRST_ASKED)
            self._write_by_method({"date_ask": age < ASKED_FOR and later})
            if age < ASKED_FOR:
                self._wake_queue(later)

    # ------------------------------------------------------------------
    # MAILS
    # ------------------------------------------------------------------

    @api.model
    def _follow_mails(self, limit=1000):
        """What became of mails that somebody has called off or thrown away."""
        rows = self.env.execute_query(
            SQL(
                """SELECT message.id, coalesce(mail.state, 'gone'),
                          mail.failure_reason
                     FROM dealer_customer_message message
                     LEFT JOIN mail_mail mail ON mail.id = message.mail_id
                    WHERE message.channel = 'mail'
                      AND message.state IN ('waiting', 'held')
                      AND coalesce(mail.state, 'gone') <> 'outgoing'
                    ORDER BY message.id LIMIT %s""",
                limit,
            )
        )
        for message_id, state, reason in rows:
            self.browse(message_id)._follow_mail(state, reason)

    def _follow_mail(self, state, reason=False):
        """Write down the state of the mail in Odoo's queue."""
        if state in ("sent", "received"):
            self._settle("sent")
        elif state == "exception":
            self._settle("failed", reason)
        elif state in ("cancel", "gone"):
            self._settle("refused", self.env._("The mail was called off."))
