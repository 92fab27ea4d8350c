from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.savepoints import each_in_savepoint
from ..common.dealer_reception_states import UNSERVED_STATES

#: After so long the end of a call will not be reported any more.
LOST = timedelta(hours=4)
#: No call lasts longer: what was said belongs to none that began earlier.
LONGEST = timedelta(hours=3)
#: A call is about a visit so long before its appointment, and after its delivery.
BEFORE, AFTER = timedelta(days=14), timedelta(days=3)
#: More people than these with one number are nobody in particular.
MOST_PROPOSED = 10


class DealerCallRecord(models.Model):
    """Whose call it was and about what: by number, colleague and time, never guessed.

    Where several people could be meant, people decide.
    """

    _name = "dealer.call.record"
    _inherit = "dealer.call.record"

    #: Names of methods that return what colleagues wrote down of this call. Such a
    #: record has a method ``_find_call``, and says in ``_called_person`` whom it names.
    _CLAIMS = ()

    proposal_ids = fields.Many2many(
        "res.partner", string="Who It May Be", compute="_compute_proposal_ids"
    )

    @api.depends("number_key", "number", "state")
    def _compute_proposal_ids(self):
        for call in self:
            is_open = call.state == "unmatched"
            call.proposal_ids = is_open and call._people_meant()

    # ------------------------------------------------------------------
    # WHEN
    # ------------------------------------------------------------------

    def _match_soon(self):
        """Look for what these calls were about, once their report is answered."""
        if self:
            self.env.ref("dealer_service.ir_cron_dealer_call_match")._trigger()

    @api.model
    def _cron_match(self, batch_size=100):
        """Look for what new calls were about, and empty what is kept no longer."""
        self._forget_old()
        calls = self._new_calls()
        for done in range(0, len(calls), batch_size):
            batch = calls[done : done + batch_size]
            batch._match_each()
            self.env["ir.cron"]._commit_progress(
                len(batch), remaining=len(calls) - done - len(batch)
            )

    @api.model
    def _forget_old(self):
        """Remove recordings and numbers that the shops keep no longer; that the call
        took place stays."""
        with_calls = self._read_group([], ["company_id"])
        for (company,) in with_calls:
            for name, days, gone in (
                ("recording_url", company.dealer_recording_days, ("recording_url",)),
                ("number", company.dealer_call_days, ("number", "number_key")),
            ):
                self.search(
                    Domain("company_id", "=", company.id)
                    & Domain(name, "!=", False)
                    & Domain(
                        "date_start",
                        "<",
                        fields.Datetime.now() - timedelta(days=days),
                    )
                )._write_by_method(dict.fromkeys(gone, False))

    @api.model
    def _new_calls(self):
        """Calls nobody has looked at, of which no more will be reported."""
        is_over = Domain("stage", "=", "ended") | Domain(
            "date_start", "<", fields.Datetime.now() - LOST
        )
        return self.search(Domain("is_new", "=", True) & is_over, order="date_start")

    def _match_each(self):
        """Look for what each of these calls was about; one that fails is left to
        people."""
        failed = self - each_in_savepoint(self, type(self)._match)
        failed._write_by_method({"is_new": False})

    # ------------------------------------------------------------------
    # WHO AND WHAT
    # ------------------------------------------------------------------

    def _match(self):
        """Find whose call it was, and what people wrote down of it."""
        self.ensure_one()
        vals = {"is_new": False}
        if self.state == "unmatched":
            partner = self._person_meant()
            vals["partner_id"] = partner.id
            vals["state"] = "matched" if partner else "unmatched"
        self._write_by_method(vals)
        if not self.reception_id:
            self._write_by_method({"reception_id": self._visit_meant().id})
        for claim in self._claims():
            claim._find_call()

    def _claims(self):
        """What colleagues wrote down of this call, as single records."""
        self.ensure_one()
        return [
            record
            for method in self._rows_of("_CLAIMS")
            for record in getattr(self, method)()
        ]

    def _span(self):
        """From when to when something is written down that this call may prove."""
        apart = timedelta(minutes=self.company_id.dealer_call_minutes)
        end = self.date_end or self.date_start + timedelta(seconds=self.talk_seconds)
        return self.date_start - apart, end + apart

    @api.model
    def _calls_at(self, company, user, moment, people, numbers=()):
        """Calls of ``user`` in which somebody may have talked with one of ``people``,
        or dialled one of their numbers, at ``moment``; the nearest first."""
        # how the shop is set up is no secret to the program, and who writes down what
        # was said need not be who may read the calls
        apart = timedelta(minutes=company.sudo().dealer_call_minutes)
        found = self.sudo().search(
            Domain("company_id", "=", company.id)
            & Domain("user_id", "=", user.id)
            & Domain("date_start", ">=", moment - apart - LONGEST)
            & Domain("date_start", "<=", moment + apart)
        )
        return found.filtered(
            lambda call: call._is_call_of(moment, people, numbers)
        ).sorted(lambda call: abs(call.date_start - moment))

    def _written_down(self, model):
        """What the colleague who made the call has recorded of calls at that time.

        :param str model: whose records have a shop, a user, a channel and a date
        """
        self.ensure_one()
        start, end = self._span()
        # the process looks, whoever may read what it finds
        return (
            self.env[model]
            .sudo()
            .search(
                Domain("company_id", "=", self.company_id.id)
                & Domain("user_id", "=", self.user_id.id)
                & Domain("channel", "=", "call")
                & Domain("date", ">=", start)
                & Domain("date", "<=", end)
            )
        )

    def _is_call_of(self, moment, people, numbers=()):
        """Whether this may be a call with one of ``people`` at ``moment``."""
        start, end = self._span()
        if self.matched_by_id and self.partner_id:
            # a manager has said whose call it was
            return start <= moment <= end and self.partner_id in people
        known = {*people.mapped("phone_key"), *numbers} - {False, ""}
        return start <= moment <= end and (
            self.number_key in known or self.partner_id in people
        )

    def _person_meant(self):
        """The one whose number it is; of a family the one whom the shop deals with."""
        people = self._people_meant()
        if self.is_masked:
            return people.browse()
        if len(people) > 1:
            named = people.browse().union(
                *(claim._called_person() for claim in self._claims())
            )
            people = (people & named) or people
        if len(people) > 1:
            visits = self._visits_of(people)
            here = people & (visits.partner_id | visits.contact_id)
            people = here or people
        return people if len(people) == 1 else people.browse()

    def _people_meant(self):
        """Everybody who has this number; of a hidden one, whom it may show."""
        # whose number it is, is found whoever may read the customers
        people = self.env["res.partner"].sudo()
        if self.number_key:
            number = Domain("phone_key", "=", self.number_key)
        elif self.is_masked and self._visible_ends():
            start, end = self._visible_ends()
            number = Domain("phone_key", "=like", f"%{start}%{end}") & Domain(
                "phone_key", "=like", f"+%{end}"
            )
        else:
            return people.browse()
        here = Domain("company_id", "in", (False, self.company_id.id))
        return people.search(number & here, order="id", limit=MOST_PROPOSED).with_env(
            self.env
        )

    def _visible_ends(self):
        """What a hidden number shows at its start and at its end; enough of it."""
        digits = "".join(c if c.isdecimal() else " " for c in self.number or "")
        parts = digits.split()
        if len(parts) < 2 or len(parts[0]) < 3 or len(parts[-1]) < 3:
            return None
        return parts[0], parts[-1]

    def _visit_meant(self):
        """The visit that a customer has just now; of several none."""
        if not self.partner_id:
            return self.env["dealer.reception"]
        visits = self._visits_of(self.partner_id)
        came = visits.filtered(
            lambda visit: visit.date_arrived and visit.date_arrived <= self.date_start
        )
        visits = came or visits
        return visits if len(visits) == 1 else visits.browse()

    def _visits_of(self, people):
        """Visits that were going on, expected or just over when the phone rang."""
        when = self.date_start
        came = Domain("date_arrived", "<=", when) & (
            Domain("date_delivered", "=", False)
            | Domain("date_delivered", ">=", when - AFTER)
        )
        awaited = (
            (Domain("date_arrived", "=", False) | Domain("date_arrived", ">", when))
            & Domain("date_appointment", ">=", when - AFTER)
            & Domain("date_appointment", "<=", when + BEFORE)
        )
        # the process looks, whoever may read the visits
        visits = self.env["dealer.reception"].sudo()
        return visits.search(
            Domain("company_id", "=", self.company_id.id)
            & (
                Domain("partner_id", "in", people.ids)
                | Domain("contact_id", "in", people.ids)
            )
            & Domain("state", "not in", UNSERVED_STATES)
            & (came | awaited),
            limit=MOST_PROPOSED,
        ).with_env(self.env)
