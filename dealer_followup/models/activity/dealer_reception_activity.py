from odoo import fields, models

from .dealer_activity_states import OPEN_STATES


class DealerReception(models.Model):
    """The visit as the effect of an activity, or as a job on its site."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"
    # what a visit is the effect of follows from who came, not from a wish
    _RECORDED_FIELDS = frozenset({"activity_id", "invitee_id"})
    _ENTER_STEPS = ((("arrived",), "_credit_activity"),)

    activity_id = fields.Many2one(
        "dealer.activity",
        "Came Through",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The activity that led to this visit.",
    )
    invitee_id = fields.Many2one(
        "dealer.activity.invitee",
        "Job on Site Of",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="set null",
    )

    def _credit_activity(self):
        """Say once which activity has brought the car, and to whom it owes the bill."""
        # the advisor has no rights on activities
        visits = self.sudo().filtered(lambda v: v.vehicle_id and not v.activity_id)
        if visits:
            visits._claim_activity()

    def _claim_activity(self):
        effects = self.env["dealer.activity.effect"]
        # most cars were never invited: they cost two queries in all, not two each
        invited = {
            car.id
            for model in ("dealer.activity.effect", "dealer.activity.invitee")
            for [car] in self.env[model]._read_group(
                [("vehicle_id", "in", self.vehicle_id.ids)], ["vehicle_id"]
            )
        }
        for visit in self:
            if visit.vehicle_id.id not in invited and not visit.invitee_id:
                continue
            activity = visit.invitee_id.activity_id or effects._claim(visit)
            if not activity:
                continue
            visit.activity_id = activity
            visit._living_orders().filtered(
                lambda order: not order.campaign_id
            ).campaign_id = activity.campaign_id
            visit._note_attendance(activity)

    def _note_attendance(self, activity):
        """To an activity without seats one comes by bringing the car."""
        if activity.has_seats or activity.state not in OPEN_STATES:
            return
        if self.date_arrived > activity.date_end:
            return
        rows = self.env["dealer.activity.invitee"].search(
            [
                ("activity_id", "=", activity.id),
                ("vehicle_id", "=", self.vehicle_id.id),
                ("state", "not in", ("attended", "excluded")),
            ]
        )
        rows._set_state("attended", date_attended=self.date_arrived)


class SaleOrder(models.Model):
    """Orders of the visit carry the campaign; their invoices take it from them."""

    _name = "sale.order"
    _inherit = "sale.order"

    def _with_visit(self, vals):
        vals = super()._with_visit(vals)
        if vals.get("reception_id"):
            visit = self.env["dealer.reception"].browse(vals["reception_id"])
            # the advisor has no rights on activities
            campaign = visit.sudo().activity_id.campaign_id
            if campaign:
                vals = {"campaign_id": campaign.id, **vals}
        return vals
