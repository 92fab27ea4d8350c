"""Two improvements of the demo dealership: one runs, one has reached its target.

The visits of the demo are of a few weeks. What was measured in the months before them
is entered as it would have been measured then.
"""

from dateutil.relativedelta import relativedelta

from odoo import api, models

from ..tools.figures.months import DAY, months
from .notices import forget_notices


class DealerImprovement(models.Model):
    """Loading of the demo improvements."""

    _name = "dealer.improvement"
    _inherit = "dealer.improvement"

    @api.model
    def _load_demo(self):
        """Loads once."""
        if self.search_count([]):
            return
        self = self.with_context(lang=self.env.company.partner_id.lang)
        month = self._today().replace(day=1)
        self._demo_kept(month)
        self._demo_running(month)
        forget_notices(self.env)

    def _demo_kept(self, month):
        """Four months of measuring, over since the end of last month."""
        step = self.env.ref("dealer_service.dealer_service_step_waiting_care")
        kept = self._demo_make(
            month - relativedelta(months=5),
            {
                "subject": "step_compliance",
                "step_id": step.id,
                "user_id": self.env.ref("dealer_service.demo_user_advisor1").id,
                "target_value": 80.0,
                "date_until": month - DAY,
                "change_kind": "organisation",
                "change_text": "每半小时由值班顾问到休息区向等待客户通报一次进度；"
                "看板旁挂值班表，写明当班人和时间。",
                "lessons": "值班表有效，固定下来；"
                "午间换班时仍有遗漏，改为提前十分钟交接。",
            },
            (126, 63.5, 31.0),
            ((41, 78.9, 24.1), (44, 84.8, 21.3), (39, 87.2, 20.4), (43, 89.5, 18.7)),
        )
        kept.action_close()

    def _demo_running(self, month):
        self._demo_make(
            month - relativedelta(months=2),
            {
                "subject": "promise",
                "user_id": self.env.ref("dealer_service.demo_user_manager").id,
                "target_value": 92.0,
                "date_until": month + relativedelta(months=2) - DAY,
                "change_kind": "standard",
                "change_text": "估价前先看车间看板再答复交车时间；"
                "缺件的车在承诺前向配件确认到货日。",
            },
            (131, 81.7, 38.8),
            ((45, 84.4, 36.7), (42, 88.1, 32.8)),
        )

    def _demo_make(self, start, values, baseline, figures):
        """An improvement that runs since ``start``, with its first months."""
        picked = start - relativedelta(months=1)
        improvement = self.create(
            {"picked_from": picked, "picked_to": start - DAY, **values}
        )
        count, value, deviation = baseline
        improvement._write_by_method(
            {
                "state": "running",
                "date_agreed": start - DAY,
                "date_start": start,
                "baseline_count": count,
                "baseline_value": value,
                "baseline_deviation": deviation,
            }
        )
        last = start + relativedelta(months=len(figures)) - DAY
        self.env["dealer.improvement.figure"].create(
            [
                {
                    "improvement_id": improvement.id,
                    "date_from": first,
                    "date_to": end,
                    "count": count,
                    "value": value,
                    "deviation": deviation,
                    "is_final": True,
                }
                for (first, end), (count, value, deviation) in zip(
                    months(start, last), figures, strict=True
                )
            ]
        )
        return improvement
