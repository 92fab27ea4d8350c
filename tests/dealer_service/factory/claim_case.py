"""Base case: a visit with work for the customer and for the manufacturer."""

from ..orders.test_settlement import SettlementCase


class ClaimCase(SettlementCase):
    """The customer pays 780; the manufacturer 500 for labour, 460 for a part."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_warranty_claims = True
        cls.vehicle.vin_sn = "LVVDB11B0RD045678"
        cls.reception.odometer = 20_000
        cls.warranty_labour = cls.make_product(
            "更换前减震器 工时", "labour", 500.0, dealer_hours=2.0
        )
        cls.warranty_labour.default_code = "S11-2909-01"
        cls.warranty_part = cls.make_product(
            "前减震器总成", "part", 460.0, default_code="T15-2905010"
        )
        cls.warranty = cls.make_order(
            cls.reception,
            cls.warranty_labour,
            cls.warranty_part,
            dealer_payer="warranty",
        )

    def claim(self):
        """The claim of the visit, which is settled by it."""
        self.settle()
        return self.reception.claim_ids.with_env(self.env)

    def submitted(self):
        claim = self.claim()
        claim.write({"fault_code": "C1101", "cause": "减震器漏油"})
        claim.action_submit()
        return claim

    def answered(self, **amounts):
        """Answered: by kind of work, what was approved; the rest as claimed."""
        claim = self.submitted()
        for line in claim.line_ids:
            if line.line_kind in amounts:
                given = amounts[line.line_kind]
                values = {"answer": "cut", "amount_approved": given}
                line.write(values if given else {"answer": "refused"})
        claim.action_approve_all()
        claim.action_answer()
        return claim


class HandedOut:
    """Beside a warehouse: its parts counter hands out what was agreed to."""

    def ready(self, *orders):
        self.bring_to(self.reception, "authorized")
        pickings = self.reception.order_ids.picking_ids
        for picking in pickings.filtered(lambda one: one.state != "done"):
            picking.action_assign()
            for move in picking.move_ids:
                move.write({"quantity": move.product_uom_qty, "picked": True})
            picking._action_done()
        return super().ready(*orders)
