from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.car_drawing import BODIES
from .dealer_inspection import SHEET_FIELDS

#: Cars whose dashboard has no lamps of an engine, and none of a drive battery. What is
#: not known shows all.
NO_ENGINE = ("electric", "hydrogen")
NO_DRIVE_BATTERY = ("diesel", "gasoline", "cng", "lpg")


class DealerReception(models.Model):
    """The walk-around with the customer: one open sheet, signed versions kept."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    inspection_ids = fields.One2many("dealer.inspection", "reception_id", "Sheets")
    inspection_id = fields.Many2one(
        "dealer.inspection",
        "Current Sheet",
        compute="_compute_inspection_id",
        store=True,
        index="btree_not_null",
        help="The last version of the sheet.",
    )
    is_sheet_signed = fields.Boolean(compute="_compute_is_sheet_signed")
    mark_ids = fields.One2many(
        related="inspection_id.mark_ids", string="Damage Marks", readonly=False
    )
    lamp_ids = fields.Many2many(
        related="inspection_id.lamp_ids",
        string="Warning Lamps Lit",
        readonly=False,
    )
    inspection_note = fields.Text(
        related="inspection_id.note", string="Remarks", readonly=False
    )
    inspection_signed_by = fields.Char(
        related="inspection_id.signed_by", string="Signed By"
    )
    inspection_date_signed = fields.Datetime(
        related="inspection_id.date_signed", string="Signed On"
    )
    drawing_body = fields.Char(
        compute="_compute_drawing_body",
        compute_sudo=True,
        help="Which drawing shows the car: sedan, suv, van or pickup.",
    )

    is_electric = fields.Boolean(
        compute="_compute_is_electric",
        compute_sudo=True,
        help="Runs on electricity alone: what is read is the charge, not the fuel.",
    )

    has_engine = fields.Boolean(compute="_compute_is_electric", compute_sudo=True)
    has_drive_battery = fields.Boolean(
        compute="_compute_is_electric", compute_sudo=True
    )

    @api.depends("vehicle_id.fuel_type")
    def _compute_is_electric(self):
        for reception in self:
            energy = reception.vehicle_id.fuel_type
            reception.is_electric = energy == "electric"
            reception.has_engine = energy not in NO_ENGINE
            reception.has_drive_battery = energy not in NO_DRIVE_BATTERY

    @api.depends("inspection_ids.version")
    def _compute_inspection_id(self):
        for reception in self:
            reception.inspection_id = reception.inspection_ids.sorted("version")[-1:]

    @api.depends("inspection_id.state")
    def _compute_is_sheet_signed(self):
        for reception in self:
            reception.is_sheet_signed = reception.inspection_id.state == "signed"

    def _check_sheet_open(self, vals):
        """What the customer signed for stays: it changes with a new version only."""
        for reception in self:
            if any(
                reception[name] != vals[name] for name in SHEET_FIELDS if name in vals
            ):
                reception.inspection_id._check_open()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        for reception in self:
            if "signed" in reception.inspection_ids.mapped("state"):
                raise UserError(
                    self.env._(
                        "%(visit)s has a sheet signed by the customer, which must "
                        "be kept even if the visit did not go ahead.",
                        visit=reception.name,
                    )
                )

    def _open_sheets(self):
        self.env["dealer.inspection"].create(
            [
                {"reception_id": reception.id}
                for reception in self
                if not reception.inspection_ids
            ]
        )

    def _open_inspection(self):
        """The sheet that can still be written on; created when there is none.

        :raise UserError: when the last version has been signed
        """
        self.ensure_one()
        sheet = self.inspection_id
        if sheet:
            sheet._check_open()
            return sheet
        return self.env["dealer.inspection"].create({"reception_id": self.id})

    def action_sign_inspection(self):
        """Open the dialog in which the customer signs the sheet.

        :raise UserError: while the odometer is not read, before anybody has signed
        """
        self.ensure_one()
        self._open_inspection()._check_reading()
        return self._signature_dialog("inspection")

    def action_new_inspection_version(self):
        """Something was missed on the signed sheet: go on with a new version."""
        self.ensure_one()
        if not self.inspection_id:
            raise UserError(
                self.env._("%(visit)s has no inspection sheet yet.", visit=self.name)
            )
        self.inspection_id.action_new_version()
        return True

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
