"""Ten kinds of activities: each with its own preparation, audience and words."""

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, users
from odoo.tools import mute_logger

from odoo.addons.dealer_followup.models.activity.dealer_activity_preparation import (
    PREPARATION,
)
from odoo.addons.dealer_followup.models.activity.dealer_activity_states import KINDS

from ...activity_common import ActivityCase, cn


class TestActivityKind(ActivityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Kind = cls.env["dealer.activity.kind"]

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(cn(2, 10)))

    def draft(self, kind, **values):
        """An activity of which nothing is chosen but its kind."""
        return self.Activity.create(
            {
                "name": kind,
                "kind": kind,
                "purpose": "测试",
                "place": "本店",
                "date_start": cn(9, 9),
                "date_end": cn(9, 17),
                "user_id": self.care_manager.id,
                "company_id": self.company.id,
                **values,
            }
        )

    def test_every_kind_has_a_plan_an_audience_and_words_of_its_own(self):
        plans, steps, scripts, audiences = [], [], [], []
        for kind, _label in KINDS:
            activity = self.draft(kind)
            plans.append(activity.plan_id.id)
            steps.append(tuple(activity.plan_id.template_ids.mapped("summary")))
            scripts.append(tuple(activity._script_lines()))
            audiences.append(activity.audience)
            # a domain that finds nothing wrong is one that can be searched
            self.env["fleet.vehicle"].search(activity._vehicle_domain())
        for what in (plans, steps, scripts, audiences):
            self.assertEqual(len(set(what)), len(KINDS))
            self.assertTrue(all(what))

    def test_every_shipped_task_is_given_out_in_the_language_of_its_owner(self):
        plans = self.Kind.search([]).plan_id
        shipped = {
            template.summary
            for template in plans.template_ids
            if template.get_external_id()[template.id].startswith("dealer_followup.")
        }
        self.assertEqual(shipped, {self.env._(term) for term in PREPARATION})
        self.care_manager.lang = "zh_CN"
        activity = self.draft("roving")
        activity.action_plan()
        self.assertEqual(len(activity.activity_ids), 5)
        for todo in activity.activity_ids:
            self.assertFalse(todo.summary.isascii(), todo.summary)

    def test_a_disaster_is_prepared_within_hours(self):
        activity = self.draft("disaster")
        activity.write({"date_start": cn(2, 11), "date_end": cn(4, 18)})
        activity.action_plan()
        days = sorted(map(str, activity.activity_ids.mapped("date_deadline")))
        self.assertEqual(days[:4], ["2026-03-02"] * 4)
        first = activity.activity_ids.sorted("id")[0].summary
        self.assertIn("Within 1 hour", first)

    def test_vip_guests_are_of_class_a(self):
        self.make_owner(1)
        star = self.make_owner(2)
        # as its paid visits would make it
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE fleet_vehicle SET customer_class = 'a' WHERE id = %s", [star.id]
        )
        self.env.invalidate_all()
        activity = self.draft("vip")
        found = self.env["fleet.vehicle"].search(activity._vehicle_domain())
        self.assertEqual(found, star)

    def test_another_kind_brings_another_plan_but_the_same_kind_keeps_what_was_chosen(
        self,
    ):
        with Form(self.Activity.with_user(self.care_manager)) as form:
            form.name = "走访"
            form.kind = "visiting"
            form.purpose = "走访老客户"
            form.place = "城东"
            form.date_start = cn(9, 9)
            form.date_end = cn(9, 17)
            form.vehicle_domain = "[('model_year', '=', '2020')]"
        activity = form.record
        self.assertEqual(activity.vehicle_domain, "[('model_year', '=', '2020')]")
        visiting = self.env.ref("dealer_followup.activity_plan_visiting")
        self.assertEqual(activity.plan_id, visiting)
        activity.name = "走访二"
        self.assertEqual(activity.vehicle_domain, "[('model_year', '=', '2020')]")
        activity.kind = "disaster"
        self.assertEqual(
            activity.plan_id, self.env.ref("dealer_followup.activity_plan_disaster")
        )
        self.assertEqual(
            activity.rule_id, self.env.ref("dealer_followup.care_rule_notice")
        )

    def test_the_row_of_a_shop_goes_first(self):
        shipped = self.env.ref("dealer_followup.activity_kind_lecture")
        action = shipped.with_user(self.care_manager).action_copy_for_shop()
        own = self.Kind.browse(action["res_id"]).with_user(self.care_manager)
        own.write({"script": "请带上行驶证。", "audience": "新车主"})
        activity = self.draft("lecture")
        self.assertEqual(activity._script_lines(), ["请带上行驶证。"])
        self.assertEqual(activity.audience, "新车主")
        shop = self.env["res.company"].create({"name": "Other Shop"})
        other = self.Activity.create(
            {
                "name": "Lecture",
                "date_start": cn(9, 9),
                "date_end": cn(9, 10),
                "company_id": shop.id,
                "user_id": False,
            }
        )
        self.assertNotEqual(other.audience, "新车主")
        own.active = False
        self.env.invalidate_all()
        self.assertNotEqual(activity._script_lines(), ["请带上行驶证。"])

    @mute_logger("odoo.sql_db")
    def test_one_row_for_each_kind_and_shop(self):
        with self.assertRaises(IntegrityError):
            with self.env.cr.savepoint():
                self.Kind.create({"kind": "vip"})

    def test_a_domain_that_chooses_no_cars_and_a_foreign_plan_are_refused(self):
        row = self.env.ref("dealer_followup.activity_kind_vip")
        with self.assertRaises(ValidationError):
            row.vehicle_domain = "[('nonsense', '=', 1)]"
        plan = self.env["mail.activity.plan"].create(
            {"name": "Of partners", "res_model": "res.partner"}
        )
        with self.assertRaises(ValidationError):
            row.plan_id = plan

    @users("caller")
    def test_a_caller_changes_no_kind(self):
        row = self.env.ref("dealer_followup.activity_kind_vip").with_env(self.env)
        self.assertTrue(row.audience)
        with self.assertRaises(AccessError):
            row.audience = "Everybody"

    def test_the_caller_reads_the_words_of_the_kind_or_of_the_activity(self):
        activity = self.make_inviting(kind="roving")
        activity.action_invite_call()
        sheet = self.open_sheet(self.row(activity).followup_id)
        self.assertIn("Which stop suits you", str(sheet.script))
        # nobody is asked how many people come to a service car
        self.assertNotIn("How many people", str(sheet.script))
        activity.script = "We come to Wuwei.\nShall we look at your car?"
        self.env.invalidate_all()
        sheet = self.open_sheet(self.row(activity).followup_id)
        self.assertIn("Shall we look at your car?", str(sheet.script))
        self.assertNotIn("Which stop suits you", str(sheet.script))

    def test_the_safety_notice_and_the_towing_are_read_out(self):
        garage = self.make_partner(name="安达拖车", phone="0553 110 2200")
        activity = self.make_inviting(kind="disaster", tow_partner_id=garage.id)
        self.assertEqual(activity.tow_phone, garage.phone)
        activity.action_invite_call()
        sheet = self.open_sheet(self.row(activity).followup_id)
        self.assertIn("must not be started", str(sheet.script))
        self.assertIn("安达拖车", str(sheet.script))
        activity.safety_notice = "Stay away from the quake cracks."
        self.env.invalidate_all()
        sheet = self.open_sheet(self.row(activity).followup_id)
        self.assertIn("quake cracks", str(sheet.script))
        self.assertNotIn("must not be started", str(sheet.script))

    def test_the_cars_in_the_area_are_counted_from_the_base(self):
        victims = [self.make_owner(number, city="无为市") for number in (1, 2)]
        self.make_owner(3, city="芜湖市")
        # whom nobody may invite is affected all the same
        victims[0].owner_id.no_care = True
        activity = self.draft("disaster")
        self.assertEqual(activity.affected, 0)
        activity.area = "无为市"
        self.assertEqual(activity.affected, 2)
        action = activity.with_user(self.caller).action_view_affected()
        found = self.env["fleet.vehicle"].search(action["domain"])
        self.assertEqual(found, victims[0] + victims[1])
