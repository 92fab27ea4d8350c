"""What the factory asks for and pays: a recall at the lane, a claim that is cut."""

from odoo.exceptions import UserError
from odoo.fields import Command

from .story import StoryCase


class TestFactoryPays(StoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_warranty_claims = True
        cls.factory = cls.make_partner(name="奇瑞汽车股份有限公司")
        cls.company.dealer_warranty_partner_id = cls.factory
        cls.vehicle.vin_sn = "LVVDB11B0RD045678"
        cls.pads.default_code = "T15-3501080"
        cls.pads_labour.default_code = "S21-3501-01"

    def test_recall_is_found_at_the_lane_and_done(self):
        campaign = self.env["dealer.factory.campaign"].create(
            {
                "name": "前制动片",
                "code": "R2026-07",
                "date_from": self.company._dealer_today(),
                "text": "前制动片可能开裂，免费更换。",
            }
        )
        row = self.env["dealer.factory.campaign.car"].create(
            {"campaign_id": campaign.id, "vin": "LVVDB11B0RD045678"}
        )
        # The customer comes for an oil change; the advisor reads of the recall.
        visit = self.arrive_by_plate("A1234")
        self.assertIn("R2026-07", visit.campaign_notice)
        self.walk_around(visit, 20_000)
        own = self.agree(visit, self.oil, self.filter)
        action = visit.action_add_campaigns()
        recall = self.env["sale.order"].with_user(self.advisor).browse(action["res_id"])
        recall.order_line = [
            Command.create({"product_id": product.id})
            for product in (self.pads_labour, self.pads)
        ]
        recall.action_record_consent("in_person", visit.contact_id.name)
        self.authorize_visit(visit)
        self.work(visit)
        self.finish(visit)

        # The customer pays the oil change, and hears no more of the recall.
        self.assertEqual(visit.invoice_ids, own.invoice_ids)
        self.assertEqual(visit.invoice_ids.amount_total, 128.0)
        self.assertEqual((row.state, row.reception_id), ("done", visit.sudo()))
        self.env.invalidate_all()
        self.assertFalse(visit.campaign_notice)
        claim = visit.claim_ids
        self.assertEqual((claim.kind, claim.amount_claimed), ("campaign", 548.0))
        claim.action_submit()
        claim.action_approve_all()
        claim.action_answer()
        claim.with_user(self.manager).action_invoice()
        claim._factory_bills().action_post()
        self.assertEqual(claim.state, "settled")

    def test_claim_is_cut_by_a_third_and_the_manager_decides(self):
        visit = self.arrive_by_plate("A1234")
        self.walk_around(visit, 20_000, "刹车时有异响。")
        warranty = self.agree(
            visit, self.pads_labour, self.pads, dealer_payer="warranty"
        )
        self.authorize_visit(visit)
        self.work(visit)
        self.finish(visit)

        # The key is handed over, nobody has paid anything yet.
        self.assertEqual(visit.state, "delivered")
        self.assertFalse(visit.invoice_ids)
        claim = visit.claim_ids
        claim.write({"fault_code": "C0040", "cause": "制动片开裂"})
        claim.action_submit()
        labour, part = claim.line_ids
        labour.write({"answer": "cut", "amount_approved": 120.0})
        part.answer = "approved"
        claim.action_answer()

        # The advisor decides nothing; the manager lets the shop bear it.
        with self.assertRaises(UserError):
            claim.action_settle()
        claim = claim.with_user(self.manager)
        claim.action_invoice()
        claim.line_ids[0].write({"rest_to": "goodwill", "rest_reason": "老客户"})
        # Accounting posts the invoice to the factory; before, nothing is over.
        with self.assertRaisesRegex(UserError, "is a draft"):
            claim.action_settle()
        claim._factory_bills().action_post()
        claim.action_settle()
        moves = claim.sudo().line_ids.move_line_ids.move_id
        self.assertEqual(
            {move.partner_id: move.amount_untaxed for move in moves},
            {self.factory: 488.0, self.company.partner_id: 60.0},
        )
        self.assertEqual(visit.settled_total, 548.0)
        self.assertEqual(warranty.sudo().invoice_status, "invoiced")
