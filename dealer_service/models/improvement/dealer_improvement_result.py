from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ...tools.figures import difference
from .dealer_improvement_states import ENDED, JUDGED


class DealerImprovement(models.Model):
    """What came of it: against the target, and against the baseline."""

    _name = "dealer.improvement"
    _inherit = "dealer.improvement"
    _GUARDS = ((JUDGED, "_check_judged_stays"),)

    final_value = fields.Float("Result", readonly=True, copy=False, aggregator=None)
    final_count = fields.Integer("n Result", readonly=True, copy=False, aggregator=None)
    result_target = fields.Selection(
        [("kept", "Target Reached"), ("missed", "Target Missed")],
        "Against the Target",
        readonly=True,
        copy=False,
    )
    result_change = fields.Selection(
        [
            ("better", "Better"),
            ("not_distinguishable", "Not Distinguishable From Chance"),
            ("worse", "Worse"),
        ],
        "Against the Baseline",
        readonly=True,
        copy=False,
    )
    change_value = fields.Float(
        "Change Against the Baseline", readonly=True, copy=False, aggregator=None
    )
    change_low = fields.Float(
        "Difference at Least", readonly=True, copy=False, aggregator=None
    )
    change_high = fields.Float(
        "Difference at Most",
        readonly=True,
        copy=False,
        aggregator=None,
        help="With a confidence of 95 % the true difference lies between the two.",
    )
    is_small = fields.Boolean("Fewer Than 30 Values", readonly=True, copy=False)

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _judge(self):
        """Close it with its two results, over all that was measured."""
        self.ensure_one()
        whole = difference.pooled([figure._sample() for figure in self.figure_ids])
        if not whole.count:
            raise UserError(
                self.env._(
                    "%(improvement)s: nothing was measured, so there is nothing to "
                    "judge. Give it up.",
                    improvement=self.name,
                )
            )
        subject = self._subject()
        before = difference.Sample(
            self.baseline_count, self.baseline_value, self.baseline_deviation
        )
        verdict = difference.judge(
            before, whole, is_share=subject.is_share, better=subject.better
        )
        is_kept = self._compare(whole.mean, self.target_value) >= 0
        self._set_state(
            "closed",
            date_closed=self._shop_today(),
            final_value=whole.mean,
            final_count=whole.count,
            result_target="kept" if is_kept else "missed",
            result_change=verdict.result,
            change_value=verdict.change,
            change_low=verdict.low,
            change_high=verdict.high,
            is_small=verdict.is_small,
        )

    def _compare(self, value, other):
        """1 if ``value`` is better than ``other``, 0 if it reads the same, else -1."""
        order = float_compare(value, other, precision_digits=1)
        return order if self._subject().better == "up" else -order

    def _check_judged_stays(self, vals):
        """:raise UserError: for another story about what was judged"""
        for name in JUDGED:
            over = self._would_change(vals, name) if name in vals else self.browse()
            for improvement in over.filtered(lambda known: known.state in ENDED):
                raise UserError(
                    self.env._(
                        "%(improvement)s is over: “%(field)s” says what was judged, "
                        "and stays as it is. Write what you know now under "
                        "“%(notes)s”.",
                        improvement=improvement.name,
                        field=self._field_label(name),
                        notes=self._field_label("lessons"),
                    )
                )
