from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..common.dealer_complaint_states import OPEN_STATES, VOID_STATES

#: So many are shown; the most recent first.
MOST_SHOWN = 8


class DealerComplaint(models.Model):
    """What else is known of this car, this customer and this model, while somebody
    still types: a repeat is seen before it is entered twice."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    similar_ids = fields.Many2many(
        "dealer.complaint",
        compute="_compute_similar",
        string="Known Before",
        help="Of the same car or customer, or of the same category on the same model "
        "within the days that the settings call similar; those you may open.",
    )
    similar_line = fields.Char(compute="_compute_similar")

    @api.depends(
        "vehicle_id", "partner_id", "model_id", "category_id", "company_id", "state"
    )
    @api.depends_context("uid", "lang")
    def _compute_similar(self):
        for complaint in self:
            ways = complaint._ways_of_similarity()
            around = complaint._around()
            found = self.browse()
            if ways:
                found = self.search(around & Domain.OR(ways.values()), limit=MOST_SHOWN)
            complaint.similar_ids = found
            complaint.similar_line = complaint._similar_in_words(ways, around)

    def _around(self):
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("state", "not in", VOID_STATES)
            & Domain("id", "!=", self._origin.id)
        )

    def _ways_of_similarity(self):
        """:return: ``{"car", "customer", "model": domain}``, as far as it is known"""
        self.ensure_one()
        ways = {}
        if self.vehicle_id:
            ways["car"] = Domain("vehicle_id", "=", self.vehicle_id._origin.id)
        if self.partner_id and self.partner_id != self._unknown_partner():
            ways["customer"] = Domain("partner_id", "=", self.partner_id._origin.id)
        days = self.company_id.dealer_complaint_cluster_days
        if self.model_id and self.category_id and days > 0:
            since = fields.Datetime.now() - timedelta(days=days)
            ways["model"] = (
                Domain("model_id", "=", self.model_id._origin.id)
                & Domain("category_id", "=", self.category_id._origin.id)
                & Domain("date_received", ">=", since)
            )
        return ways

    def _similar_in_words(self, ways, around):
        """How many there are, those of colleagues too: numbers, nothing else."""
        labels = {
            "car": self.env._("this car"),
            "customer": self.env._("this customer"),
            "model": self.env._("this category on this model"),
        }
        # how many there are is known to whoever takes a complaint in
        everybody = self.sudo()
        parts = []
        for way, domain in ways.items():
            count = everybody.search_count(around & domain)
            if count:
                still = everybody.search_count(
                    around & domain & Domain("state", "in", OPEN_STATES)
                )
                parts.append(
                    self.env._(
                        "%(of)s: %(count)s, %(open)s open",
                        of=labels[way],
                        count=count,
                        open=still,
                    )
                )
        if not parts:
            return False
        return self.env._("Already known of %(parts)s", parts=" · ".join(parts))
