from odoo import api, fields, models

from odoo.addons.dealer_service.tools.actions import open_list


class DealerActivity(models.Model):
    """Help in a disaster area: whose cars are there, who tows, what nobody must do."""

    _name = "dealer.activity"
    _inherit = "dealer.activity"

    affected = fields.Integer(
        "Cars in the Area",
        compute="_compute_affected",
        help="Customer cars whose owner lives in the area or whose plate is from "
        "there, whether they may be invited or not.",
    )
    tow_partner_id = fields.Many2one(
        "res.partner",
        "Towing Company",
        index="btree_not_null",
        check_company=True,
    )
    tow_phone = fields.Char(
        "Towing Phone",
        compute="_compute_tow_phone",
        store=True,
        readonly=False,
        help="Read out by callers and printed on the route sheet.",
    )
    safety_notice = fields.Text(
        translate=True,
        help="Read out by callers and printed on the route sheet. Empty: the notice "
        "that this kind of activity has.",
    )

    @api.depends("kind", "area", "vehicle_domain", "company_id")
    def _compute_affected(self):
        for activity in self:
            # without an area every car of the base would be affected
            activity.affected = (
                self.env["fleet.vehicle"].search_count(activity._affected_domain())
                if activity.kind == "disaster" and activity.area
                else 0
            )

    @api.depends("tow_partner_id")
    def _compute_tow_phone(self):
        for activity in self:
            activity.tow_phone = activity.tow_partner_id.phone or activity.tow_phone

    def action_view_affected(self):
        """The cars in the area, with their owners."""
        self.ensure_one()
        self.check_access("read")
        return open_list(
            self.env["fleet.vehicle"],
            self.env._("Cars in the Area"),
            list(self._affected_domain()),
        )

    def _affected_domain(self):
        self.ensure_one()
        shops = [self.company_id.id, False]
        return self._vehicle_domain() & fields.Domain("company_id", "in", shops)

    def _safety_words(self):
        """What nobody must do now, in the language of the reader."""
        return self.safety_notice or self.kind_safety_notice or ""
