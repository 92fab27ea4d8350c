"""One customer, one car, two shops of a group: what each knows, and who may do what."""

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form

from ...followup_common import DealerFollowupCase, cn


class TestTwoShopsOneCustomer(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.user_admin").company_ids += cls.company
        cls.hefei = cls.env["res.company"].create(
            {"name": "合肥店", "dealer_calendar_id": cls.make_calendar().id}
        )
        cls.hefei.dealer_call_hours = cls.company.dealer_call_hours
        cls.hefei_advisor = cls.in_hefei(cls.make_user("advisor_hf", "user"))
        cls.hefei_caller = cls.in_hefei(cls.make_caller("caller_hf"))
        cls.hefei_care_manager = cls.in_hefei(cls.make_caller("care_hf", "manager"))
        cls.hefei_desk = cls.in_hefei(cls.make_complaint_user("desk_hf", "manager"))
        cls.director = cls.make_caller("director", "manager")
        cls.director.write(
            {
                "group_ids": [
                    Command.link(cls.env.ref("dealer_service.group_dealer_group").id)
                ],
                "company_ids": [Command.link(cls.hefei.id)],
            }
        )

    @classmethod
    def in_hefei(cls, user):
        user.write(
            {"company_ids": [Command.set(cls.hefei.ids)], "company_id": cls.hefei.id}
        )
        return user

    def test_two_shops_one_customer(self):
        # The car has been with the shop in Wuhu; there the customer complains.
        self.make_past_visit(1)
        with freeze_time(cn(2, 9)):
            wuhu = self.make_complaint(
                subject="芜湖店：空调异味", vehicle_id=self.vehicle.id
            )

        # In Hefei the car is found by its plate. What was said in Wuhu is not shown,
        # and nobody there changes whose it is.
        with freeze_time(cn(3, 9)):
            car = self.vehicle.with_user(self.hefei_advisor)
            arrival = Form(self.env["dealer.arrival"].with_user(self.hefei_advisor))
            arrival.query = self.vehicle.license_plate
            self.assertEqual(arrival.vehicle_id, self.vehicle)
            self.assertNotIn("空调异味", arrival.notices)
            arrival.save()
            with self.assertRaises(AccessError):
                car.license_plate = "皖A·H0001"

            # He has moved: once the car is there, its new plate is entered there.
            visit = car._arrive()
            self.assertEqual(visit.company_id, self.hefei)
            car.license_plate = "皖A·H0001"
            hefei = self.make_complaint(
                subject="合肥店：等待太久",
                vehicle_id=self.vehicle.id,
                company_id=self.hefei.id,
                user_id=self.hefei_desk.id,
            )

        # Both call him, though his car is still there. Each sheet is that of its shop.
        rule = self.make_rule("manual", company_id=False, suppress_in_house=False)
        sheets = {}
        for shop, caller, hour in (
            (self.company, self.caller, 9),
            (self.hefei, self.hefei_caller, 15),
        ):
            with freeze_time(cn(4, hour)):
                task = self.make_task(rule, company_id=shop.id, due_date=cn(4).date())
                sheet = self.open_sheet(task, caller)
                sheets[shop] = f"{sheet.warning} {sheet.briefing}"
                self.call(task, "reached", caller, note=f"{shop.name}的电话")
        self.assertIn("空调异味", sheets[self.company])
        self.assertNotIn("等待太久", sheets[self.company])
        self.assertIn("等待太久", sheets[self.hefei])
        self.assertNotIn("空调异味", sheets[self.hefei])
        self.assertNotIn(f"{self.company.name}的电话", sheets[self.hefei])

        # Hefei wants to be faster than the group: not by changing the group's policy.
        policy = self.policy.with_user(self.hefei_desk)
        with self.assertRaises(AccessError):
            policy.active = False
        own = policy.browse(policy.action_copy_for_shop()["res_id"])
        contact = own.target_ids.filtered(lambda target: target.metric == "contact")
        contact.amount = 1.0
        both = self.env["dealer.complaint"]
        with freeze_time(cn(5, 9)):
            for shop in self.company | self.hefei:
                both |= self.make_complaint(company_id=shop.id)
        self.assertEqual(self.timer(both[0]).date_deadline, cn(5, 11))
        self.assertEqual(self.timer(both[1]).date_deadline, cn(5, 10))

        # He wants to be forgotten: one shop does not decide that for both.
        for complaint in wuhu | hefei | both:
            complaint.action_cancel()
        visit.sudo().action_cancel()
        customer = self.customer
        for manager in (self.care_manager, self.hefei_care_manager):
            with self.assertRaises(AccessError):
                customer.with_user(manager).action_anonymise_customer()
        customer.with_user(self.director).action_anonymise_customer()
        self.assertNotIn("王建国", customer.name)
