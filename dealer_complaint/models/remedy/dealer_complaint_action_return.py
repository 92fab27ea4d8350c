from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DealerComplaintAction(models.Model):
    """When a free repair is booked for, and when a loan car comes back; what is not
    changed any more once a remedy is done."""

    _name = "dealer.complaint.action"
    _inherit = "dealer.complaint.action"
    _GUARDS = (
        (
            ("date_slot", "loan_plate", "voucher_product_id", "voucher_until"),
            "_check_unsettled",
        ),
        (("date_due_back",), "_check_still_out"),
    )

    date_slot = fields.Datetime(
        "Slot",
        copy=False,
        help="For a repair: the visit is booked for then, within the capacity of the "
        "workshop.",
    )
    loan_plate = fields.Char("Loan Car", help="The plate of the car that is lent.")
    date_due_back = fields.Datetime("Due Back", copy=False)
    date_returned = fields.Datetime("Returned On", readonly=True, copy=False)

    _out_idx = models.Index(
        "(company_id, date_due_back) WHERE date_due_back IS NOT NULL"
        " AND date_returned IS NULL"
    )

    @api.constrains("kind", "date_slot", "loan_plate", "date_due_back")
    def _check_fits_kind(self):
        for action in self:
            if action.date_slot and action.kind not in ("repair", "replacement"):
                raise ValidationError(
                    self.env._("Only a repair or a replacement has a slot.")
                )
            is_lent = action.loan_plate or action.date_due_back
            if is_lent and action.kind != "loan_car":
                raise ValidationError(
                    self.env._("Only a loan car has a plate and comes back.")
                )

    def action_returned(self):
        """The loan car is back."""
        self.check_access("write")
        for action in self:
            action._check_state("done")
            if action.kind != "loan_car" or action.date_returned:
                action._refuse(self.env._("No loan car is out."))
        return self._write_by_method({"date_returned": fields.Datetime.now()})

    def _check_still_out(self, _vals):
        """:raise UserError: for a car that is back, or that was never lent"""
        for action in self:
            if action.date_returned or action.state in ("refused", "cancelled"):
                action._refuse(self.env._("No loan car is out."))

    def _check_terms(self):
        # what was lent last week may be entered today
        first = min(self.complaint_id.date_received, fields.Datetime.now())
        if self.date_due_back and self.date_due_back < first:
            self._refuse(
                self.env._("The loan car cannot be due back before the complaint.")
            )
        return super()._check_terms()

    def _check_lent(self):
        """:raise UserError: for a loan car without its plate, or its return"""
        is_known = self.loan_plate and self.date_due_back
        if self.kind == "loan_car" and not is_known:
            self._refuse(
                self.env._("Enter the plate of the loan car, and when it is due back.")
            )


class DealerComplaint(models.Model):
    """What of its remedies the form asks for."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    remedy_kinds = fields.Json(
        compute="_compute_remedy_kinds", help="Kinds of the remedies, for the form."
    )

    @api.depends("action_ids.kind")
    def _compute_remedy_kinds(self):
        for complaint in self:
            complaint.remedy_kinds = sorted(set(complaint.action_ids.mapped("kind")))
