"""Several owners complain of one part of one model: one group complaint."""

from odoo.exceptions import ValidationError

from ...complaint_common import cn
from .complaint_story import ComplaintStoryCase


class TestComplaintOfAGroup(ComplaintStoryCase):
    def test_one_part_of_one_model(self):
        gearbox = self.env.ref("dealer_complaint.complaint_category_gearbox")
        singles = self.env["dealer.complaint"]
        for day, plate in ((2, "皖B·C1111"), (3, "皖B·C2222"), (4, "皖B·C3333")):
            with self.at(cn(day, 9)):
                owner = self.make_partner(name=f"车主{plate}")
                car = self.make_vehicle(license_plate=plate, owner_id=owner.id)
                complaint = self.open_complaint(
                    self.handler,
                    subject="变速箱顿挫",
                    partner_id=owner.id,
                    vehicle_id=car.id,
                    category_id=gearbox.id,
                )
                self.say(complaint, self.handler)
                singles |= complaint
        # The third tells that it is not one car.
        self.assertEqual(singles.mapped("grade"), ["general", "general", "escalated"])
        self.assertIn("one model and part", singles[-1].grade_reason)

        # An officer makes them a group, which is reported to the factory once.
        with self.at(cn(4, 10)):
            group = self.open_complaint(
                self.officer,
                subject="瑞虎8 变速箱顿挫（群诉）",
                vehicle_id=False,
                model_id=self.model.id,
                category_id=gearbox.id,
                partner_id=singles[-1].partner_id.id,
            )
            singles.with_user(self.officer).parent_id = group
            group.action_report_to_manufacturer()
            group.action_report_to_manufacturer()
            self.assertEqual(group.report_count, 1)
            self.assertEqual(group.child_ids, singles)
            with self.assertRaises(ValidationError):
                group.parent_id = singles[0]

        # Each customer keeps the own clocks and gets the own answer.
        with self.at(cn(5, 9)):
            self.say(singles[0], self.handler, "decision")
            self.assertEqual(self.timer(singles[0], "feedback").state, "met")
            self.assertEqual(self.timer(singles[1], "feedback").state, "running")
