from odoo import api, fields, models

from ...tools.without_person import without_person


class DealerComplaint(models.Model):
    """What a customer said, as the factory may read it."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    anonymous_words = fields.Text(
        "Words Without Personal Data",
        compute="_compute_anonymous_words",
        help="What the customer said, without names, telephone numbers and plates.",
    )

    @api.depends("description", "partner_id", "vehicle_id", "reception_id")
    def _compute_anonymous_words(self):
        for complaint in self:
            complaint.anonymous_words = without_person(
                complaint.description, complaint._known_of_person()
            )

    def _known_of_person(self):
        """Names, numbers and plates that the program knows, in any order."""
        # what is taken out is shown to nobody
        known = self.sudo()
        car, visit = known.vehicle_id, known.reception_id
        people = known.partner_id | car.owner_id | car.contact_id
        people |= visit.partner_id | visit.contact_id
        people |= people.commercial_partner_id
        people |= (known.user_id | known.first_receiver_id).partner_id
        return {
            *people.mapped("name"),
            *people.mapped("phone"),
            *people.mapped("email"),
            car.license_plate,
            car.vin_sn,
            known.license_plate,
            visit.license_plate,
        }
