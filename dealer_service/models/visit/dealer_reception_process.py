from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..common.dealer_reception_states import STAMPS, STATE_STAMP

#: What a button stamps is not older than this when its entry is written.
JUST_NOW = timedelta(minutes=1)
#: What a step enters for the first time: one line each of the step's own entry in the
#: log. What is changed afterwards is kept with its former value (decision 0037).
ENTERED_BY_STEPS = (*STAMPS, "odometer", "odometer_out", "date_promised")
#: Where the entries of a transaction wait that consist of such lines alone.
_IN_WORDS = "dealer.reception.in_words"


class DealerReception(models.Model):
    """The way of a visit through its steps: one action each.

    The other files of the visit extend these methods. This one is loaded first, right
    after the record itself.
    """

    _name = "dealer.reception"
    _inherit = "dealer.reception"
    date_booked = fields.Datetime("Booked On", copy=False, tracking=True)
    date_prepared = fields.Datetime("Prepared On", copy=False, tracking=True)
    date_arrived = fields.Datetime("Arrived On", copy=False, tracking=True)
    date_greeted = fields.Datetime("Greeted On", copy=False, tracking=True)
    date_inspected = fields.Datetime("Inspected On", copy=False, tracking=True)
    date_authorized = fields.Datetime("Authorized On", copy=False, tracking=True)
    date_started = fields.Datetime("Work Started On", copy=False, tracking=True)
    date_finished = fields.Datetime("Work Finished On", copy=False, tracking=True)
    date_passed = fields.Datetime("Quality Check Passed On", copy=False, tracking=True)
    date_ready = fields.Datetime("Ready On", copy=False, tracking=True)
    date_settled = fields.Datetime("Settled On", copy=False, tracking=True)
    date_delivered = fields.Datetime("Delivered On", copy=False, tracking=True)
    date_left = fields.Datetime("Left On", copy=False, tracking=True)

    # Consultation and walk-around are both over when the visit moves on. Each has
    # moments of its own; where one is missing, it is not measured (decision 0024).
    date_consulted = fields.Datetime(
        "Consultation Ended On",
        copy=False,
        readonly=True,
        help="When the last concern was written down, at the latest when the "
        "walk-around began.",
    )
    date_walk_begun = fields.Datetime(
        "Walk-around Begun On",
        copy=False,
        readonly=True,
        help="When the first damage was marked, or the first line of the sheet filled "
        "in, after the greeting.",
    )
    date_walk_signed = fields.Datetime(
        "Walk-around Signed On",
        copy=False,
        readonly=True,
        help="When the customer signed the sheet, before the walk-around was closed.",
    )

    # ------------------------------------------------------------------
    # ACTIONS: one for each step
    # ------------------------------------------------------------------

    def action_prepare(self):
        """Parts, bay, technician and history are at hand (履约准备)."""
        return self._set_state("prepared")

    def action_arrive(self):
        """The car is in the lane.

        :raise UserError: when the booking does not say which car it is for
        """
        for reception in self:
            if not reception.vehicle_id:
                raise UserError(
                    self.env._(
                        "%(visit)s has no car yet. Enter the car first, then mark "
                        "it as arrived.",
                        visit=reception.name,
                    )
                )
        self._set_state("arrived")
        if len(self) == 1 and self.env.context.get("dealer_offer_undo"):
            return self._offer_undo()
        return True

    def action_greet(self):
        """The advisor has spoken to the customer first (迎接). Stamped once."""
        now = fields.Datetime.now()
        for reception in self:
            if reception.state != "arrived":
                raise UserError(
                    self.env._(
                        "%(visit)s is “%(state)s”: customers are greeted on arrival.",
                        visit=reception.name,
                        state=reception._state_label(),
                    )
                )
        greeted = self.filtered(lambda r: not r.date_greeted)
        greeted._write_by_method({"date_greeted": now})
        greeted._look_after()
        return True

    def action_begin_walk_around(self):
        """Keep the moment at which the walk-around began: the first one counts.

        The drawing of the car calls it with the first mark, which is saved later.
        """
        self.check_access("write")
        self._begin_walk_around()
        return True

    def action_inspect(self):
        """The walk-around with the customer is done (环检)."""
        return self._set_state("inspected")

    def action_authorize(self):
        """The customer has consented to the estimate and knows the promised time."""
        return self._set_state("authorized")

    def action_start(self):
        """The workshop begins."""
        return self._set_state("working")

    def action_finish(self):
        """The workshop is done; the car goes to the quality check."""
        return self._set_state("quality")

    def action_pass(self):
        """The final inspection was passed. The car may be prepared for delivery."""
        now = fields.Datetime.now()
        for reception in self:
            if reception.state != "quality":
                raise UserError(
                    self.env._(
                        "%(visit)s is “%(state)s”: only a car in the quality check can"
                        " pass it.",
                        visit=reception.name,
                        state=reception._state_label(),
                    )
                )
        self.filtered(lambda r: not r.date_passed)._write_by_method(
            {"date_passed": now}
        )
        return True

    def action_fail(self):
        """The quality check was failed: back to the workshop, counted as rework."""
        for reception in self:
            reception._check_move("working")
            reception._write_by_method(
                {"rework_count": reception.rework_count + 1, "date_passed": False}
            )
        return self._set_state("working")

    def action_ready(self):
        """Washed, settings as found, papers complete; the customer may be called."""
        for reception in self:
            reception._check_move("ready")
            if not reception.date_passed:
                raise UserError(
                    self.env._(
                        "%(visit)s has not passed the final inspection yet.",
                        visit=reception.name,
                    )
                )
        return self._set_state("ready")

    def action_settle(self):
        """The settlement was explained and agreed to (结算解释)."""
        return self._set_state("settled")

    def action_deliver(self, unsigned_reason=None):
        """The key is handed over (交车送行).

        :param str unsigned_reason: why the customer has not signed for the car
        """
        return self._set_state("delivered")

    def action_no_show(self):
        """The customer did not come."""
        return self._set_state("no_show")

    def action_cancel(self):
        """The visit does not take place."""
        return self._set_state("cancelled")

    @api.model_create_multi
    def create(self, vals_list):
        """Times that were typed are told from those that are stamped on the way."""
        if self.env.su:
            return super().create(vals_list)
        entered = [[name for name in STAMPS if vals.get(name)] for vals in vals_list]
        if any(entered) and not self._may_correct_past():
            raise AccessError(
                self.env._(
                    "“%(field)s” of a new visit is the time at which it is entered. "
                    "Only a service manager may enter an earlier time.",
                    field=self._field_label(next(filter(None, entered))[0]),
                )
            )
        receptions = super().create(vals_list)
        receptions._note_late_entries(entered)
        return receptions

    def _note_late_entries(self, entered):
        """Times that were typed and not stamped stay visible as such.

        :param entered: for each of these visits the names of its times
        """
        notes = {
            reception.id: Markup("<br/>").join(
                self.env._(
                    "Entered later: “%(field)s” %(date)s.",
                    field=self._field_label(name),
                    date=reception._format_local(reception[name]),
                )
                for name in names
            )
            for reception, names in zip(self, entered, strict=True)
            if names
        }
        if notes:
            self.browse(notes)._message_log_batch(notes)

    def _check_beginning(self):
        """:raise UserError: for a visit that is born further on than its state"""
        if self.env.su:
            return
        for reception in self:
            last = STATE_STAMP.get(reception.state, "date_booked")
            later = STAMPS[STAMPS.index(last) + 1 :]
            recorded = [name for name in later if reception[name]]
            if recorded:
                raise UserError(
                    self.env._(
                        "%(visits)s: “%(field)s” is recorded by the process and "
                        "cannot be changed by hand.",
                        visits=reception.name,
                        field=self._field_label(recorded[0]),
                    )
                )

    # ------------------------------------------------------------------
    # LOG: a step is one entry, in words
    # ------------------------------------------------------------------

    def _mail_track(self, tracked_fields, initial_values):
        """What a step enters is told in the words of its entry, without a row for each
        value; what replaces something else keeps its row with the former value."""
        initial_values = self._without_own_stamp(initial_values)
        entered = [
            name
            for name in ("state", *ENTERED_BY_STEPS)
            if name in tracked_fields and self._is_entered(name, initial_values)
        ]
        changes, values = super()._mail_track(
            {
                name: info
                for name, info in tracked_fields.items()
                if name not in entered
            },
            initial_values,
        )
        if entered:
            lines = self._for_log()._lines_of_step(entered, initial_values)
            body = Markup("<br/>").join(lines)
            if values:
                self._track_set_log_message(body)
            else:
                self.env.cr.precommit.data.setdefault(_IN_WORDS, {})[self.id] = body
        return changes.union(entered), values

    def _message_track(self, fields_iter, initial_values_dict):
        """Odoo writes the entries with former values; those without, all at once."""
        tracking = super()._message_track(fields_iter, initial_values_dict)
        bodies = self.env.cr.precommit.data.pop(_IN_WORDS, {})
        if bodies:
            self.browse(bodies)._message_log_batch(bodies)
        return tracking

    def _without_own_stamp(self, initial_values):
        """Beside a state that is entered just now, its stamp says nothing more: the
        entry has the same time."""
        stamp = STATE_STAMP.get(self.state)
        is_entered = initial_values.get("state", self.state) != self.state
        if stamp and is_entered and not initial_values.get(stamp):
            if self[stamp] and fields.Datetime.now() - self[stamp] < JUST_NOW:
                initial_values = {**initial_values}
                initial_values.pop(stamp, None)
        return initial_values

    def _is_entered(self, name, initial_values):
        """Whether a step has entered this value, and put it in nothing's place."""
        if name not in initial_values:
            return False
        former = initial_values[name]
        return (
            bool(self[name])
            and self[name] != former
            and (name == "state" or not former)
        )

    def _for_log(self):
        """In the words of whoever takes the step; of the shop for a customer by a link,
        and for what the system does."""
        is_colleague = self.env.lang and not self.env.user.share
        return self if is_colleague else self._for_reader()

    def _lines_of_step(self, names, initial_values):
        """Hook: what the entry of a step says, line by line.

        :param names: what was entered
        :param initial_values: what stood there before, by name
        """
        self.ensure_one()
        return [self._line_of_step(name, initial_values[name]) for name in names]

    def _line_of_step(self, name, former):
        if name == "state":
            return f"{self._state_label(former)} → {self._state_label()}"
        value = self[name]
        if self._fields[name].type == "datetime":
            value = self._format_local(value)
        return f"{self._field_label(name)}: {value}"

    @api.constrains(*STAMPS)
    def _check_stamp_order(self):
        """No step is stamped before the one it follows."""
        for reception in self:
            previous = None
            for stamp in STAMPS:
                date = reception[stamp]
                if not date:
                    continue
                if previous and date < reception[previous]:
                    raise ValidationError(
                        self.env._(
                            "%(visit)s: “%(step)s” (%(date)s) cannot be before"
                            " “%(previous)s” (%(previous_date)s).",
                            visit=reception.name,
                            step=reception._field_label(stamp),
                            date=reception._format_local(date),
                            previous=reception._field_label(previous),
                            previous_date=reception._format_local(reception[previous]),
                        )
                    )
                previous = stamp

    # ------------------------------------------------------------------
    # MOMENTS OF CONSULTATION AND WALK-AROUND
    # ------------------------------------------------------------------

    def _received(self):
        """The visits whose customer was greeted, and whose walk-around is open."""
        return self.filtered(
            lambda visit: visit.state == "arrived" and visit.date_greeted
        )

    def _begin_walk_around(self, _change=None):
        begun = self._received().filtered(lambda visit: not visit.date_walk_begun)
        begun._write_by_method({"date_walk_begun": fields.Datetime.now()})

    def _end_walk_around(self):
        signed = self._received().filtered(lambda visit: not visit.date_walk_signed)
        signed._write_by_method({"date_walk_signed": fields.Datetime.now()})

    def _end_consultation(self):
        """The customer has said one thing more.

        What is saved with the sheet was said before the walk-around began.
        """
        now = fields.Datetime.now()
        for visit in self._received():
            moment = min(visit.date_walk_begun or now, now)
            if visit.date_consulted != moment:
                visit._write_by_method({"date_consulted": moment})
