import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dealer_service.tools.actions import open_dialog

from ...tools.call_hours import next_calling_time
from ..call.dealer_followup import OPEN_STATES
from ..call.dealer_followup_queue import RETRY_BLOCKED_HOURS
from ..rule.dealer_care_rule import CHANNELS

_logger = logging.getLogger(__name__)

#: A link goes out by these. A letter has none to tap on.
LINK_CHANNELS = ("email", "sms", "wechat")


class DealerFollowup(models.Model):
    """The questionnaire as a link the customer taps on: once, and for some days."""

    _name = "dealer.followup"
    _inherit = ["dealer.followup", "dealer.link.mixin"]

    survey_channel = fields.Selection(
        CHANNELS, "Link Sent By", readonly=True, copy=False
    )
    survey_sent_at = fields.Datetime("Link Sent On", readonly=True, copy=False)
    survey_deadline = fields.Datetime(
        related="survey_input_id.deadline", string="Link Ends On"
    )

    _survey_due_idx = models.Index(
        "(next_try_at) WHERE state IN ('todo', 'waiting')"
        " AND channel IN ('email', 'sms')"
    )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_survey_link(self):
        """Show the link and the words to send it with."""
        self.ensure_one()
        self._check_link(fields.Datetime.now(), "wechat")
        self._begin_survey()
        dialog = self.env["dealer.followup.link"].create({"followup_id": self.id})
        return open_dialog(dialog, self.env._("Questionnaire by Link"))

    # ------------------------------------------------------------------
    # SENDING
    # ------------------------------------------------------------------

    def _check_link(self, now, channel):
        """Consent, caps and state, as they are now.

        :raise UserError: when the customer is not to be written to by this channel
        """
        self.ensure_one()
        if self.state not in OPEN_STATES:
            raise UserError(
                self.env._("%s has ended: nothing can be sent.", self.display_name)
            )
        self._check_survey_open()
        block = self.rule_id._blocks([self._subject()], channel=channel)[0]
        if block:
            labels = dict(self._fields["close_reason"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(task)s: nothing can be sent now: %(reason)s.",
                    task=self.display_name,
                    reason=labels[block.reason],
                )
            )
        if not self._is_message_free(now):
            raise UserError(
                self.env._(
                    "%(phone)s has already been contacted %(count)s times today. "
                    "Send it tomorrow.",
                    phone=self.contact_phone,
                    count=self.company_id.dealer_calls_per_day,
                )
            )

    def _is_message_free(self, now):
        """Whether the number was not called and written to too often today."""
        limit = self.company_id.dealer_calls_per_day
        if not limit or not self.contact_phone:
            return True
        shop = self.company_id
        midnight = shop._dealer_midnight(shop._dealer_day(now))
        # for whatever customer and by whichever caller; what the customer answered
        # troubled nobody
        attempts = self.env["dealer.followup.attempt"].sudo()
        count = attempts.search_count(
            [
                ("phone", "=", self.contact_phone),
                ("date", ">=", midnight),
                ("result_id.code", "not in", ("answered", "converted")),
            ]
        )
        return count < limit

    def _send_link(self, channel):
        """Send the link and wait for the answer.

        :param str channel: one of ``email``, ``sms``, ``wechat``; the last one is sent
            by the caller, by hand
        :raise UserError: when nothing may be sent, or there is nowhere to send it to
        """
        self.ensure_one()
        now = fields.Datetime.now()
        self._check_link(now, channel)
        answer = self._begin_survey()
        shop = self.company_id
        answer.deadline = now + timedelta(days=max(1, shop.dealer_survey_days))
        if channel == "email":
            self._send_link_by_mail()
        elif channel == "sms":
            self._send_link_by_sms()
        self._record_link(now, channel, answer.deadline)

    def _send_link_by_mail(self):
        """Into Odoo's queue; it leaves when people are awake."""
        if not self.partner_id.email:
            raise UserError(
                self.env._("%s has no e-mail address.", self.partner_id.display_name)
            )
        # callers write no messages of their own, but this one
        messages = self.env["dealer.customer.message"]
        messages._tell_or_say("survey", self, partner=self.partner_id, channel="mail")

    def _send_link_by_sms(self):
        """Into the queue of messages, where the shop sends such texts."""
        messages = self.env["dealer.customer.message"]
        if not messages._is_used("survey", self.company_id, "sms"):
            raise UserError(
                self.env._(
                    "%(shop)s has no account for text messages, or its provider has "
                    "not approved this text. Copy the text and send it by hand.",
                    shop=self.company_id.name,
                )
            )
        messages._tell_or_say(
            "survey",
            self,
            partner=self.partner_id,
            number=self.contact_phone,
            channel="sms",
        )

    def _link_text(self):
        """The words of the message, in the customer's language."""
        self.ensure_one()
        task = self.with_context(lang=self.partner_id.lang or self.env.lang)
        return task.env._(
            "Hello %(customer)s, this is %(shop)s. How satisfied are you with us? "
            "It only takes two minutes: %(link)s",
            customer=task.contact_name,
            shop=task.company_id.name,
            link=task._link_url(),
        )

    def _link_url(self):
        """The address of the questionnaire; its token is the key. Empty before there
        is one: Odoo tries templates on any record."""
        self.ensure_one()
        answer = self.survey_input_id.sudo()  # see _begin_survey
        return f"{self.get_base_url()}{answer.get_start_url()}" if answer else ""

    def _link_path(self):
        answer = self.survey_input_id.sudo()  # see _begin_survey
        end = answer.deadline
        is_over = not answer or (end and end < fields.Datetime.now())
        return None if is_over else answer.get_start_url()

    def _record_link(self, now, channel, deadline):
        """It was sent: the task waits for the answer, then it is called about."""
        # callers read what was sent; only this method writes it
        self.env["dealer.followup.attempt"].sudo().create(
            {
                "followup_ids": [fields.Command.set(self.ids)],
                "company_id": self.company_id.id,
                "partner_id": self.partner_id.id,
                "phone": self.contact_phone,
                "channel": channel,
                "date": now,
                "date_end": now,
                "user_id": self.env.uid,
                "result_id": self.env.ref("dealer_followup.result_link_sent").id,
            }
        )
        day = self.company_id._dealer_day(deadline)
        self._set_state(
            "waiting",
            survey_channel=channel,
            survey_sent_at=now,
            next_try_at=deadline,
            is_promised=False,
            expire_date=max(self.expire_date, fields.Date.add(day, days=1)),
        )

    # ------------------------------------------------------------------
    # CRON
    # ------------------------------------------------------------------

    @api.model
    def _cron_send_links(self, batch_size=100):
        """Send the questionnaires that rules send by themselves, and go on with those
        that nobody answered."""
        now = fields.Datetime.now()
        domain = [
            ("state", "in", OPEN_STATES),
            "|",
            ("channel", "=", "email"),
            "&",
            ("channel", "=", "sms"),
            ("company_id.dealer_survey_sms", "=", True),
            ("next_try_at", "<=", now),
            ("rule_id.survey_id", "!=", False),
        ]
        tasks = self.search(domain, limit=batch_size, order="next_try_at, id")
        for task in tasks:
            try:
                with self.env.cr.savepoint():
                    task._send_link_due(now)
            except Exception:
                # one that cannot be sent keeps nobody else from being asked
                _logger.exception("Questionnaire of follow-up %s not sent", task.id)
                task._put_off(now)
        self.env["ir.cron"]._commit_progress(
            len(tasks), remaining=self.search_count(domain)
        )

    def _send_link_due(self, now):
        """What the cron does with one task; afterwards it is not due any more."""
        self.ensure_one()
        if self.survey_sent_at:
            self._apply_unanswered()
            return
        shop = self.company_id
        block = self.rule_id._blocks([self._subject()], channel=self.channel)[0]
        if block and block.is_final:
            self._close("suppressed", block.reason)
        elif block:
            self._put_off(now)
        elif not self._is_message_free(now):
            tomorrow = fields.Date.add(shop._dealer_day(now), days=1)
            self._write_by_method({"next_try_at": shop._dealer_midnight(tomorrow)})
        elif self.channel == "sms" and not self._is_sms_time(now):
            local = shop._dealer_to_local(now)
            free = next_calling_time(local, shop._dealer_call_spans())
            self._write_by_method({"next_try_at": shop._dealer_to_utc(free)})
        else:
            try:
                with self.env.cr.savepoint():
                    self._send_link(self.channel)
            except UserError:
                # nowhere to send it to: somebody calls
                self._apply_unanswered()

    def _put_off(self, now):
        later = now + timedelta(hours=RETRY_BLOCKED_HOURS)
        self._write_by_method({"next_try_at": later})

    def _is_sms_time(self, now):
        shop = self.company_id
        local = shop._dealer_to_local(now)
        return next_calling_time(local, shop._dealer_call_spans()) == local

    def _apply_unanswered(self):
        """Nobody tapped on the link: call, when the rule says so."""
        if self.rule_id.unreached_channel == "call":
            self._set_state("todo", channel="call", next_try_at=fields.Datetime.now())
        else:
            self._set_state("failed")
