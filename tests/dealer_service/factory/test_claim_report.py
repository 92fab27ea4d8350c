"""What was asked for, approved and lost, by month and by kind of refusal."""

from dateutil.relativedelta import relativedelta

from odoo.tests import users

from .claim_case import ClaimCase

AMOUNTS = ("amount_claimed", "amount_approved", "amount_rest", "amount_open")


class TestClaimReport(ClaimCase):
    def further_claim(self, plate):
        visit = self.make_reception(
            state="arrived",
            vehicle_id=self.make_vehicle(license_plate=plate).id,
            odometer=30_000,
        )
        self.make_order(
            visit, self.warranty_labour, self.warranty_part, dealer_payer="warranty"
        )
        return self.bring_to(visit, "settled").claim_ids.with_env(self.env)

    def report(self):
        """(month, kind of refusal): asked, approved, lost, not answered."""
        rows = self.env["dealer.warranty.claim.line"]._read_group(
            [("company_id", "=", self.company.id)],
            ["date_repair:month", "loss"],
            [f"{name}:sum" for name in AMOUNTS],
        )
        return {(month, loss): amounts for month, loss, *amounts in rows}

    def by_hand(self):
        """The same from the tables: the oracle of the report."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT date_trunc('month', c.date_repair)::date,
                   CASE WHEN c.given_up_reason IS NOT NULL THEN 'given_up'
                        WHEN l.answer IN ('cut', 'refused') THEN l.answer END,
                   sum(l.amount_claimed),
                   sum(CASE WHEN l.answer IS NULL THEN 0 ELSE l.amount_approved END),
                   sum(CASE WHEN l.answer IS NULL THEN 0
                            ELSE l.amount_claimed - l.amount_approved END),
                   sum(CASE WHEN l.answer IS NULL THEN l.amount_claimed ELSE 0 END)
              FROM dealer_warranty_claim_line l
              JOIN dealer_warranty_claim c ON c.id = l.claim_id
             WHERE c.company_id = %s
             GROUP BY 1, 2
            """,
            [self.company.id],
        )
        return {
            (month, loss or False): [float(amount) for amount in amounts]
            for month, loss, *amounts in self.env.cr.fetchall()
        }

    @users("manager")
    def test_every_yuan_is_approved_lost_or_open(self):
        self.answered(labour=300.0, part=0.0)
        self.further_claim("皖B·K5551").action_give_up("超出期限")
        self.further_claim("皖B·K5552")
        before = self.further_claim("皖B·K5553")
        today = self.company._dealer_today()
        earlier = today - relativedelta(months=1)
        before.sudo()._write_by_method({"date_repair": earlier})
        self.env.flush_all()
        this, last = today.replace(day=1), earlier.replace(day=1)
        expected = {
            (this, "cut"): [500.0, 300.0, 200.0, 0.0],
            (this, "refused"): [460.0, 0.0, 460.0, 0.0],
            (this, "given_up"): [960.0, 0.0, 960.0, 0.0],
            (this, False): [960.0, 0.0, 0.0, 960.0],
            (last, False): [960.0, 0.0, 0.0, 960.0],
        }
        self.assertEqual(self.report(), expected)
        self.assertEqual(self.by_hand(), expected)
        for asked, approved, lost, unanswered in self.report().values():
            self.assertEqual(asked, approved + lost + unanswered)

    @users("manager")
    def test_appeal_takes_the_loss_back(self):
        claim = self.answered(labour=300.0)
        claim.action_appeal("有照片为证")
        claim.line_ids[0].answer = "approved"
        self.assertFalse(any(claim.line_ids.mapped("loss")))
        self.assertEqual(sum(claim.line_ids.mapped("amount_rest")), 0.0)

    @users("manager")
    def test_report_is_grouped_by_what_its_filters_offer(self):
        self.claim()
        lines = self.env["dealer.warranty.claim.line"]
        ours = [("company_id", "=", self.company.id)]
        for name in ("date_repair:month", "loss", "claim_kind", "partner_id"):
            with self.subTest(name):
                [row] = lines.formatted_read_group(ours, [name], ["amount_claimed:sum"])
                self.assertEqual(row["amount_claimed:sum"], 960.0)
