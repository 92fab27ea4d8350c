from odoo import api, fields, models


class FleetVehicleModel(models.Model):
    """How much cars of one model are usually driven."""

    _name = "fleet.vehicle.model"
    _inherit = "fleet.vehicle.model"

    km_per_day = fields.Float(
        "Usual Mileage (km/day)",
        readonly=True,
        copy=False,
        digits=(8, 1),
        help="Median of the cars whose mileage per day is known. Used for cars "
        "whose mileage per day is unknown. Recalculated every night.",
    )

    @api.model
    def _update_habits(self):
        """The median of each model; only those that have changed are written."""
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE fleet_vehicle_model model SET km_per_day = habit.median
            FROM (
                SELECT model_id, round(percentile_cont(0.5) WITHIN GROUP
                    (ORDER BY km_per_day)::numeric, 1) AS median
                FROM fleet_vehicle
                WHERE km_confidence > 0 AND is_customer_vehicle
                GROUP BY model_id
            ) habit
            WHERE habit.model_id = model.id
            AND model.km_per_day IS DISTINCT FROM habit.median"""
        )
        self.invalidate_model(["km_per_day"])
