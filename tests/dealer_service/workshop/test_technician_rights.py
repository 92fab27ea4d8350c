"""A technician: own jobs and their visits, never a price, nothing of other shops."""

from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from .workshop_case import WorkshopCase

PRICE = 18_888.0


@tagged("post_install", "-at_install")
class TestTechnicianRights(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.make_visit("working")
        cls.own_job = cls.make_job(cls.own, technician_id=cls.mechanic.id)
        cls.foreign = cls.make_visit("working")
        cls.foreign_job = cls.make_job(cls.foreign, technician_id=cls.colleague.id)
        for reception in cls.own + cls.foreign:
            reception.concern_ids = [(0, 0, {"name": "It squeals"})]
            reception._create_checks()

    def seen(self, records):
        """Those of ``records`` that the technician finds."""
        model = self.env[records._name].with_user(self.technician)
        return model.search([("id", "in", records.ids)]).sudo(False)

    def assertSeesOwnOnly(self, own, foreign):
        self.assertTrue(own and foreign)
        self.assertEqual(self.seen(own + foreign).ids, own.ids)
        with self.assertRaises(AccessError):
            foreign.with_user(self.technician).read(["display_name"])

    # -- own jobs and their visits

    def test_technician_sees_own_jobs_only(self):
        self.assertSeesOwnOnly(self.own_job, self.foreign_job)

    def test_technician_sees_visits_of_own_jobs_only(self):
        self.assertSeesOwnOnly(self.own, self.foreign)

    def test_technician_sees_own_logs_only(self):
        self.own_job.action_start()
        self.foreign_job.action_start()
        self.assertSeesOwnOnly(self.own_job.log_ids, self.foreign_job.log_ids)

    def test_technician_sees_concerns_of_own_visits_only(self):
        self.assertSeesOwnOnly(self.own.concern_ids, self.foreign.concern_ids)

    def test_technician_sees_standards_of_own_visits_only(self):
        self.assertSeesOwnOnly(self.own.check_ids, self.foreign.check_ids)

    def test_technician_works_on_own_jobs_only(self):
        with self.assertRaises(AccessError):
            self.foreign_job.with_user(self.technician).action_start()

    def test_advisor_sees_everything_of_the_shop(self):
        self.own_job.action_start()
        for record in (
            self.own_job,
            self.own,
            self.own_job.log_ids,
            self.own.concern_ids,
            self.own.check_ids[:1],
        ):
            with self.subTest(record._name):
                self.assertTrue(record.with_user(self.advisor).read(["id"]))

    # -- inspectors are technicians

    def test_car_in_the_quality_check_can_be_inspected_by_any_technician(self):
        self.foreign._write_by_method({"state": "quality"})
        self.assertEqual(
            self.seen(self.foreign_job | self.own_job), self.own_job | self.foreign_job
        )
        self.foreign.with_user(self.technician).read(["name", "state"])
        self.foreign.concern_ids.with_user(self.technician).read(["name"])
        self.foreign.check_ids.with_user(self.technician).read(["is_done"])

    def test_inspecting_a_car_gives_no_right_to_work_on_it(self):
        self.foreign._write_by_method({"state": "quality"})
        with self.assertRaises(AccessError):
            self.foreign_job.with_user(self.technician).write({"note": "Mine now"})

    def test_technician_sees_no_quality_check_of_another_car_that_is_through(self):
        self.foreign_job._write_by_method({"state": "done"})
        self.foreign._write_by_method({"state": "quality"})
        check = (
            self.env["dealer.quality.check"]
            .with_user(self.colleague_user)
            .create({"reception_id": self.foreign.id, "level": "self"})
        )
        self.assertTrue(self.seen(check))
        self.foreign._write_by_method({"state": "ready"})
        self.assertFalse(self.seen(check))

    # -- what may be written

    @users("technician")
    def test_technician_adds_cause_and_correction_not_the_customers_words(self):
        concern = self.own.concern_ids.with_env(self.env)
        concern.write({"cause": "Worn pads", "correction": "Replaced"})
        with self.assertRaisesRegex(AccessError, "the customer's words"):
            concern.name = "Nothing wrong"

    @users("technician")
    def test_technician_ticks_the_standards_of_own_visits(self):
        check = self.own.check_ids.filtered(lambda c: not c.evidence)[:1]
        check = check.with_env(self.env)
        check.action_done()
        self.assertEqual(check.user_id, self.technician)

    @users("technician")
    def test_technician_does_not_write_the_visit(self):
        with self.assertRaises(AccessError):
            self.own.with_env(self.env).date_promised = False

    # -- prices

    def sell(self):
        job = self.make_sold_job(self.own, price=PRICE, technician_id=self.mechanic.id)
        self.own._write_by_method({"estimate_total": PRICE, "settled_total": PRICE})
        return job

    @users("technician")
    def test_sold_job_is_worked_on_without_reading_its_order(self):
        job = self.sell().with_env(self.env)
        job.invalidate_recordset()
        job.action_start()
        job.action_done()
        self.assertEqual(job.hours_sold, 1.5)

    @users("technician")
    def test_no_field_of_a_job_or_visit_leads_to_a_price(self):
        names = {"sale_line_id", "estimate_total", "settled_total", "variance_reason"}
        for model in ("dealer.job", "dealer.reception"):
            fields = self.env[model].fields_get()
            self.assertFalse(names & set(fields), model)
            money = [
                name for name, field in fields.items() if field["type"] == "monetary"
            ]
            self.assertFalse(money, model)

    @users("technician")
    def test_price_cannot_be_read_searched_grouped_sorted_or_exported(self):
        self.technician.group_ids += self.env.ref("base.group_allow_export")
        job = self.sell().with_env(self.env)
        visit = self.own.with_env(self.env)
        attempts = {
            "read": lambda: visit.read(["estimate_total"]),
            "read the line": lambda: job.read(["sale_line_id"]),
            "web_read": lambda: job.web_read({"sale_line_id": {"fields": {}}}),
            "search": lambda: visit.search([("estimate_total", ">", 1)]),
            "search through": lambda: job.search([("sale_line_id.price_unit", ">", 1)]),
            "sort": lambda: visit.search([], order="settled_total"),
            "group": lambda: visit.formatted_read_group(
                [], ["state"], ["estimate_total:sum"]
            ),
            "export": lambda: job.export_data(["sale_line_id/price_unit"]),
            "export total": lambda: visit.export_data(["settled_total"]),
            "order": lambda: self.env["sale.order"].search([]),
            "order line": lambda: self.env["sale.order.line"].search([]),
        }
        for name, attempt in attempts.items():
            with self.subTest(name), self.assertRaises(AccessError):
                attempt()

    @users("technician")
    def test_nothing_a_technician_reads_holds_the_price(self):
        self.sell()
        self.env.flush_all()
        self.env.invalidate_all()
        for model in ("dealer.job", "dealer.reception", "dealer.work.log"):
            fields = [
                name
                for name, field in self.env[model].fields_get().items()
                if field["type"] not in ("one2many", "many2many", "binary")
            ]
            rows = str(self.env[model].search([]).read(fields))
            self.assertNotIn("18888", rows, model)
            self.assertNotIn("18,888", rows, model)

    @users("technician")
    def test_screens_of_a_technician_show_no_money(self):
        for name in (
            "dealer_job_action_mine",
            "dealer_reception_action_quality",
            "dealer_quality_check_action",
            "dealer_work_log_action",
        ):
            # an action is read with all rights by the web client, too
            action = self.env.ref(f"dealer_service.{name}").sudo()
            views = self.env[action.res_model].get_views(
                [(view or False, kind) for view, kind in action.views]
            )
            shown = views["models"]
            for model, description in shown.items():
                for field, definition in description["fields"].items():
                    with self.subTest(f"{name}: {model}.{field}"):
                        self.assertNotEqual(definition["type"], "monetary")
                        self.assertNotEqual(definition.get("relation"), "sale.order")

    # -- other shops

    def test_workshop_of_another_shop_is_invisible(self):
        self.own_job.action_start()
        self.own_job.action_done()
        self.own._write_by_method({"state": "quality"})
        check = (
            self.env["dealer.quality.check"]
            .with_user(self.technician)
            .create({"reception_id": self.own.id, "level": "self"})
        )
        warranty = self.env["dealer.repair.warranty"].create(
            {"name": "Ours", "km": 1, "days": 1, "company_id": self.company.id}
        )
        shop = self.env["res.company"].create({"name": "Second shop"})
        stranger = self.make_user("stranger", "manager")
        stranger.write({"company_ids": [(6, 0, shop.ids)], "company_id": shop.id})
        for record in (self.own_job, self.own_job.log_ids, check, warranty, self.own):
            with self.subTest(record._name):
                self.assertTrue(record.with_user(self.manager).search([]) & record)
                self.assertFalse(record.with_user(stranger).search([]) & record)

    # -- technicians and bays

    def test_manager_keeps_technicians_and_bays_advisor_does_not(self):
        bays = self.env["resource.resource"]
        bay = bays.with_user(self.manager).create(
            {"name": "Bay 9", "dealer_role": "bay"}
        )
        self.assertEqual(bay.resource_type, "material")
        with self.assertRaises(AccessError):
            bays.with_user(self.advisor).create(
                {"name": "Bay 10", "dealer_role": "bay"}
            )
