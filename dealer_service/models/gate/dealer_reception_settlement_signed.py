import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import groups
from ..common.signature import check_signer, checked_signature


class DealerReception(models.Model):
    """The three names under a settlement: the customer, who settled, who inspected.

    The customer signs for amounts. What is corrected afterwards is not signed for, and
    is printed without the signature until the customer signs again.
    """

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    settled_user_id = fields.Many2one(
        "res.users", "Settled By", copy=False, readonly=True, groups=groups.ADVISOR
    )
    settlement_signature = fields.Image(
        max_width=1024,
        max_height=1024,
        copy=False,
        readonly=True,
        groups=groups.ADVISOR,
    )
    settlement_signed_by = fields.Char(copy=False, readonly=True, groups=groups.ADVISOR)
    date_settlement_signed = fields.Datetime(
        "Settlement Signed On", copy=False, readonly=True, groups=groups.ADVISOR
    )
    settlement_signed_for = fields.Char(
        copy=False,
        readonly=True,
        groups=groups.ADVISOR,
        help="Fingerprint of the amounts that were signed for.",
    )
    may_sign_settlement = fields.Boolean(
        compute="_compute_may_sign_settlement", groups=groups.ADVISOR
    )
    kept_paper_ids = fields.One2many(
        "dealer.kept.paper",
        "reception_id",
        "Kept Documents",
        readonly=True,
        groups=groups.ADVISOR,
    )

    @api.depends("state", "settled_total", "settlement_state", "settlement_signed_for")
    def _compute_may_sign_settlement(self):
        for visit in self:
            visit.may_sign_settlement = (
                visit._is_settlement_final() and not visit._is_settlement_signed()
            )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_sign_settlement(self):
        """Open the dialog in which the customer signs the settlement."""
        self.ensure_one()
        return self._signature_dialog("settlement")

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _keep_clerk(self):
        """Who settled it stands on the paper, whoever has the visit afterwards."""
        for visit in self.filtered(lambda visit: not visit.settled_user_id):
            visit._write_by_method({"settled_user_id": self.env.uid})

    def _sign_settlement(self, signature, signed_by):
        """The customer signs for what is settled; the papers are kept as they are.

        :raise UserError: when there is nothing to sign for, or it is signed already
        """
        self.ensure_one()
        self.check_access("write")
        if not self._is_settlement_final():
            raise UserError(
                self.env._(
                    "%(visit)s: there is no settlement to sign. Settle the visit "
                    "first; after a correction, invoice it again.",
                    visit=self.name,
                )
            )
        if self._is_settlement_signed():
            raise UserError(
                self.env._(
                    "%(visit)s: %(name)s has signed this settlement already.",
                    visit=self.name,
                    name=self.settlement_signed_by,
                )
            )
        signed_by = (signed_by or "").strip()
        if not signature or not signed_by:
            raise UserError(
                self.env._(
                    "%(visit)s: a signature and the name of the signer are needed.",
                    visit=self.name,
                )
            )
        check_signer(self.env, signed_by)
        self._write_by_method(
            {
                "settlement_signature": checked_signature(self.env, signature),
                "settlement_signed_by": signed_by,
                "date_settlement_signed": fields.Datetime.now(),
                "settlement_signed_for": self._settlement_fingerprint(),
            }
        )
        self._keep_papers()

    def _keep_papers(self):
        """Work order and settlement as they were signed, unless they are kept."""
        reports = self.env["ir.actions.report"]
        if reports.get_wkhtmltopdf_state() == "install":
            # kept when a server that can print prints them
            return
        for report in ("action_paper_order", "action_paper_settlement"):
            reports._render_qweb_pdf(f"dealer_service.{report}", self.ids)

    def _is_settlement_final(self):
        """Whether the settlement says what is owed: not while it is being corrected."""
        self.ensure_one()
        # to be told on a paper, whoever prints it
        visit = self.sudo()
        return bool(
            (visit.date_settled or visit.date_left)
            and visit.settlement_state not in (False, "open")
        )

    def _is_settlement_signed(self):
        """Whether the customer has signed for the amounts as they are now."""
        self.ensure_one()
        # as above
        signed_for = self.sudo().settlement_signed_for
        return bool(signed_for) and signed_for == self._settlement_fingerprint()

    def _settlement_fingerprint(self):
        """What a settlement says, whatever language it is said in."""
        self.ensure_one()
        # a sum of the process: it does not depend on whose invoices the user sees
        visit = self.sudo().with_context(lang="en_US")
        money = visit.currency_id
        says = [
            [
                [
                    row["payer"],
                    row["name"],
                    row["settled_qty"],
                    money.round(row["settled"]),
                ]
                for row in visit._settlement_rows()
            ],
            sorted(
                [payer or "", money.round(settled)]
                for payer, (_agreed, settled) in visit._figures_by_payer().items()
            ),
            [money.round(row["amount"]) for row in visit._reduction_rows()],
            [visit.odometer_out, visit.old_parts, visit.customer_parts],
        ]
        return hashlib.sha256(json.dumps(says).encode()).hexdigest()

    def _kept_for(self):
        """The visit and the supplement that a kept paper is of."""
        self.ensure_one()
        return self, self.env["sale.order"]

    def _kept_fingerprint(self, kind):
        """What a paper that is kept was printed from; empty while it is a draft.

        :param str kind: ``order`` or ``settlement``
        """
        self.ensure_one()
        # to be told on a paper, whoever prints it
        visit = self.sudo()
        if kind == "settlement":
            if not visit._is_settlement_final():
                return ""
            signed = visit._is_settlement_signed() and visit.date_settlement_signed
            return f"{visit._settlement_fingerprint()} {signed or ''}".strip()
        orders = visit._paper_orders("estimate")
        if not orders or not all(orders.mapped("consent_date")):
            return ""
        agreed = [
            [order.id, str(order.consent_date), order.consent_amount, order.state]
            for order in orders
        ]
        return hashlib.sha256(
            json.dumps([agreed, str(visit.date_left)]).encode()
        ).hexdigest()
