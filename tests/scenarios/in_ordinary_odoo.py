"""Cases of ``test_ordinary_odoo.py``: a workshop in Germany, from its first hour on."""

import re
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..common import DealerServiceCase

HAN = re.compile(r"[\u3400-\u9fff]")


@tagged("standard", "post_install", "-at_install")
class OrdinaryOdoo(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.write({"name": "Erika Mustermann", "phone": "0171 1234567"})
        cls.vehicle.license_plate = "B-AB 1234"
        cls.desk = cls.make_user("desk", "user")
        cls.desk.group_ids = [
            Command.link(cls.env.ref(f"dealer_{group}").id)
            for group in (
                "complaint.group_dealer_complaint_manager",
                "followup.group_dealer_followup_manager",
            )
        ]

    def take_through(self):
        """A visit from arrival to delivery."""
        visit = self.make_reception(state="arrived", odometer=1000)
        order = self.make_order(
            visit, self.make_product("Wheel alignment", price=200.0)
        )
        self.bring_to(visit, "inspected")
        order.action_record_consent("in_person", self.customer.name)
        return self.bring_to(visit, "delivered")

    def complain(self):
        return self.env["dealer.complaint"].create(
            {
                "subject": "Brake noise",
                "partner_id": self.customer.id,
                "user_id": self.desk.id,
            }
        )

    def set_up(self):
        """What the manager answers to the guide: mostly what it proposes."""
        guides = self.env["dealer.shop.guide"].with_user(self.manager)
        answers = {
            "zone": {},
            "hours": {f"on_{day}": True for day in ("saturday", "sunday")}
            | {"open_from": 0, "open_to": 24, "has_break": False},
            "holidays": {"holiday_ids": []},
            "staff": {"staff_ids": [Command.create({"name": "Uwe"})]},
            "bays": {"bay_count": 2},
        }
        for step, values in answers.items():
            guides.create({"step": step, **values}).action_save()

    def test_new_shop_is_asked_and_no_clock_runs_meanwhile(self):
        self.assertEqual(self.company.country_id.code, "DE")
        self.assertFalse(self.company.dealer_tz)
        complaint = self.complain()
        self.assertTrue(complaint.waits_for_zone)
        self.assertFalse(complaint.timer_ids)
        home = self.env["dealer.home"].with_user(self.manager)
        self.assertFalse(home.get_home("service")["guide"]["has_zone"])
        self.set_up()
        self.assertIsNone(home.get_home("service")["guide"])
        self.assertEqual(self.company.dealer_tz, "Europe/Berlin")
        while job := self.env["dealer.sla.replan"].search([], limit=1):
            job._replan_batch(100)
        self.assertTrue(complaint.timer_ids, "counted once the zone is known")

    def test_visit_complaint_and_call_take_their_way(self):
        self.set_up()
        visit = self.take_through()
        self.assertEqual(visit.state, "delivered")
        self.assertEqual(visit.order_ids.currency_id.name, "EUR")
        complaint = self.complain()
        self.env["dealer.complaint.contact"].with_user(self.desk).create(
            {"complaint_id": complaint.id, "user_id": self.desk.id}
        )
        first = complaint.timer_ids.filtered(lambda t: t.metric == "contact")
        self.assertEqual(first.state, "met")
        today = fields.Date.today()
        rule = self.env["dealer.care.rule"].search([("source", "=", "manual")], limit=1)
        call = self.env["dealer.followup"].create(
            {
                "rule_id": rule.id,
                "vehicle_id": self.vehicle.id,
                "partner_id": self.customer.id,
                "contact_name": self.customer.name,
                "contact_phone": self.customer.phone_key,
                "company_id": self.company.id,
                "anchor_key": "test:ordinary",
                "priority": rule.sequence,
                "due_date": today,
                "expire_date": today + timedelta(days=14),
                "next_try_at": fields.Datetime.now(),
            }
        )
        call._write_by_method({"user_id": self.desk.id})
        result = self.env.ref("dealer_followup.result_reached")
        call.with_user(self.desk)._record(result, note="All is well")
        self.assertEqual(call.state, "done")

    def test_phone_numbers_are_those_of_the_country(self):
        self.assertEqual(self.customer.phone_key, "+491711234567")

    def test_law_of_china_is_not_that_of_the_shop(self):
        self.vehicle.sale_date = fields.Date.today() - timedelta(days=100)
        self.assertFalse(self.vehicle.statutory_state)

    def test_papers_have_no_chinese_word(self):
        self.set_up()
        visit = self.take_through()
        self.assertEqual(visit.settled_capitals, "Two Hundred Euros")
        reports = self.env["ir.actions.report"].search(
            [("model", "=", "dealer.reception")]
        )
        self.assertGreaterEqual(len(reports), 4)
        for report in reports:
            html, _kind = report.with_user(self.advisor)._render_qweb_html(
                report.report_name, visit.ids
            )
            self.assertFalse(HAN.findall(html.decode()), report.report_name)

    def test_screens_have_no_chinese_word(self):
        actions = self.env["ir.actions.act_window"].search([])
        ours = actions.filtered(
            lambda a: a.get_external_id()[a.id].startswith("dealer_")
        )
        self.assertGreater(len(ours), 60)
        for action in ours:
            screens = self.env[action.res_model].get_views(action.views)
            words = [view["arch"] for view in screens["views"].values()]
            words.append(str(screens["models"][action.res_model]["fields"]))
            words.append(f"{action.name} {action.help or ''}")
            with self.subTest(action.name):
                self.assertFalse(HAN.findall(" ".join(words)))
        menus = self.env["ir.ui.menu"].search([]).mapped("complete_name")
        self.assertFalse(HAN.findall(" ".join(menus)))

    def test_shipped_rows_have_no_chinese_word(self):
        for model in ("dealer.repair.warranty", "dealer.retention"):
            rows = self.env[model].search([])
            self.assertTrue(all(rows.mapped("legal_basis")))
            self.assertFalse(HAN.findall(" ".join(rows.mapped("legal_basis"))))
