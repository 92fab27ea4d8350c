"""Red and amber on the estimate: decided, declined with their colour, and back."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..workshop.workshop_case import ARRIVAL
from .multipoint_case import MultipointCase


@tagged("standard", "post_install", "-at_install")
class TestOffer(MultipointCase):
    def decide(self, order, *declined):
        order.action_record_consent(
            "in_person",
            "王建国",
            declined={
                line.id: "下次"
                for line in order.order_line
                if line.product_id in declined
            },
        )

    def orders(self, visit=None):
        return (visit or self.visit).order_ids.filtered(
            lambda order: order.state in ("draft", "sent")
        )

    def test_one_tap_of_the_technician_is_a_supplement(self):
        sheet = self.inspect(pads=2.0, tread=2.5)
        self.assertEqual(sheet.to_offer_count, 2)
        sheet.action_offer()
        order = self.orders()
        self.assertEqual(order.dealer_kind, "supplement")
        self.assertIn("Pads · 2 mm", order.dealer_reason)
        products = order.order_line.product_id
        self.assertLessEqual(self.pads_labour | self.pads_part, products)
        tyres = self.found(sheet, "tread").sudo().order_line_ids
        self.assertEqual(tyres.name, "Replace the Tyres")
        self.assertEqual(tyres.product_id, order.dealer_own_words_id)
        # nobody has put a price on it, and the order says so
        self.assertIn("Replace the Tyres", order.dealer_unpriced)
        self.assertEqual(sheet.to_offer_count, 0)
        with self.assertRaises(UserError):
            sheet.action_offer()

    def test_before_the_authorization_it_is_the_estimate(self):
        visit = self.make_visit(
            "inspected",
            vehicle_id=self.make_vehicle(license_plate="皖B·E0001").id,
        )
        sheet = self.inspect(visit, self.advisor, pads=2.0)
        action = sheet.action_offer()
        self.assertEqual(action["res_model"], "sale.order")
        self.assertEqual(self.orders(visit).dealer_kind, "estimate")
        again = self.inspect(visit, self.advisor, joints="amber")
        again.action_offer()
        self.assertEqual(len(self.orders(visit)), 1)

    def test_the_same_job_is_offered_once(self):
        twin = self.items["tread"].copy({"name": "Tread, Right"})
        self.template.item_ids |= twin
        sheet = self.begin()
        self.judge(sheet, lamps="green", tread=2.0, pads=9.0, water=1.0, joints="green")
        sheet.action_judge([{"item_id": twin.id, "value": 1.0}])
        sheet.action_finish()
        sheet.action_offer()
        lines = self.orders().order_line.filtered("product_id")
        self.assertEqual(len(lines), 1)
        self.assertEqual(len(lines.multipoint_finding_ids), 2)

    def test_declined_keeps_its_colour_and_safety(self):
        sheet = self.inspect(pads=2.0, joints="amber")
        sheet.action_offer()
        order = self.orders()
        own_words = order.dealer_own_words_id
        order.order_line.filtered(lambda line: line.product_id == own_words).write(
            {"price_unit": 300.0}
        )
        self.decide(order, self.pads_labour, self.pads_part, own_words)
        works = self.env["dealer.declined.work"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        by_product = {work.product_id: work for work in works}
        self.assertEqual(by_product[self.pads_part].colour, "red")
        self.assertTrue(by_product[self.pads_part].is_safety)
        self.assertEqual(by_product[own_words].colour, "amber")
        self.assertFalse(by_product[own_words].is_safety)
        self.assertEqual(self.found(sheet, "pads").decision, "declined")

    def test_declined_and_back_worse_is_the_same_work(self):
        sheet = self.inspect(pads=4.0)
        sheet.action_offer()
        self.decide(self.orders(), self.pads_labour, self.pads_part)
        works = self.env["dealer.declined.work"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        self.assertEqual(set(works.mapped("colour")), {"amber"})
        self.visit._write_by_method({"state": "delivered"})
        visit = self.make_visit("working", date_authorized=ARRIVAL)
        self.make_job(visit, technician_id=self.mechanic.id)
        again = self.inspect(visit, pads=2.0)
        again.action_offer()
        order = self.orders(visit)
        self.assertEqual(order.order_line.dealer_declined_work_id, works)
        self.assertEqual(set(works.mapped("state")), {"offered"})
        self.decide(order, self.pads_labour, self.pads_part)
        self.assertEqual(set(works.mapped("times_declined")), {2})
        self.assertEqual(set(works.mapped("colour")), {"red"})

    def test_what_was_offered_is_not_judged_again(self):
        visit = self.visit
        sheet = self.begin(visit)
        self.judge(sheet, pads=2.0)
        with self.assertRaises(UserError):
            # first it is finished
            sheet.action_offer()

    def test_approved_work_becomes_jobs(self):
        sheet = self.inspect(pads=2.0)
        sheet.action_offer()
        self.decide(self.orders())
        self.assertIn("更换前制动片工时", " ".join(self.visit.job_ids.mapped("name")))
        self.assertEqual(self.found(sheet, "pads").decision, "approved")

    def test_nothing_can_be_offered_when_the_work_is_over(self):
        sheet = self.inspect(pads=2.0)
        self.visit._write_by_method({"state": "ready"})
        with self.assertRaises(UserError):
            sheet.action_offer()
        self.assertFalse(sheet.get_sheet()["can_offer"])

    def test_advisor_is_told(self):
        self.inspect(pads=2.0, joints="amber")
        told = self.visit.activity_ids.filtered(
            lambda activity: activity.user_id == self.advisor
        )
        self.assertIn("1 red, 1 amber", told.mapped("summary")[-1])
        self.assertIn("Pads · 2 mm", told[-1].note)

    def test_home_counts_what_is_not_offered(self):
        home = self.env["dealer.home"].with_user(self.advisor)

        def count():
            tiles = home.get_home("service", mine=True)["sections"][0]["tiles"]
            return sum(tile["count"] for tile in tiles if tile["key"] == "multipoint")

        before = count()
        sheet = self.inspect(pads=2.0)
        self.assertEqual(count(), before + 1)
        sheet.action_offer()
        self.assertEqual(count(), before)
