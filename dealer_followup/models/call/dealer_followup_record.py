from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dealer_complaint.tools import groups as complaint_groups

from ...tools.call_hours import is_calling_time
from .dealer_followup import OPEN_STATES

#: Nobody promises to call in two years: that is a mistyped date.
FURTHEST_PROMISE = timedelta(days=366)


class DealerFollowup(models.Model):
    """What follows from a call."""

    _name = "dealer.followup"
    _inherit = "dealer.followup"

    def _begin_attempt(self, started=False, channel=False):
        """The number is dialled: that counts, whatever comes of it.

        :param started: when that was; default: now
        :param channel: how the customer is reached; default: as planned
        :return: the ``dealer.followup.attempt``, without a result
        """
        first = self[:1]
        # callers read their calls; only these methods write them
        attempts = self.env["dealer.followup.attempt"].sudo()
        attempt = attempts.create(
            {
                "followup_ids": [fields.Command.set(self.ids)],
                "company_id": first.company_id.id,
                "partner_id": first.partner_id.id,
                "phone": first.contact_phone,
                "channel": channel or first.channel,
                "date": started or fields.Datetime.now(),
                "user_id": self.env.uid,
                "is_marketing": "marketing" in self.mapped("purpose"),
            }
        )
        for task in self:
            task._write_by_method({"attempt_count": task.attempt_count + 1})
        return attempt

    def _record(
        self,
        result,
        note=False,
        promised_at=False,
        started=False,
        channel=False,
        attempt=None,
        stated_reason=False,
    ):
        """Record one call (or message) that settles all these follow-ups.

        :param result: ``dealer.followup.result``
        :param note: the customer's own words
        :param promised_at: when the customer wants to be called again (naive UTC)
        :param started: when the number was dialled; default: now
        :param channel: how the customer was reached; default: as planned
        :param attempt: the call that was dialled. What was said in it is recorded even
            when the follow-ups have ended meanwhile.
        :param stated_reason: why the exchange of the shop knows no call
        :raise UserError: when the result asks for something that is missing
        :return: the ``dealer.followup.attempt``
        """
        if not attempt:
            self._check_to_be_called()
        self._check_record(result, note, promised_at)
        is_told = bool(attempt or started)
        attempt = attempt or self._begin_attempt(started, channel)
        # who was forgotten during the call is not written down again
        is_forgotten = bool(attempt.partner_id.anonymised_on)
        attempt._write_by_method(
            {
                "followup_ids": [fields.Command.set(self.ids)],
                "date_end": fields.Datetime.now(),
                "result_id": result.id,
                "is_connected": result.is_connected,
                "is_undialled": attempt.channel == "call"
                and (attempt.is_undialled or not is_told),
                "is_marketing": "marketing" in self.mapped("purpose"),
                "promised_at": promised_at,
                "note": not is_forgotten and note,
            }
        )
        attempt._seek_proof(stated_reason)
        for task in self.filtered(lambda task: task.state in OPEN_STATES):
            task._apply(result, attempt)
        if not is_forgotten:
            self._apply_to_customer(result, attempt)
        self._release_number()
        return attempt

    def _check_to_be_called(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for task in self:
            if task.state not in OPEN_STATES:
                raise UserError(
                    self.env._(
                        "%(task)s is already “%(state)s”.",
                        task=task.display_name,
                        state=labels[task.state],
                    )
                )
        if len(set(self.mapped("contact_phone"))) > 1:
            raise UserError(self.env._("A call must be to one customer at one number."))

    def _check_record(self, result, note, promised_at):
        if len(self.partner_id) != 1:
            raise UserError(self.env._("A call must be to one customer at one number."))
        if not result:
            raise UserError(self.env._("How did the call end? Choose a result."))
        if (result.opens_complaint or result.asks_optout) and not (note or "").strip():
            raise UserError(
                self.env._(
                    "“%(result)s”: enter what the customer said.",
                    result=result.name,
                )
            )
        if result.marks_not_owner and len(self.vehicle_id) > 1:
            raise UserError(
                self.env._(
                    "Which car was sold? Keep only the follow-ups of that car, "
                    "save, and continue with the rest: %(cars)s.",
                    cars=", ".join(self.vehicle_id.mapped("display_name")),
                )
            )
        if result.needs_time:
            self._check_promise(promised_at)

    def _check_promise(self, promised_at):
        shop = self[:1].company_id
        now = fields.Datetime.now()
        if not promised_at or not now <= promised_at < now + FURTHEST_PROMISE:
            raise UserError(
                self.env._("Enter the time at which the customer wants to be called.")
            )
        if not is_calling_time(
            shop._dealer_to_local(promised_at), shop._dealer_call_spans()
        ):
            raise UserError(
                self.env._(
                    "%(time)s is outside calling hours (%(hours)s). Agree on "
                    "another time.",
                    time=f"{shop._dealer_to_local(promised_at):%m-%d %H:%M}",
                    hours=shop.dealer_call_hours,
                )
            )

    # ------------------------------------------------------------------
    # ONE FOLLOW-UP
    # ------------------------------------------------------------------

    def _apply(self, result, attempt):
        """Move one follow-up on, as the result says."""
        self.ensure_one()
        vals = {
            "result_id": result.id,
            "is_promised": False,
        }
        if not result.is_connected:
            vals["unreached_days"] = self._unreached_days(attempt)
        if attempt.note:
            vals["note"] = attempt.note
        if result.is_terminal:
            self._set_state(result._state(), **vals)
        elif attempt.promised_at:
            day = self.company_id._dealer_day(attempt.promised_at)
            self._set_state(
                "waiting",
                **{
                    **vals,
                    "next_try_at": attempt.promised_at,
                    "is_promised": True,
                    "priority": 0,
                    "user_id": self.env.uid,
                    "expire_date": max(self.expire_date, day),
                },
            )
        elif (
            not result.is_connected
            and not result.marks_phone_wrong
            and vals["unreached_days"] >= self.rule_id.max_attempts
        ):
            self._apply_unreached(vals)
        else:
            self._set_state(
                "waiting",
                next_try_at=self._next_try(result),
                priority=self.rule_id.sequence,
                **vals,
            )

    def _unreached_days(self, attempt):
        """On how many days nobody answered, this one included."""
        shop = self.company_id
        # earlier tries may have been made by colleagues
        missed = self.sudo().attempt_ids.filtered(
            lambda call: (
                call.channel == "call" and call.result_id and not call.is_connected
            )
        )
        return len({shop._dealer_day(call.date) for call in missed | attempt})

    def _apply_unreached(self, vals):
        """Enough tries: a message or a letter, and the number is asked for again."""
        # the caller has no rights on the customer's card
        self.partner_id.sudo().verify_phone = True
        channel = self.rule_id.unreached_channel
        if not channel or channel == "call":
            self._set_state("failed", **vals)
        else:
            self._set_state(
                "todo", channel=channel, next_try_at=fields.Datetime.now(), **vals
            )

    def _next_try(self, result):
        """After the wait, when somebody is there to call, within the calling hours."""
        minutes = self.rule_id.retry_minutes or result.retry_minutes
        wanted = fields.Datetime.now() + timedelta(minutes=minutes)
        return self.company_id._dealer_next_call(wanted)

    # ------------------------------------------------------------------
    # THE CUSTOMER
    # ------------------------------------------------------------------

    def _apply_to_customer(self, result, attempt):
        """What the result means beyond the follow-ups of this call."""
        # the caller has no rights on cards, complaints and the tasks of colleagues
        tasks = self.sudo()
        if result.opens_complaint:
            tasks._open_complaint(attempt.note)
        for task in tasks.filtered("complaint_id"):
            task._tell_complaint(attempt)
        if result.marks_phone_wrong:
            tasks._mark_phone_wrong()
        if result.marks_not_owner:
            tasks._mark_not_owner()
        if result.stops_all:
            # every shop of a group heeds it; what this one was told stays in the call
            words = not self.env["res.company"]._dealer_is_group() and attempt.note
            tasks.partner_id.write(
                {"no_care": True, "no_care_reason": words or result.name}
            )
        if result.asks_optout:
            tasks._record_optout(attempt)

    def _mark_phone_wrong(self):
        """Whoever has this number on the card is asked for another one."""
        self.env["res.partner"].search(
            [("phone_key", "=", self[0].contact_phone)]
        ).is_phone_wrong = True

    def _mark_not_owner(self):
        """The car has another owner: the reception asks who."""
        cars = self.vehicle_id.filtered(
            lambda car: self.partner_id in (car.owner_id | car.contact_id)
        )
        owned = cars.filtered(lambda car: car.owner_id == self.partner_id)
        owned.is_owner_wrong = True
        (cars - owned).contact_id = False
        others = self.search(
            [
                ("vehicle_id", "in", cars.ids),
                ("partner_id", "=", self.partner_id.id),
                ("state", "in", OPEN_STATES),
            ]
        )
        others._close("cancelled", "not_owner")

    def _record_optout(self, attempt):
        """By number for what needs consent, by car for what the service needs."""
        ledger, cars = {}, set()
        for task in self:
            if task.purpose == "service":
                if task.vehicle_id and task.rule_id.source != "manual":
                    cars.add((task.vehicle_id, task.rule_id.source))
            else:
                ledger[task.purpose] = task
        self.env["dealer.consent"].create(
            [
                {
                    "phone": task.contact_phone,
                    "partner_id": task.partner_id.id,
                    "company_id": task.company_id.id,
                    "purpose": purpose,
                    "channel": "any",
                    "decision": "withdrawn",
                    "origin": self.env._("Call"),
                    "evidence": attempt.note,
                }
                for purpose, task in ledger.items()
            ]
        )
        # the shop that was told, which need not be the one its caller works in now
        optouts = self.env["dealer.care.optout"].with_company(attempt.company_id)
        optouts.create(
            [
                {"vehicle_id": car.id, "source": source, "reason": attempt.note}
                for car, source in cars
            ]
        )

    def _release_number(self):
        """The line is free again."""
        # see _claim
        tasks = self.sudo().search(
            [
                ("contact_phone", "=", self[:1].contact_phone),
                ("claim_user_id", "=", self.env.uid),
            ]
        )
        tasks._write_by_method({"claimed_at": False, "claim_user_id": False})

    # ------------------------------------------------------------------
    # COMPLAINTS
    # ------------------------------------------------------------------

    def _open_complaint(self, words):
        """The customer's words become a complaint; an answered one is re-opened."""
        known = self.complaint_id.filtered(
            lambda complaint: complaint.state in ("resolved", "closed", "rejected")
        )
        if known:
            known.action_reopen()
            for complaint in known:
                complaint.message_post(body=words)
            return
        if self.complaint_id:
            self.complaint_id[:1].message_post(body=words)
            return
        first = self.filtered("vehicle_id")[:1] or self[:1]
        complaint = self.env["dealer.complaint"].create(
            {
                "subject": words.strip().splitlines()[0][:80],
                "description": words,
                "source": "callback",
                "level": "dissatisfaction",
                "partner_id": first.partner_id.id,
                "vehicle_id": first.vehicle_id.id,
                "reception_id": first.visit_id.id
                if first.visit_id.company_id == first.company_id
                else False,
                "company_id": first.company_id.id,
                "user_id": self._complaint_handler(),
            }
        )
        self._write_by_method({"complaint_id": complaint.id})

    @api.model
    def _complaint_handler(self):
        """Whoever hears it is responsible, when complaints are his work."""
        user = self.env.user
        is_handler = user.has_group(complaint_groups.HANDLER)
        return user.id if is_handler else False

    def _tell_complaint(self, attempt):
        """A callback about a complaint is what its closing waits for."""
        rule = self.env.ref(
            "dealer_followup.care_rule_complaint", raise_if_not_found=False
        )
        # the shop may have a rule of its own for it
        if not rule or self.rule_id.code != rule.code:
            return
        self.env["dealer.complaint.contact"].create(
            {
                "complaint_id": self.complaint_id.id,
                "kind": "callback",
                "channel": {"call": "call", "email": "email"}.get(
                    attempt.channel, "message"
                ),
                "date": attempt.date_end,
                "user_id": attempt.user_id.id,
                "is_connected": attempt.is_connected,
                "summary": attempt.note or attempt.result_id.name,
            }
        )
