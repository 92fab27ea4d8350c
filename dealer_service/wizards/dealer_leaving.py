from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.visit.dealer_reception_left import LEAVING_REASONS


class DealerLeaving(models.TransientModel):
    """Why the customer leaves before the car was served, and what is owed."""

    _name = "dealer.leaving"
    _description = "Customer Left"
    _inherit = "dealer.dialog.mixin"

    reception_id = fields.Many2one("dealer.reception", "Visit", required=True)
    reason = fields.Selection(LEAVING_REASONS, "Reason for Leaving", required=True)
    note = fields.Text("What the Customer Said")
    line_ids = fields.One2many("dealer.leaving.line", "wizard_id", "Agreed Work")
    currency_id = fields.Many2one(related="reception_id.currency_id")
    undecided = fields.Char("Offers That Are Withdrawn", compute="_compute_undecided")
    amount_agreed = fields.Monetary("Agreed", compute="_compute_amounts")
    amount_billed = fields.Monetary("Billed Now", compute="_compute_amounts")
    amount_cancelled = fields.Monetary("Cancelled", compute="_compute_amounts")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        visit = self.env["dealer.reception"].browse(values.get("reception_id"))
        if visit and "line_ids" in fields:
            done = visit._done_lines()
            values["line_ids"] = [
                Command.create({"order_line_id": line.id, "is_billed": line in done})
                for line in visit._agreed_lines()
            ]
        return values

    @api.depends("reception_id")
    def _compute_undecided(self):
        for dialog in self:
            orders = dialog.reception_id._living_orders()
            dialog.undecided = ", ".join(
                orders.filtered(lambda order: not order.consent_date).mapped("name")
            )

    @api.depends("line_ids.is_billed", "line_ids.order_line_id")
    def _compute_amounts(self):
        for dialog in self:
            lines = dialog.line_ids.order_line_id
            billed = dialog._billed_lines()
            dialog.amount_agreed = dialog._amount_of(lines)
            dialog.amount_billed = dialog._amount_of(billed)
            dialog.amount_cancelled = dialog.amount_agreed - dialog.amount_billed

    def _billed_lines(self):
        return self.line_ids.filtered("is_billed").order_line_id

    def _amount_of(self, lines):
        """What these lines come to, in the currency of the company."""
        return sum(
            self.reception_id._in_company_currency(order, order._amount_of(mine))
            for order, mine in lines.grouped("order_id").items()
        )

    def action_leave(self):
        """End the visit: bill what was chosen, cancel the rest."""
        self.ensure_one()
        if self.reception_id._agreed_lines() != self.line_ids.order_line_id:
            raise UserError(
                self.env._(
                    "The customer has agreed to something else since you opened this. "
                    "Please open “Customer Left” again."
                )
            )
        self.reception_id.action_leave(self.reason, self.note, self._billed_lines().ids)
        return {"type": "ir.actions.act_window_close"}


class DealerLeavingLine(models.TransientModel):
    """A line that was agreed to: billed, or cancelled."""

    _name = "dealer.leaving.line"
    _description = "Billed or Cancelled"
    _inherit = "dealer.dialog.mixin"

    wizard_id = fields.Many2one(
        "dealer.leaving", required=True, ondelete="cascade", index=True
    )
    order_line_id = fields.Many2one("sale.order.line", required=True)
    currency_id = fields.Many2one(related="order_line_id.currency_id")
    order = fields.Char(related="order_line_id.order_id.name")
    name = fields.Text(related="order_line_id.name")
    kind = fields.Selection(related="order_line_id.dealer_kind")
    payer = fields.Selection(related="order_line_id.order_id.dealer_payer")
    amount = fields.Monetary(related="order_line_id.price_total")
    progress = fields.Selection(
        [("open", "Not Begun"), ("begun", "Begun"), ("done", "Done")],
        compute="_compute_progress",
        help="How far the workshop is with it.",
    )
    is_billed = fields.Boolean("Bill")
    is_fixed = fields.Boolean(compute="_compute_progress")

    @api.depends("order_line_id")
    def _compute_progress(self):
        for row in self:
            line = row.order_line_id
            # what was issued is owed, what the work was not begun with is not
            row.is_fixed = bool(line) and (line._is_owed() or line.state != "sale")
            # the visit may be let go by somebody who sees no jobs
            job = line.sudo().dealer_job_ids[:1]
            begun = job.date_started and "begun"
            row.progress = ("done" if job.state == "done" else begun) or (
                "open" if job else False
            )
