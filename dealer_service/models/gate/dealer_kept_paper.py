import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import groups

#: The papers that are kept, by the name of their report.
KEPT_PAPERS = {
    "dealer_service.paper_order": "order",
    "dealer_service.paper_settlement": "settlement",
    "dealer_service.paper_supplement": "supplement",
}


class DealerKeptPaper(models.Model):
    """A paper as it was handed out (留存单据): nobody rewrites it, nobody deletes it.

    Printed again it is a copy of what is kept, marked as such. What has been corrected
    since is a new version; the former ones stay.
    """

    _name = "dealer.kept.paper"
    _description = "Kept Document"
    _inherit = "dealer.recorded.mixin"
    _order = "reception_id desc, kind, version desc"
    _is_sealed = True
    _RECORDED_FIELDS = frozenset(
        {
            "date",
            "fingerprint",
            "is_signed",
            "kind",
            "order_id",
            "pdf",
            "reception_id",
            "sha256",
            "user_id",
            "version",
        }
    )

    reception_id = fields.Many2one(
        "dealer.reception",
        "Visit",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="reception_id.company_id", store=True, precompute=True, index=True
    )
    license_plate = fields.Char(
        "Plate", related="reception_id.license_plate", related_sudo=False
    )
    order_id = fields.Many2one(
        "sale.order",
        "Supplement",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    kind = fields.Selection(
        [
            ("order", "Work Order"),
            ("supplement", "Supplement Sheet"),
            ("settlement", "Settlement Sheet"),
        ],
        "Document",
        required=True,
        readonly=True,
    )
    version = fields.Integer(required=True, readonly=True, aggregator=None)
    is_signed = fields.Boolean(
        "Signed",
        readonly=True,
        help="The customer had signed on the screen, or agreed, when it was printed.",
    )
    date = fields.Datetime("Kept On", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Printed By", readonly=True, ondelete="restrict"
    )
    fingerprint = fields.Char(
        required=True, readonly=True, help="Of what the document was printed from."
    )
    sha256 = fields.Char(
        "Checksum (SHA-256)",
        required=True,
        readonly=True,
        help="Whoever has the file can work it out again: one changed character gives "
        "another checksum.",
    )
    pdf = fields.Binary("File", readonly=True, groups=groups.MANAGER)
    pdf_name = fields.Char("File Name", compute="_compute_pdf_name")
    integrity = fields.Selection(
        [
            ("intact", "Unchanged"),
            ("changed", "Changed Outside Odoo"),
            ("erased", "Erased After Its Retention Period"),
        ],
        compute="_compute_integrity",
    )

    _version_uniq = models.UniqueIndex(
        "(reception_id, kind, coalesce(order_id, 0), version)",
        "This version is kept already.",
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("reception_id", "order_id", "kind", "version")
    def _compute_display_name(self):
        for paper in self:
            paper.display_name = self.env._(
                "%(visit)s · %(kind)s %(version)d",
                visit=paper._kept_of().name,
                kind=paper._kind_label(),
                version=paper.version,
            )

    @api.depends("reception_id", "order_id", "kind", "version")
    def _compute_pdf_name(self):
        for paper in self:
            name = paper._kept_of().name
            paper.pdf_name = f"{name}-{paper.kind}-{paper.version}.pdf"

    @api.depends("sha256")
    def _compute_integrity(self):
        for paper in self:
            content = paper._content()
            if not content:
                paper.integrity = "erased"
            else:
                is_same = hashlib.sha256(content).hexdigest() == paper.sha256
                paper.integrity = "intact" if is_same else "changed"

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_print(self):
        """This version once more, marked as a copy."""
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("dealer_service.action_paper_kept").report_action(self)

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _kind_label(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return labels.get(self.kind, "")

    def _kept_of(self):
        """What it is a paper of: a supplement, else the visit."""
        self.ensure_one()
        # whoever reads the paper need not read orders
        return self.sudo().order_id or self.reception_id

    def _content(self):
        """The bytes of the file; empty once they were erased."""
        self.ensure_one()
        # the copy is printed by whoever may read the visit, the file is the manager's
        known = self.sudo().with_context(bin_size=False)
        return base64.b64decode(known.pdf or b"")

    @api.model
    def _of(self, record, kind):
        """The version that says what the visit or the supplement says now; empty if
        none does."""
        fingerprint = record._kept_fingerprint(kind)
        # what is kept of a visit is printed again by whoever prints the visit
        kept = self.sudo()
        if not fingerprint:
            return kept.browse()
        last = kept._last_of(record, kind)
        return last.filtered(lambda paper: paper.fingerprint == fingerprint)

    @api.model
    def _last_of(self, record, kind):
        visit, order = record._kept_for()
        return self.search(
            [
                ("reception_id", "=", visit.id),
                ("order_id", "=", order.id),
                ("kind", "=", kind),
            ],
            limit=1,
        )

    @api.model
    def _keep(self, record, kind, content):
        """Keep what is being handed out, if it is final.

        :param bytes content: the PDF
        """
        fingerprint = record._kept_fingerprint(kind)
        if not fingerprint or not self.env.user._is_internal():
            return
        visit, order = record._kept_for()
        # two printers at once: the second waits, is run again and finds it
        self.env.cr.execute(
            "UPDATE dealer_reception SET id = id WHERE id = %s", (visit.id,)
        )
        # nobody writes these rows; what is handed out is kept, whoever prints it
        kept = self.sudo()
        kept._create_by_method(
            [
                {
                    "reception_id": visit.id,
                    "order_id": order.id,
                    "kind": kind,
                    "version": kept._last_of(record, kind).version + 1,
                    "is_signed": kind != "settlement" or visit._is_settlement_signed(),
                    "date": fields.Datetime.now(),
                    "user_id": self.env.uid,
                    "fingerprint": fingerprint,
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "pdf": base64.b64encode(content),
                }
            ]
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("%s was handed out and stays as it is.", self[:1].display_name)
        )
