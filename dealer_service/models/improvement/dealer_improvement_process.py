import calendar
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

from ...tools.actions import open_form
from ...tools.arguments import TEXT, arguments
from ...tools.figures import months
from ...tools.savepoints import each_in_savepoint
from ...tools.work_time import DAY

#: A figure is final so many days after its month: entries come late.
SETTLING = timedelta(days=7)
ACTIVITY = "dealer_service.mail_activity_type_improvement"


class DealerImprovement(models.Model):
    """The way of an improvement: agreed, started, measured, judged or given up."""

    _name = "dealer.improvement"
    _inherit = "dealer.improvement"

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_agree(self):
        """Target, term, owner and change are settled; the baseline is measured.

        :raise UserError: for what is missing, and for a target that is no improvement
        """
        self.check_access("write")
        self._check_move("agreed")
        for improvement in self:
            improvement._measure_baseline()
            improvement._check_complete()
        for improvement in self:
            improvement._set_state("agreed", date_agreed=improvement._shop_today())
        return True

    def action_start(self):
        """The change is made: it is measured from today on.

        On no day that counts for the baseline, or by which it was picked.

        :raise UserError: when no day is left until the end
        """
        self.check_access("write")
        self._check_move("running")
        for improvement in self:
            start = max(
                improvement._shop_today(),
                improvement.picked_to + DAY,
                improvement.baseline_to + DAY,
            )
            if start > improvement.date_until:
                raise UserError(
                    self.env._(
                        "%(improvement)s: it would begin on %(start)s, after its end. "
                        "Give it up, and agree on another term.",
                        improvement=improvement.name,
                        start=start,
                    )
                )
            improvement._set_state("running", date_start=start)
        return True

    def action_measure(self):
        """Measure what is not final: the baseline of a proposal, the months since.

        :raise UserError: for one that is agreed and has not begun, or is over
        """
        self.check_access("write")
        for improvement in self:
            if improvement.state == "proposed":
                improvement._measure_baseline()
            elif improvement.state == "running":
                improvement._measure()
            else:
                raise UserError(
                    self.env._(
                        "%(improvement)s is “%(state)s”: nothing is measured now.",
                        improvement=improvement.name,
                        state=improvement._state_label(),
                    )
                )
        return True

    def action_close(self):
        """Judge it, once and over the whole time, when its last day is over.

        :raise UserError: before; whoever looks every week and ends it on a good one
            takes chance for success
        """
        self.check_access("write")
        self._check_move("closed")
        for improvement in self:
            if improvement.date_until >= improvement._shop_today():
                raise UserError(
                    self.env._(
                        "%(improvement)s is judged once, after %(date)s: who ends on a "
                        "good day takes chance for success. If it makes no sense any "
                        "more, give it up.",
                        improvement=improvement.name,
                        date=improvement.date_until,
                    )
                )
        for improvement in self:
            improvement._measure(is_over=True)
            improvement._judge()
            improvement._close_activity()
        return True

    @arguments(reason=TEXT)
    def action_drop(self, reason=None):
        """Give it up, without a result.

        :param str reason: why; without one the screen asks for it
        """
        self.check_access("write")
        self._check_move("dropped")
        if not (reason or "").strip():
            self.ensure_one()
            return self.env["dealer.reason.wizard"]._open("drop_improvement", self)
        self._set_state("dropped", drop_reason=reason.strip())
        self._close_activity()
        return True

    # ------------------------------------------------------------------
    # FROM A REPORT
    # ------------------------------------------------------------------

    @api.model
    def _propose(self, rows, domain, date, **known):
        """A new improvement in its form, picked by rows of a report.

        :param rows: the model of the report, ``date`` its field of time
        :param known: what it is about, by field name
        :raise AccessError: for who enters none
        """
        self.browse().check_access("create")
        company = self.env.company
        [(first, last)] = rows._read_group(domain, [], [f"{date}:min", f"{date}:max"])
        today = company._dealer_day(fields.Datetime.now())
        values = {
            "company_id": company.id,
            "picked_from": min(company._dealer_day(first), today),
            "picked_to": min(company._dealer_day(last), today),
            **known,
        }
        return open_form(
            self,
            self.env._("New Improvement"),
            context={f"default_{name}": value for name, value in values.items()},
        )

    @api.model
    def _raise_nothing_to_pick(self):
        raise UserError(
            self.env._(
                "Nothing is measured in these days. Choose others, then set the target."
            )
        )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _set_state(self, target, **vals):
        self._check_move(target)
        return self._write_by_method({"state": target, **vals})

    def _measure_baseline(self):
        """As of now: entries of those days may have come late."""
        for name in ("baseline_value", "baseline_count", "baseline_deviation"):
            self.env.add_to_compute(self._fields[name], self)

    def _check_complete(self):
        self.ensure_one()
        subject = self._subject()
        needed = ["date_until", "change_kind", "change_text"]
        if subject.better == "up":
            needed.insert(0, "target_value")
        missing = [self._field_label(name) for name in needed if not self[name]]
        if missing:
            raise UserError(
                self.env._(
                    "%(improvement)s: before it is agreed, enter %(fields)s.",
                    improvement=self.name,
                    fields=format_list(self.env, missing),
                )
            )
        is_rate = subject.unit == "percent"
        if self.target_value < 0 or (is_rate and self.target_value > 100):
            raise UserError(
                self.env._(
                    "%(improvement)s: the target %(target)s is out of range.",
                    improvement=self.name,
                    target=self._read_value(self.target_value),
                )
            )
        step = self._compare(self.target_value, self.baseline_value)
        if self.baseline_count and step <= 0:
            raise UserError(
                self.env._(
                    "%(improvement)s: the target %(target)s is not better than the "
                    "baseline, %(baseline)s.",
                    improvement=self.name,
                    target=self._read_value(self.target_value),
                    baseline=self._read_value(self.baseline_value),
                )
            )
        if self.date_until <= self._shop_today():
            raise UserError(
                self.env._(
                    "%(improvement)s: “%(field)s” has to be in the future.",
                    improvement=self.name,
                    field=self._field_label("date_until"),
                )
            )

    def _measure(self, is_over=False):
        """Measure the months since the beginning that are not final yet.

        :param bool is_over: it is judged now, nothing is waited for any longer
        """
        self.ensure_one()
        today = self._shop_today()
        known = {figure.date_from: figure for figure in self.figure_ids}
        new = []
        for first, last in months.months(self.date_start, min(self.date_until, today)):
            # written by the measuring alone: nobody has a right to enter figures
            figure = known.get(first, self.figure_ids[:0]).sudo()
            if figure.is_final:
                continue
            sample = self._sample(first, last)
            end = first.replace(day=calendar.monthrange(first.year, first.month)[1])
            values = {
                "date_to": last,
                "value": sample.mean,
                "count": sample.count,
                "deviation": sample.deviation,
                "is_final": is_over or min(end, self.date_until) + SETTLING < today,
            }
            if figure:
                figure.write(values)
            else:
                new.append({"improvement_id": self.id, "date_from": first, **values})
        # as above
        self.env["dealer.improvement.figure"].sudo().create(new)

    # ------------------------------------------------------------------
    # AT THE END
    # ------------------------------------------------------------------

    def _close_activity(self):
        # the task is the system's: it goes with its reason, whoever ends it
        self.sudo().activity_unlink([ACTIVITY])

    def _remind_owner(self):
        """The time is over: its owner has a task, once."""
        if self.activity_search([ACTIVITY]):
            return
        improvement = self._for_reader(self.user_id)
        improvement.activity_schedule(
            ACTIVITY,
            date_deadline=self._shop_today(),
            summary=improvement.env._("The time is over: have it judged"),
            note=improvement.env._(
                "Write down what was learnt. The manager closes it."
            ),
            user_id=self.user_id.id,
        )

    def _follow(self):
        """What the night does for improvements that run: measure, and remind."""
        for improvement in self:
            improvement._measure()
            if improvement.is_due:
                improvement._remind_owner()

    @api.model
    def _cron_measure(self):
        """The figures of the day, for each improvement that runs."""
        running = self.search([("state", "=", "running")])
        for done, improvement in enumerate(running, 1):
            each_in_savepoint(improvement, type(self)._follow)
            self.env["ir.cron"]._commit_progress(1, remaining=len(running) - done)
