from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import groups
from ...tools.actions import open_dialog, open_form
from ...tools.arguments import TEXT, arguments


class DealerHealthRecord(models.Model):
    """What the authority wants to know of a settled repair (汽车电子健康档案).

    Shops of the first and second class upload each of them. The record is the visit as
    it was settled; here stands whether it has arrived. The upload itself is done by
    hand, from a file: the platforms of the provinces differ.
    """

    _name = "dealer.health.record"
    _description = "Electronic Health File of a Car"
    _inherit = "dealer.process.mixin"
    _order = "date_settled desc, id desc"
    _rec_name = "reception_id"
    _check_company_auto = True
    _RECORDED_FIELDS = frozenset(
        {
            "company_id",
            "date_settled",
            "date_uploaded",
            "reason",
            "reception_id",
            "upload_user_id",
        }
    )
    _GUARDS = ((("receipt",), "_check_uploaded"),)
    _transitions = frozenset(
        {
            ("open", "uploaded"),
            ("open", "refused"),
            ("uploaded", "refused"),
            ("refused", "uploaded"),
            ("uploaded", "open"),
        }
    )

    reception_id = fields.Many2one(
        "dealer.reception",
        "Visit",
        required=True,
        readonly=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", "Shop", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [("open", "To Upload"), ("uploaded", "Uploaded"), ("refused", "Sent Back")],
        required=True,
        readonly=True,
        default="open",
        copy=False,
    )
    date_settled = fields.Datetime("Settled On", required=True, readonly=True)
    date_uploaded = fields.Datetime("Uploaded On", readonly=True, copy=False)
    upload_user_id = fields.Many2one(
        "res.users", "Uploaded By", readonly=True, copy=False, ondelete="restrict"
    )
    receipt = fields.Char("Number of the Receipt", copy=False)
    reason = fields.Char("Sent Back Because", readonly=True, copy=False)

    # what is uploaded
    filing_number = fields.Char(related="company_id.dealer_filing_number")
    license_plate = fields.Char(related="reception_id.license_plate")
    vin = fields.Char("VIN", related="reception_id.vehicle_id.vin_sn")
    date_arrived = fields.Datetime(related="reception_id.date_arrived")
    odometer = fields.Integer(related="reception_id.odometer")
    odometer_out = fields.Integer(related="reception_id.odometer_out")
    number = fields.Char("Settlement No.", related="reception_id.name")
    fault_text = fields.Text("Faults", compute="_compute_content")
    labour_text = fields.Text("Work Done", compute="_compute_content")
    part_text = fields.Text("Parts", compute="_compute_content")
    amount = fields.Monetary(
        "Settled At", compute="_compute_content", groups=groups.ADVISOR
    )

    _visit_uniq = models.UniqueIndex(
        "(reception_id)", "The visit has its record already."
    )
    _open_idx = models.Index("(company_id, date_settled) WHERE state <> 'uploaded'")

    @api.depends("reception_id")
    def _compute_content(self):
        for record in self:
            # the record of the law, whoever may see prices of the visit
            visit = record.reception_id.sudo()
            rows = visit._settlement_rows()
            record.fault_text = "；".join(visit.concern_ids.mapped("name"))
            record.labour_text = "；".join(
                f"{row['name']} {row['hours']:g}h"
                for row in rows
                if row["kind"] != "part" and row["settled_qty"]
            )
            record.part_text = "；".join(
                f"{record._named(row)} ×{row['settled_qty']:g}"
                for row in rows
                if row["kind"] == "part" and row["settled_qty"]
            )
            record.amount = visit.settled_total

    @api.model
    def _named(self, row):
        """A part with its number, which may be a part of its name."""
        code, name = row["code"], row["name"]
        return f"[{code}] {name}" if code and code not in name else name

    def _check_uploaded(self, _vals):
        """:raise UserError: for the receipt of what was never uploaded"""
        for record in self:
            if record.state != "uploaded":
                raise UserError(
                    self.env._(
                        "%s was not uploaded yet: there is no receipt.",
                        record.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_open_file(self):
        """Write these records into a file for the platform."""
        self.check_access("read")
        return open_dialog(
            self.env["dealer.factory.file"],
            self.env._("File for the Authority"),
            record_ids=self.ids,
        )

    def action_uploaded(self):
        """They were uploaded to the platform of the authority.

        :raise UserError: naming what the platform would refuse
        """
        self.check_access("write")
        for record in self:
            record._check_move("uploaded")
            record._check_content()
        return self._write_by_method(
            {
                "state": "uploaded",
                "date_uploaded": fields.Datetime.now(),
                "upload_user_id": self.env.uid,
                "reason": False,
            }
        )

    def action_ask_refused(self):
        """Ask why the platform has refused it."""
        self.ensure_one()
        self._check_move("refused")
        return self.env["dealer.reason.wizard"]._open("health_refused", self)

    @arguments(reason=TEXT)
    def action_refuse(self, reason=None):
        """The platform has refused it.

        :raise UserError: without a reason
        """
        self.check_access("write")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Please give a reason."))
        for record in self:
            record._check_move("refused")
        return self._write_by_method({"state": "refused", "reason": reason})

    def action_view_reception(self):
        """The visit that it is about."""
        self.ensure_one()
        self.check_access("read")
        return open_form(self.reception_id)

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _check_content(self):
        """:raise UserError: for a record without a number of the car or of the shop"""
        self.ensure_one()
        missing = [
            self._field_label(name)
            for name in ("filing_number", "vin", "odometer")
            if not self[name]
        ]
        if missing:
            raise UserError(
                self.env._(
                    "%(visit)s cannot be uploaded: %(missing)s is missing.",
                    visit=self.display_name,
                    missing=", ".join(missing),
                )
            )

    @api.model
    def _enter_visits(self, visits):
        """A record for each settled visit that has none."""
        # the process enters them, whoever settles
        records = self.sudo()
        known = records.search([("reception_id", "in", visits.ids)]).reception_id
        records._create_by_method(
            [
                {
                    "reception_id": visit.id,
                    "company_id": visit.company_id.id,
                    "date_settled": visit.date_settled or fields.Datetime.now(),
                }
                for visit in visits - known
            ]
        )

    @api.model
    def _tell_again(self, visits):
        """What was uploaded is no longer what was settled."""
        # as above
        told = self.sudo().search(
            [("reception_id", "in", visits.ids), ("state", "=", "uploaded")]
        )
        told._write_by_method({"state": "open", "date_uploaded": False})


class DealerReception(models.Model):
    """A settled repair is told to the authority."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    def _enter_health_records(self):
        visits = self.filtered("company_id.dealer_health_file")
        if visits:
            self.env["dealer.health.record"]._enter_visits(visits)

    def _reopen_health_records(self, _change):
        """What was settled anew is told anew."""
        if self.filtered("company_id.dealer_health_file"):
            self.env["dealer.health.record"]._tell_again(self)
