from markupsafe import Markup

from odoo import api, fields, models

#: So many lines has a summary; the others are counted.
DIGEST_LINES = 200


class DealerSlaNotice(models.Model):
    """How somebody is told: on the phone, and by what the level says besides."""

    _name = "dealer.sla.notice"
    _inherit = "dealer.sla.notice"

    # ------------------------------------------------------------------
    # ONE BY ONE
    # ------------------------------------------------------------------

    def _send_singly(self, user):
        """Each by itself; what goes on the list of things to do, at once."""
        headlines = self._headlines(user)
        activities = self.browse()
        for notice in self:
            is_told = notice._alert(headlines[notice])
            if notice.action == "activity":
                activities += notice
            elif notice.action != "sms" or not is_told:
                getattr(notice, f"_send_{notice.action}")()
        if activities:
            activities._send_activity(headlines)
        if self - activities:
            self._wake_mail_queue()

    def _alert(self, headline):
        """Tell the person on the phone, whatever the level says besides: a time limit
        must not wait until somebody looks at a screen.

        :return: whether there is a way to this person
        """
        complaint = self.complaint_id
        words = f"{complaint.name}: {headline}"
        told = self.env["dealer.customer.message"]._alert(
            self.user_id, words, words, complaint
        )
        return bool(told.filtered(lambda message: message.channel != "robot"))

    def _send_activity(self, headlines):
        """Put these notices of one person on the list of things to do.

        :param headlines: see :meth:`_headlines`
        """
        user = self.user_id
        # the activity is the notice; no mail on top of it
        todo = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        kind = self._activity_kind()
        model = self.env["ir.model"]._get("dealer.complaint")
        zoned = self.with_context(tz=user.tz)
        activities = todo.create(
            [
                {
                    "activity_type_id": kind.id,
                    "automated": True,
                    "note": kind.default_note,
                    "date_deadline": fields.Date.context_today(
                        zoned, notice.timer_id.date_deadline
                    ),
                    "summary": headlines[notice],
                    "res_model_id": model.id,
                    "res_id": notice.complaint_id.id,
                    "user_id": user.id,
                }
                for notice in self
            ]
        )
        for notice, activity in zip(self, activities, strict=True):
            notice.activity_id = activity

    def _activity_kind(self):
        """The type that we ship, or another one where the shop has removed it."""
        kind = self.env.ref(
            "dealer_complaint.mail_activity_type_sla", raise_if_not_found=False
        )
        return kind or self.complaint_id._default_activity_type()

    def _send_mail(self):
        headline = self._headline()
        # left to Odoo's queue, which commits after each: many in a row would keep us
        queued = self.complaint_id.with_context(mail_notify_force_send=False)
        queued.message_notify(
            partner_ids=self.user_id.partner_id.ids,
            subject=f"{self.complaint_id.display_name}: {headline}",
            body=headline,
        )

    def _send_sms(self):
        number = self.user_id.partner_id.phone
        if number and self.complaint_id.company_id._dealer_can_text():
            # left to the queue, too: a provider that is slow or gone holds up nothing
            self.complaint_id._message_sms(
                f"{self.complaint_id.display_name}: {self._headline()}",
                sms_numbers=[number],
                put_in_queue=True,
            )
        else:
            self._send_mail()

    @api.model
    def _wake_mail_queue(self):
        queue = self.env.ref(
            "mail.ir_cron_mail_scheduler_action", raise_if_not_found=False
        )
        if queue:
            # the queue belongs to the system
            queue.sudo()._trigger()

    # ------------------------------------------------------------------
    # ALL IN ONE
    # ------------------------------------------------------------------

    def _send_digest(self, user):
        """One message for many: the first ones that are due, and how many more."""
        first = self.search(
            [("id", "in", self.ids)], order="timer_id, id", limit=DIGEST_LINES
        )
        headlines = first._headlines(user)
        items = Markup().join(
            Markup("<li><a href='%s'>%s</a>: %s</li>")
            % (
                f"/odoo/complaints/{notice.complaint_id.id}",
                notice.complaint_id.display_name,
                headlines[notice],
            )
            for notice in first
        )
        body = Markup("<ul>%s</ul>") % items
        complaint = first[0].complaint_id
        thread = complaint._for_reader(user).env["mail.thread"]
        if rest := len(self) - len(first):
            body += Markup("<p><a href='/odoo/complaints'>%s</a></p>") % thread.env._(
                "… and %(count)s more: see the list of complaints", count=rest
            )
        words = thread.env._("%(count)s time limits need you", count=len(self))
        thread.with_context(mail_notify_force_send=False).message_notify(
            partner_ids=user.partner_id.ids, subject=words, body=body
        )
        self._wake_mail_queue()
        # one message on the phone, about the one that is due first
        self.env["dealer.customer.message"]._alert(user, words, words, complaint)

    # ------------------------------------------------------------------
    # WORDS
    # ------------------------------------------------------------------

    def _headline(self):
        """One sentence: which clock, and how it stands."""
        self.ensure_one()
        return self._headlines(self.user_id)[self]

    def _headlines(self, user):
        """The same for many notices of one person.

        :return: dict of notices and sentences
        """
        now = fields.Datetime.now()
        headlines = {}
        for notices in self.grouped("company_id").values():
            # in the language of who reads it, by the time of the shop
            read = notices.with_env(notices.complaint_id._for_reader(user).env)
            metrics = dict(
                read.timer_id._fields["metric"]._description_selection(read.env)
            )
            for notice, known in zip(read, notices, strict=True):
                timer = notice.timer_id
                values = {
                    "metric": metrics[timer.metric],
                    "date": notice.complaint_id._format_local(timer.date_deadline),
                }
                is_over = now > timer.date_deadline
                if notice.event_id.kind == "warned" and not is_over:
                    words = read.env._("%(metric)s is due by %(date)s", **values)
                else:
                    words = read.env._(
                        "%(metric)s was due by %(date)s and was missed", **values
                    )
                headlines[known] = words
        return headlines
