from odoo import fields, models
from odoo.tools import SQL

_THRESHOLDS = {
    "dealer_dormant_months",
    "dealer_lost_months",
    "dealer_class_a_visits",
    "dealer_class_b_visits",
}


class ResCompany(models.Model):
    """When a customer counts as dormant, as lost, and in which class he is."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_dormant_months = fields.Integer(
        "Dormant After (months)",
        default=6,
        required=True,
        help="Months without a visit; at least one service interval.",
    )
    dealer_lost_months = fields.Integer(
        "Lost After (months)", default=12, required=True, help="Months without a visit."
    )
    dealer_class_a_visits = fields.Integer(
        "Class A From (paid visits a year)", default=4, required=True
    )
    dealer_class_b_visits = fields.Integer(
        "Class B From (paid visits a year)", default=2, required=True
    )

    _check_dealer_months = models.Constraint(
        "CHECK(dealer_dormant_months > 0 AND dealer_lost_months >"
        " dealer_dormant_months)",
        "Customers must become dormant before they are lost, and not immediately.",
    )
    _check_dealer_classes = models.Constraint(
        "CHECK(dealer_class_b_visits > 1"
        " AND dealer_class_a_visits > dealer_class_b_visits)",
        "Class A must require more visits than class B, and class B more than one.",
    )

    def write(self, vals):
        result = super().write(vals)
        if _THRESHOLDS & set(vals):
            self._forget_life_cycles()
        return result

    def _forget_life_cycles(self):
        """Other boundaries: the night looks at every car of these shops again."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE fleet_vehicle SET life_cycle_next_date = NULL"
                " WHERE home_company_id IN %s",
                tuple(self.ids),
            )
        )
        self.env["fleet.vehicle"].invalidate_model(["life_cycle_next_date"], False)
        # whoever saves the settings may have no right on scheduled actions
        self.env.ref("dealer_followup.ir_cron_dealer_life_cycle").sudo()._trigger()
