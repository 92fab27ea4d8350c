"""What a method makes never takes the defaults of the view it was called from."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import users

from ...common import DealerServiceCase


class TestCallerDefaults(DealerServiceCase):
    """The board is grouped by state: its column goes along as ``default_state``."""

    def on_board(self, visit):
        return visit.with_env(self.env).with_context(default_state=visit.state)

    @users("advisor")
    def test_car_arrives_from_its_card(self):
        for state in ("booked", "prepared"):
            visit = self.make_reception()
            if state == "prepared":
                self.tick(visit)
                visit.action_prepare()
            self.on_board(visit).action_next_step()
            self.assertEqual(visit.state, "arrived")
            self.assertEqual(visit.inspection_ids.state, "draft")

    @users("advisor")
    def test_estimate_is_opened_from_its_card(self):
        visit = self.bring_to(self.make_reception(), "inspected")
        visit.invalidate_recordset()
        action = self.on_board(visit).action_next_step()
        order = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual(order.state, "draft")

    @users("advisor")
    def test_work_begins_from_the_card(self):
        visit = self.bring_to(self.make_reception(), "inspected")
        self.make_order(visit).action_record_consent("in_person", "王建国")
        visit.date_promised = fields.Datetime.now() + timedelta(hours=3)
        self.tick(visit)
        self.on_board(visit).with_context(default_name="R1").action_next_step()
        self.assertEqual(visit.job_ids.mapped("state"), ["pending"])
        self.assertEqual(visit.job_ids.mapped("name"), ["四轮定位"])

    @users("advisor")
    def test_new_visit_starts_in_a_state_of_its_own(self):
        booking = self.env["dealer.reception"].with_context(default_state="delivered")
        with self.assertRaises(UserError):
            booking.create(
                {"vehicle_id": self.vehicle.id, "partner_id": self.customer.id}
            )

    @users("advisor")
    def test_default_of_a_new_record_is_its_own_alone(self):
        """The form of a new visit gets what was meant for it; its checks do not."""
        visit = (
            self.env["dealer.reception"]
            .with_context(
                default_state="arrived",
                default_vehicle_id=self.vehicle.id,
                default_partner_id=self.customer.id,
                default_belongings="雨伞",
            )
            .create({})
        )
        self.assertEqual(visit.belongings, "雨伞")
        self.assertEqual(visit.inspection_ids.state, "draft")
