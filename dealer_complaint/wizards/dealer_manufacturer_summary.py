from collections import defaultdict
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.dealer_service.tools import work_time

#: Months of each period, which begins with the first of them of the year.
MONTHS = {"month": 1, "quarter": 3}
#: Causes of the factory: its product, and its policies.
PRODUCT = ("product",)
POLICIES = ("sales_policy", "service_policy")
#: So many customers are quoted for each fault, with as much of what they said.
MAX_EXAMPLES = 3
MAX_WORDS = 150


class DealerManufacturerSummary(models.TransientModel):
    """What a month or a quarter tells the factory: faults by model, and its policies.

    A complaint belongs to the period in which it was received, by the clock of the
    shop; mistakes and duplicates are left out, as in the analysis.
    """

    _name = "dealer.manufacturer.summary"
    _description = "Summary for the Manufacturer"
    _inherit = ["dealer.dialog.mixin", "dealer.paper.mixin"]

    company_id = fields.Many2one(
        "res.company",
        "Shop",
        required=True,
        default=lambda self: self.env.company,
        domain=lambda self: [("id", "in", self.env.companies.ids)],
    )
    period = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter")], required=True, default="month"
    )
    date = fields.Date(
        "Any Day of It",
        required=True,
        default=lambda self: self._last_whole_day("month"),
        help="The month or quarter of this day is summed up.",
    )
    date_from = fields.Date("From", compute="_compute_days")
    date_to = fields.Date("To", compute="_compute_days")
    brand_id = fields.Many2one(
        "fleet.vehicle.model.brand",
        default=lambda self: self._usual_brand(),
        help="Complaints without a model are counted, too. Empty: all brands.",
    )
    request = fields.Text(
        "What We Ask For", help="Printed at the end, under the figures."
    )
    product_count = fields.Integer("Product Complaints", compute="_compute_counts")
    policy_count = fields.Integer("Policy Complaints", compute="_compute_counts")
    safety_count = fields.Integer("Of These, Safety", compute="_compute_counts")

    # ------------------------------------------------------------------
    # DEFAULTS AND COMPUTES
    # ------------------------------------------------------------------

    @api.model
    def _last_whole_day(self, period, company=None):
        """The last day of the last whole period."""
        today = (company or self.env.company)._dealer_today()
        return self._first_day(today, period) - timedelta(days=1)

    @api.model
    def _first_day(self, day, period):
        length = MONTHS[period]
        return day.replace(day=1, month=(day.month - 1) // length * length + 1)

    @api.model
    def _usual_brand(self):
        """The brand that most customers' cars are of."""
        [(brand, _count)] = self.env["fleet.vehicle"]._read_group(
            [("is_customer_vehicle", "=", True), ("brand_id", "!=", False)],
            ["brand_id"],
            ["__count"],
            limit=1,
            order="__count DESC, brand_id",
        ) or [(self.env["fleet.vehicle.model.brand"], 0)]
        return brand

    @api.onchange("period", "company_id")
    def _onchange_period(self):
        if self.period and self.company_id:
            self.date = self._last_whole_day(self.period, self.company_id)

    @api.depends("period", "date")
    def _compute_days(self):
        for summary in self:
            summary.date_from = summary.date_to = False
            if summary.date and summary.period:
                first = self._first_day(summary.date, summary.period)
                length = relativedelta(months=MONTHS[summary.period])
                summary.date_from = first
                summary.date_to = first + length - timedelta(days=1)

    @api.depends("period", "date", "brand_id", "company_id")
    def _compute_counts(self):
        for summary in self:
            product = summary._complaints(PRODUCT)
            policy = summary._complaints(POLICIES)
            summary.product_count = len(product)
            summary.policy_count = len(policy)
            summary.safety_count = len((product | policy).filtered(self._is_safety))

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_print(self):
        """The summary on A4, an empty period included: that says so."""
        self.ensure_one()
        report = self.env.ref("dealer_complaint.action_paper_manufacturer_summary")
        return report.report_action(self, config=False)

    def action_open_complaints(self):
        """The complaints behind the figures, to be exported for the factory."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "dealer_complaint.dealer_complaint_action"
        )
        # the address belongs to the unfiltered list
        action.pop("path", None)
        action.update(
            name=self.env._("Complaints for the Manufacturer"),
            domain=list(self._domain((*PRODUCT, *POLICIES))),
            context={"active_test": False, "group_by": ["cause", "category_id"]},
            view_mode="list,form",
            views=[(False, "list"), (False, "form")],
        )
        return action

    # ------------------------------------------------------------------
    # FIGURES
    # ------------------------------------------------------------------

    def _domain(self, causes):
        """Which complaints are summed up."""
        tz = self.company_id._dealer_tz()
        start = work_time.from_wall(self.date_from, 0, tz)
        stop = work_time.from_wall(self.date_to + work_time.DAY, 0, tz)
        domain = Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "not in", ("cancelled", "merged")),
                ("cause", "in", causes),
                ("date_received", ">=", start),
                ("date_received", "<", stop),
            ]
        )
        if self.brand_id:
            domain &= Domain("model_id", "=", False) | Domain(
                "model_id.brand_id", "=", self.brand_id.id
            )
        return domain

    def _complaints(self, causes):
        """Those of the period, safety and then the newest first."""
        self.ensure_one()
        complaints = self.env["dealer.complaint"].with_context(active_test=False)
        if not self.date_from or not self.company_id:
            return complaints
        found = complaints.search(self._domain(causes), order="date_received desc, id")
        return found.sorted(lambda complaint: not self._is_safety(complaint))

    @api.model
    def _is_safety(self, complaint):
        return complaint.is_safety or complaint.category_id.is_safety

    def _cars_by_model(self, models):
        """How many customers' cars of each model the shop has on file."""
        groups = self.env["fleet.vehicle"]._read_group(
            [
                ("is_customer_vehicle", "=", True),
                ("model_id", "in", models.ids),
                ("company_id", "in", [False, self.company_id.id]),
            ],
            ["model_id"],
            ["__count"],
        )
        return dict(groups)

    # ------------------------------------------------------------------
    # THE PAPER
    # ------------------------------------------------------------------

    def _paper_lang(self):
        return self.company_id.dealer_warranty_partner_id.lang or super()._paper_lang()

    def _paper_qr(self):
        """None: nobody but the factory reads it."""
        return ""

    def _paper_number(self):
        return f"{self.date_from:%Y-%m}" + (
            f" – {self.date_to:%Y-%m}" if self.period == "quarter" else ""
        )

    def _paper_foot(self):
        return f"{self.date_from:%Y-%m-%d} - {self.date_to:%Y-%m-%d}"

    def _paper_faults(self):
        """A row for each fault of each model, the most frequent first.

        A complaint with two fault codes stands in two rows, and counts once in the sum.
        """
        rows = defaultdict(self.env["dealer.complaint"].browse)
        split = self.env["dealer.complaint.fault.code"]._split
        complaints = self._complaints(PRODUCT)
        for complaint in complaints:
            for code in dict.fromkeys(split(complaint.fault_codes) or [""]):
                rows[code, complaint.category_id, complaint.model_id] += complaint
        cars = self._cars_by_model(complaints.model_id)
        return sorted(
            (
                {
                    "code": code,
                    "category": category.display_name or "",
                    "model": model.display_name or "",
                    "count": len(found),
                    "cars": cars.get(model, 0),
                    "rate": self._per_hundred(len(found), cars.get(model, 0)),
                    "safety": len(found.filtered(self._is_safety)),
                    "examples": self._paper_examples(found),
                }
                for (code, category, model), found in rows.items()
            ),
            key=lambda row: (
                -row["count"],
                -row["safety"],
                row["code"],
                row["category"],
                row["model"],
            ),
        )

    @api.model
    def _per_hundred(self, count, cars):
        """Complaints for each hundred cars on file, empty without any."""
        return f"{100 * count / cars:.1f}" if cars else ""

    @api.model
    def _paper_examples(self, complaints):
        """What some of these customers said, as strangers may read it."""
        examples = []
        for complaint in complaints:
            words = " ".join((complaint.anonymous_words or "").split())
            if len(words) > MAX_WORDS:
                words = f"{words[:MAX_WORDS]}…"
            if words and words not in examples:
                examples.append(words)
            if len(examples) == MAX_EXAMPLES:
                break
        return examples

    def _paper_quotes(self, faults):
        """The examples, each in a row; the fault stands beside its first."""
        return [
            {"fault": not number and row, "words": words}
            for row in faults
            for number, words in enumerate(row["examples"])
        ]

    def _paper_policies(self):
        """A row for each policy and category, the most frequent first."""
        causes = dict(
            self.env["dealer.complaint"]
            ._fields["cause"]
            ._description_selection(self.env)
        )
        rows = self._complaints(POLICIES).grouped(lambda c: (c.cause, c.category_id))
        return sorted(
            (
                {
                    "cause": causes[cause],
                    "category": category.display_name or "",
                    "count": len(complaints),
                }
                for (cause, category), complaints in rows.items()
            ),
            key=lambda row: (-row["count"], row["cause"], row["category"]),
        )
