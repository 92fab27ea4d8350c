"""A new car from the agreed day to the first call."""

from datetime import date, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, users
from odoo.tools import mute_logger

from ...followup_common import DealerFollowupCase, cn
from ...signature import SIGNATURE


class TestNewCar(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls.make_partner(name="秦海波", phone="138 0000 4411")
        cls.car = cls.make_vehicle(
            owner_id=cls.company.partner_id.id,
            license_plate="皖B·N6101",
            fuel_type="gasoline",
        )
        cls.car.sale_date = False
        cls.noon = fields.Datetime.now().replace(microsecond=0) + timedelta(hours=3)

    def plan(self, **values):
        return self.env["dealer.new.car.delivery"].create(
            {
                "vehicle_id": self.car.id,
                "partner_id": self.buyer.id,
                "advisor_id": self.advisor.id,
                "date_promised": self.noon,
                **values,
            }
        )

    def prepare(self, delivery):
        delivery.check_ids.filtered("is_mandatory").is_done = True
        delivery.action_introduce()
        delivery.first_service = "later"

    @users("caller")
    def test_way_of_a_new_car(self):
        delivery = self.plan().with_env(self.env)
        self.assertRegex(delivery.name, r"^JC\d{4}-\d{4}$")
        [todo] = delivery.sudo().activity_ids
        self.assertEqual(todo.user_id, self.advisor)
        self.prepare(delivery)
        self.assertFalse(delivery.sudo().activity_ids)
        self.assertEqual(delivery.action_open_handover()["target"], "new")
        delivery.action_deliver(signature=SIGNATURE, signed_by="秦海波")
        today = self.company._dealer_today()
        self.assertEqual(delivery.state, "delivered")
        self.assertTrue(delivery.is_on_time)
        car = self.car.sudo()
        self.assertEqual((car.owner_id, car.sale_date), (self.buyer, today))
        self.assertEqual(car.first_sale_date, today)

    @users("caller")
    def test_mileage_of_the_hand_over_is_the_first_reading_of_the_car(self):
        delivery = self.plan().with_env(self.env)
        delivery.odometer = 15
        self.prepare(delivery)
        delivery.action_deliver(signature=SIGNATURE, signed_by="秦海波")
        car = self.car.sudo()
        self.assertEqual(car.last_odometer, 15)
        reading = self.env["dealer.odometer.reading"].sudo()
        reading = reading.search([("vehicle_id", "=", car.id)])
        self.assertEqual((reading.value, reading.user_id), (15, self.caller))

    @users("caller")
    @mute_logger("odoo.sql_db")
    def test_mistyped_year_and_mileage_are_refused(self):
        with self.assertRaisesRegex(UserError, "day of the past"):
            self.plan(date_promised=self.noon - timedelta(days=2000))
        for km in (-7, 2_000_000):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.plan(odometer=km)
                self.env.flush_all()

    def test_three_and_seven_days_begin_with_the_key(self):
        rules = self.make_rule(offset_days=3) + self.make_rule(offset_days=7)
        with freeze_time(cn(2, 10)):
            delivery = self.plan(date_promised=cn(2, 15))
            self.prepare(delivery)
        self.run_rules(cn(9, 2), rules)
        self.assertFalse(self.tasks(rules[0]), "the car is still ours")
        with freeze_time(cn(2, 15)):
            delivery.action_deliver(signature=SIGNATURE, signed_by="秦海波")
        for rule, day in zip(rules, (5, 9), strict=True):
            self.run_rules(cn(day, 2), rules)
            task = self.tasks(rule)
            self.assertEqual(task.partner_id, self.buyer)
            self.assertEqual(task.due_date, date(2026, 3, day))

    def test_is_late_by_the_first_promise(self):
        delivery = self.plan()
        self.prepare(delivery)
        delivery.date_promised = self.noon + timedelta(days=2)
        self.assertEqual(delivery.date_promised_first, self.noon)
        self.env.cr.execute(
            "UPDATE dealer_new_car_delivery SET date_promised_first = %s WHERE id = %s",
            (self.noon - timedelta(days=1), delivery.id),
        )
        delivery.invalidate_recordset()
        delivery.action_deliver(unsigned_reason="公司司机代取")
        self.assertFalse(delivery.is_on_time)
        self.assertEqual(delivery.on_time_rate, 0.0)

    def test_names_what_is_not_done(self):
        delivery = self.plan()
        with self.assertRaisesRegex(UserError, "Both keys(.|\n)*first service"):
            delivery.action_deliver(unsigned_reason="代取")
        self.prepare(delivery)
        with self.assertRaisesRegex(UserError, "has not signed"):
            delivery.action_deliver()
        self.assertEqual(delivery.state, "planned")

    def test_new_car_with_an_open_recall_stays(self):
        self.car.vin_sn = "LVVDB11B0RD045678"
        campaigns = self.env["dealer.factory.campaign"]
        day = self.company._dealer_today()
        recall, service = campaigns.create(
            [
                {"name": "制动软管", "code": "R1", "date_from": day},
                {"name": "升级", "code": "S1", "kind": "service", "date_from": day},
            ]
        )
        rows = self.env["dealer.factory.campaign.car"].create(
            [
                {"campaign_id": campaign.id, "vin": self.car.vin_sn}
                for campaign in (recall, service)
            ]
        )
        delivery = self.plan()
        self.prepare(delivery)
        with self.assertRaisesRegex(UserError, "Open recall: R1") as refusal:
            delivery.action_deliver(signature=SIGNATURE, signed_by="秦海波")
        self.assertNotIn("S1", str(refusal.exception))
        rows[0].action_done_elsewhere("入库时已做")
        delivery.action_deliver(signature=SIGNATURE, signed_by="秦海波")
        self.assertEqual(delivery.state, "delivered")

    def test_list_follows_the_fuel(self):
        names = self.plan().check_ids.mapped("point_id.name")
        self.assertTrue(any("Filled up" in name for name in names))
        self.assertFalse(any("Charg" in name for name in names))
        electric = self.make_vehicle(
            owner_id=self.company.partner_id.id,
            license_plate="皖B·D61012",
            fuel_type="electric",
        )
        electric.sale_date = False
        other = self.plan(vehicle_id=electric.id)
        names = other.check_ids.mapped("point_id.name")
        self.assertTrue(any("Charg" in name for name in names))
        self.assertFalse(any("Filled up" in name for name in names))

    def test_another_car_has_another_list(self):
        delivery = self.plan()
        delivery.check_ids.is_done = True
        electric = self.make_vehicle(
            owner_id=self.company.partner_id.id,
            license_plate="皖B·D61013",
            fuel_type="electric",
        )
        electric.sale_date = False
        delivery.vehicle_id = electric
        self.assertFalse(any(delivery.check_ids.mapped("is_done")))
        self.assertTrue(delivery.check_open_count)

    @users("caller")
    def test_what_was_signed_stays(self):
        delivery = self.plan().with_env(self.env)
        self.prepare(delivery)
        delivery.action_deliver(signature=SIGNATURE, signed_by="秦海波")
        with self.assertRaisesRegex(UserError, "stays as it is"):
            delivery.date_promised = self.noon + timedelta(days=9)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            delivery.check_ids[0].is_done = False
        with self.assertRaises(UserError):
            delivery.write({"date_delivered": self.noon})
        with self.assertRaises(UserError):
            delivery.with_user(self.manager).unlink()

    @users("caller")
    def test_facts_are_not_entered(self):
        for name, value in (
            ("state", "delivered"),
            ("date_delivered", self.noon),
            ("date_promised_first", self.noon + timedelta(days=3)),
            ("date_introduced", self.noon),
            ("signed_by", "秦海波"),
        ):
            with self.subTest(field=name), self.assertRaises(UserError):
                delivery = self.plan().with_env(self.env)
                try:
                    delivery.write({name: value})
                finally:
                    delivery.sudo().unlink()

    @users("caller")
    def test_who_ticks_is_stamped(self):
        delivery = self.plan().with_env(self.env)
        check = delivery.check_ids[0]
        check.is_done = True
        self.assertEqual(check.user_id, self.env.user)
        with self.assertRaises(UserError):
            check.user_id = self.advisor
        with self.assertRaises(AccessError):
            check.unlink()
        check.is_done = False
        self.assertFalse(check.date_done)

    def test_own_name_does_not_sign(self):
        delivery = self.plan()
        self.prepare(delivery)
        with self.assertRaisesRegex(UserError, "own name"):
            delivery.with_user(self.caller).action_deliver(
                signature=SIGNATURE, signed_by=self.caller.name
            )

    def test_a_car_is_handed_over_once(self):
        delivery = self.plan()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(Exception, "already planned|_open_uniq"),
            self.env.cr.savepoint(),
        ):
            self.plan()
            self.env.flush_all()
        self.prepare(delivery)
        delivery.action_deliver(unsigned_reason="代取")
        with self.assertRaisesRegex(ValidationError, "was handed over"):
            self.plan()
        with self.assertRaisesRegex(UserError, "already"):
            delivery.action_deliver(unsigned_reason="代取")

    @users("caller")
    def test_nobody_is_given_the_car_of_another_customer(self):
        """Who owns a car reads its visits."""
        theirs = self.make_vehicle(license_plate="皖B·N6199")
        theirs.sale_date = False
        with self.assertRaisesRegex(ValidationError, "not in stock"):
            self.env["dealer.new.car.delivery"].create(
                {
                    "vehicle_id": theirs.id,
                    "partner_id": self.buyer.id,
                    "date_promised": self.noon,
                }
            )
        delivery = self.plan().with_env(self.env)
        self.prepare(delivery)
        self.car.owner_id = self.customer
        with self.assertRaisesRegex(ValidationError, "not in stock"):
            delivery.action_deliver(unsigned_reason="代取")
        self.assertEqual(self.car.owner_id, self.customer)

    def test_shop_does_not_buy_from_itself(self):
        with self.assertRaisesRegex(ValidationError, "not the shop"):
            self.plan(partner_id=self.company.partner_id.id)

    @users("caller")
    def test_call_off_needs_a_reason(self):
        delivery = self.plan().with_env(self.env)
        dialog = delivery.action_cancel()
        self.assertEqual(dialog["res_model"], "dealer.reason.wizard")
        wizard = (
            self.env["dealer.reason.wizard"]
            .with_context(**dialog["context"])
            .create({"reason": "贷款未批"})
        )
        wizard.action_apply()
        self.assertEqual(
            (delivery.state, delivery.cancel_reason), ("cancelled", "贷款未批")
        )
        self.assertEqual(self.car.sudo().owner_id, self.company.partner_id)
        self.assertFalse(delivery.sudo().activity_ids)

    def test_wrong_people(self):
        delivery = self.plan()
        with self.assertRaises(AccessError):
            delivery.with_user(self.technician).read(["name"])
        with self.assertRaises(AccessError):
            delivery.with_user(self.advisor).action_introduce()
        other = self.env["res.company"].create({"name": "另一家店"})
        stranger = new_test_user(
            self.env,
            login="stranger_newcar",
            groups="dealer_followup.group_dealer_followup_user",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        mine = self.env["dealer.new.car.delivery"].with_user(stranger)
        self.assertFalse(mine.search([("id", "=", delivery.id)]))
        checks = self.env["dealer.new.car.check"].with_user(stranger)
        self.assertFalse(checks.search([("delivery_id", "=", delivery.id)]))
        with self.assertRaises(AccessError):
            mine.browse(delivery.id).action_introduce()
