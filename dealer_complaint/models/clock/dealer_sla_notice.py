import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL

from .dealer_sla_timer_tick import CONCURRENCY_ERRORS, MAX_BACKOFF_MINUTES

_logger = logging.getLogger(__name__)

#: Nobody has written a fact for so long: what is still due is held by somebody, and
#: the summary does not wait for it.
DIGEST_PATIENCE = timedelta(seconds=30)
#: However many facts are still being written, nobody waits longer for a summary.
DIGEST_LIMIT = timedelta(minutes=5)
#: So many notices are sent one by one in one transaction.
SINGLE_NOTICES = 200


class DealerSlaNotice(models.Model):
    """What is to be told to whom about an event: an outbox.

    Written in the transaction of the fact and sent in the one that marks it sent: no
    crash loses a notice or repeats it.
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
        vals_list = []
        memo, told = {}, set()
        # when several levels are due at once, everybody is told of the highest
        for fact in reversed(facts):
            timer, level = fact["timer"], fact["level"]
            channel = level.action if level.action in ("mail", "sms") else "activity"
            for user in self._recipients_of(fact, memo):
                if (timer, user) not in told:
                    told.add((timer, user))
                    vals_list.append(
                        {
                            "event_id": fact["event_id"],
                            "timer_id": timer.id,
                            "complaint_id": timer.complaint_id.id,
                            "company_id": timer.company_id.id,
                            "user_id": user.id,
                            "action": channel,
                            "date_due": fact["now"],
                        }
                    )
        return self.create(vals_list[::-1])

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

        :return: what was sent, or put off after an error; nothing when nothing waits
        """
        if self._must_wait(now):
            return self.browse()
        notices = self._lock_pending(now)
        notices._deliver(now)
        return notices

    def _deliver(self, now):
        """Send to their one person. The halves are tried when it fails, until the one
        that fails is alone: it is put off, and keeps no other back."""
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                self._send_to(self.user_id)
                self.write({"state": "sent", "date_sent": now})
        except CONCURRENCY_ERRORS:
            raise
        except Exception:
            if len(self) > 1:
                middle = len(self) // 2
                self[:middle]._deliver(now)
                self[middle:]._deliver(now)
                return
            minutes = min(2 ** min(self.attempts, 6), MAX_BACKOFF_MINUTES)
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

    @api.model
    def _must_wait(self, now):
        """Whether facts are still being written that belong into the same summary."""
        self.env["dealer.sla.timer"].flush_model()
        self.flush_model()
        [[must_wait]] = self.env.execute_query(
            SQL(
                """SELECT EXISTS(SELECT FROM dealer_sla_timer
                                  WHERE next_event_at <= %(now)s)
                   AND EXISTS(SELECT FROM dealer_sla_notice
                               WHERE state = 'pending' AND date_due > %(recent)s)
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
        """
        people = self.env.execute_query(
            SQL(
                """SELECT user_id, array_agg(id ORDER BY id) FROM dealer_sla_notice
                   WHERE state = 'pending' AND date_due <= %s
                   GROUP BY user_id ORDER BY user_id""",
                now,
            )
        )
        for user_id, notice_ids in people:
            [[is_mine]] = self.env.execute_query(
                SQL(
                    "SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)",
                    self._table,
                    user_id,
                )
            )
            if is_mine:
                if not self.browse(notice_ids)._digest_size():
                    notice_ids = notice_ids[:SINGLE_NOTICES]
                rows = self.env.execute_query(
                    SQL(
                        """SELECT id FROM dealer_sla_notice
                           WHERE id = ANY(%s) AND state = 'pending'
                           ORDER BY id FOR NO KEY UPDATE SKIP LOCKED""",
                        notice_ids,
                    )
                )
                if rows:
                    return self.browse(notice_id for [notice_id] in rows)
        return self.browse()

    def _digest_size(self):
        return max(company.dealer_sla_digest_size for company in self.company_id)

    def _send_to(self, user):
        size = self._digest_size()
        if size and len(self) > size:
            self._send_digest(user)
            self._alert_digest(user)
            return
        for notice in self:
            is_told = notice._alert()
            if notice.action != "sms" or not is_told:
                getattr(notice, f"_send_{notice.action}")()

    def _alert(self):
        """Tell the person on the phone, whatever the level says besides: a time limit
        must not wait until somebody looks at a screen.

        :return: whether there is a way to this person
        """
        complaint = self.complaint_id
        words = f"{complaint.name}: {self._headline()}"
        told = self.env["dealer.customer.message"]._alert(
            self.user_id, words, words, complaint
        )
        return bool(told.filtered(lambda message: message.channel != "robot"))

    def _alert_digest(self, user):
        """One message for many, about the one that is due first."""
        first = self.sorted(lambda notice: notice.timer_id.date_deadline)[0]
        reader = first.complaint_id._for_reader(user)
        words = reader.env._("%(count)s time limits need you", count=len(self))
        self.env["dealer.customer.message"]._alert(
            user, words, words, first.complaint_id
        )

    def _send_activity(self):
        complaint = self.complaint_id
        self.activity_id = complaint.with_context(
            # the activity is the notice; no mail on top of it
            mail_activity_quick_update=True
        ).activity_schedule(
            "dealer_complaint.mail_activity_type_sla",
            date_deadline=fields.Date.context_today(
                self.with_context(tz=self.user_id.tz), self.timer_id.date_deadline
            ),
            summary=self._headline(),
            user_id=self.user_id.id,
        )

    def _send_mail(self):
        self.complaint_id.message_notify(
            partner_ids=self.user_id.partner_id.ids,
            subject=f"{self.complaint_id.display_name}: {self._headline()}",
            body=self._headline(),
        )

    def _send_sms(self):
        number = self.user_id.partner_id.phone
        if number and self.complaint_id.company_id._dealer_can_text():
            self.complaint_id._message_sms(
                f"{self.complaint_id.display_name}: {self._headline()}",
                sms_numbers=[number],
            )
        else:
            self._send_mail()

    def _send_digest(self, user):
        items = Markup().join(
            Markup("<li><a href='%s'>%s</a>: %s</li>")
            % (
                f"/odoo/complaints/{notice.complaint_id.id}",
                notice.complaint_id.display_name,
                notice._headline(),
            )
            for notice in self.sorted(lambda n: n.timer_id.date_deadline)
        )
        thread = self.complaint_id._for_reader(user).env["mail.thread"]
        thread.message_notify(
            partner_ids=user.partner_id.ids,
            subject=thread.env._("%(count)s time limits need you", count=len(self)),
            body=Markup("<ul>%s</ul>") % items,
        )

    def _headline(self):
        """One sentence: which clock, and how it stands."""
        self.ensure_one()
        notice = self.with_env(self.complaint_id._for_reader(self.user_id).env)
        metrics = dict(
            notice.timer_id._fields["metric"]._description_selection(notice.env)
        )
        values = {
            "metric": metrics[self.timer_id.metric],
            "date": notice.complaint_id._format_local(self.timer_id.date_deadline),
        }
        is_over = fields.Datetime.now() > self.timer_id.date_deadline
        if self.event_id.kind == "warned" and not is_over:
            return notice.env._("%(metric)s is due by %(date)s", **values)
        return notice.env._("%(metric)s was due by %(date)s and was missed", **values)
