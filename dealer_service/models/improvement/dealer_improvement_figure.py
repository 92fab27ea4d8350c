from odoo import fields, models

from ...tools.figures.difference import Sample


class DealerImprovementFigure(models.Model):
    """What was measured of an improvement in one month, and from how many values.

    Once a month has settled, its figure is final: what the paper says in March it says
    in June, see decision 0022.
    """

    _name = "dealer.improvement.figure"
    _description = "Monthly Figure of an Improvement"
    _order = "improvement_id, date_from, id"
    _rec_name = "date_from"

    improvement_id = fields.Many2one(
        "dealer.improvement",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="improvement_id.company_id", store=True, index=True
    )
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("Until", required=True, readonly=True)
    value = fields.Float(readonly=True, aggregator="avg")
    count = fields.Integer("n", readonly=True, help="From so many values.")
    deviation = fields.Float("Standard Deviation", readonly=True, aggregator=None)
    unit = fields.Char(related="improvement_id.unit")
    is_final = fields.Boolean(
        "Final",
        readonly=True,
        help="The month has settled: the figure stays as it is.",
    )

    _month_uniq = models.UniqueIndex("(improvement_id, date_from)")

    def _sample(self):
        return Sample(self.count, self.value, self.deviation)
