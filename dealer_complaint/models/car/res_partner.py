from odoo import api, fields, models

from ..common.dealer_complaint_states import OPEN_STATES


class ResPartner(models.Model):
    """The customer who waits for an answer."""

    _name = "res.partner"
    _inherit = "res.partner"

    open_complaint_count = fields.Integer(
        "Open Complaints",
        compute="_compute_open_complaint_count",
        groups="base.group_user",
    )

    def _compute_display_name(self):
        """Who stands for everybody unknown is called so in the reader's language."""
        result = super()._compute_display_name()
        unknown = self.env["ir.model.data"]._xmlid_to_res_id(
            "dealer_complaint.partner_unknown"
        )
        for partner in self:
            if partner._origin.id == unknown:
                partner.display_name = self.env._("Unknown Customer")
        return result

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_open_complaint_count(self):
        counts = self.env["dealer.complaint"]._count_open_by("partner_id", self.ids)
        for partner in self:
            partner.open_complaint_count = counts.get(partner._origin.id, 0)

    def action_new_complaint(self):
        """A complaint of this customer; about the car, when it is the only one."""
        self.ensure_one()
        return self.env["dealer.complaint"]._new_action(**self._complaint_vals())

    def action_view_complaints(self):
        """The complaints of this customer."""
        self.ensure_one()
        return self.env["dealer.complaint"]._list_action(
            [("partner_id", "child_of", self.id)], **self._complaint_vals()
        )

    def _complaint_vals(self):
        """What a complaint of this customer knows."""
        self.ensure_one()
        cars = self.vehicle_ids
        return {
            "partner_id": self.id,
            "vehicle_id": cars.id if len(cars) == 1 else False,
        }

    def _is_something_open(self):
        people = self._forgotten_people()
        return super()._is_something_open() or bool(
            self.env["dealer.complaint"].search_count(
                [("partner_id", "in", people.ids), ("state", "in", OPEN_STATES)],
                limit=1,
            )
        )
