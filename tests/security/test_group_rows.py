"""What belongs to all shops of a group is written by one role (decision 0017).

The models are taken from the registry: one that is added tomorrow is tried tomorrow.
"""

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time
from odoo.tools.safe_eval import safe_eval
from odoo.tools.view_validation import get_expression_field_names

from ..followup_common import cn
from ..test_conventions import ADDONS
from .common import SecurityCase

MANAGERS = ("manager", "complaint_manager", "care_manager")
#: Rows without a company that the shops write all the same, each with its reason.
WRITTEN_BY_SHOPS = {
    # facts about a car that several shops look after; see also fleet.vehicle
    "dealer.odometer.reading": "whoever reads the instrument",
    "dealer.vehicle.ownership": "follows the owner of the car",
    "dealer.life.cycle.change": "written by the process only",
    # what a customer has declined for his car, wherever he said it
    "dealer.care.optout": "a customer's word, recorded where he says it",
    "dealer.sla.replan": "written by the process only",
    # of the visit
    "dealer.reception.check": "its company is that of the visit",
}
#: Odoo's own models that every shop works with, and whose rows are the group's.
OF_FLEET = (
    "fleet.vehicle.model",
    "fleet.vehicle.model.brand",
    "fleet.vehicle.model.category",
    "fleet.vehicle.tag",
)
OF_SURVEYS = ("survey.survey", "survey.question", "survey.question.answer")


def may_belong_to_the_group(model):
    """Whether rows of this model can be without a company."""
    company = model._fields.get("company_id")
    if company and company.related:
        source = model._fields[company.related.split(".")[0]].comodel_name
        return may_belong_to_the_group(model.env[source])
    return not (company and company.required)


def group_models(env):
    """Names of the models whose rows without a company the group role keeps."""
    for name, model in env.registry.items():
        is_ours = model._original_module in ADDONS
        if not is_ours or model._abstract or model._transient or not model._auto:
            continue
        if name not in WRITTEN_BY_SHOPS and may_belong_to_the_group(env[name]):
            yield name
    yield from OF_FLEET
    yield from OF_SURVEYS


class TestGroupRows(SecurityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keepers = {r: cls.make_person(f"group_{r}", r) for r in MANAGERS}
        for keeper in cls.keepers.values():
            keeper.group_ids += cls.env.ref("dealer_service.group_dealer_group")
        cls.env["fleet.vehicle.tag"].create({"name": "Taxi"})
        cls.env["fleet.vehicle.model.category"].create({"name": "Compact"})
        cls.env["dealer.workday"].create({"date": "2026-02-14", "company_id": False})
        cls.env["dealer.factory.rule"].create({"name": "服务管理规定"})
        recall = {"name": "制动软管", "code": "R2026-01", "company_id": False}
        recall = cls.env["dealer.factory.campaign"].create(recall)
        cls.env["dealer.factory.campaign.car"].create(
            {"campaign_id": recall.id, "vin": "LVVDB11B0RD045678"}
        )
        exam = cls.env.ref("dealer_followup.survey_exam")
        cls.env["dealer.certification"].create(
            {"survey_id": exam.id, "role": "advisor", "company_id": False}
        )

    def writable(self, users):
        """(model, operation, user, rows of the group) that access rows let through."""
        for name in sorted(group_models(self.env)):
            rows = self.env[name].with_context(active_test=False).search([])
            if "company_id" in rows._fields:
                rows = rows.filtered(lambda row: not row.company_id)
            for role in MANAGERS:
                user = users[role]
                for operation in ("create", "write", "unlink"):
                    if self.env[name].with_user(user).has_access(operation):
                        yield name, operation, user, rows[:3]

    def test_managers_of_a_shop_do_not_write_rows_of_the_group(self):
        tried = set()
        for users in (self.people["own"], self.people["other"]):
            for name, operation, user, rows in self.writable(users):
                if name in OF_FLEET and operation == "create":
                    continue  # the reception enters the model of an unknown car
                with self.subTest(model=name, operation=operation, user=user.login):
                    self.assertTrue(rows, "no row to try")
                    with self.assertRaisesRegex(AccessError, "Group Management"):
                        rows.with_user(user).check_access(operation)
                tried.add(name)
        self.assertGreater(len(tried), 15, tried)

    def test_group_management_writes_them(self):
        for name, operation, user, rows in self.writable(self.keepers):
            with self.subTest(model=name, operation=operation, user=user.login):
                rows.with_user(user).check_access(operation)

    def test_group_management_alone_gives_no_manager_s_rights(self):
        nobody = self.make_person("group_only", "dealer_service.group_dealer_group")
        for name in group_models(self.env):
            self.assertFalse(self.env[name].with_user(nobody).has_access("write"), name)

    def test_nobody_is_in_the_group_but_the_administrator(self):
        group = self.env.ref("dealer_service.group_dealer_group")
        members = group.all_user_ids - self.env["res.users"].union(
            *self.keepers.values()
        )
        self.assertLessEqual(
            members, self.env.ref("base.user_admin") | self.env.ref("base.user_root")
        )

    def test_rows_are_not_made_given_or_taken_over_the_shop_s_border(self):
        Policy = self.env["dealer.sla.policy"].with_user(
            self.people["own"]["complaint_manager"]
        )
        with self.assertRaisesRegex(AccessError, "Group Management"):
            Policy.create({"name": "For all", "company_id": False})
        policy = Policy.create({"name": "Ours"})
        self.assertEqual(policy.company_id, self.company)
        for company in (self.other_company, self.env["res.company"]):
            with self.subTest(company=company.name), self.assertRaises(AccessError):
                policy.company_id = company
        rule = self.sides["own"].rule.with_user(self.people["own"]["care_manager"])
        for company in (self.other_company, self.env["res.company"]):
            with self.subTest(company=company.name), self.assertRaises(AccessError):
                rule.company_id = company

    def test_target_of_the_group_is_not_moved_into_a_policy_of_the_shop(self):
        user = self.people["own"]["complaint_manager"]
        policy = self.env["dealer.sla.policy"].with_user(user).create({"name": "Ours"})
        with self.assertRaises(AccessError):
            self.contact_target.with_user(user).policy_id = policy

    # -- buttons --------------------------------------------------------------

    def shown_buttons(self, row):
        """Names of the methods that the form of a row offers its user."""
        arch = etree.fromstring(row.get_view(view_type="form")["arch"])
        for button in arch.xpath("//button[@type='object']"):
            condition = button.get("invisible", "False")
            values = {
                name: row[name]
                for name in get_expression_field_names(condition) & {*row._fields}
            }
            if not safe_eval(condition, values):
                yield button.get("name")

    def press_shown_buttons(self, user):
        """What the user sees on rows of the group is pressed, each button once."""
        pressed = set()
        for name in group_models(self.env):
            model = self.env[name].with_user(user)
            if not model.has_access("read"):
                continue
            rows = model.search([])
            if "company_id" in rows._fields:
                rows = rows.filtered(lambda row: not row.company_id)
            for row in rows:
                for button in {*self.shown_buttons(row)} - pressed:
                    pressed.add(button)
                    with self.subTest(row=row.display_name, button=button):
                        with self.cr.savepoint() as savepoint:
                            getattr(row, button)()
                            savepoint.rollback()
        return pressed

    def test_no_button_that_a_shop_sees_on_rows_of_the_group_is_refused(self):
        writing = {"action_run", "action_start_round", "action_new_version"}
        for role in MANAGERS:
            pressed = self.press_shown_buttons(self.people["own"][role])
            self.assertFalse(pressed & writing)
        pressed = self.press_shown_buttons(self.keepers["care_manager"])
        self.assertLessEqual(writing, pressed)

    # -- the row of a shop ----------------------------------------------------

    def test_policy_copied_for_a_shop_goes_first_there(self):
        user = self.people["other"]["complaint_manager"]
        action = self.policy.with_user(user).action_copy_for_shop()
        own = self.env["dealer.sla.policy"].browse(action["res_id"])
        self.assertEqual(own.company_id, self.other_company)
        own_target = own.target_ids.filtered(lambda t: t.metric == "contact")
        self.assertEqual(
            own_target.level_ids.mapped("minutes"),
            self.contact_target.level_ids.mapped("minutes"),
        )
        targets = self.env["dealer.sla.policy"]._targets_for(
            self.sides["own"].complaint | self.sides["other"].complaint
        )
        self.assertEqual(
            targets[self.sides["own"].complaint]["contact"], self.contact_target
        )
        self.assertEqual(targets[self.sides["other"].complaint]["contact"], own_target)

    def test_step_copied_for_a_shop_stands_for_that_of_the_group(self):
        user = self.people["other"]["manager"]
        step = self.env["dealer.service.step"].search(
            [("company_id", "=", False), ("standard_ids", "!=", False)], limit=1
        )
        own = step.browse(step.with_user(user).action_copy_for_shop()["res_id"])
        self.assertEqual(
            own.standard_ids.mapped("name"), step.standard_ids.mapped("name")
        )

        def asked(company):
            Standard = self.env["dealer.service.standard"]
            standards = Standard._asked_for(step.state, company.id)
            return Standard.browse(standard.id for standard in standards)

        self.assertLessEqual(own.standard_ids, asked(self.other_company))
        self.assertFalse(step.standard_ids & asked(self.other_company))
        self.assertLessEqual(step.standard_ids, asked(self.company))
        # without this step at all
        own.with_user(user).active = False
        self.assertFalse(
            (own.standard_ids | step.standard_ids) & asked(self.other_company)
        )

    def test_rule_copied_for_a_shop_takes_its_calls_along(self):
        rule = self.make_rule("visit", company_id=False, offset_days=3)
        visits = [side.shared_visit.id for side in self.sides.values()]
        with freeze_time(cn(3, 8)):
            rule._run(visits)
        tasks = self.tasks(rule)
        self.assertEqual(tasks.company_id, self.company | self.other_company)
        user = self.people["other"]["care_manager"]
        own = rule.browse(rule.with_user(user).action_copy_for_shop()["res_id"])
        self.assertEqual((own.code, own.active), (rule.code, True))
        self.assertEqual(self.tasks(rule).company_id, self.company)
        self.assertEqual(self.tasks(own).company_id, self.other_company)
        count = len(self.tasks(rule) | self.tasks(own))
        with freeze_time(cn(3, 9)):
            (rule | own)._run(visits)
        self.assertEqual(len(self.tasks(rule) | self.tasks(own)), count)
        self.assertEqual(rule._for_shop(self.other_company), own)
        self.assertEqual(rule._for_shop(self.company), rule)
        own.with_user(user).active = False
        self.assertEqual(rule._shops() & self.other_company, rule._shops().browse())

    # -- cars and customers ---------------------------------------------------

    def car_of_the_other_shop(self):
        """A car without a company that only the other shop has seen."""
        return self.sides["other"].cars[1].with_env(self.env)

    def test_identity_of_a_shared_car_is_written_where_it_comes_to(self):
        car = self.car_of_the_other_shop()
        changes = (
            {"owner_id": self.customer.id},
            {"license_plate": "皖B·Z9999"},
            {"vin_sn": "LVVDB21B7RD000002"},
            {"company_id": self.company.id},
            {"active": False},
            {"model_id": self.model.copy({"name": "Another"}).id},
            {"trim": "2.0T"},
            {"acquisition_date": "2020-01-01"},
            {"first_sale_date": "2020-01-01"},
            {"sale_date": "2020-01-01"},
            {"next_service_date": "2030-01-01"},
            {"next_service_odometer": 90_000},
            {"warranty_end_date": "2030-01-01"},
        )
        for role in ("advisor", "manager"):
            mine = car.with_user(self.people["own"][role])
            for values in changes:
                with (
                    self.subTest(role=role, values=values),
                    self.assertRaisesRegex(AccessError, self.other_company.name),
                ):
                    mine.write(values)
        # what is read off the car may be written by whoever reads it
        car.with_user(self.advisor).write({"color": "red"})
        car.with_user(self.people["other"]["advisor"]).license_plate = "皖B·Z9998"
        car.with_user(self.keepers["manager"]).license_plate = "皖B·Z9997"
        self.make_reception(vehicle_id=car.id, partner_id=self.customer.id)
        car.with_user(self.advisor).license_plate = "皖B·Z9999"

    def test_history_of_a_shared_car_is_corrected_where_it_comes_to(self):
        car = self.car_of_the_other_shop()
        reading = self.env["dealer.odometer.reading"].create(
            {"vehicle_id": car.id, "value": 12_000, "date": "2026-01-05"}
        )
        for change in (
            lambda: car.ownership_ids.with_user(self.manager).write(
                {"date_from": "2026-01-01"}
            ),
            lambda: reading.with_user(self.manager).write({"value": 100}),
            lambda: reading.with_user(self.manager).unlink(),
            lambda: self.read_odometer(car, self.manager, 12_400),
            lambda: self.read_odometer(car, self.advisor, 12_500),
            lambda: self.leave(car, self.caller),
        ):
            with self.assertRaisesRegex(AccessError, self.other_company.name):
                change()
        self.read_odometer(car, self.people["other"]["advisor"], 12_600)
        self.assertEqual(car.last_odometer, 12_600)
        self.assertNotEqual(car.life_cycle, "left")
        self.leave(car, self.people["other"]["caller"])
        self.assertEqual(car.life_cycle, "left")

    def read_odometer(self, car, user, value):
        """``user`` notes today what the odometer shows."""
        dialog = self.env["dealer.odometer.correction"].with_user(user)
        dialog.create({"vehicle_id": car.id, "value": value}).action_apply()

    def leave(self, car, user):
        """``user`` records that the customer does not come any more."""
        wizard = self.env["dealer.leave.wizard"].with_user(user)
        reason = self.env.ref("dealer_followup.leave_reason_sold")
        wizard.create(
            {"vehicle_ids": [Command.set(car.ids)], "reason_id": reason.id}
        ).action_save()

    def test_booking_that_was_cancelled_makes_no_shop_responsible(self):
        car = self.car_of_the_other_shop()
        self.make_reception(vehicle_id=car.id).action_cancel()
        with self.assertRaises(AccessError):
            car.with_user(self.advisor).license_plate = "皖B·Z9999"

    def test_car_that_nobody_has_seen_is_anybodys_to_enter(self):
        car = self.make_vehicle(license_plate="皖B·Z1111", owner_id=False)
        car.with_user(self.advisor).owner_id = self.customer
        car.with_user(self.people["other"]["advisor"]).license_plate = "皖B·Z2222"

    def test_cars_of_another_shop_are_not_merged_away(self):
        car = self.car_of_the_other_shop()
        twin = self.make_vehicle(license_plate="皖B·Z1111")
        merge = self.env["dealer.vehicle.merge"].with_user(self.manager)
        merge = merge.create({"vehicle_ids": [Command.set((car | twin).ids)]})
        with self.assertRaises(AccessError):
            merge.action_merge()
        self.assertTrue(car.exists())

    def test_customer_known_elsewhere_is_forgotten_by_the_group_only(self):
        for visit in self.sides["other"].visits.values():
            visit._write_by_method({"state": "cancelled"})
        customer = self.make_partner(name="张三", phone="139 0553 7777")
        self.make_complaint(
            partner_id=customer.id, company_id=self.other_company.id
        ).action_cancel()
        for user in (self.people["own"]["care_manager"],):
            with self.assertRaisesRegex(AccessError, self.other_company.name):
                customer.with_user(user).action_anonymise_customer()
        self.assertEqual(customer.name, "张三")
        customer.with_user(self.keepers["care_manager"]).action_anonymise_customer()
        self.assertNotEqual(customer.name, "张三")

    def test_customer_known_elsewhere_is_not_taken_by_one_shop(self):
        customer = self.sides["other"].customer.with_env(self.env)
        customer = customer.with_user(self.advisor)
        for values in ({"company_id": self.company.id}, {"active": False}):
            with self.subTest(values), self.assertRaises(AccessError):
                customer.write(values)
        with self.assertRaises(AccessError):
            customer.phone = "139 0553 8888"
        car = self.make_vehicle(license_plate="皖B·G0001")
        self.make_reception(vehicle_id=car.id, partner_id=customer.id)
        customer.phone = "139 0553 8888"
