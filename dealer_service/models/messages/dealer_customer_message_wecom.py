import logging
import re
from datetime import timedelta

import requests

from odoo import api, fields, models

from ...tools.messages import wecom
from ...tools.plate import mask_plate
from .sms_provider import never_left

_logger = logging.getLogger(__name__)

#: So many a minute WeCom takes, for one colleague and for one robot.
A_MINUTE = {"wecom": 30, "robot": 20}
#: WeCom is busy, or had too much: it has not taken the message.
BUSY = {-1: 30, 45009: 60, 45033: 60, 42009: 60}
#: What the administrator has to put right.
SETUP = {40001, 40013, 40014, 40056, 42001, 60020, 60011, 48002, 301002, 93000, 93008}
#: So long a colleague waits for WeCom; then the other way is taken.
STAFF_WAITS = timedelta(minutes=3)
#: Who is in no group of the robot, and in no application.
GROUP = "WeCom"
#: A mobile phone, a landline, or digits as long as one; no number of a document.
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9-])(?:(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
    r"|0\d{2,3}[ -]?\d{7,8}|\d{8,})(?![A-Za-z0-9])"
)
_PLATE = re.compile(r"[一-龥][A-HJ-NP-Z][·• ]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9学警挂]?")


class DealerCustomerMessage(models.Model):
    """Colleagues are told in WeCom: each by the application, all by the group robot."""

    _name = "dealer.customer.message"
    _inherit = "dealer.customer.message"

    channel = fields.Selection(
        selection_add=[("wecom", "WeCom"), ("robot", "WeCom Group")],
        ondelete={"wecom": "cascade", "robot": "cascade"},
    )

    _minute_idx = models.Index(
        "(company_id, address, date_sent) WHERE channel IN ('wecom', 'robot')"
    )

    # ------------------------------------------------------------------
    # WHO IS TOLD
    # ------------------------------------------------------------------

    @api.model
    def _alert_way(self, user, company):
        """WeCom before a text message: it costs nothing and says more."""
        if user.wecom_userid and company._wecom_writes():
            return "wecom", user.wecom_userid
        return super()._alert_way(user, company)

    @api.model
    def _alert(self, users, subject, text, record):
        messages = super()._alert(users, subject, text, record)
        # whoever causes an alert reads no settings
        company = self._company_of(record.sudo())
        if users and company.sudo().dealer_wecom_robot_key:
            messages |= self._alert_group(company, users, subject, record)
        return messages

    @api.model
    def _alert_group(self, company, users, subject, record):
        """Tell the group which record waits for whom, and nothing of a customer."""
        # who is in charge is no secret among colleagues
        names = "、".join(users.sudo().mapped("name"))
        text = f"{self._of_nobody(subject, record)} → {names}"
        # the queue belongs to the system
        message = self.sudo()._create_by_method(
            {
                "purpose": "staff",
                "priority": 1,
                "channel": "robot",
                "company_id": company.id,
                "address": GROUP,
                "user_id": self.env.uid,
                "res_model": record._name,
                "res_id": record.id,
                "text": text,
                "date_due": fields.Datetime.now(),
            }
        )
        self._wake_queue(message.date_due)
        return message.with_env(self.env)

    @api.model
    def _of_nobody(self, text, record):
        """``text`` without names, numbers and whole plates of customers."""
        # names are read to be left out
        record = record.sudo()
        people = self.env["res.partner"].sudo()
        for name, field in record._fields.items():
            if field.type == "many2one" and field.comodel_name == "res.partner":
                people |= record[name]
        people |= people.commercial_partner_id
        # colleagues keep theirs
        people -= (
            self.env["res.users"]
            .sudo()
            .search([("partner_id", "in", people.ids)])
            .partner_id
        )
        for name in sorted(filter(None, people.mapped("name")), key=len, reverse=True):
            text = text.replace(name, "***")
        text = _PLATE.sub(lambda found: mask_plate(found[0]), text)
        return _NUMBER.sub("***", text)

    # ------------------------------------------------------------------
    # SENDING
    # ------------------------------------------------------------------

    def _send_by_wecom(self):
        """To one colleague; the same words twice within hours arrive once."""
        parts = dict.fromkeys([self.subject, self.text, self._record_url()])
        text = "\n".join(filter(None, parts))
        return self._send_to_wecom(
            lambda company: company._wecom_write(self.address, text)
        )

    def _send_by_robot(self):
        """To the group. A robot cannot be asked, and does not know a repetition: what
        was cut off is not sent again."""
        return self._send_to_wecom(
            lambda company: company._wecom_write_group(self.text)
        )

    def _record_url(self):
        """Where a colleague finds it, once signed in."""
        record = self._record()
        if not record:
            return None
        return (
            f"{record.get_base_url()}/mail/view?model={record._name}&res_id={record.id}"
        )

    def _send_to_wecom(self, write):
        """What the queue wants to know of one call."""
        company = self.company_id
        if company.dealer_sms_provider == "outbox" and not company._wecom_is_set_up():
            return {"state": "success"}
        if wait := self._seconds_to_wait():
            words = self.env._("WeCom takes so many messages a minute and no more.")
            return {"state": "later", "delay": wait, "failure_reason": words}
        try:
            reference = write(company)
        except wecom.WecomError as error:
            return self._refused_by_wecom(error)
        except requests.RequestException as error:
            if never_left(error):
                words = self.env._("WeCom cannot be reached.")
                company._wecom_tell_problem(words)
                return {"state": "later", "delay": 30, "failure_reason": words}
            # the error quotes the address, and the address a secret
            _logger.info("WeCom %s: %s", self.reference, type(error).__name__)
            return {"state": "unknown", "failure_reason": self._lost_words()}
        company._wecom_tell_problem(False)
        return {"state": "success", "provider_reference": reference}

    def _seconds_to_wait(self):
        """Until WeCom takes one more: it drops what is too much, and says nothing."""
        minute = fields.Datetime.now() - timedelta(minutes=1)
        sent = self.search_count(
            [
                ("company_id", "=", self.company_id.id),
                ("address", "=", self.address),
                ("channel", "=", self.channel),
                ("date_sent", ">", minute),
            ],
            limit=A_MINUTE[self.channel],
        )
        return 60 if sent >= A_MINUTE[self.channel] else 0

    def _refused_by_wecom(self, error):
        words = self._wecom_words(error)
        if error.code in BUSY:
            return {
                "state": "later",
                "delay": BUSY[error.code],
                "failure_reason": words,
            }
        if error.code in SETUP:
            self.company_id._wecom_tell_problem(words)
        return {"state": "refused", "failure_reason": words}

    @api.model
    def _wecom_words(self, error):
        """What is wrong, for whoever can put it right."""
        words = {
            -1: self.env._("WeCom is busy."),
            40001: self.env._("WeCom does not accept the secret of the application."),
            40013: self.env._("WeCom does not know this corp ID."),
            40014: self.env._("WeCom does not accept the token."),
            40056: self.env._("WeCom does not know this agent ID."),
            42001: self.env._("WeCom does not accept the token."),
            45009: self.env._("WeCom takes so many messages a minute and no more."),
            45033: self.env._("WeCom takes so many messages a minute and no more."),
            60011: self.env._("The application may not write to this person."),
            60020: self.env._(
                "The address of this server is not among the trusted addresses "
                "(可信IP) of the application in WeCom."
            ),
            81013: self.env._("WeCom does not know this person, or has no licence."),
            93000: self.env._("WeCom does not know this robot, or it was removed."),
        }.get(error.code) or self.env._("WeCom has refused the message.")
        return f"{words} ({error.code})"

    def _lost_words(self):
        if self.channel == "robot":
            return self.env._(
                "Nobody knows whether the group has got it. A robot cannot be asked: "
                "the message is sent at most once."
            )
        return self.env._(
            "Nobody knows whether it was taken. It is sent again: WeCom drops what it "
            "has sent before."
        )

    # ------------------------------------------------------------------
    # WHAT FOLLOWS
    # ------------------------------------------------------------------

    def _try_later(self, reason, delay):
        """A limit is over before a service is back: there is another way."""
        tried = fields.Datetime.now() - self.create_date
        if self.channel == "wecom" and tried >= STAFF_WAITS and self._other_alert():
            self._settle("failed", reason)
            return
        super()._try_later(reason, delay)

    def _other_alert(self):
        """Where this colleague is told without WeCom; empty for nowhere."""
        user = self.partner_id.user_ids[:1]
        channel, address = super()._alert_way(user, self.company_id)
        return address and (channel, address)

    def _take_result(self, result):
        taken = super()._take_result(result)
        if self.channel == "wecom" and self.state == "failed":
            self._alert_otherwise()
        return taken

    def _alert_otherwise(self):
        """WeCom does not reach this colleague: a text message may."""
        other = self._other_alert()
        if not other:
            return
        channel, address = other
        again = self._create_by_method(
            {
                "purpose": self.purpose,
                "priority": self.priority,
                "channel": channel,
                "company_id": self.company_id.id,
                "partner_id": self.partner_id.id,
                "address": address,
                "user_id": self.user_id.id,
                "res_model": self.res_model,
                "res_id": self.res_id,
                "subject": self.subject,
                "text": self.text,
                "origin_id": self.id,
                "date_due": fields.Datetime.now(),
            }
        )
        self._wake_queue(again.date_due)

    def _ask_provider(self):
        """The application may be tried again; a robot keeps its secret."""
        if self[:1].channel == "wecom":
            fresh = fields.Datetime.now() - timedelta(seconds=wecom.SAME_WITHIN - 600)
            return {
                message.reference: ("absent", None)
                for message in self
                if (message.date_sending or message.create_date) > fresh
            }
        return super()._ask_provider()
