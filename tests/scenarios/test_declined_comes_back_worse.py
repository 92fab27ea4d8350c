"""Brake pads that were amber are declined, and come back red."""

from odoo.fields import Command

from .story import StoryCase


class TestDeclinedComesBackWorse(StoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vehicle.fuel_type = "gasoline"
        cls.item = cls.env.ref("dealer_service.dealer_multipoint_item_pads_front")
        cls.item.package_id = cls.env["sale.order.template"].create(
            {
                "name": "前制动片套餐",
                "sale_order_template_line_ids": [
                    Command.create({"product_id": product.id})
                    for product in (cls.pads_labour, cls.pads)
                ],
            }
        )

    def take_in(self, km):
        """The car comes for its oil, and the mechanic begins."""
        visit = self.arrive_by_plate(self.vehicle.license_plate)
        self.walk_around(visit, km)
        self.agree(visit, self.oil)
        self.authorize_visit(visit)
        job = visit.sudo().job_ids[:1]
        job.technician_id = self.mechanic
        job = job.with_user(self.technician)
        job.action_start()
        return visit, job

    def inspect(self, job, pads):
        """Forty items on the tablet; only the pads are not in order."""
        sheet = self.env["dealer.multipoint.sheet"].with_user(self.technician)
        sheet = sheet.browse(job.action_multipoint()["res_id"])
        items = [item for area in sheet.get_sheet()["areas"] for item in area["items"]]
        for item in items:
            value = pads if item["id"] == self.item.id else item["limit_amber"]
            row = {"item_id": item["id"], "colour": "green", "value": value}
            sheet.action_judge([row])
        sheet.action_finish()
        return sheet, next(item for item in items if item["id"] == self.item.id)

    def supplement(self, visit):
        return visit.order_ids.filtered(lambda order: order.state == "draft")

    def test_declined_amber_comes_back_red(self):
        visit, job = self.take_in(40_000)
        sheet, shown = self.inspect(job, 4.0)
        self.assertEqual(shown["before"], [])
        self.assertEqual((len(sheet.finding_ids), sheet.amber_count), (40, 1))

        # One tap: labour and part are on a supplement, whose reason is the value.
        sheet.action_offer()
        visit.invalidate_recordset()
        order = self.supplement(visit)
        self.assertIn("4 mm", order.dealer_reason)
        lines = order.order_line.filtered("product_id")
        self.assertEqual(lines.product_id, self.pads_labour | self.pads)
        order.action_record_consent(
            "phone", "王建国", declined={line.id: "下次再换" for line in lines}
        )
        works = self.env["dealer.declined.work"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        self.assertEqual(set(works.mapped("colour")), {"amber"})
        job.action_done()
        self.finish(visit)

        # Half a year later the card of the arrival has it, and the tablet the value.
        with self.later(days=180):
            notices = self.vehicle.with_user(self.advisor)._arrival_notices()
            self.assertTrue(any("前制动片" in text for _kind, text in notices))
            visit, job = self.take_in(48_000)
            sheet, shown = self.inspect(job, 2.0)
            self.assertEqual(shown["before"][0]["value"], 4.0)
            self.assertEqual(sheet.red_count, 1)
            sheet.action_offer()
            visit.invalidate_recordset()
            order = self.supplement(visit)
            self.assertEqual(order.order_line.dealer_declined_work_id, works)
            finding = sheet.sudo().finding_ids.filtered(
                lambda row: row.item_id == self.item
            )
            self.assertEqual(finding._portal_values()["colour"], "red")

            # This time the customer agrees, and the work is done.
            order.action_record_consent("phone", "王建国")
            self.assertEqual(finding.decision, "approved")
            job.action_done()
            self.work(visit)
            self.finish(visit)
