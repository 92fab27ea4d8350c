"""The demo is a believable Chinese dealership: what the README promises is there."""

from odoo import fields

from odoo.addons.dealer_complaint.models.common import dealer_complaint_states
from odoo.addons.dealer_service.models.common.dealer_reception_states import STATES

from ..demo import DemoCase


class TestDemo(DemoCase):
    def test_dealership_is_staffed_and_its_customers_are_valid(self):
        env = self.env
        group = env.ref("dealer_service.group_dealer_service_user")
        advisors = env.company.dealer_advisor_ids
        self.assertEqual(len(advisors), 4)
        self.assertTrue(all(group in user.all_group_ids for user in advisors))
        for role in ("technician", "bay"):
            found = env["resource.resource"].search([("dealer_role", "=", role)])
            self.assertEqual(len(found), 8, role)
        cars = env["fleet.vehicle"].search([("is_customer_vehicle", "=", True)])
        in_stock = cars.filtered(lambda car: car.owner_id == env.company.partner_id)
        # new cars that are handed over in the days to come
        self.assertEqual(len(in_stock), 3)
        cars -= in_stock
        self.assertEqual(len(cars), 60)
        self.assertEqual(len(cars.owner_id), 60)
        for car in cars:
            self.assertFalse(car.vin_warning, car.vin_sn)
            self.assertFalse(car.plate_warning, car.license_plate)
            self.assertTrue(car.owner_id.phone_key, car.owner_id.name)

    def test_prices_include_the_tax_and_the_manufacturer_is_named(self):
        company = self.env.company
        self.assertEqual(company.account_price_include, "tax_included")
        self.assertTrue(company.dealer_warranty_partner_id)
        lines = self.env["sale.order.line"].search(
            [("reception_id", "!=", False), ("product_uom_qty", "=", 1)]
        )
        self.assertTrue(lines.tax_ids)
        for line in lines:
            self.assertEqual(line.price_total, line.price_unit, line.name)

    def test_visits_are_in_every_state(self):
        visits = self.env["dealer.reception"].search([])
        self.assertEqual(set(visits.mapped("state")), {state for state, _l in STATES})
        booked = visits.filtered(lambda visit: visit.state in ("booked", "prepared"))
        for visit in booked:
            self.assertGreater(visit.date_appointment, visit.date_booked)

    def test_no_car_comes_back_with_a_lower_mileage(self):
        read = self.env["dealer.reception"].search(
            [("odometer", ">", 0)], order="date_arrived"
        )
        for car, visits in read.grouped("vehicle_id").items():
            mileages = visits.mapped("odometer")
            self.assertEqual(mileages, sorted(mileages), car.display_name)

    def test_complaints_show_every_state_level_and_grade(self):
        complaints = self.env["dealer.complaint"].search([])
        self.assertGreaterEqual(len(complaints), 25)
        for field, values in (
            ("state", dealer_complaint_states.STATES),
            ("level", dealer_complaint_states.LEVELS),
            ("grade", dealer_complaint_states.GRADES),
        ):
            self.assertEqual(
                set(complaints.mapped(field)), {value for value, _label in values}
            )
        for model in (
            "dealer.manufacturer.report",
            "dealer.external.case",
            "dealer.complaint.action",
        ):
            self.assertTrue(self.env[model].search_count([]), model)
        group = complaints.filtered("child_ids")
        self.assertEqual(len(group.child_ids), 3)
        self.assertEqual(group.child_ids.model_id, group.report_ids.model_id)

    def test_clocks_of_complaints_run_stand_still_and_are_over(self):
        timers = self.env["dealer.sla.timer"].search([])
        self.assertEqual(
            set(timers.mapped("state")),
            {"running", "paused", "met", "missed", "cancelled"},
        )
        open_ones = self.env["dealer.complaint"].search(
            [("state", "in", dealer_complaint_states.OPEN_STATES)]
        )
        self.assertLessEqual({"ok", "breached"}, set(open_ones.mapped("sla_state")))
        # what had happened by then was told once, nothing waits
        self.assertFalse(
            self.env["dealer.sla.notice"].search_count([("state", "=", "pending")])
        )

    def test_customers_are_in_every_stage_and_class(self):
        cars = self.env["fleet.vehicle"].search([("is_customer_vehicle", "=", True)])
        self.assertLessEqual(
            {"new", "active", "dormant", "lost", "won_back", "left"},
            set(cars.mapped("life_cycle")),
        )
        self.assertLessEqual({"b", "c", "d"}, set(cars.mapped("customer_class")))
        self.assertTrue(cars.leave_reason_id)
        # nothing is left for the night to find out
        self.assertFalse(self.env["fleet.vehicle"]._life_cycle_due())

    def test_a_month_of_calls_was_made_and_some_wait_for_today(self):
        tasks = self.env["dealer.followup"].search([])
        self.assertLessEqual(
            {"todo", "done", "failed", "expired", "suppressed"},
            set(tasks.mapped("state")),
        )
        self.assertTrue(tasks._queue(fields.Datetime.now(), set()))
        calls = self.env["dealer.followup.attempt"].search([])
        self.assertGreater(len(calls), 25)
        self.assertTrue(all(call.date <= fields.Datetime.now() for call in calls))
        self.assertLessEqual(
            {"caller1", "caller2", "caller3"}, set(calls.user_id.mapped("login"))
        )

    def test_customers_answered_questionnaires_on_the_days_of_the_calls(self):
        answers = self.env["survey.user_input"].search([("state", "=", "done")])
        self.assertGreaterEqual(len(answers), 40)
        waited = answers.filtered("dealer_visit_id")
        self.assertGreaterEqual(len(waited), 1, "nobody has answered in the lounge")
        self.assertTrue(answers.filtered("dealer_has_index"))
        self.assertGreater(len({a.end_datetime.date() for a in answers}), 5)
        self.assertTrue(self.env["dealer.satisfaction.report"].search_count([]))

    def test_activities_are_of_all_ten_kinds(self):
        kinds = dict(self.env["dealer.activity"]._fields["kind"].selection)
        activities = self.env["dealer.activity"].search([])
        self.assertEqual(set(activities.mapped("kind")), set(kinds))
        self.assertEqual(len(kinds), 10)
        self.assertTrue(activities.filtered(lambda a: a.state == "evaluated"))

    def test_one_improvement_runs_and_one_was_kept(self):
        improvements = self.env["dealer.improvement"].search([])
        self.assertEqual(
            {(row.state, row.result_target) for row in improvements},
            {("running", False), ("closed", "kept")},
        )
        for row in improvements:
            self.assertTrue(row.figure_ids, row.display_name)

    def test_rounds_through_the_rooms_have_photos_and_what_was_mended(self):
        rounds = self.env["dealer.facility.round"].search([])
        self.assertGreaterEqual(len(rounds), 10)
        bad = rounds.line_ids.filtered(lambda line: line.result == "bad")
        photos = bad.filtered("photo")
        self.assertTrue(photos)
        self.assertLess(len(photos), len(bad), "nobody takes one of everything")
        self.assertTrue(bad.filtered("date_mended"))

    def test_inspections_show_wear_and_what_is_to_be_offered(self):
        sheets = self.env["dealer.multipoint.sheet"].search([])
        done = sheets.filtered(lambda sheet: sheet.state == "done")
        self.assertGreaterEqual(len(done), 10)
        self.assertGreater(len(done), len(done.vehicle_id), "a car has a trend")
        now = fields.Datetime.now()
        for finding in sheets.finding_ids:
            self.assertLessEqual(finding.reception_id.date_started, finding.date)
            self.assertLessEqual(finding.date, now)
        colours = done.finding_ids.grouped("colour")
        self.assertLessEqual({"green", "amber", "red"}, colours.keys())
        bad = len(colours["amber"] | colours["red"])
        self.assertLess(bad, len(colours["green"]) / 3, "most of a car is in order")
        items = self.env["dealer.multipoint.item"].search([])
        self.assertGreaterEqual(len(items.filtered("package_id")), 8)

    def test_vouchers_wait_for_their_customers_and_one_was_redeemed(self):
        vouchers = self.env["dealer.voucher"].search([])
        self.assertLessEqual(
            {"issued", "redeemed", "withdrawn"}, set(vouchers.mapped("state"))
        )
        [used] = vouchers.filtered(lambda voucher: voucher.state == "redeemed")
        self.assertEqual(used.reception_id.voucher_amount, used.redeemed_amount)
        # it stands on the invoice that the customer was given
        lines = used.reception_id.invoice_ids.invoice_line_ids
        given = lines.filtered(lambda line: line.dealer_reduction == "voucher")
        self.assertEqual(-sum(given.mapped("price_total")), used.redeemed_amount)

    def test_nobody_is_told_on_the_first_login_of_the_loading(self):
        told = self.env["bus.bus"].search([("message", "ilike", "simple_notification")])
        self.assertFalse(told.mapped("message"))
        self.assertEqual(
            set(self.env["dealer.consent"].search([]).mapped("decision")),
            {"given", "withdrawn"},
        )
        for model in (
            "dealer.customer.report",
            "dealer.retention.report",
            "dealer.followup.report",
        ):
            self.assertTrue(self.env[model].search_count([]), model)

    def test_every_role_can_log_in(self):
        for login in (
            "advisor1",
            "manager",
            "controller",
            "inspector",
            "tech1",
            "complaint1",
            "complaint_officer",
            "complaint_manager",
            "caller1",
            "care_manager",
        ):
            self.authenticate(login, login)
            page = self.make_jsonrpc_request("/web/session/get_session_info")
            self.assertEqual(page["username"], login)

    def test_the_car_of_the_first_ten_minutes_has_not_been_here(self):
        car = self.env["fleet.vehicle"].search([("license_plate", "ilike", "F06106")])
        self.assertTrue(car.owner_id)
        self.assertFalse(car.reception_ids)
