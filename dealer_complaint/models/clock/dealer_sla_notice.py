import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.halves import backoff_minutes, in_steps

_logger = logging.getLogger(__name__)

#: Nobody has written a fact for so long: what is still due is held by somebody, and
#: the summary does not wait for it.
DIGEST_PATIENCE = timedelta(seconds=30)
#: However many facts are still being written, nobody waits longer for a summary.
DIGEST_LIMIT = timedelta(minutes=5)
#: So many notices are sent one by one in one transaction, as far as its time lasts.
SINGLE_NOTICES = 200
#: So many of them at a time: the next ones only when there is time left.
SINGLE_STEP = 50
#: So many are told in one summary.
DIGEST_NOTICES = 20_000


class DealerSlaNotice(models.Model):
    """What is to be told to whom about an event: an outbox.

    Written in the transaction of the fact and sent in the one that marks it sent: no
    crash loses a notice or repeats it. What leaves the house, an e-mail or a text
    message, is a row of that transaction, too, and left to its queue; whether a server
    has already accepted what its sender was killed over, nobody can ask.
    """

    _name = "dealer.sla.notice"
    _description = "SLA Notice"
    _inherit = ["dealer.label.mixin"]
    _order = "id"
    _rec_name = "action"

    event_id = fields.Many2one(
        "dealer.sla.event", required=True, index=True, ondelete="cascade"
    )
    timer_id = fields.Many2one(
        "dealer.sla.timer", required=True, index=True, ondelete="cascade"
    )
    complaint_id = fields.Many2one(
        "dealer.complaint", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    user_id = fields.Many2one("res.users", required=True, index=True)
    action = fields.Selection(
        [("activity", "Activity"), ("mail", "E-mail"), ("sms", "Text Message")],
        required=True,
    )
    state = fields.Selection(
        [("pending", "Pending"), ("sent", "Sent"), ("withdrawn", "Withdrawn")],
        required=True,
        default="pending",
    )
    date_due = fields.Datetime(required=True)
    date_sent = fields.Datetime()
    attempts = fields.Integer()
    activity_id = fields.Many2one(
        "mail.activity", index="btree_not_null", ondelete="set null"
    )

    _pending_idx = models.Index("(date_due, user_id) WHERE state = 'pending'")
    _once_uniq = models.UniqueIndex("(event_id, user_id, action)")

    # ------------------------------------------------------------------
    # WRITING
    # ------------------------------------------------------------------

    @api.model
    def _enqueue(self, facts):
        """Put down who is to be told about new facts, and do what a level does itself.

        :param facts: rows of :meth:`dealer.sla.event._append`
        """
        facts = [
            fact
            for fact in facts
            if not fact["timer"].complaint_id._was_imported_after(fact["date"])
        ]
        for fact in facts:
            level, complaint = fact["level"], fact["timer"].complaint_id
            if level.action == "grade":
                complaint._raise_grade_by_level(level)
            elif level.action == "reassign":
                complaint._offer_by_level(level)
        rows = []
        memo, told = {}, set()
        # when several levels are due at once, everybody is told of the highest
        for fact in reversed(facts):
            timer, level = fact["timer"], fact["level"]
            channel = level.action if level.action in ("mail", "sms") else "activity"
            for user in self._recipients_of(fact, memo):
                if (timer, user) not in told:
                    told.add((timer, user))
                    rows.append(
                        (
                            fact["event_id"],
                            timer.id,
                            timer.complaint_id.id,
                            timer.company_id.id,
                            user.id,
                            channel,
                            fact["now"],
                        )
                    )
        return self._append(rows[::-1])

    @api.model
    def _append(self, rows):
        """Put pending notices down in one statement.

        :param rows: event, timer, complaint, company, user, action, due
        """
        if not rows:
            return self.browse()
        author, moment = self.env.uid, self.env.cr.now()
        added = self.env.execute_query(
            SQL(
                """INSERT INTO dealer_sla_notice (event_id, timer_id, complaint_id,
                       company_id, user_id, action, date_due, state, attempts,
                       create_uid, create_date, write_uid, write_date)
                   SELECT event_id, timer_id, complaint_id, company_id, user_id,
                       action, date_due, 'pending', 0, %s, %s, %s, %s
                     FROM unnest(%s::int[], %s::int[], %s::int[], %s::int[],
                         %s::int[], %s::varchar[], %s::timestamp[])
                     WITH ORDINALITY AS notice (event_id, timer_id, complaint_id,
                         company_id, user_id, action, date_due, place)
                    ORDER BY place
                   RETURNING id""",
                author,
                moment,
                author,
                moment,
                *map(list, zip(*rows, strict=True)),
            )
        )
        self.invalidate_model()
        return self.browse(notice_id for [notice_id] in added)

    @api.model
    def _recipients_of(self, fact, memo):
        """Who hears of a fact: whom its level names, and the officers of a missed
        limit that has no levels."""
        timer, level = fact["timer"], fact["level"]
        if level:
            return level._recipients(timer.complaint_id, memo)
        if fact["kind"] == "breached" and not timer.target_id.level_ids:
            return level._officers(timer.complaint_id, memo)
        return self.env["res.users"]

    @api.model
    def _withdraw(self, timers):
        """The timers are settled: what was not told is not told any more, and what was
        put on a list of things to do is taken off it."""
        notices = self.search([("timer_id", "in", timers.ids)])
        notices.filtered(lambda n: n.state == "pending").write({"state": "withdrawn"})
        notices.activity_id.unlink()

    # ------------------------------------------------------------------
    # SENDING
    # ------------------------------------------------------------------

    @api.model
    def _send_all(self, now):
        """Send what is pending: one by one, or one summary for somebody who has got
        many – as after an outage."""
        sent = self.browse()
        while some := self._send_some(now):
            sent |= some
        return sent

    @api.model
    def _send_some(self, now):
        """Send to one person, as much as one transaction bears.

        What fails is found by halves and put off; it keeps no other back.

        :return: what was sent, or put off after an error; nothing when nothing waits
        """
        if self._must_wait(now):
            return self.browse()
        user, size, notices = self._lock_pending(now)
        is_summary = size and len(notices) > size
        return in_steps(
            notices,
            len(notices) if is_summary else SINGLE_STEP,
            lambda some: some._send_to(user, size, now),
            lambda poison, _error: poison._put_off(now),
        )

    def _put_off(self, now):
        """It fails: it is sent later, and keeps no other back."""
        self.ensure_one()
        minutes = backoff_minutes(self.attempts)
        _logger.warning(
            "SLA notice %s failed, again in %s min", self.id, minutes, exc_info=True
        )
        self.write(
            {
                "attempts": self.attempts + 1,
                "date_due": now + timedelta(minutes=minutes),
            }
        )
        self.env["dealer.sla.timer"]._wake_at(self.date_due)

    def _send_to(self, user, size, now):
        """Tell one person of these, and mark them as sent.

        :param int size: more than these are one summary; 0: there is none
        """
        if size and len(self) > min(size, SINGLE_STEP):
            self._send_digest(user)
        else:
            self._send_singly(user)
        # what is told by now is sent with it, or not at all
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """UPDATE dealer_sla_notice
                      SET state = 'sent', date_sent = %s, write_uid = %s,
                          write_date = %s
                    WHERE id = ANY(%s)""",
                now,
                self.env.uid,
                self.env.cr.now(),
                self.ids,
            )
        )
        self.invalidate_recordset(
            ["state", "date_sent", "write_uid", "write_date"], flush=False
        )

    @api.model
    def _must_wait(self, now):
        """Whether facts are still being written that belong into the same summary; a
        notice that failed and was put off makes nobody wait."""
        self.env["dealer.sla.timer"].flush_model()
        self.flush_model()
        [[must_wait]] = self.env.execute_query(
            SQL(
                """SELECT EXISTS(SELECT FROM dealer_sla_timer
                                  WHERE next_event_at <= %(now)s)
                   AND EXISTS(SELECT FROM dealer_sla_notice
                               WHERE state = 'pending' AND date_due > %(recent)s
                                 AND COALESCE(attempts, 0) = 0)
                   AND NOT EXISTS(SELECT FROM dealer_sla_notice
                                   WHERE state = 'pending'
                                     AND date_due <= %(limit)s)""",
                now=now,
                recent=now - DIGEST_PATIENCE,
                limit=now - DIGEST_LIMIT,
            )
        )
        return must_wait

    @api.model
    def _lock_pending(self, now):
        """Pending notices of one person; nobody else sends to that person meanwhile.

        Where there is no summary, only as many as are sent one by one in reasonable
        time.

        :return: the person, from how many notices on there is a summary, the notices
        """
        people = self.env.execute_query(
            SQL(
                """SELECT user_id, array_agg(id ORDER BY id),
                       array_agg(DISTINCT company_id)
                     FROM dealer_sla_notice
                   WHERE state = 'pending' AND date_due <= %s
                   GROUP BY user_id ORDER BY user_id""",
                now,
            )
        )
        for user_id, notice_ids, company_ids in people:
            [[is_mine]] = self.env.execute_query(
                SQL(
                    "SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)",
                    self._table,
                    user_id,
                )
            )
            if is_mine:
                size = self._digest_size(company_ids)
                is_summary = size and len(notice_ids) > size
                limit = DIGEST_NOTICES if is_summary else SINGLE_NOTICES
                rows = self.env.execute_query(
                    SQL(
                        """SELECT id FROM dealer_sla_notice
                           WHERE id = ANY(%s) AND state = 'pending'
                           ORDER BY id FOR NO KEY UPDATE SKIP LOCKED""",
                        notice_ids[:limit],
                    )
                )
                if rows:
                    user = self.env["res.users"].browse(user_id)
                    return user, size, self.browse(notice_id for [notice_id] in rows)
        return self.env["res.users"], 0, self.browse()

    @api.model
    def _digest_size(self, company_ids):
        """From how many notices on these shops send a summary; 0: never."""
        companies = self.env["res.company"].browse(company_ids)
        return max(company.dealer_sla_digest_size for company in companies)
