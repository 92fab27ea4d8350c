from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import groups
from ...tools.arguments import BASE64, TEXT, arguments
from ..common.dealer_reception_states import UNSERVED_STATES
from ..common.signature import check_signer, checked_signature

#: What the sheet takes over from the visit when it is signed.
SHEET_FIELDS = ("odometer", "fuel_level", "belongings", "keep_old_parts", "wash")


class DealerInspection(models.Model):
    """A version of the walk-around sheet. Signed, it never changes again (环检单)."""

    _name = "dealer.inspection"
    _description = "Inspection Sheet"
    _inherit = "dealer.process.mixin"
    _order = "reception_id, version desc"
    # signing is the only way to a signature
    _is_sealed = True
    _RECORDED_FIELDS = frozenset(
        {
            "state",
            "version",
            "reception_id",
            "signature",
            "signed_by",
            "date_signed",
            "paper_facts",
            *SHEET_FIELDS,
        }
    )
    _CHOSEN_FIELDS = frozenset({"reception_id"})
    _CONSEQUENCES = ((("lamp_ids", "note"), "_begin_walk_around"),)

    reception_id = fields.Many2one(
        "dealer.reception", "Visit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="reception_id.company_id", store=True, precompute=True, index=True
    )
    version = fields.Integer(required=True, default=1, readonly=True)
    state = fields.Selection(
        [("draft", "Not Signed"), ("signed", "Signed")],
        required=True,
        default="draft",
        readonly=True,
    )
    mark_ids = fields.One2many("dealer.damage.mark", "inspection_id", "Damage Marks")
    lamp_ids = fields.Many2many("dealer.warning.lamp", string="Warning Lamps Lit")
    note = fields.Text("Remarks")

    # as signed
    odometer = fields.Integer("Odometer (km)", readonly=True, aggregator=None)
    fuel_level = fields.Integer("Fuel Level (%)", readonly=True, aggregator=None)
    is_electric = fields.Boolean(related="reception_id.is_electric")
    belongings = fields.Text(readonly=True)
    keep_old_parts = fields.Boolean("Return Old Parts", readonly=True)
    wash = fields.Boolean("Car Wash", readonly=True)
    # on the sheet itself: what was signed does not hang on a file that may get lost
    signature = fields.Image(
        max_width=1024, max_height=1024, attachment=False, readonly=True
    )
    signed_by = fields.Char(readonly=True)
    date_signed = fields.Datetime("Signed On", readonly=True)
    paper_facts = fields.Json(
        "The Visit as Signed",
        readonly=True,
        groups=groups.ADVISOR,
        help="Car, people and concerns as printed on the document when it was signed.",
    )

    _version_uniq = models.UniqueIndex(
        "(reception_id, version)", "This version of the sheet already exists."
    )
    _one_open = models.UniqueIndex(
        "(reception_id) WHERE state = 'draft'", "The visit already has an open sheet."
    )

    @api.depends("reception_id.name", "version")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = f"{sheet.reception_id.name}-V{sheet.version}"

    def _check_direct_write(self, vals):
        self._check_open()
        return super()._check_direct_write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        self._check_open()

    @arguments(signature=BASE64, signed_by=TEXT)
    def action_sign(self, signature, signed_by):
        """Freeze the sheet with the customer's signature.

        :param str signature: the drawn signature, a base64-encoded image
        :param str signed_by: name of the person who signs
        :raise UserError: without a signature, a name or an odometer reading, or when
            the sheet is signed already
        """
        self.ensure_one()
        self._check_open()
        reception = self.reception_id
        if not signature or not (signed_by or "").strip():
            raise UserError(
                self.env._(
                    "%(sheet)s: a signature and the name of the signer are needed.",
                    sheet=self.display_name,
                )
            )
        check_signer(self.env, signed_by)
        self._check_reading()
        self._write_by_method(
            {
                "state": "signed",
                "signature": checked_signature(self.env, signature),
                "signed_by": signed_by.strip(),
                "date_signed": fields.Datetime.now(),
                **{name: reception[name] for name in SHEET_FIELDS},
            }
        )
        # the record of the process, in whosever hand the tablet is
        reception.sudo()._end_walk_around()
        # for the paper: a technician may let the customer sign, but reads no telephone
        self.sudo()._write_by_method({"paper_facts": reception.sudo()._paper_facts()})
        reception._message_log(
            body=self.env._(
                "Inspection sheet %(version)s signed by %(person)s.",
                version=self.version,
                person=self.signed_by,
            )
        )
        return True

    def _begin_walk_around(self, _change):
        # as above
        self.sudo().reception_id._begin_walk_around()

    def _check_reading(self):
        """:raise UserError: while nobody has read the odometer"""
        for sheet in self.filtered(lambda sheet: not sheet.reception_id.odometer):
            raise UserError(
                self.env._(
                    "%(visit)s: read the odometer before the customer signs. Enter the "
                    "reading on the “Walk-around” page.",
                    visit=sheet.reception_id.display_name,
                )
            )

    def action_new_version(self):
        """Open the next version; the signed one stays as it is.

        :return: the new sheet
        """
        self.ensure_one()
        if self.state != "signed" or self != self.reception_id.inspection_id:
            raise UserError(
                self.env._(
                    "%(sheet)s is not the last signed sheet of its visit.",
                    sheet=self.display_name,
                )
            )
        if self.reception_id.state in ("settled", "delivered", *UNSERVED_STATES):
            raise UserError(
                self.env._(
                    "%(visit)s is “%(state)s”: what was signed when the car came "
                    "is not changed any more.",
                    visit=self.reception_id.name,
                    state=self.reception_id._state_label(),
                )
            )
        # one open sheet a visit: the index must see that this one is signed
        self.flush_recordset(["state"])
        sheet = self._by_method().create(
            {
                "reception_id": self.reception_id.id,
                "version": self.version + 1,
                "lamp_ids": self.lamp_ids.ids,
                "note": self.note,
            }
        )
        for mark in self.mark_ids:
            mark.copy({"inspection_id": sheet.id})
        return sheet.with_env(self.env)

    def _check_open(self):
        for sheet in self:
            if sheet.state == "signed":
                raise UserError(
                    self.env._(
                        "%(sheet)s was signed by %(person)s and can no longer be "
                        "changed. Open a new version of the sheet.",
                        sheet=sheet.display_name,
                        person=sheet.signed_by,
                    )
                )
