from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [("open", "Being Inspected"), ("done", "Finished")]


class DealerMultipointSheet(models.Model):
    """An inspection by item of one visit (车况检查单): who looked at what, and when.

    It has a row for each item that was judged, and none for the others. Finished, it
    never changes again; what is measured anew later is another sheet.
    """

    _name = "dealer.multipoint.sheet"
    _description = "Inspection by Item"
    _inherit = "dealer.process.mixin"
    _order = "date_begun desc, id desc"
    _rec_name = "reception_id"
    _transitions = frozenset({("open", "done")})
    _COMPLETIONS = ("_begin_sheets",)
    _INTAKE = ("_check_car_is_here", "_mark_visits")
    _RECORDED_FIELDS = frozenset(
        {
            "reception_id",
            "template_id",
            "state",
            "odometer",
            "date_begun",
            "date_done",
            "user_id",
            "done_by_id",
        }
    )
    _CHOSEN_FIELDS = frozenset({"reception_id", "template_id"})

    reception_id = fields.Many2one(
        "dealer.reception", "Visit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="reception_id.company_id", store=True, precompute=True, index=True
    )
    vehicle_id = fields.Many2one(
        related="reception_id.vehicle_id",
        string="Car",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    license_plate = fields.Char(related="reception_id.license_plate")
    advisor_id = fields.Many2one(related="reception_id.advisor_id")
    reception_state = fields.Selection(
        related="reception_id.state", string="State of the Visit"
    )
    template_id = fields.Many2one(
        "dealer.multipoint.template",
        "List",
        required=True,
        index=True,
        ondelete="restrict",
    )
    state = fields.Selection(
        STATES, required=True, default="open", readonly=True, copy=False
    )
    odometer = fields.Integer("Odometer (km)", readonly=True, aggregator=None)
    date_begun = fields.Datetime("Begun On", required=True, readonly=True, copy=False)
    date_done = fields.Datetime("Finished On", readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users", "Begun By", required=True, readonly=True, ondelete="restrict"
    )
    done_by_id = fields.Many2one(
        "res.users", "Finished By", readonly=True, copy=False, ondelete="restrict"
    )

    # what was found
    finding_ids = fields.One2many(
        "dealer.multipoint.finding", "sheet_id", "Findings", copy=False
    )
    green_count = fields.Integer("Green", compute="_compute_counts", store=True)
    amber_count = fields.Integer("Amber", compute="_compute_counts", store=True)
    red_count = fields.Integer("Red", compute="_compute_counts", store=True)
    to_offer_count = fields.Integer(
        "Not Offered Yet",
        compute="_compute_counts",
        store=True,
        help="Amber and red, and on no estimate.",
    )
    minutes = fields.Float(
        digits=(8, 1),
        compute="_compute_minutes",
        store=True,
        aggregator="avg",
        help="From the first judgement to the last.",
    )
    seconds_each = fields.Float(
        "Seconds an Item",
        digits=(8, 1),
        compute="_compute_minutes",
        store=True,
        aggregator="avg",
        help="Who judges an item in two seconds has not looked at it.",
    )

    _one_open = models.UniqueIndex(
        "(reception_id) WHERE state = 'open'",
        "An inspection of this visit is going on already. Open that one.",
    )
    _to_offer_idx = models.Index("(company_id) WHERE to_offer_count > 0")

    @api.depends("finding_ids.colour", "finding_ids.date_offered")
    def _compute_counts(self):
        for sheet in self:
            by_colour = sheet.finding_ids.grouped("colour")
            for colour in ("green", "amber", "red"):
                sheet[f"{colour}_count"] = len(by_colour.get(colour, ()))
            sheet.to_offer_count = len(sheet.finding_ids._to_offer())

    @api.depends("finding_ids.date")
    def _compute_minutes(self):
        for sheet in self:
            dates = sheet.finding_ids.mapped("date")
            seconds = (max(dates) - min(dates)).total_seconds() if dates else 0
            sheet.minutes = seconds / 60
            # the first one was looked at before it was judged
            sheet.seconds_each = seconds / (len(dates) - 1) if len(dates) > 1 else 0

    @api.depends("reception_id.name", "date_begun")
    def _compute_display_name(self):
        for sheet in self:
            day = sheet.date_begun and sheet.company_id._dealer_format(sheet.date_begun)
            sheet.display_name = f"{sheet.reception_id.name} {day or ''}".strip()

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def _begin_sheets(self, vals_list):
        """It is of whoever begins it, now, by the list that fits the car."""
        # one open sheet a visit: the index must see which are finished
        self.flush_model(["state"])
        for vals in vals_list:
            visit = self.env["dealer.reception"].browse(vals.get("reception_id"))
            visit.check_access("read")
            if visit and not vals.get("template_id"):
                vals["template_id"] = self._list_for(visit).id
            vals.update(
                odometer=visit.odometer,
                date_begun=fields.Datetime.now(),
                user_id=self.env.uid,
            )

    @api.model
    def _list_for(self, visit):
        """:raise UserError: where no list fits the car"""
        template = self.env["dealer.multipoint.template"]._for_visit(visit)
        if not template:
            raise UserError(
                self.env._(
                    "No inspection list fits %(car)s. A service manager can make one, "
                    "or take one for all models.",
                    car=visit.display_name,
                )
            )
        return template

    def _check_car_is_here(self):
        """:raise UserError: for a car that nobody can look at"""
        if not self._is_by_method():
            self.reception_id._check_can_inspect()

    def _mark_visits(self):
        # the record of the process, which a technician does not write
        self.sudo().reception_id._write_by_method({"is_multipoint": True})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_judged(self):
        for sheet in self:
            # whoever deletes it may not see every row
            if sheet.sudo().finding_ids:
                raise UserError(
                    self.env._(
                        "%(sheet)s has judged items and is part of the history of the "
                        "car.",
                        sheet=sheet.display_name,
                    )
                )

    def _check_open(self):
        """:raise UserError: for a sheet that is finished"""
        for sheet in self:
            if sheet.state != "open":
                # a colleague is no secret, whoever may read users
                person = sheet.sudo().done_by_id.name
                raise UserError(
                    self.env._(
                        "%(sheet)s was finished by %(person)s and stays as it is. "
                        "Begin another inspection to measure anew.",
                        sheet=sheet.display_name,
                        person=person,
                    )
                )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_finish(self):
        """Every item was judged; what is red has words, a value or a photo.

        :raise UserError: naming what is missing
        """
        self.check_access("write")
        for sheet in self:
            sheet._check_open()
            sheet._check_complete()
            sheet._check_move("done")
            sheet._write_by_method(
                {
                    "state": "done",
                    "date_done": fields.Datetime.now(),
                    "done_by_id": self.env.uid,
                }
            )
            sheet._tell_advisor()
        return True

    def _check_complete(self):
        self.ensure_one()
        items = self.template_id._items_for(self.company_id)
        missing = items - self.finding_ids.item_id
        if missing:
            raise UserError(
                self.env._(
                    "Not looked at yet (%(count)s): %(items)s.",
                    count=len(missing),
                    items=", ".join(missing[:5].mapped("name")),
                )
            )
        mute = self.finding_ids.filtered(
            lambda finding: (
                finding.colour == "red"
                and not (finding.is_measured or finding.note or finding.has_photo)
            )
        )
        if mute:
            raise UserError(
                self.env._(
                    "Say what is wrong, or take a photo: %(items)s.",
                    items=", ".join(mute.mapped("item_id.name")),
                )
            )

    def action_open_visit(self):
        """The visit of the sheet."""
        self.ensure_one()
        self.check_access("read")
        return self.reception_id._get_records_action()
