"""A recall is told wherever its car is seen, done by its order, and kept."""

import base64
from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, mute_logger, users

from .claim_case import ClaimCase

VIN = "LVVDB11B0RD045678"


class CampaignCase(ClaimCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._dealer_today()
        cls.hose = cls.make_product(
            "制动软管", "part", 80.0, default_code="S21-3506050"
        )
        cls.campaign = cls.make_campaign()

    @classmethod
    def make_campaign(cls, *vins, **values):
        campaign = cls.env["dealer.factory.campaign"].create(
            {
                "name": "左前制动软管",
                "code": f"R2026-{cls.env['dealer.factory.campaign'].search_count([])}",
                "date_from": cls.today,
                "text": "制动软管可能磨损",
                **values,
            }
        )
        cls.env["dealer.factory.campaign.car"].create(
            [{"campaign_id": campaign.id, "vin": vin} for vin in vins or [VIN]]
        )
        return campaign

    def notice(self, car=None):
        car = (car or self.vehicle).with_env(self.env)
        car.invalidate_recordset(["campaign_notice"])
        return car.campaign_notice or ""


class TestCampaigns(CampaignCase):
    @users("manager")
    def test_nobody_ends_a_recall_while_cars_are_open(self):
        campaign = self.campaign.with_env(self.env)
        yesterday = self.today - timedelta(days=1)
        other = self.env["res.company"].sudo().create({"name": "二店"})
        for values in (
            {"kind": "service"},
            {"active": False},
            {"date_from": yesterday, "date_to": yesterday},
            {"date_from": self.today + timedelta(days=1)},
            {"company_id": other.id},
        ):
            with self.subTest(values), self.assertRaisesRegex(UserError, "are open"):
                campaign.write(values)
        self.assertIn("Open recall", self.notice())
        campaign.sudo().car_ids.action_exclude("已报废")
        campaign.sudo().active = False

    @users("manager")
    def test_done_elsewhere_on_the_wrong_row_is_taken_back(self):
        row = self.campaign.car_ids.with_env(self.env)
        row.action_done_elsewhere("南京店 2026-03-02")
        row.action_reported()
        with self.assertRaisesRegex(UserError, "with a reason"):
            row.action_include()
        with self.assertRaisesRegex(UserError, "give a reason"):
            row.action_not_done(" ")
        action = row.action_ask_not_done()
        dialog = self.env["dealer.reason.wizard"].with_context(action["context"])
        dialog.create({"reason": "点错行"}).action_apply()
        self.assertEqual(
            (row.state, row.reason, row.date_done, row.date_reported),
            ("open", False, False, False),
        )
        log = self.campaign.message_ids[0]
        self.assertIn("点错行", log.body)
        self.assertIn("南京店", log.body)
        self.assertEqual(log.author_id, self.manager.partner_id)
        self.assertIn("Open recall", self.notice())
        with self.assertRaisesRegex(UserError, "entered as done elsewhere"):
            row.action_not_done("again")

    @users("advisor")
    def test_open_recall_is_told_wherever_the_car_is_seen(self):
        self.assertIn("Open recall: R2026", self.notice())
        self.assertIn("Open recall", self.reception.with_env(self.env).campaign_notice)
        level, text = self.vehicle.with_env(self.env)._arrival_notices()[0]
        self.assertEqual(level, "danger")
        self.assertIn("左前制动软管", text)
        booking = Form(self.env["dealer.booking"])
        booking.vehicle_id = self.vehicle
        self.assertIn("Open recall", booking.campaign_notice)

    @users("advisor")
    def test_do_not_drive_is_told_before_all_else(self):
        self.make_campaign(kind="service", name="升级")
        self.make_campaign(is_stop=True, name="高压线束")
        names = ["高压线束", "左前制动软管", "升级"]
        told = self.notice().split(" · ")
        for name, text in zip(names, told, strict=True):
            self.assertIn(name, text)
        self.assertTrue(told[0].startswith("Recall, do not drive"))
        notices = self.vehicle.with_env(self.env)._arrival_notices()
        for name, (_level, text) in zip(names, notices, strict=False):
            self.assertIn(name, text)

    @users("advisor")
    def test_a_car_that_becomes_known_later_is_found_by_its_number(self):
        self.make_campaign("lvvdb11b0-rd045999")
        car = self.make_vehicle(license_plate="皖B·K5555")
        self.assertFalse(self.notice(car))
        car.vin_sn = "LVVDB11B0RD045999"
        self.assertIn("Open recall", self.notice(car))
        row = self.env["dealer.factory.campaign.car"].search(
            [("is_known", "=", True), ("vin", "ilike", "45999")]
        )
        self.assertEqual(row.vehicle_id, car)

    @users("advisor")
    def test_what_is_over_or_not_begun_is_not_told(self):
        self.campaign.sudo().car_ids.action_exclude("已报废")
        campaign = self.make_campaign(kind="service")
        self.assertTrue(self.notice())
        day = timedelta(days=1)
        for values in (
            {"date_from": self.today + day},
            {"date_from": self.today - 2 * day, "date_to": self.today - day},
            {"active": False},
        ):
            campaign.write({"active": True, "date_to": False, **values})
            with self.subTest(values):
                self.assertFalse(self.notice())

    @users("advisor")
    def test_recall_is_done_by_its_order_and_claimed(self):
        self.campaign.is_stop = True
        self.assertIn("do not drive", self.notice())
        visit = self.reception.with_env(self.env)
        order = self.env["sale.order"].browse(visit.action_add_campaigns()["res_id"])
        self.assertEqual(order.dealer_payer, "warranty")
        with self.assertRaisesRegex(UserError, "Each of them has its order"):
            visit.action_add_campaigns()
        order.order_line = [(0, 0, {"product_id": self.hose.id})]
        self.settle()
        row = self.campaign.car_ids
        self.assertEqual(row.state, "done")
        self.assertEqual(row.reception_id, self.reception)
        self.assertFalse(self.notice())
        claim = order.dealer_claim_ids
        self.assertEqual(claim.kind, "campaign")
        self.assertEqual(claim.campaign_code, self.campaign.code)
        self.assertTrue(claim.old_part_ids)
        # the manufacturer knows its campaign, not what the customer had noticed
        self.assertEqual(claim.fault_code, self.campaign.code)
        self.assertEqual(claim.fault_text, self.campaign.name)
        self.assertEqual(claim.cause, self.campaign.text)
        claim = claim.with_env(self.env)
        claim.line_ids.operation_code = False
        with self.assertRaisesRegex(UserError, "Enter the code of"):
            claim.action_submit()
        claim.line_ids.operation_code = "S21-3506050"
        claim.action_submit()

    @users("advisor")
    def test_declined_recall_stays_open(self):
        visit = self.reception.with_env(self.env)
        order = self.env["sale.order"].browse(visit.action_add_campaigns()["res_id"])
        order.order_line = [(0, 0, {"product_id": self.hose.id})]
        order.action_record_consent(
            "phone", "王建国", declined={order.order_line.id: "赶时间"}
        )
        self.settle()
        self.assertEqual(self.campaign.car_ids.state, "open")
        self.assertTrue(self.notice())

    @users("advisor")
    def test_nobody_marks_a_recall_done_by_hand(self):
        row = self.campaign.car_ids.with_env(self.env)
        for action in (
            lambda: row.action_done_elsewhere("那边做过"),
            lambda: row.action_exclude("不用"),
            lambda: row.unlink(),
        ):
            with self.assertRaises(AccessError):
                action()
        with self.assertRaises(UserError):
            row.write({"state": "done"})
        with self.assertRaises(UserError):
            row.with_user(self.manager).write({"state": "done"})
        with self.assertRaisesRegex(UserError, "where and when"):
            row.with_user(self.manager).action_done_elsewhere(" ")

    @users("manager")
    def test_done_is_reported_and_kept(self):
        row = self.campaign.car_ids.with_env(self.env)
        with self.assertRaisesRegex(UserError, "nothing to report"):
            row.action_reported()
        row.action_done_elsewhere("南京店 2026-03-02")
        row.action_reported()
        self.assertTrue(row.date_reported)
        with self.assertRaisesRegex(UserError, "is kept for 5 years"):
            row.unlink()
        profile = self.env.ref("dealer_service.dealer_factory_export_campaign")
        _name, data = profile._write_file(row)
        self.assertTrue(data.startswith(b"PK"))

    @users("manager")
    def test_list_of_vins_is_entered_whole_or_not_at_all(self):
        text = "序号,车架号 VIN\n1,LVVDB11B0RD000001\n2,lvvdb11b0rd045678\n"
        dialog = self.env["dealer.campaign.import"].create(
            {
                "campaign_id": self.campaign.id,
                "file": base64.b64encode(text.encode("gbk")),
                "text": "LVVDB11B0RD000002\n\nLVVDB11B0RD000001",
            }
        )
        dialog.action_enter()
        self.assertEqual(self.campaign.car_count, 3)
        dialog.write({"file": False, "text": "LVVDB11B0RD000003\n无"})
        with self.assertRaisesRegex(UserError, "2: 无"):
            dialog.action_enter()
        self.assertEqual(len(self.campaign.car_ids), 3)

    def entered(self, content, text=False):
        """The numbers on the list after a file was entered."""
        dialog = self.env["dealer.campaign.import"].create(
            {
                "campaign_id": self.make_campaign().id,
                "file": base64.b64encode(content),
                "text": text,
            }
        )
        dialog.action_enter()
        return set(dialog.campaign_id.car_ids.mapped("vin")) - {VIN}

    def test_numbers_are_kept_in_one_spelling(self):
        vins = self.entered(
            b"VIN\nlvvdb11b0rd000001\n LVV-DB11B0 RD000002 \n",
            text="ＬＶＶDB11B0RD000003\nLVVDB11B0RD000001",
        )
        self.assertEqual(vins, {f"LVVDB11B0RD00000{n}" for n in (1, 2, 3)})

    def test_numbers_on_one_line_as_mails_list_them(self):
        vins = [f"LVVDB11B0RD00000{number}" for number in range(1, 6)]
        text = "{}，{}、{}; {} {}".format(*vins)
        self.assertEqual(self.entered(b"", text=text), set(vins))

    def test_numbers_of_a_spreadsheet_are_no_vins(self):
        text = f"12345678901234567\n{'A' * 9999}"
        dialog = self.env["dealer.campaign.import"].create(
            {"campaign_id": self.campaign.id, "text": text}
        )
        with self.assertRaisesRegex(UserError, "1: 12345678901234567") as refusal:
            dialog.action_enter()
        self.assertLess(len(str(refusal.exception)), 300)

    def test_check_digit_that_does_not_fit_is_told(self):
        good, odd = "1M8GDM9AXKP042788", "1M8GDM9A1KP042788"
        for vin, kind in ((good, "success"), (odd, "warning")):
            dialog = self.env["dealer.campaign.import"].create(
                {"campaign_id": self.campaign.id, "text": vin}
            )
            params = dialog.action_enter()["params"]
            self.assertEqual(params["type"], kind)
            self.assertEqual(vin in params["message"], vin == odd)

    def test_list_without_headings_and_with_a_title(self):
        first, second = "LVVDB11B0RD000001", "LVVDB11B0RD000002"
        for text in (
            f"{first}\n{second}\n",
            f"召回车辆清单\n\n{first}\n{second}\n合计2台\n",
            f"瑞虎8,{first}\n艾瑞泽8,{second}\n",
        ):
            with self.subTest(text):
                self.assertEqual(self.entered(text.encode("gbk")), {first, second})
        for text in ("备注\n无\n", f"召回\n{first}\n无\n"):
            with self.subTest(text), self.assertRaises(UserError):
                self.entered(text.encode("gbk"))

    @users("manager")
    def test_a_car_is_named_once_and_by_a_number(self):
        with self.assertRaises(ValidationError):
            self.campaign.car_ids.create(
                {"campaign_id": self.campaign.id, "vin": "没有"}
            )
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
        ):
            self.campaign.car_ids.create(
                {"campaign_id": self.campaign.id, "vin": VIN.lower()}
            )

    @users("advisor")
    def test_many_cars_cost_one_query(self):
        cars = self.make_vehicles(
            *({"license_plate": f"皖B·Q{n:04}"} for n in range(20))
        ).with_env(self.env)
        cars.mapped("vin_key")
        self.env.company._dealer_today()
        with self.assertQueryCount(2):
            cars.mapped("campaign_notice")


class TestCampaignsOfTheGroup(CampaignCase):
    """The list is the group's; what was done to a car is known to its shop."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_shop = cls.env["res.company"].create({"name": "南京店"})
        cls.row = cls.campaign.car_ids

    def record(self, row):
        """By the dialog, as the list offers it."""
        action = row.action_ask_done_elsewhere()
        dialogs = self.env[action["res_model"]].with_context(**action["context"])
        dialogs.create({"reason": "南京店 2026-03-02"}).action_apply()

    @users("manager")
    def test_shop_records_and_reports_what_was_done_to_its_own_car(self):
        row = self.row.with_env(self.env)
        self.assertFalse(row.company_id)
        self.assertEqual((row.may_change, row.may_record), (False, True))
        self.record(row)
        self.assertEqual(row.state, "done")
        self.assertEqual(row.done_company_id, self.company)
        self.assertEqual(row.done_user_id, self.manager)
        row.action_reported()
        self.assertTrue(row.date_reported)

    @users("manager")
    def test_who_stands_on_the_list_of_the_group_is_the_groups(self):
        row = self.row.with_env(self.env)
        for action in (
            row.action_ask_excluded,
            lambda: row.action_exclude("已报废"),
            row.unlink,
        ):
            with self.assertRaisesRegex(AccessError, "Group Management"):
                action()

    @users("manager")
    def test_cars_of_nobody_and_of_other_shops_are_not_recorded_here(self):
        vins = "LVVDB11B0RD000011", "LVVDB11B0RD000012"
        strange, theirs = self.make_campaign(*vins).car_ids.with_env(self.env)
        car = self.make_vehicle(license_plate="苏A·K5555", vin_sn=vins[1])
        self.make_reception(
            company_id=self.other_shop.id, vehicle_id=car.id, advisor_id=False
        )
        for row in strange, theirs:
            with self.subTest(row.vin):
                self.assertFalse(row.may_record)
                for action in (
                    row.action_ask_done_elsewhere,
                    lambda row=row: row.action_done_elsewhere("那边"),
                ):
                    with self.assertRaisesRegex(AccessError, "Group Management"):
                        action()
        # with the first visit here it is a car of ours as well
        self.make_reception(vehicle_id=car.id)
        theirs.invalidate_recordset()
        self.assertTrue(theirs.may_record)

    @users("manager")
    def test_what_another_shop_has_done_it_reports_itself(self):
        self.row.with_company(self.other_shop).action_done_elsewhere("南京店")
        row = self.row.with_env(self.env)
        self.assertFalse(row.may_record)
        with self.assertRaisesRegex(AccessError, "Group Management"):
            row.action_reported()

    @users("advisor")
    def test_advisor_records_nothing(self):
        row = self.row.with_env(self.env)
        self.assertFalse(row.may_record)
        for action in (
            lambda: row.action_done_elsewhere("那边"),
            row.action_reported,
            row.action_ask_done_elsewhere,
        ):
            with self.assertRaises(AccessError):
                action()
