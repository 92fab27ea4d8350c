from odoo import api, fields, models

from ...tools.arguments import TEXT, arguments

#: What somebody has to do on the car; a fee is only paid.
WORK_KINDS = {"labour", "part", "sublet"}


class SaleOrder(models.Model):
    """What was agreed to becomes work."""

    _name = "sale.order"
    _inherit = "sale.order"

    dealer_proposed_minutes = fields.Integer(
        "Proposed Additional Time (min)",
        compute="_compute_dealer_proposed_minutes",
        help="Minutes of the labour that the supplement offers.",
    )

    @api.depends("dealer_kind", "order_line.dealer_hours", "order_line.product_uom_qty")
    def _compute_dealer_proposed_minutes(self):
        for order in self:
            labour = order.order_line.filtered(
                lambda line: (
                    line.dealer_kind == "labour" and line.dealer_decision != "declined"
                )
            )
            hours = sum(line._job_hours() for line in labour)
            order.dealer_proposed_minutes = (
                round(hours * 60) if order.dealer_kind == "supplement" else 0
            )

    def action_take_proposed_minutes(self):
        """Move the promised time of the supplement by the minutes of its labour."""
        self._check_advisor()
        for order in self:
            order.dealer_extra_minutes = order.dealer_proposed_minutes
        return True

    def _parts_for_workshop(self):
        """The parts that were agreed to while nobody took the labour, and that the
        workshop has not heard of yet."""
        self.ensure_one()
        agreed = self.order_line.filtered(lambda line: line._is_work())
        known = agreed.dealer_job_ids.filtered("is_approved")
        parts = agreed.filtered(lambda line: line.dealer_kind == "part")
        has_labour = "labour" in agreed.mapped("dealer_kind")
        return parts.browse() if known or has_labour else parts

    def action_confirm(self):
        """Confirm; a consented supplement becomes jobs of the running visit.

        A car that is being inspected goes back to the workshop for it.
        """
        result = super().action_confirm()
        self.reception_id._create_jobs()
        self.filtered(
            lambda order: WORK_KINDS.intersection(
                order.order_line.filtered(lambda line: line._is_consented()).mapped(
                    "dealer_kind"
                )
            )
        ).reception_id._resume_work()
        return result


class SaleOrderLine(models.Model):
    """Labour lines, as the workshop reads them."""

    _name = "sale.order.line"
    _inherit = "sale.order.line"

    def _is_supplied(self):
        """Labour counts as supplied once somebody has worked on its job."""
        # an advisor asks, whose right on the line was checked; the log is a fact
        jobs = self.env["dealer.job"].sudo()
        return super()._is_supplied() or bool(
            jobs.search_count(
                [("sale_line_id", "=", self.id), ("date_started", "!=", False)], limit=1
            )
        )

    def _is_consented(self):
        """Whether the customer has agreed to this line, and it still stands."""
        self.ensure_one()
        return (
            self.dealer_decision == "approved"
            and self.order_id.state == "sale"
            and not self.dealer_not_supplied
        )

    def _is_work(self):
        """Whether the line is something to be done, and agreed to."""
        self.ensure_one()
        return (
            not self.display_type and not self._is_reduction() and self._is_consented()
        )

    def _makes_job(self):
        """Whether the line is consented labour, which the workshop has to do."""
        self.ensure_one()
        return self.dealer_kind == "labour" and self._is_work()

    def _job_hours(self):
        """Hours that the line sells: by the manufacturer's standard, else as sold."""
        self.ensure_one()
        if self.dealer_hours:
            return self.dealer_hours
        # not by env.ref, which asks the database each time
        known = self.env["ir.model.data"]._xmlid_to_res_id
        hour = self.product_uom_id.browse(known("uom.product_uom_hour"))
        if hour and self.product_uom_id._has_common_reference(hour):
            return self.product_uom_id._compute_quantity(
                self.product_uom_qty, hour, round=False
            )
        return 0.0

    def _prepare_job_vals(self):
        """What a technician needs of the line; no price is among it."""
        self.ensure_one()
        product = self.product_id
        hours = self._job_hours()
        return {
            "reception_id": self.reception_id.id,
            "sale_line_id": self.id,
            "kind": "sold",
            "name": (self.name or product.name).strip().splitlines()[0],
            "product_name": product.name,
            "sequence": self.sequence,
            "planned_hours": hours,
            "hours_sold": hours,
            "system_id": product.system_id.id,
            "warranty_id": product.repair_warranty_id.id,
        }

    def _prepare_parts_job_vals(self):
        """The job of fitting parts whose labour the customer did not take."""
        visit = self.reception_id
        # in the words of the shop, not of the customer who agrees on his link
        told = visit._for_reader(visit.advisor_id)
        names = [(part.name or part.product_id.name).strip() for part in self]
        name = told.env._(
            "Fit parts: %(parts)s",
            parts=", ".join(name.splitlines()[0] for name in names),
        )
        return {**self[:1]._prepare_job_vals(), "name": name}

    @arguments(reason=TEXT)
    def action_not_supplied(self, reason=None):
        """What is still to be fitted stays a job of the workshop."""
        result = super().action_not_supplied(reason)
        self.reception_id._create_jobs()
        return result
