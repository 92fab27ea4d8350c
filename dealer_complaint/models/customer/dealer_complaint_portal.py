from hashlib import sha256

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import consteq, html2plaintext

from ...tools.work_clock import to_seconds
from ..common.dealer_complaint_states import OVER_STATES

#: What of the way of a complaint the customer follows, and the states of each step.
PORTAL_STEPS = (
    ("date_received", ("new",)),
    ("date_investigated", ("investigating",)),
    ("date_proposed", ("proposed",)),
    ("date_resolved", ("resolved",)),
    ("date_closed", ("closed",)),
)
#: The clocks that are owed to the customer; those of the factory are not shown.
CUSTOMER_METRICS = ("contact", "feedback", "remedy", "resolve", "callback")
#: What the customer is told of a pause; other reasons are the shop's own affair.
CUSTOMER_PAUSES = ("customer", "parts")


def same_secret(known, given):
    """Whether a visitor's secret is the known one; whatever the visitor sends."""
    return bool(known) and consteq(known.encode(), (given or "").encode())


class DealerComplaint(models.Model):
    """What the customer sees of a complaint, and who is that customer.

    Customers have no rights on the model: nobody reads value at risk, cause or cost
    over the API. The pages get the plain values of these methods and nothing else.
    """

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    customer_link = fields.Char(
        compute="_compute_customer_link",
        help="Opens only this complaint, without a login, until the link is withdrawn.",
    )

    @api.depends("access_token")
    def _compute_customer_link(self):
        for complaint in self:
            complaint.customer_link = (
                complaint.access_token
                and complaint.get_base_url() + complaint.get_portal_url()
            )

    def _withdraw_link(self, change):
        """Who had it by mistake loses it; who wrote a mail keeps the own one."""
        unknown = self._unknown_partner()
        corrected = self.filtered(lambda c: change.was(c, "partner_id") != unknown)
        # the key is nobody's to write; who corrects the customer withdraws it
        corrected.sudo().filtered("access_token").access_token = False

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_share_link(self):
        """Make the link on which the customer follows and answers; the old one dies."""
        self.check_access("write")
        # the key is nobody's to write: it is made anew
        self.sudo().access_token = False
        for complaint in self:
            complaint._portal_ensure_token()
            # who had the link could have answered in the customer's place
            complaint._message_log(
                body=self.env._(
                    "The customer's link was made anew. Whoever has it answers as the "
                    "customer."
                )
            )
        return True

    def action_revoke_link(self):
        """Nobody sees the complaint by its link any more."""
        self.check_access("write")
        # the key is nobody's to write: it is withdrawn
        self.sudo().access_token = False
        return True

    # ------------------------------------------------------------------
    # WHO MAY SEE IT
    # ------------------------------------------------------------------

    @api.model
    def _portal_domain(self, user):
        """The complaints that ``user`` follows as their customer."""
        return Domain("partner_id", "child_of", user.commercial_partner_id.id) & Domain(
            "company_id", "in", user.company_ids.ids
        )

    @api.model
    def _portal_find(self, complaint_id, token=None):
        """The complaint with all rights, for whoever has proved to be its customer.

        :param str token: of the link; without it the user must be the customer. Who
            works for the shop needs the right to read the complaint: in a session of
            staff a link opens nothing
        :return: empty for a wrong number, token, person or company: all the same
        """
        # customers have no rights on the model; they are checked here, one by one
        complaint = self.sudo().search([("id", "=", complaint_id)])
        user = self.env.user
        if not complaint:
            return complaint
        if user._is_internal():
            readable = complaint.with_env(self.env)._filtered_access("read")
            return complaint if readable else complaint.browse()
        if same_secret(complaint.access_token, token):
            return complaint
        if user._is_public():
            return complaint.browse()
        return complaint.filtered_domain(self._portal_domain(user))

    def _shop_threads(self):
        return self

    def _portal_target(self):
        """Where the complaint goes on: a merged one in the other, if that one is of the
        same customer."""
        self.ensure_one()
        target, seen = self, self
        while target.state == "merged" and target.duplicate_of_id not in seen:
            target = target.duplicate_of_id
            seen |= target
        same = self.partner_id.commercial_partner_id
        unknown = self._unknown_partner()
        if (
            not target.active
            or target.partner_id.commercial_partner_id != same
            or target.partner_id == unknown
        ):
            return self
        return target

    # ------------------------------------------------------------------
    # WHAT IS SHOWN
    # ------------------------------------------------------------------

    def _portal_summary(self):
        """The line of this complaint in the customer's list."""
        self.ensure_one()
        return {
            "url": self.access_url,
            "name": self.name,
            "subject": self.subject,
            "plate": self._portal_plate(),
            "date": self.company_id._dealer_format(self.date_received),
            "state": self._state_label(),
            "is_open": self.state not in OVER_STATES,
            "needs_answer": self._is_answer_open(),
        }

    def _portal_plate(self):
        """The plate the customer knows: not that of who has bought the car since."""
        car = self.vehicle_id
        is_sold = car and self.partner_id in car._former_owners()
        return self.license_plate if self.reception_id or not is_sold else False

    def _portal_values(self):
        """The page of this complaint.

        :return: plain values; the page gets no record to walk on from
        """
        self.ensure_one()
        company = self.company_id
        return {
            "id": self.id,
            "name": self.name,
            "subject": self.subject,
            "company": company.name,
            "company_id": company.id,
            "phone": company.phone,
            "plate": self._portal_plate(),
            "received": company._dealer_format(self.date_received),
            "state": self.state,
            "state_label": self._state_label(),
            "is_open": self.state not in OVER_STATES,
            "description": self.description,
            "remedy_sought": self.remedy_sought,
            "responsible": self.user_id.name,
            "steps": self._portal_steps(),
            "clock": self._portal_clock(),
            "news": self._portal_news(),
            "proposal": self._portal_proposal(),
            "decision": self.date_decision and self.decision,
            "reject_reason": self.state == "rejected" and self.reject_reason,
            "recourse": self.recourse,
            "history": self._portal_history(),
            "can_write": self.state not in ("cancelled", "merged"),
            "can_rate": self._is_rating_open(),
            "has_rated": self.rated_cycle == self.cycle,
        }

    def _portal_steps(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        reached = [bool(self[stamp]) for stamp, _states in PORTAL_STEPS]
        steps = []
        for index, (stamp, states) in enumerate(PORTAL_STEPS):
            is_current = self.state in states
            steps.append(
                {
                    "label": self.env._("Complaint received")
                    if stamp == "date_received"
                    else labels[states[0]],
                    "date": reached[index]
                    and self.company_id._dealer_format(self[stamp]),
                    "is_done": reached[index] and self.state != "rejected",
                    "is_current": is_current,
                }
            )
            if is_current:
                # what was reached in an earlier cycle is ahead again
                reached[index + 1 :] = [False] * (len(reached) - index - 1)
        return steps

    def _portal_clock(self):
        """What happens next and until when: the nearest promise to the customer.

        :return: ``deadline`` and ``now`` in seconds since 1970, ``spans`` as in
            ``sla_clock``; None where nothing is promised
        """
        self.ensure_one()
        timers = self.timer_ids.filtered(
            lambda t: t.metric in CUSTOMER_METRICS and t.state in ("running", "paused")
        )
        running = timers.filtered(lambda t: t.state == "running").sorted(
            lambda t: (t.date_deadline, t.id)
        )[:1]
        now = fields.Datetime.now()
        if not running:
            reasons = timers.mapped("pause_reason")
            shown = [reason for reason in reasons if reason in CUSTOMER_PAUSES]
            return self._portal_pause(shown[0] if shown else None) if timers else None
        date = self.company_id._dealer_format(running.date_deadline)
        sentences = {
            "contact": self.env._("We will call you by"),
            "feedback": self.env._("You will hear from us again by"),
            "remedy": self.env._("We will do what was agreed by"),
            "resolve": self.env._("It will be resolved by"),
            "callback": self.env._("We will ask you whether all is well by"),
        }
        return {
            "metric": running.metric,
            "what": sentences[running.metric],
            "until": date,
            "state": "breached" if now > running.date_deadline else "ok",
            "deadline": to_seconds(running.date_deadline),
            "warning": None,
            "spans": running._countdown_spans(running._source(now)),
            "now": to_seconds(now),
        }

    def _portal_news(self):
        """Changes when there is something new to read on the page."""
        self.ensure_one()
        facts = (
            self.state,
            self._proposal_version(),
            self.decision_answer,
            self.user_id.id,
            len(self.contact_ids),
            len(self._portal_messages()),
        )
        return sha256(repr(facts).encode()).hexdigest()[:16]

    def _portal_pause(self, reason):
        sentences = {
            "customer": self.env._("We are waiting for something from you."),
            "parts": self.env._("We are waiting for parts."),
        }
        return {
            "metric": None,
            "what": sentences.get(reason, self.env._("We are working on it.")),
            "until": None,
            "state": "paused",
            "deadline": None,
        }

    # ------------------------------------------------------------------
    # WHAT WAS SAID
    # ------------------------------------------------------------------

    def _portal_history(self):
        """Talks and messages between customer and shop, the newest first.

        The text of a talk is the shop's note: shown only where it was said so. Of the
        thread only what the customer wrote or was sent is shown.
        """
        self.ensure_one()
        kinds, channels = (
            dict(self.contact_ids._fields[name]._description_selection(self.env))
            for name in ("kind", "channel")
        )
        rows = []
        for contact in self.contact_ids:
            if not contact.is_connected and contact.direction == "in":
                continue
            what = kinds[contact.kind]
            if not contact.is_connected:
                what = self.env._("We could not reach you")
            is_mine = contact.direction == "in"
            text = contact.is_shared and contact.summary
            # the customer's own words need no heading
            is_bare = is_mine and text
            rows.append(
                {
                    "moment": contact.date,
                    "what": not is_bare and what,
                    "channel": not is_bare and channels[contact.channel],
                    "is_mine": is_mine,
                    "text": text,
                    "photos": [],
                }
            )
        rows += [
            {
                "moment": message.date,
                "what": None,
                "channel": None,
                "is_mine": message in mine,
                "text": html2plaintext(
                    message.body or "", include_references=False
                ).strip(),
                "photos": self._portal_photos(message).ids,
            }
            for message, mine in self._portal_messages()
        ]
        rows = [row for row in rows if row["what"] or row["text"] or row["photos"]]
        rows.sort(key=lambda row: row["moment"], reverse=True)
        for row in rows:
            row["date"] = self.company_id._dealer_format(row.pop("moment"))
        return rows

    def _portal_messages(self):
        """Messages the customer wrote or was sent, each with those that are his."""
        self.ensure_one()
        family = self.partner_id.search(
            [("id", "child_of", self.partner_id.commercial_partner_id.id)]
        )
        comment = self.env.ref("mail.mt_comment")
        messages = self.env["mail.message"].search(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("subtype_id", "=", comment.id),
                ("is_internal", "=", False),
                ("message_type", "in", ("comment", "email", "email_outgoing")),
                "|",
                "|",
                ("author_id", "in", family.ids),
                ("partner_ids", "in", family.ids),
                ("notified_partner_ids", "in", family.ids),
            ]
        )
        mine = messages.filtered(lambda m: m.author_id in family)
        return [(message, mine) for message in messages]

    def _portal_photos(self, message):
        return message.attachment_ids.filtered(
            lambda a: (
                (a.mimetype or "").startswith("image/")
                and a.mimetype != "image/svg+xml"
            )
        )

    def _portal_photo(self, photo_id):
        """The photo with this id that the page shows; empty for any other file."""
        self.ensure_one()
        shown = self.env["ir.attachment"]
        for message, _mine in self._portal_messages():
            shown |= self._portal_photos(message)
        return shown.filtered(lambda photo: photo.id == photo_id)
