from odoo import api, fields, models
from odoo.fields import Domain

from ..rule.dealer_care_rule_gate import (
    CAR_IS_HERE,
    COMPLAINT_IS_OPEN,
    visit_is_booked,
)

#: What a follow-up waits out by itself, see ``dealer_care_rule_gate.py``.
HOLD_REASONS = [
    ("complaint", "Complaint Open"),
    ("in_house", "Car in the Workshop"),
    ("booked", "Visit Booked"),
]
HOLDING = tuple(reason for reason, _label in HOLD_REASONS)


class DealerFollowup(models.Model):
    """Not to be called as long as the car is in the shop, is expected there, or a
    complaint is open, where the rule says so.

    Nothing is written for that: whoever drives away is to be called again at once.
    """

    _name = "dealer.followup"
    _inherit = "dealer.followup"

    is_on_hold = fields.Boolean(
        "On Hold",
        compute="_compute_is_on_hold",
        search="_search_is_on_hold",
        help="Not to be called now: the car is in the workshop, a visit is booked or "
        "a complaint is open.",
    )

    hold_reason = fields.Selection(
        HOLD_REASONS,
        "Waits For",
        compute="_compute_hold_reason",
        help="What is to be over before the customer is called.",
    )

    @api.depends("state", "rule_id", "vehicle_id", "partner_id")
    def _compute_is_on_hold(self):
        held = self.search(Domain("id", "in", self.ids) & self._on_hold())
        for task in self:
            task.is_on_hold = task in held

    @api.depends("is_on_hold")
    def _compute_hold_reason(self):
        self.hold_reason = False
        waiting = self.filtered("is_on_hold")
        for reason, domain in self._holds().items() if waiting else ():
            held = self.search(Domain("id", "in", waiting.ids) & domain)
            (waiting & held).hold_reason = reason
            waiting -= held

    def _search_is_on_hold(self, operator, value):
        if operator != "in":
            return NotImplemented
        held = self._on_hold()
        if set(value) == {True, False}:
            return Domain.TRUE
        return held if True in value else ~held

    @api.model
    def _on_hold(self):
        """Domain of the follow-ups that wait."""
        return Domain.OR(self._holds().values())

    @api.model
    def _holds(self):
        """Domains of the follow-ups that wait, by what they wait for."""
        # shops see each other's visits and complaints here, whoever asks
        visits = self.env["dealer.reception"].sudo()
        # likewise
        complaints = self.env["dealer.complaint"].sudo()
        # a rule that was archived still says how its follow-ups are called
        rules = self.env["dealer.care.rule"].sudo().with_context(active_test=False)

        def those_of(name, records, domain):
            query = records._search(domain & Domain(name, "!=", False))
            column = records._field_to_sql(query.table, name, query)
            return Domain(name, "in", query.subselect(column))

        def ticked(name):
            return Domain("rule_id", "in", rules._search([(name, "=", True)]))

        return {
            "complaint": ticked("suppress_complaint")
            & (
                those_of("vehicle_id", complaints, COMPLAINT_IS_OPEN)
                | those_of("partner_id", complaints, COMPLAINT_IS_OPEN)
            ),
            "in_house": ticked("suppress_in_house")
            & those_of("vehicle_id", visits, CAR_IS_HERE),
            "booked": ticked("suppress_booked")
            & those_of("vehicle_id", visits, visit_is_booked()),
        }
