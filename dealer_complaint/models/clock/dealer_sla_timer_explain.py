from odoo import fields, models
from odoo.tools import format_date

from ...tools.sla_terms import DAY_UNITS, clock_for
from ...tools.work_clock import to_seconds

#: Working spans sent with a countdown; further ones come with the next reading.
MAX_SPANS = 40


class DealerSlaTimer(models.Model):
    """How a deadline came about, in words a customer would accept."""

    _name = "dealer.sla.timer"
    _inherit = "dealer.sla.timer"

    def _explain(self):
        """For example “2 h = 0:50 on Mon 16:40–17:30 + 1:10 on Tue from 08:00”."""
        self.ensure_one()
        lines = [
            self._explain_days()
            if self.unit in DAY_UNITS and self.date_run == self.date_start
            else self._explain_spans()
        ]
        reasons = dict(self._fields["pause_reason"]._description_selection(self.env))
        lines += [
            self.env._(
                "Paused %(start)s–%(end)s: %(reason)s",
                start=self._local(segment.date_from),
                end=self._local(segment.date_to),
                reason=reasons.get(segment.reason, ""),
            )
            for segment in self.segment_ids
            if segment.kind == "pause"
        ]
        return "\n".join(filter(None, lines))

    def _explain_spans(self):
        # counting needs the hours and holidays, whoever reads the sentence
        timer = self.sudo()
        source = timer._source()
        used = self.used_seconds
        if self.date_stop:
            # the limit did not know yet when it would be met
            until = max(self.date_stop, self.date_run)
            used -= timer._measure(source, self.date_run, until)
        rest = max(0, self.target_seconds - used)
        spec = timer._spec()
        spans = source.reckon(
            spec.calendar,
            spec.company_id,
            self.date_run,
            lambda clock: clock_for(self.unit, clock).explain(self.date_run, rest),
        )
        parts = []
        for index, (start, end) in enumerate(spans):
            seconds = int((end - start).total_seconds())
            values = {
                "duration": self._duration(seconds),
                "day": self._weekday(start),
                "start": self._clock_time(start),
                "end": self._clock_time(end),
            }
            if index and index == len(spans) - 1:
                parts.append(
                    self.env._("%(duration)s on %(day)s from %(start)s", **values)
                )
            else:
                parts.append(
                    self.env._("%(duration)s on %(day)s %(start)s–%(end)s", **values)
                )
        if len(parts) > 4:
            parts[2:-1] = ["…"]
        return self.env._(
            "%(total)s = %(parts)s",
            total=self._total(rest),
            parts=" + ".join(parts) or "0",
        )

    def _explain_days(self):
        units = dict(self._fields["unit"]._description_selection(self.env))
        text = self.env._(
            "%(amount)s %(unit)s after %(start)s (that day is not counted): %(day)s "
            "at close of business, %(end)s",
            amount=f"{self.amount:g}",
            unit=units[self.unit],
            start=self._local(self.date_start),
            day=self._weekday(self.date_deadline),
            end=self._local(self.date_deadline),
        )
        if self.unit == "legal_days":
            first = self._local_date(self.date_start)
            last = self._local_date(self.date_deadline)
            if (last - first).days > self.amount:
                text += " " + self.env._(
                    "(the last day was a day off, so it moved to the next working day)"
                )
        return text

    # ------------------------------------------------------------------
    # WORDS
    # ------------------------------------------------------------------

    def _total(self, seconds):
        if seconds % 3600 == 0:
            return self.env._("%(hours)s h", hours=seconds // 3600)
        return self._duration(seconds)

    def _duration(self, seconds):
        minutes, second = divmod(seconds, 60)
        text = f"{minutes // 60}:{minutes % 60:02d}"
        return f"{text}:{second:02d}" if second else text

    def _zoned(self, moment):
        # the zone of the hours is no secret to who sees the deadline
        zone = self.calendar_id.sudo().tz or "UTC"
        return fields.Datetime.context_timestamp(self.with_context(tz=zone), moment)

    def _local_date(self, moment):
        return self._zoned(moment).date()

    def _weekday(self, moment):
        return format_date(self.env, self._local_date(moment), date_format="EEE")

    def _clock_time(self, moment):
        return self._zoned(moment).strftime("%H:%M")

    def _local(self, moment):
        return self._zoned(moment).strftime("%Y-%m-%d %H:%M")

    def _countdown_spans(self, source):
        """Working spans until the deadline as ``[from, to]`` seconds since 1970.

        None where time simply passes: clock hours, and days, which are counted in days
        and not in hours.
        """
        self.ensure_one()
        if self.unit != "working_hours" or source.now >= self.date_deadline:
            return None
        spans = source.reckon(
            self.calendar_id or self.company_id._dealer_calendar(),
            self.company_id.id,
            source.now,
            lambda clock: clock.spans_between(source.now, self.date_deadline),
        )
        return [[to_seconds(low), to_seconds(high)] for low, high in spans[:MAX_SPANS]]
