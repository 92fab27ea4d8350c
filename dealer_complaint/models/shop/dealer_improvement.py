from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.dealer_service.models.improvement.dealer_improvement_states import (
    Subject,
)
from odoo.addons.dealer_service.tools.figures.difference import share

from ..common.dealer_complaint_states import CAUSES


class DealerImprovement(models.Model):
    """Fewer complaints of a cause, and a first contact within its limit."""

    _name = "dealer.improvement"
    _inherit = "dealer.improvement"
    _GUARDS = ((("complaint_cause", "category_id"), "_check_agreed_stays"),)
    _MEASURED_MODELS = ("dealer.complaint", "dealer.sla.timer")
    _SUBJECTS = (
        Subject(
            "complaints",
            "_sample_complaints",
            scope=("complaint_cause", "category_id"),
            better="down",
        ),
        Subject("contact", "_sample_contact"),
    )

    subject = fields.Selection(
        selection_add=[
            ("complaints", "Complaints of a Cause"),
            ("contact", "First Contact Within the Limit"),
        ],
        ondelete={"complaints": "cascade", "contact": "cascade"},
    )
    complaint_cause = fields.Selection(CAUSES, "Cause of the Complaints", tracking=True)
    category_id = fields.Many2one(
        "dealer.complaint.category",
        "Complaint Category",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        help="With the categories below it.",
    )

    # ------------------------------------------------------------------
    # SAMPLES
    # ------------------------------------------------------------------

    def _sample_complaints(self, start, stop):
        """Complaints received, of the cars received in the same time."""
        self.env["dealer.complaint"].flush_model()
        self.env["dealer.reception"].flush_model()
        path = self.category_id._origin.parent_path
        query = SQL(
            """SELECT (
                SELECT COUNT(*) FROM dealer_complaint c
                LEFT JOIN dealer_complaint_category k ON k.id = c.category_id
                WHERE c.company_id = %(shop)s AND c.state NOT IN ('cancelled', 'merged')
                    AND c.date_received >= %(start)s AND c.date_received < %(stop)s
                    AND (%(cause)s IS NULL OR c.cause = %(cause)s)
                    AND (%(path)s IS NULL OR k.parent_path LIKE %(path)s)
            ), (
                SELECT COUNT(*) FROM dealer_reception r
                WHERE r.company_id = %(shop)s AND r.state != 'cancelled'
                    -- who complained in the old system is not known
                    AND r.past_number IS NULL
                    AND r.date_arrived >= %(start)s AND r.date_arrived < %(stop)s
            )""",
            shop=self.company_id.id,
            start=start,
            stop=stop,
            cause=self.complaint_cause or None,
            path=f"{path}%" if path else None,
        )
        [(complaints, cars)] = self.env.execute_query(query)
        return share(min(complaints, cars), cars)

    def _sample_contact(self, start, stop):
        return self._sample_report(
            "dealer.sla.report",
            "met_rate",
            start,
            stop,
            date="date_start",
            of=SQL("row.metric = 'contact'"),
        )
