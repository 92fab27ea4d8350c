from odoo import fields, models
from odoo.tools import SQL


class DealerServiceGapReport(models.Model):
    """The weak links by the name of the factor they feed."""

    _name = "dealer.service.gap.report"
    _inherit = "dealer.service.gap.report"

    factor_id = fields.Many2one("dealer.csi.factor", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT gap.*, factor.id AS factor_id FROM (%s) gap
            LEFT JOIN (%s) factor ON factor.code = gap.factor_code
            """,
            super()._table_query,
            self.env["dealer.csi.factor"]._service_factors(),
        )
