"""Warranty claims of the demo dealership: one is settled, one waits to be claimed."""

from datetime import timedelta

from odoo import api, models

#: By number of the car: fault code, cause, and what the manufacturer said (none: it
#: has not been asked), with its number and the share of the labour that it paid.
CLAIMS = {
    13: (
        "C1101",
        "右前减震器漏油，按工艺更换总成。",
        ("QRSP2026-08815", 2 / 3, "工时按两项重叠作业核减三分之一。"),
    ),
    2: ("B1A25", "倒车影像线束接头松动，已重新插接固定。", None),
}
#: Days from the repair to submission, answer and invoice.
_DAYS = (4, 19, 23)


class DealerReception(models.Model):
    """The claims of demo visits, moved to where their visits are."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    def _demo_claim(self):
        """Complete the claims of the visit."""
        for number, (fault_code, cause, _answer) in CLAIMS.items():
            if self.vehicle_id == self._demo(f"vehicle_{number:02d}"):
                for claim in self.claim_ids:
                    claim._demo_complete(fault_code, cause)

    @api.model
    def _demo_answer_claims(self, arrived):
        """What was answered and invoiced before this car came: invoices are numbered
        in the order of their days."""
        claims = self.env["dealer.warranty.claim"]
        for number, (_code, _cause, answer) in CLAIMS.items():
            car = self._demo(f"vehicle_{number:02d}")
            if answer:
                waiting = claims.search(
                    [("vehicle_id", "=", car.id), ("state", "=", "draft")]
                )
                for claim in waiting:
                    claim._demo_answer(arrived, *answer)


class DealerWarrantyClaim(models.Model):
    """A demo claim on its way."""

    _name = "dealer.warranty.claim"
    _inherit = "dealer.warranty.claim"

    def _demo_complete(self, fault_code, cause):
        shop = self.company_id
        day = shop._dealer_day(self.reception_id.date_settled)
        self._write_by_method(
            {"date_repair": day, "date_deadline": self._deadline(shop, day)}
        )
        self.old_part_ids._write_by_method(
            {"date_kept_until": day + timedelta(days=shop.dealer_old_part_days)}
        )
        self.old_part_ids.write({"place": "C-04"})
        self.write({"fault_code": fault_code, "cause": cause})

    def _demo_answer(self, until, number, share, reason):
        visit, shop = self.reception_id, self.company_id
        moments = [
            visit._demo_day(visit.date_settled + timedelta(days=days)) for days in _DAYS
        ]
        if shop._dealer_day(moments[2]) > shop._dealer_day(until):
            return
        for line in self.line_ids.filtered(lambda line: not line.operation_code):
            line.operation_code = f"{self.fault_code}-{line.number:02d}"
        self.action_submit()
        self.factory_number = number
        for line in self.line_ids.filtered(lambda line: line.line_kind == "labour"):
            line.write(
                {
                    "answer": "cut",
                    "amount_approved": self.currency_id.round(
                        line.amount_claimed * share
                    ),
                    "answer_reason": reason,
                }
            )
        self.action_approve_all()
        self.action_answer()
        self.action_invoice()
        bill = self._factory_bills()
        bill.invoice_date = shop._dealer_day(moments[2])
        bill.action_post()
        if bill.invoice_date_due < shop._dealer_today():
            bill._demo_pay(bill.invoice_date_due, "card")
        manager = self.env.ref("dealer_service.demo_user_manager")
        for line in self._rest_lines().with_user(manager):
            line.write(
                {"rest_to": "internal", "rest_reason": "工艺安排不当，由车间承担。"}
            )
        self.with_user(manager).action_settle()
        own = self.line_ids.move_line_ids.move_id - bill
        own.invoice_date = bill.invoice_date
        own.invoice_payment_term_id = bill.invoice_payment_term_id
        own.action_post()
        self._write_by_method(
            {
                "submit_user_id": manager.id,
                "date_submitted": moments[0],
                "date_answered": moments[1],
                "date_settled": moments[2],
            }
        )
