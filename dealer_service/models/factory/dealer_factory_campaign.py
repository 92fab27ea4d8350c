from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class DealerFactoryCampaign(models.Model):
    """A recall (召回) or a service campaign (服务活动) of the manufacturer.

    It is known by the VINs that it names. They are matched by the number whenever
    somebody looks at a car: one that becomes known to the shop later is found as well.
    See decision 0035.
    """

    _name = "dealer.factory.campaign"
    _description = "Recall or Campaign"
    _inherit = ["dealer.group.mixin", "mail.thread"]
    _order = "kind, date_from desc, id desc"
    _rec_names_search = ["name", "code"]

    name = fields.Char("Title", required=True, tracking=True)
    code = fields.Char(
        "Number of the Manufacturer", required=True, index="trigram", tracking=True
    )
    kind = fields.Selection(
        [("recall", "Recall"), ("service", "Service Campaign")],
        required=True,
        default="recall",
        tracking=True,
    )
    authority_number = fields.Char(
        "Number of the Authority",
        help="Under which the authority has published the recall.",
    )
    is_stop = fields.Boolean(
        "Do Not Drive",
        tracking=True,
        help="Owners are to leave the car standing until it is mended.",
    )
    text = fields.Text("For the Customer", help="What is wrong, in plain words.")
    work = fields.Text(help="What the workshop does, as the notice says it.")
    package_id = fields.Many2one(
        "sale.order.template",
        "Work and Parts",
        index="btree_not_null",
        ondelete="restrict",
        help="What is entered into the order of a car; the manufacturer pays it.",
    )
    date_from = fields.Date(
        "Begins On",
        required=True,
        default=lambda self: self.env.company._dealer_today(),
        tracking=True,
    )
    date_to = fields.Date(
        "Ends On", tracking=True, help="Empty: a recall ends when all cars are done."
    )
    company_id = fields.Many2one(
        "res.company",
        "Shop",
        index=True,
        default=lambda self: self._default_group_company_id(),
        help="Empty: for every shop of the group.",
    )
    active = fields.Boolean(default=True, tracking=True)
    car_ids = fields.One2many("dealer.factory.campaign.car", "campaign_id", "Cars")
    car_count = fields.Integer("Named Cars", compute="_compute_counts")
    done_count = fields.Integer("Done", compute="_compute_counts")
    here_count = fields.Integer(
        "Open Cars of Ours",
        compute="_compute_counts",
        help="Named cars that are customers' cars here and are not done.",
    )

    _code_uniq = models.UniqueIndex(
        "(code, (COALESCE(company_id, 0)))",
        "This campaign is on record already.",
    )
    _check_days = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "A campaign ends after it has begun.",
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for campaign in self:
            campaign.display_name = f"{campaign.code} {campaign.name}"

    @api.depends("car_ids.state")
    def _compute_counts(self):
        cars = self.env["dealer.factory.campaign.car"]
        states = cars._read_group(
            [("campaign_id", "in", self.ids)], ["campaign_id", "state"], ["__count"]
        )
        here = cars._read_group(
            [
                ("campaign_id", "in", self.ids),
                ("state", "=", "open"),
                ("is_known", "=", True),
            ],
            ["campaign_id"],
            ["__count"],
        )
        numbers = {(campaign.id, state): count for campaign, state, count in states}
        known = {campaign.id: count for campaign, count in here}
        for campaign in self:
            mine = {
                state: n for (key, state), n in numbers.items() if key == campaign.id
            }
            campaign.car_count = sum(mine.values())
            campaign.done_count = mine.get("done", 0)
            campaign.here_count = known.get(campaign.id, 0)

    def write(self, vals):
        self._check_recall_goes_on(vals)
        return super().write(vals)

    def _check_recall_goes_on(self, vals):
        """:raise UserError: for a recall that would be told no more while cars are
        open, whoever writes"""
        ended = self.filtered(lambda campaign: campaign._would_end(vals))
        # cars of other shops count as well, and there may be thousands
        cars = self.env["dealer.factory.campaign.car"].sudo()
        for campaign in ended:
            count = cars.search_count(
                [("campaign_id", "=", campaign.id), ("state", "=", "open")]
            )
            if count:
                raise UserError(
                    self.env._(
                        "%(campaign)s is a recall and %(count)s cars are open: it is "
                        "told until they are done. Whatever is not concerned is taken "
                        "off by its row, with a reason.",
                        campaign=campaign.display_name,
                        count=count,
                    )
                )

    def _would_end(self, vals):
        """Whether a recall would be told no more, or not to all it is told to now."""
        self.ensure_one()
        today = (self.company_id or self.env.company)._dealer_today()
        first = fields.Date.to_date(vals.get("date_from")) or self.date_from
        last = fields.Date.to_date(vals.get("date_to"))
        shop = vals.get("company_id", self.company_id.id) or False
        return self.kind == "recall" and (
            vals.get("kind", "recall") != "recall"
            or not vals.get("active", True)
            or bool(last and last < today)
            or first > max(today, self.date_from)
            or shop not in (False, self.company_id.id)
        )

    @api.model
    def _running(self, shop):
        """The campaigns that a shop carries out today."""
        today = shop._dealer_today()
        return (
            Domain("active", "=", True)
            & Domain("company_id", "in", (shop.id, False))
            & Domain("date_from", "<=", today)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
        )

    def action_view_cars(self):
        """The cars that the campaign names."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "dealer_service.dealer_factory_campaign_car_action"
        )
        action["domain"] = [("campaign_id", "=", self.id)]
        action["context"] = {"default_campaign_id": self.id}
        return action

    def action_open_import(self):
        """Enter the list of VINs."""
        self.ensure_one()
        self.check_access("write")
        return {
            **self.env["ir.actions.actions"]._for_xml_id(
                "dealer_service.dealer_campaign_import_action"
            ),
            "context": {"default_campaign_id": self.id},
        }
