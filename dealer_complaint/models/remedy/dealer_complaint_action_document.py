from odoo import api, fields, models
from odoo.fields import Command

#: Which method makes the document of which kind; the others need none.
_MAKERS = {
    "repair": "_make_repair",
    "replacement": "_make_repair",
    "refund": "_make_credit_note",
    "credit_note": "_make_credit_note",
    "voucher": "_make_voucher",
}


class DealerComplaintAction(models.Model):
    """The document that a remedy results in.

    Whoever carries a remedy out was allowed to by its approval; the order, the credit
    note and the visit belong to departments that the complaint desk has no rights in.
    They are made as drafts with the rights of the system, and those departments go on.
    """

    _name = "dealer.complaint.action"
    _inherit = "dealer.complaint.action"
    _RECORDED_FIELDS = frozenset({"order_id", "move_id", "reception_id", "voucher_id"})

    order_id = fields.Many2one(
        "sale.order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
    )
    move_id = fields.Many2one(
        "account.move",
        "Credit Note",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
    )
    reception_id = fields.Many2one(
        "dealer.reception",
        "Repair Visit",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
    )
    document = fields.Char(compute="_compute_document")

    @api.depends("order_id", "move_id", "reception_id")
    def _compute_document(self):
        for action in self:
            # its name alone is told to whoever sees the remedy
            documents = action.sudo()._documents()
            action.document = ", ".join(doc.display_name for doc in documents)

    def action_open_document(self):
        """The document of the remedy, for whoever may see it."""
        self.ensure_one()
        self.check_access("read")
        document = next(iter(self._documents()), None)
        if document is None or not document.has_access("read"):
            return True
        return document._get_records_action()

    def _documents(self):
        return [
            document
            for document in (self.order_id, self.move_id, self.reception_id)
            if document
        ]

    def _make_document(self):
        """:return: the values that link the document"""
        self.ensure_one()
        maker = _MAKERS.get(self.kind)
        # see the class: drafts for departments that the desk has no rights in
        return getattr(self.sudo(), maker)() if maker else {}

    def _make_repair(self):
        """Goodwill work on the visit that is still open, else another visit."""
        complaint = self.complaint_id
        visit = complaint.reception_id
        is_here = visit.date_arrived and visit.state in visit._states_open_to_work()
        if is_here and not self.date_slot:
            order = visit.with_company(self.company_id)._create_order(
                dealer_payer="goodwill",
                origin=complaint.name,
                order_line=[
                    Command.create(
                        {"display_type": "line_note", "name": self._reference()}
                    )
                ],
            )
            return {"order_id": order.id}
        if not complaint.vehicle_id:
            self._refuse(self.env._("The complaint has no car to book a visit for."))
        Reception = self.env["dealer.reception"].with_company(self.company_id)
        visit = Reception.create(
            {
                "company_id": self.company_id.id,
                "vehicle_id": complaint.vehicle_id.id,
                "partner_id": complaint.partner_id.id,
                "advisor_id": visit.advisor_id.id,
                **({"date_appointment": self.date_slot} if self.date_slot else {}),
                "concern_ids": [Command.create({"name": self._reference()})],
            }
        )
        return {"reception_id": visit.id}

    def _make_credit_note(self):
        """A draft for the accountant, who checks and posts it."""
        if not self.cost:
            self._refuse(self.env._("Enter the amount first."))
        complaint = self.complaint_id
        invoice = self._invoice_to_credit()
        if invoice:
            return {"move_id": self._credit(invoice).id}
        Move = self.env["account.move"].with_company(self.company_id)
        move = Move.create(
            {
                "move_type": "out_refund",
                "company_id": self.company_id.id,
                "partner_id": complaint.partner_id.id,
                "invoice_origin": complaint.name,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": self._reference(),
                            "quantity": 1,
                            "price_unit": self.cost,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        return {"move_id": move.id}

    def _reference(self):
        complaint = self.complaint_id
        return f"{complaint.name} {self.name or complaint.subject}"
