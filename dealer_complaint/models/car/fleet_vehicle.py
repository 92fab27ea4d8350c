from odoo import api, fields, models


class FleetVehicle(models.Model):
    """The car whose owner waits for an answer."""

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    open_complaint_count = fields.Integer(
        "Open Complaints", compute="_compute_open_complaint_count"
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_open_complaint_count(self):
        counts = self.env["dealer.complaint"]._count_open_by("vehicle_id", self.ids)
        for vehicle in self:
            vehicle.open_complaint_count = counts.get(vehicle._origin.id, 0)

    def _arrival_notices(self):
        complaints = self.env["dealer.complaint"]._open_by_car(self, self.env.company)
        return [
            (
                "danger",
                self.env._("Open complaint: %(complaint)s", complaint=one.display_name),
            )
            for one in complaints.get(self.id, ())
        ] + super()._arrival_notices()

    def action_new_complaint(self):
        """A complaint about this car, with everything known filled in."""
        self.ensure_one()
        return self.env["dealer.complaint"]._new_action(**self._complaint_vals())

    def action_view_complaints(self):
        """The complaints about this car."""
        self.ensure_one()
        return self.env["dealer.complaint"]._list_action(
            [("vehicle_id", "=", self.id)], **self._complaint_vals()
        )

    def _complaint_vals(self):
        """What a complaint about this car knows: its owner, and its visit of today."""
        self.ensure_one()
        visit = self._visit_in_house()
        return {
            "partner_id": (visit.partner_id or self.owner_id).id,
            "vehicle_id": self.id,
            "reception_id": visit.id,
        }
