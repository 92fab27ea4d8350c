from odoo import api, fields, models

from ..tools.car_drawing import BODIES


class DealerReception(models.Model):
    """The drawing of the car, and the damage that earlier visits know of."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    drawing_body = fields.Char(
        compute="_compute_drawing_body",
        compute_sudo=True,
        help="Which drawing shows the car: sedan, suv, van or pickup.",
    )

    @api.depends("vehicle_id.model_id.body_type")
    def _compute_drawing_body(self):
        for reception in self:
            body = reception.vehicle_id.model_id.body_type
            reception.drawing_body = body if body in BODIES else BODIES[0]

    def get_previous_marks(self):
        """Damage marked on the last earlier visit of the same car, in this company.

        :return: a list of dicts with ``zone, x, y`` (percent of the drawing), ``kind,
            severity, note`` and ``date``, the day of that visit (ISO)
        """
        self.ensure_one()
        self.check_access("read")
        previous = self.search(
            [
                ("vehicle_id", "=", self.vehicle_id.id),
                ("company_id", "=", self.company_id.id),
                ("id", "!=", self._origin.id),
                ("inspection_id", "!=", False),
                ("date_arrived", "<", self.date_arrived or fields.Datetime.now()),
            ],
            order="date_arrived desc, id desc",
            limit=1,
        )
        if not self.vehicle_id or not previous:
            return []
        day = previous.company_id._dealer_day(previous.date_arrived)
        return [
            {
                "zone": mark.zone,
                "x": mark.x,
                "y": mark.y,
                "kind": mark.kind,
                "severity": mark.severity,
                "note": mark.note or "",
                "date": fields.Date.to_string(day),
            }
            for mark in previous.inspection_id.mark_ids
        ]
