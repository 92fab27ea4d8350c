from odoo import api, fields, models


class DealerCareOptout(models.Model):
    """No more calls of one kind about one car. It ends with the ownership."""

    _name = "dealer.care.optout"
    _description = "Opt-out of a Car"
    _inherit = "dealer.recorded.mixin"
    _order = "date desc, id desc"
    _rec_name = "vehicle_id"
    _RECORDED_FIELDS = frozenset({"date", "user_id"})

    vehicle_id = fields.Many2one(
        "fleet.vehicle", "Car", required=True, index=True, ondelete="cascade"
    )
    owner_id = fields.Many2one(
        "res.partner",
        compute="_compute_owner_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        help="A new owner decides for themselves.",
    )
    company_id = fields.Many2one(
        "res.company",
        "Recorded In",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        required=True,
        index=True,
        help="The shop that was told. Calls from all shops stop.",
    )
    source = fields.Selection(
        "_selection_source",
        "Kind of Call",
        required=True,
        help="Recalls and other calls made by hand cannot be declined here.",
    )
    reason = fields.Text(required=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        "Recorded By",
        required=True,
        readonly=True,
        index="btree_not_null",
        default=lambda self: self.env.user,
    )
    active = fields.Boolean(default=True)

    _vehicle_idx = models.Index("(vehicle_id, source) WHERE active")

    @api.model
    def _selection_source(self):
        sources = self.env["dealer.care.rule"]._fields["source"]
        labels = sources._description_selection(self.env)
        return [item for item in labels if item[0] != "manual"]

    @api.depends("vehicle_id")
    def _compute_owner_id(self):
        for optout in self:
            optout.owner_id = optout.owner_id or optout.vehicle_id.owner_id

    @api.depends("user_id")
    def _compute_company_id(self):
        """The shop in which it is entered; of older ones, that of who entered it."""
        for optout in self:
            is_new = not optout._origin.id
            company = self.env.company if is_new else optout.user_id.company_id
            optout.company_id = optout.company_id or company or self.env.company

    @api.model_create_multi
    def create(self, vals_list):
        optouts = super().create(vals_list)
        # tasks of colleagues stop as well
        self.env["dealer.followup"].sudo()._suppress_blocked(
            [("vehicle_id", "in", optouts.vehicle_id.ids)]
        )
        return optouts
