"""Three months of the people of the demo dealership.

The visits of the demo are of a few weeks. What was measured of the months before them
is entered as it would have been measured then.
"""

import random

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..tools.figures.difference import Sample, share

#: Of a usual month: how many values, and a mean; of means also their deviation.
ADVISOR = {
    "visits": (96, None),
    "promise": (88, 90),
    "punctual": (41, 88),
    "proven": (96, 61, 14),
    "executed": (96, 86, 11),
    "supplements": (74, 57),
    "rating": (52, 4.5, 0.7),
}
TECHNICIAN = {
    "jobs": (118, None),
    "hours": (118, None),
    "efficiency": (110, 102),
    "first_right": (118, 95.5),
    "comeback": (340, 2.2),
}
#: Advisors by who they are: how much better than usual, the talk, and the word.
WORDS = (
    (3, "承诺兑现率稳定，继续保持；下月带教新人环检。", "好的，环检话术我来整理。"),
    (
        -4,
        "上午高峰承诺偏紧，估时前先看车间看板。",
        "缺件占了三台，请配件提前告知到货时间。",
    ),
    (1, "证实标准有进步，估价解释环节再细一些。", ""),
    (-1, "", ""),
)


class DealerStaffSheet(models.Model):
    """Loading of the demo sheets."""

    _name = "dealer.staff.sheet"
    _inherit = "dealer.staff.sheet"

    @api.model
    def _load_demo(self):
        """Loads once."""
        if self.search_count([]):
            return
        for n, (gift, *words) in enumerate(WORDS, 1):
            user = self.env.ref(f"dealer_service.demo_user_advisor{n}")
            self._demo_months("advisor", {"user_id": user.id}, ADVISOR, gift, *words)
        for n in range(1, 9):
            user = self.env.ref(f"dealer_service.demo_user_tech{n}")
            mechanic = self.env["resource.resource"].search(
                [("user_id", "=", user.id), ("dealer_role", "=", "technician")]
            )
            whose = {"resource_id": mechanic.id, "user_id": user.id}
            talk = "返工集中在制动异响，安排专项培训。" if n == 3 else ""
            self._demo_months("technician", whose, TECHNICIAN, (n % 4) - 1.5, talk)

    @api.model
    def _demo_months(self, role, whose, usual, gift, comment="", word=""):
        """Two closed months and the last one: discussed, if there was a talk."""
        today = self.env.company._dealer_today()
        for ago in (3, 2, 1):
            first = today.replace(day=1) - relativedelta(months=ago)
            dice = random.Random(f"{role}{gift}{ago}")
            sheet = self._create_by_method(
                [
                    {
                        "company_id": self.env.company.id,
                        "role": role,
                        "date_from": first,
                        "date_to": first + relativedelta(months=1, days=-1),
                        **whose,
                    }
                ]
            )
            sheet._demo_figures(usual, gift, dice)
            if ago > 1 or comment:
                sheet._demo_talk(ago > 1, comment, word)

    def _demo_figures(self, usual, gift, dice):
        measures = self.env["dealer.staff.measure"]._of_shop(self.company_id)
        person = self._person().id
        found = {}
        for measure in measures.filtered(lambda m: m.figure in usual):
            row, (count, *rest) = measure._row(), usual[measure.figure]
            count = round(count * dice.uniform(0.85, 1.15))
            found[measure.figure, measure.months, person] = self._demo_sample(
                row, count, *rest, luck=dice.gauss(gift, 1.5)
            )
        self._renew(measures, found)

    def _demo_sample(self, row, count, middle, deviation=0.0, *, luck):
        if middle is None:
            return Sample(count, float(count))
        better = luck if row.better == "up" else -luck / 5
        if row.kind == "share":
            return share(round(count * min(middle + better, 100) / 100), count)
        value = middle + (better / 20 if row.unit == "points" else better)
        return Sample(count, value, deviation)

    def _demo_talk(self, is_closed, comment, word):
        """It was discussed on the third of the next month."""
        talk = fields.Datetime.to_datetime(self.date_to + relativedelta(days=1))
        talk = min(talk + relativedelta(days=2, hours=2), fields.Datetime.now())
        self._write_by_method(
            {
                "comment": comment or False,
                "word": word or False,
                "state": "closed" if is_closed else "given",
                "date_given": talk,
                "given_by_id": self.env.ref("dealer_service.demo_user_manager").id,
                "date_closed": talk if is_closed else False,
            }
        )
