from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.actions import open_dialog
from ...tools.arguments import TEXT, arguments
from ...tools.vin import vin_key, vin_problem

#: How long what was done is kept where no period is entered.
_YEARS = 5


class DealerFactoryCampaignCar(models.Model):
    """A VIN that a campaign names, whether or not the car is known here."""

    _name = "dealer.factory.campaign.car"
    _description = "Car of a Recall or Campaign"
    _inherit = ["dealer.group.mixin", "dealer.process.mixin"]
    _order = "campaign_id, vin_key"
    _rec_name = "vin"
    _RECORDED_FIELDS = frozenset(
        {
            "campaign_id",
            "date_done",
            "date_known",
            "date_reported",
            "done_company_id",
            "done_user_id",
            "order_id",
            "reason",
            "reception_id",
            "vin",
        }
    )
    _CHOSEN_FIELDS = frozenset({"campaign_id", "vin"})
    _transitions = frozenset(
        {
            ("open", "done"),
            ("open", "excluded"),
            ("excluded", "open"),
            ("done", "open"),
        }
    )

    campaign_id = fields.Many2one(
        "dealer.factory.campaign",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="campaign_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(related="campaign_id.kind")
    vin = fields.Char("VIN", required=True)
    vin_key = fields.Char(
        "VIN (Key)", compute="_compute_vin_key", store=True, precompute=True
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle", "Car", compute="_compute_vehicle_id", compute_sudo=False
    )
    is_known = fields.Boolean(
        "Customer's Car", compute="_compute_vehicle_id", search="_search_is_known"
    )
    state = fields.Selection(
        [("open", "Not Done"), ("done", "Done"), ("excluded", "Not Concerned")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
    )
    date_known = fields.Date(
        "Named On",
        required=True,
        readonly=True,
        default=lambda self: self.env.company._dealer_today(),
    )
    reception_id = fields.Many2one(
        "dealer.reception",
        "Visit",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    order_id = fields.Many2one(
        "sale.order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The order by which it was last offered.",
    )
    date_done = fields.Datetime("Done On", readonly=True, copy=False)
    done_user_id = fields.Many2one(
        "res.users", "Recorded By", readonly=True, copy=False, ondelete="restrict"
    )
    done_company_id = fields.Many2one(
        "res.company",
        "Recorded at Shop",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The shop that has done it, or was told that it is done.",
    )
    reason = fields.Char("Why", readonly=True, copy=False)
    date_reported = fields.Datetime(
        "Reported On", readonly=True, copy=False, help="To the manufacturer."
    )

    _vin_uniq = models.UniqueIndex(
        "(campaign_id, vin_key)", "The campaign names this car already."
    )
    _open_idx = models.Index("(vin_key) WHERE state = 'open'")

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("vin")
    def _compute_vin_key(self):
        for row in self:
            row.vin_key = vin_key(row.vin)

    @api.depends("vin_key")
    @api.depends_context("allowed_company_ids", "uid")
    def _compute_vehicle_id(self):
        """The car with this number now: cards come, go and are corrected."""
        cars = self.env["fleet.vehicle"].search(
            [
                ("vin_key", "in", self.mapped("vin_key")),
                ("is_customer_vehicle", "=", True),
            ]
        )
        by_key = cars.grouped("vin_key")
        for row in self:
            car = by_key.get(row.vin_key, cars.browse())[:1]
            row.vehicle_id = car
            row.is_known = bool(car)

    def _search_is_known(self, operator, value):
        if operator != "in":
            return NotImplemented
        cars = self.env["fleet.vehicle"]._search(
            [("is_customer_vehicle", "=", True), ("vin_key", "!=", False)]
        )
        keys = cars.subselect(SQL.identifier(cars.table, "vin_key"))
        known = Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "%s IN %s", SQL.identifier(alias, "vin_key"), keys
            )
        )
        return known if True in value else ~known

    @api.constrains("vin")
    def _check_vin(self):
        for row in self:
            if vin_problem(row.vin) in ("length", "letters") or not row.vin_key:
                raise ValidationError(
                    self.env._("“%s” is not a vehicle identification number.", row.vin)
                )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_ask_excluded(self):
        """Ask why the car is not concerned."""
        self.ensure_one()
        self._check_move("excluded")
        return self.env["dealer.reason.wizard"]._open("campaign_excluded", self)

    @arguments(reason=TEXT)
    def action_exclude(self, reason=None):
        """The manufacturer has taken the car off, or it was scrapped or exported.

        :raise UserError: without a reason
        """
        self.check_access("write")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Please give a reason."))
        for row in self:
            row._check_move("excluded")
        return self._write_by_method(
            {"state": "excluded", "reason": reason, "done_user_id": self.env.uid}
        )

    def action_include(self):
        """It is concerned after all.

        :raise UserError: for a car that is done
        """
        self.check_access("write")
        for row in self:
            row._check_move("open")
            if row.state == "done":
                raise UserError(
                    self.env._(
                        "%s is done. If that was a mistake, take it back with a "
                        "reason.",
                        row.vin,
                    )
                )
        return self._write_by_method(
            {"state": "open", "reason": False, "done_user_id": False}
        )

    @arguments(reason=TEXT)
    def action_done_elsewhere(self, reason=None):
        """Another shop has done it, or it was done before it was asked for.

        :raise AccessError: for a row of the group whose car no shop of the user looks
            after
        :raise UserError: without saying where and when
        """
        self._check_may_record()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say where and when it was done."))
        # judged above: the list may be the group's, the car is the shop's
        return self.sudo()._finish(reason=reason)

    def action_ask_done_elsewhere(self):
        """Ask where it was done."""
        self.ensure_one()
        self._check_move("done")
        return self.env["dealer.reason.wizard"]._open("campaign_elsewhere", self)

    def action_ask_not_done(self):
        """Ask why it is not done after all."""
        self.ensure_one()
        self._check_taken_back()
        return self.env["dealer.reason.wizard"]._open("campaign_not_done", self)

    @arguments(reason=TEXT)
    def action_not_done(self, reason=None):
        """“Done Elsewhere” was a mistake: the car is open again.

        What was entered, by whom and why it is taken back stays in the log of the
        campaign.

        :raise AccessError: as for “Done Elsewhere”
        :raise UserError: without a reason, and for what a visit here has done
        """
        self._check_may_record()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Please give a reason."))
        self._check_taken_back()
        # judged above: the list may be the group's, the car is the shop's
        for row in self.sudo():
            row.campaign_id.message_post(
                body=self.env._(
                    "%(vin)s is not done after all: %(reason)s. It was entered by "
                    "%(user)s: %(former)s",
                    vin=row.vin,
                    reason=reason,
                    user=row.done_user_id.name,
                    former=row.reason,
                ),
                author_id=self.env.user.partner_id.id,
            )
        # as above
        return self.sudo()._write_by_method(
            {
                "state": "open",
                "reason": False,
                "date_done": False,
                "date_reported": False,
                "done_user_id": False,
                "done_company_id": False,
            }
        )

    def action_open_file(self):
        """Write these cars into a file for the manufacturer."""
        self.check_access("read")
        return open_dialog(
            self.env["dealer.factory.file"],
            self.env._("File for the Manufacturer"),
            car_ids=self.ids,
        )

    def action_reported(self):
        """The manufacturer was told that these cars are done.

        :raise AccessError: as for “Done Elsewhere”
        :raise UserError: for a car that is not done
        """
        self._check_may_record()
        for row in self:
            if row.state != "done":
                raise UserError(
                    self.env._("%s is not done: there is nothing to report.", row.vin)
                )
        # judged above: the list may be the group's, the car is the shop's
        new = self.sudo().filtered(lambda row: not row.date_reported)
        return new._write_by_method({"date_reported": fields.Datetime.now()})

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _check_taken_back(self):
        """:raise UserError: for what is not done, or was done by a visit here"""
        for row in self:
            # a visit of whichever shop
            if row.state != "done" or row.sudo().reception_id:
                raise UserError(
                    self.env._(
                        "%s: only what was entered as done elsewhere is taken back.",
                        row.vin,
                    )
                )

    def _finish(self, visit=None, reason=False):
        """What the campaign asks for was done, with a visit or elsewhere."""
        for row in self:
            row._check_move("done")
        return self._write_by_method(
            {
                "state": "done",
                "reception_id": visit.id if visit else False,
                "date_done": fields.Datetime.now(),
                "done_user_id": self.env.uid,
                "done_company_id": (visit.company_id if visit else self.env.company).id,
                "reason": reason,
            }
        )

    @api.model
    def _open_for(self, keys, shop):
        """The open rows of running campaigns for these VINs, "do not drive" first."""
        keys = [key for key in keys if key]
        if not keys:
            return self.browse()
        # who receives or delivers a car is told, whatever else they may read
        rows = self.sudo().search(
            Domain("vin_key", "in", keys)
            & Domain("state", "=", "open")
            & Domain("campaign_id", "any", self.campaign_id._running(shop))
        )
        rows = rows.sorted(
            lambda row: (not row.campaign_id.is_stop, row.kind != "recall", row.id)
        )
        return rows.with_env(self.env)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        """What was done is kept for the years the law asks for."""
        # the law holds for whoever deletes
        retention = self.env["dealer.retention"].sudo()
        known = retention.search([("code", "=", "recall")], limit=1)
        years = known.years if known else _YEARS
        limit = fields.Datetime.now() - relativedelta(years=years)
        for row in self:
            if row.state == "done" and row.date_done > limit:
                raise UserError(
                    self.env._(
                        "%(vin)s: what was done for a recall is kept for %(years)s "
                        "years.",
                        vin=row.vin,
                        years=years,
                    )
                )
